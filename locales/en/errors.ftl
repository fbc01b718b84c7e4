# An error says three things: where, why, what to do.
problem-sign-in = Sign in

thing-record = record
thing-page = page
thing-file = file
thing-unit = unit
thing-person = person
thing-post = post
thing-account = account
thing-job = job
thing-indicator = indicator
thing-standard = version of the standard
thing-campaign = campaign
thing-campaign-date = key date
thing-campaign-cost = expense
thing-token = access token
thing-todo = to-do
thing-message = message
thing-instruction = instruction

error-not-found = There is no such { $what }, or it lies outside this post's scope.
error-not-found-remedy = Check the address; try another post, or ask the unit above to open it.
error-sign-in = Sign in to open this.
error-forbidden = This post does not hold the permission “{ $permission }”.
error-forbidden-remedy = Switch to another post, or ask the security administrator to grant it.
error-invalid = { $n ->
    [one] One entry needs
   *[other] { $n } entries need
} correcting; nothing was written.
error-stale = Somebody has just saved this record; your change was not written.
error-stale-remedy = Open the newest version, compare, then save.
error-too-large = The content exceeds the limit of { $mb } MB; nothing was written.
error-too-large-remedy = Compress or split the file; the limit is the setting upload.max_mb.
error-too-many = Too many requests; try again in { $seconds } s.
error-disk-full = The server's disk is full; nothing was written.
error-disk-full-remedy = Ask the system administrator to free space; what was saved before is safe.
error-file-altered = The content of the file { $sha256 } was altered and cannot be used.
error-file-altered-remedy = Ask the system administrator to restore the file from the backup and to look at the audit.
error-file-broken-off = The file did not arrive whole; nothing was written.
error-file-broken-off-remedy = Check the connection and upload it again.
error-database-gone = The database cannot be reached; nothing was written.
error-database-gone-remedy = Try again later; ask the system administrator to check the database service.
error-internal = Something failed inside; nothing was written and the cause is in the log.
error-internal-remedy = Try again; if it persists, tell the system administrator the time.
error-foreign-request = This request came from another site and was refused.
error-foreign-request-remedy = Act from a page of this system; behind a proxy, set server.public_url.
error-form-not-utf8 = The form is not encoded in UTF-8.
error-bad-address = A parameter in the address cannot be understood.
error-bad-address-remedy = Open it again from the list.

record-removed-cannot-change = The record was taken out and cannot be changed; restore it first.
record-already-removed = The record has already been taken out.

field-required = Required; fill it in.
field-too-long = At most { $max } characters; shorten it.
field-one-line = One line only; remove the line breaks.
field-not-a-choice = “{ $value }” is not one of the choices; pick from the list.
field-too-small = Must not be less than { $min }.
field-too-large = Must not be more than { $max }.
field-date-range = The date { $value } must lie between 1900 and 2200.
field-wrong-kind = Wrong kind of content; enter it again.
field-not-yes-no = Write “yes” or “no” instead of “{ $value }”.
field-not-a-number = “{ $value }” is not a number; write digits and a decimal point only.
field-too-precise = “{ $value }” may have at most { $decimals } decimals.
field-not-a-date = “{ $value }” is not a date; write it as 2009-06-22.
field-bad-month = The month in “{ $value }” must be 01 to 12.
field-bad-day = There is no such day as “{ $value }”; check the date.
field-too-many-rows = At most { $max } rows; split them.
field-unit-kind = This kind of unit ({ $kind }) does not keep this register; pick another unit.
field-not-unique = This unit already has the same record; change that one.
field-unknown = There is no field “{ $field }”; check its name.

lifecycle-no-such-act = There is no act “{ $act }”; reload the page.
lifecycle-wrong-state = The record has left this stage; reload the page.
lifecycle-needs-field = Fill in “{ $field }” first.
lifecycle-needs-attachment = Attach “{ $kind }” first.
lifecycle-needs-reason = Give a reason.
lifecycle-needs-second-person = You did the step before; this one must be done by another person.
lifecycle-needs-same-person = Only the one who did the step before may withdraw it.
