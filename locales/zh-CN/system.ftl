# 系统
nav-accounts = 账号
nav-audit = 审计日志
burden = 填报量
burden-about = 手工填写的字段数；文件导入和系统带入的不算
burden-none = 本月没有手工填写。
burden-unit = 单位
burden-total = 合计
