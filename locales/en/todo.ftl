# To-dos
nav-todo = To-dos
todo-open = My to-dos
todo-done = Done
todo-sent = Sent by me
todo-copied = Copied to me
todo-copy = Copy
todo-lamps = Filter by lamp
todo-lamp-over = Overdue
todo-lamp-over-about = Past the deadline
todo-lamp-over-most = { $n ->
    [one] At most 1 working day over
   *[other] At most { $n } working days over
}
todo-lamp-near = Due soon
todo-lamp-near-about = Within three working days
todo-lamp-near-until = Within three working days, until { $day }
todo-lamp-normal = On track
todo-lamp-normal-about = Within the time limit
todo-lamp-undated = No deadline
todo-lamp-undated-about = No time limit set
todo-lamp-done = Done
todo-group-over = Overdue
todo-group-near = Due within three working days
todo-group-normal = On track
todo-group-undated = No deadline
todo-count = { $n ->
    [one] 1 item
   *[other] { $n } items
}
todo-unit = {" "}items
todo-register = Register
todo-subdistrict = Subdistrict
todo-search = Search
todo-search-hint = Matter or unit
todo-lamp = Lamp
todo-kind = Kind
todo-matter = Matter
todo-from = From / about
todo-to = To / about
todo-received = Received
todo-due = Due
todo-finished = Finished
todo-act = Handle
todo-look = View
todo-none-open = Nothing to do.
todo-none-done = Nothing finished yet.
todo-none-sent = Nothing sent to other posts yet.
todo-none-copied = Nothing copied to you.
todo-none-left = Nothing matches the filter.
todo-elsewhere = { $n ->
    [one] 1 more item waits in another post of yours; switch to handle it.
   *[other] { $n } more items wait in other posts of yours; switch to handle them.
}
todo-switch = Switch to { $post } ({ $n })
todo-estimate = about { $left }
todo-aside = At a glance
todo-load = Due within two weeks
todo-load-unit = items / working day
todo-load-day = { $day }: { $n }
todo-load-comma = {", "}
todo-load-says = Items due on each working day of two weeks: { $days }
todo-waiting = Sent by me, waiting
todo-waiting-all = All { $n }
