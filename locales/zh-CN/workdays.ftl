# 期限与灯：各配色方案中每条规则的用词。
lamp-done = 已办结
lamp-normal = 正常
lamp-near = 临期
lamp-over = 逾期
lamp-behind = 滞后
lamp-order = 督办
lamp-order-reminder = 提醒督办
lamp-order-warning = 警示督办
lamp-order-last = 末次督办
lamp-over-without-order = 逾期未发督办
lamp-none = 无期限
