# 消息
message-arrived = 新待办
message-returned = 退回
message-transferred = 转办
message-nudged = 催办
message-copied = 抄送
message-instruction = 批示
message-replied = 回复
message-settled = 办结
message-job = 任务结束
