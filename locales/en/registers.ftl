# Words of every register's pages; a register's own labels stand in its module's file.

# ---- list ----
register-new = New record
register-export = Export CSV
register-import = Import
register-coverage = Completeness
register-search = Search
register-comma = { ", " }
register-total = Total
register-yuan = yuan
register-yes = Yes
register-no = No
register-with-measure = { $name } ({ $unit })
register-field-unit = Unit
register-field-state = State
register-field-updated = Last change
register-field-version = Version
register-field-id = Id
register-field-removed = Reason of removal
register-field-reason = Reason
register-none-yet = No records yet. Add one or import a file.
register-none-yet-reader = No records yet.
register-none-filtered = No record meets these conditions. Widen them.
register-none-removed = No removed records.
register-removed-view = These records were removed. They count in no total and no indicator; open one to restore it.
register-removed-link = Removed records
register-back-to-list = Back to the list
register-back = Back without changes

# ---- form ----
register-new-title = New: { $register }
register-edit-title = Change { $title }
register-edit = Change
register-fields = Particulars
register-save = Save
register-create-next = After saving the record opens; files can be added there.
register-save-next = The change stays in the history with its former value.
register-last-saved = saved by { $who }, { $when }
register-this-time = This entry
register-to-type = { $all } fields, { $required } of them required.
register-draft-kept = A half-filled form stays on this machine until you come back; secrets do not.
register-secret-new = Stored encrypted; pages show the last four characters only.
register-secret-kept = Leave empty to keep it; anything typed replaces it.
register-secret-unchanged = unchanged
register-secret-changed = replaced
register-secret-clear = Clear the stored value
register-row-add = Add a row
register-row-drop = Remove
register-row-drop-n = Remove row { $n }
register-row-field = { $rows }, row { $n }: { $field }
register-problem = { $field }: { $problem }

# ---- two values ----
register-stale-title = { $title }: changed by two people
register-stale-choose = Both sides changed these. Choose which value stays; all other changes are carried along.
register-stale-apart = The two changes do not touch each other. Both can be saved; neither is lost.
register-stale-missing = Some items still wait for a choice.
register-stale-was = When opened
register-stale-save = Save both
register-stale-all-mine = Use mine throughout
register-stale-all-theirs = Use the present ones throughout
register-stale-mine = Changed by me only (saved with this)
register-stale-theirs = Changed by the other only (kept)
register-stale-no-row = no such row

# ---- record ----
register-record-meta = { $unit }, version { $n }, saved by { $who }, { $when }
register-old-version = version { $n }, old
register-old-note = This is version { $n }, saved by { $who }, { $when }; version { $now } stands now. An old version can be read, not changed.
register-to-current = Show the present one
register-removed = Removed
register-removed-note = Removed by { $who }, { $when }. Reason: { $reason }
register-remove = Remove
register-remove-title = Remove { $title }
register-remove-consequence = The record will count in no total and no indicator. It keeps its files and history and can be restored.
register-restore = Restore
register-audit = Audit entries
register-print = Print
register-no-rows = Nothing entered.
register-first-value = first reported { $value }
register-todos = To-dos
register-due = by { $day }
register-history = History
register-version = version { $n }
register-did-create = created
register-did-remove = removed, reason: { $reason }
register-did-restore = restored
register-channel-web = web
register-channel-api = API
register-channel-console = console
register-channel-job = job
register-channel-demo = demonstration data
register-created = Record added.
register-saved = Saved.
register-removed-done = Removed.
register-restored-done = Restored.
register-act-done = Done.
register-act-title = { $act }: { $title }
register-act-consequence = The state changes from “{ $from }” to “{ $to }”.
thing-version = version

# ---- attachments ----
register-files = Files
register-file-added = File added.
register-file-none = No files.
register-file-kind = Kind
register-file-choose = Choose a file
register-file-add = Upload
register-file-limit = Pictures (JPEG, PNG, WebP), PDF, Word, Excel, ZIP and text, up to { $mb } MB at a time.
register-file-remove = Remove
register-file-remove-title = Remove the file { $name }
register-file-remove-consequence = The file is no longer shown; it and the reason stay in the audit.
register-file-by = added by { $who }, { $when }
file-none-sent = No file was chosen. Choose one and upload again.
file-empty = “{ $name }” is empty. Choose another file.
file-kind-unknown = Choose the kind of file.
file-type-refused = The content of “{ $name }” is of no accepted type. Use a picture, PDF, Word, Excel, ZIP or text file.

# ---- coverage ----
register-coverage-title = { $register }: completeness
register-coverage-about = No record does not mean zero: reported complete without records is 0, not reported is not assessed.
register-coverage-year = Year
register-coverage-declare = Report { $unit }, { $period } complete
register-coverage-reopen = Reopen { $unit }, { $period }
register-coverage-done = complete
register-coverage-open = open
register-coverage-complete-word = complete, { $who }, { $when }
register-coverage-click = Press “open” to report complete, “complete” to reopen; each is audited.
register-coverage-latest = Latest reports
register-coverage-did = { $unit }, { $period } reported complete
register-coverage-undid = { $unit }, { $period } reopened
register-coverage-none = No unit in your scope reports here.
coverage-bad-period = The period “{ $period }” cannot be read. Write it like { $example }.
coverage-future = { $period } has not begun and cannot be reported complete.

# ---- API ----
error-json = The body is not JSON: it cannot be read at line { $line }, column { $column }.
error-json-object = The body must be a JSON object with unit, values and children.
import-unit-unknown = There is no unit “{ $value }”, or it lies outside your scope.
