# 创建活动
campaign-choose = 创建活动
audit-action-assign = 归属
