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
todo-watched = Supervised
todo-none-watched = No other post in your scope has anything to do.
todo-lamp-unread = Unread
todo-lamp-read = Read
todo-meta = From { $who }, to be done by { $post }
todo-facts = To-do
todo-acts = Steps
todo-no-acts = There is no step to take now.
todo-go = Go and do it
todo-open-record = Open the record
todo-unit-about = Unit concerned
todo-post = Post
todo-from-who = From
todo-nudges = Reminders
todo-nudged = { $n ->
    [one] Reminded once, on { $day }
   *[other] Reminded { $n } times, last on { $day }
}
todo-nudged-mark = { $n ->
    [one] Reminded · { $day }
   *[other] Reminded { $n } times · { $day }
}
todo-nudged-done = Reminder sent
todo-transfer-done = Passed on
todo-copied-done = Copied
todo-do-transfer = Pass on
todo-do-nudge = Remind
todo-do-copy = Copy
todo-do-read = Mark as read
todo-transfer-to = Pass on to
todo-transfer-help = Posts of your unit and below that can take this step
todo-no-takers = No other post of your unit or below can take this step.
todo-reason = Reason
todo-words = Words
todo-copy-to = Choose posts
todo-trail = What happened
todo-no-trail = Not passed on, no reminder yet.
todo-copies = Copies
todo-read-at = Read { $at }
todo-unread = Unread
todo-batch = Several at once
todo-batch-n = { $n ->
    [one] 1 to-do chosen
   *[other] { $n } to-dos chosen
}
todo-batch-unit = chosen
todo-batch-ask = Act on these
todo-batch-hint = The next page says what can be done, before anything is done
todo-batch-none = Nothing is chosen. Go back to the list and tick some rows.
todo-batch-no-act = Nothing can be done with the chosen to-dos now; the table says why.
todo-batch-act = Act
todo-batch-choice = { $act } ({ $n } of { $all } possible)
todo-batch-transfer-help = For passing on
todo-batch-reason-help = One reason for all; needed to return or pass on
todo-batch-go = { $n ->
    [one] Act on 1 to-do
   *[other] Act on { $n } to-dos
}
todo-batch-back = Back to to-dos
todo-batch-open = Possible
todo-batch-stands = In the way
todo-batch-result = Result
todo-batch-done = Done
todo-batch-not = Not done
todo-batch-why = Why
todo-batch-says = { $did } done, { $not } not done.
todo-batch-pick-act = No act was chosen. Choose one.
todo-batch-pick-post = No post was chosen to pass them on to. Choose one.
todo-refused-done = The to-do is done already.
todo-refused-no-step = This to-do has no step that can be taken from here; open its page.
todo-refused-not-copied = Only what was copied to this post can be marked as read.
todo-refused-not-yours = The to-do is not with this post; the post that has it can pass it on or copy it.
todo-refused-no-transfer = To-dos of this kind cannot be passed on; the post that got it has to do it.
todo-refused-cannot-take = The chosen post is outside your unit, or has no right to take this step. Choose another.
todo-refused-second-person = { $post }: its holder did the step before; one person cannot do both. Choose another post.
todo-refused-own = The to-do is with this very post; no reminder is needed.
todo-refused-nudged = A reminder was sent today. The next one is possible tomorrow.
todo-refused-no-copy = This to-do has no record, so there is nothing to copy.
todo-refused-nobody = No post was chosen. Choose at least one.
todo-refused-cannot-read = The chosen post may not open this record, so it cannot get a copy.
audit-action-transfer = Passed on
audit-action-nudge = Reminder
audit-action-copy = Copied
audit-action-read = Read
