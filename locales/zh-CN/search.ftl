# 全局搜索
search-title = 全局搜索
search-go = 搜索
search-found = 找到 { $n } 项
search-kinds = 可以搜索：{ $kinds }。写名称、编号或其中几个字，多个词用空格隔开。
search-none = 没有找到。
search-unit = 单位
search-person = 人员
search-indicator = 指标
search-standard = 标准
search-all = 全部 { $n } 项
search-first = 只列前 { $n } 项
