# 任务：排队、进度、结果。
job-state-waiting = 排队中
job-state-running = 进行中
job-state-done = 已完成
job-state-failed = 没有完成
job-unknown = 这个版本不会做这项任务。
job-unknown-remedy = 请系统管理员核对程序版本后重新发起。
job-lost-twice = 服务器两次中断，任务没有完成。
job-lost-twice-remedy = 服务器恢复后重新发起；再次中断时请系统管理员查看日志。

job-audit-verify = 审计链核验
job-verify-read = 已核对审计记录 { $entries } 条、台账记录 { $records } 条。
job-verify-proven = 未发现改动，审计链完整。
job-verify-found = 发现 { $n } 处问题：
finding-changed-entry = 第 { $seq } 条审计记录的内容被改动。
finding-broken-link = 第 { $seq } 条审计记录与上一条不衔接：有记录被删除、插入或调换。
finding-cut-tail = 审计链在第 { $last } 条处断开，应有 { $expected } 条。
finding-rewritten-chain = 审计链与封存的链头不符，从第 { $seq } 条起可能被重写。
finding-changed-record = 台账“{ $register }”的记录 { $id } 与第 { $seq } 条审计记录不符，被绕过系统改动。
finding-unaudited-record = 台账“{ $register }”的记录 { $id } 没有审计记录，被绕过系统写入。
finding-missing-record = 台账“{ $register }”的记录 { $id } 不见了，最后见于第 { $seq } 条审计记录。
job-by-itself = 定时任务
