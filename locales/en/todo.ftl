# 待办
nav-todo = To-dos
todo-open = Open
todo-done = Done
todo-sent = Sent by me
todo-copied = Copied to me
