# Jobs: queue, progress, result.
job-state-waiting = waiting
job-state-running = running
job-state-done = done
job-state-failed = failed
job-unknown = This version does not know how to do this job.
job-unknown-remedy = Ask the system administrator to check the version of the program, then start the job again.
job-lost-twice = The server was interrupted twice; the job was not done.
job-lost-twice-remedy = Start it again when the server is back; if it is interrupted again, ask the system administrator to look at the log.

job-audit-verify = Verification of the audit chain
job-verify-read = { $entries } audit entries and { $records } records were compared.
job-verify-proven = Nothing was altered; the chain is whole.
job-verify-found = { $n } problems were found:
finding-changed-entry = The content of audit entry { $seq } was changed.
finding-broken-link = Audit entry { $seq } does not follow the one before it: an entry was removed, inserted or moved.
finding-cut-tail = The chain ends at entry { $last }, but { $expected } were sealed.
finding-rewritten-chain = The chain is not the one that was sealed; from entry { $seq } on it may have been rewritten.
finding-changed-record = Record { $id } of the register { $register } differs from audit entry { $seq }: it was changed behind the system's back.
finding-unaudited-record = Record { $id } of the register { $register } has no audit entry: it was written behind the system's back.
finding-missing-record = Record { $id } of the register { $register } is gone; audit entry { $seq } last vouched for it.
job-by-itself = By itself
