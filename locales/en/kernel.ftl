# Words of the kernel: the shell, the shared components, problem pages.
# One file a module; the Chinese file has the same keys and the same variables.

# ---- values ----
not-assessed = not assessed
word-none = —
due-left = { $n ->
    [one] { $n } working day left
   *[other] { $n } working days left
 }
due-today = due today
due-over = { $n ->
    [one] { $n } working day overdue
   *[other] { $n } working days overdue
 }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
date-long = { $weekday }, { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# ---- lamps ----
lamp-green = On time
lamp-yellow = Due soon
lamp-red = Overdue
lamp-blue = Supervised
lamp-grey = Not assessed

# ---- shell ----
brand = Hejian
shell-skip = Skip to the content
shell-open-nav = Open navigation
shell-nav = Main navigation
shell-here = You are here
shell-common = Shortcuts
shell-more = More
shell-search = Search everything
shell-search-hint = Units, people, indicators, records
shell-messages = Messages, { $n } unread
shell-demo = Demo data
shell-demo-why = Figures on this page are synthetic or inferred, for demonstration only
shell-display = Display settings
shell-theme = Colours
shell-light = Light
shell-dark = Dark
shell-size = Type size
shell-normal = Normal
shell-large = Large (a quarter larger)
shell-large-short = Large type
shell-language = Language
shell-user = { $name }, switch post
shell-post = Switch post (rights and to-dos follow the post)
shell-only-post = Current post
shell-profile = Profile and password
shell-sign-out = Sign out
shell-no-assets = The assets are not built: run cargo xtask assets. Everything works, without its look.
shell-not-secret = This system is not cleared for classified matters: no state or work secrets may be processed, stored or sent here.
shell-browsers = Chrome, Firefox or Edge recommended

# ---- table, filter, pager ----
table-sort = Sort by { $column }
table-select = Select { $row }
table-select-all = Select this page
table-actions = Actions
filter-all = All
filter-apply = Filter
filter-more = More conditions
filter-clear = Clear conditions
pager-range = Rows { $from }–{ $to } of { $total }
pager-none = 0 rows
pager-per = Per page
pager-nav = Pages
pager-prev = Previous page
pager-next = Next page
pager-go = Show
batch-label = Batch actions
batch-chosen = For the selected rows

# ---- figures ----
tree-label = How the points were reached
tree-open = Open all
tree-close = Close all
verdict-met = ✓ met
verdict-missed = ✕ missed
gauge-label = { $got } points of { $full }, { $open } not assessed, { $lost } lost
gauge-pass = pass mark { $pass }
gauge-full = of { $full }
map-label = Map of { $n } areas; the same figures stand in the table beside it
map-count = { $label }: { $n }

# ---- detail ----
drawer-close = Close
time-empty = empty
time-none = No history yet.
file-size-label = Size

# ---- form ----
form-required-note = required
form-choose = Choose
form-errors = { $n ->
    [one] { $n } entry needs correcting before this can be submitted.
   *[other] { $n } entries need correcting before this can be submitted.
 }
form-readonly = read only
form-file-kept = Files already attached stay unless replaced.
confirm-reason = Reason
confirm-reason-help = The reason goes into the audit trail and cannot be changed later.
confirm-cancel = Do not, go back
conflict-title = { $who } changed this record at { $when }. Nothing of yours has been written yet.
conflict-help = Choose which value to keep for each entry, then save. Equal values need no choice.
conflict-help-plain = Your other changes are carried along.
conflict-field = Entry
conflict-yours = Yours
conflict-theirs = Stored now
conflict-save = Save the chosen values
conflict-drop = Drop my changes
progress-leave = you may leave this page

# ---- problem pages: what, why, remedy ----
problem-where = Reference { $reference }
problem-home = To the first page
problem-400 = The request could not be understood
problem-400-why = The address or what was sent is incomplete.
problem-400-how = Go back, open the page again and retry.
problem-401 = Sign in first
problem-401-why = Nobody is signed in, or the session has ended.
problem-401-how = Sign in, then open this page again.
problem-403 = The current post may not open this page
problem-403-why = The right for it is not granted to this post, or the record lies outside its area.
problem-403-how = Switch to another post at the top right, or ask the system administrator for the right.
problem-404 = There is no such page
problem-404-why = The address is wrong, or the record does not exist or lies outside what this post may see.
problem-404-how = Check the address, or find the record through the navigation.
problem-409 = Somebody else changed the record
problem-409-why = It was saved after this page was opened; nothing was written now.
problem-409-how = Open the record again, check it and save.
problem-413 = The upload is too large
problem-413-why = It exceeds the limit for one upload; nothing was written.
problem-413-how = Shrink the photos or upload in parts; the system administrator can change the limit in the settings.
problem-422 = Some entries need correcting
problem-422-why = What was entered does not meet the rules; nothing was written.
problem-422-how = Go back to the form and correct the marked entries.
problem-429 = Too many requests
problem-429-why = The limit for a short time was exceeded.
problem-429-how = Wait a minute and retry.
problem-500 = The server failed
problem-500-why = Nothing was written; the failure is in the log.
problem-500-how = Retry; if it fails again, give the reference to the system administrator.
problem-503 = The service is not available now
problem-503-why = It is starting, being backed up or upgraded, or cannot reach its database.
problem-503-how = Retry in a few minutes; if it stays away, contact the system administrator.
