# Messages
message-arrived = New to-do
message-returned = Returned
message-transferred = Passed on
message-nudged = Reminder
message-copied = Copy
message-instruction = Instruction
message-replied = Reply
message-settled = Settled
message-job = Job finished
