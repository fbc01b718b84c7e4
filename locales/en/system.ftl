# 系统
nav-accounts = Accounts
nav-audit = Audit log
