# Deadlines and lamps: the word of every rule of every colour scheme.
lamp-done = Done
lamp-normal = On time
lamp-near = Nearly due
lamp-over = Overdue
lamp-behind = Behind
lamp-order = Order issued
lamp-order-reminder = Reminder issued
lamp-order-warning = Warning issued
lamp-order-last = Last order issued
lamp-over-without-order = Overdue, no order
lamp-none = No due date
