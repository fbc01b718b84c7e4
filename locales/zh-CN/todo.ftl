# 待办
nav-todo = 待办
todo-open = 待办
todo-done = 已办
todo-sent = 我发起
todo-copied = 抄送
