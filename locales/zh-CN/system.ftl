# 系统
nav-accounts = 账号
nav-audit = 审计日志
