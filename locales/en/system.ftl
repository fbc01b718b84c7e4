# 系统
nav-accounts = Accounts
nav-audit = Audit log
burden = Burden
burden-about = Fields typed by hand; what a file or the system brought is not counted
burden-none = Nothing was typed by hand in this month.
burden-unit = Unit
burden-total = Total
