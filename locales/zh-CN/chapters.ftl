# 导航的章节，与工作的次序一致。
chapter-top = 首页
chapter-foundations = 夯实基础
chapter-campaign = 细化任务 · 落实责任
chapter-upward = 争取支持
chapter-residents = 居民关切
chapter-reports = 汇报
chapter-system = 系统
shell-district = { $name }和谐社区创建平台
