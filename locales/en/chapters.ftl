# The chapters of the navigation, in the order of the work.
chapter-top = Start
chapter-foundations = Foundations
chapter-campaign = Tasks and duties
chapter-upward = Winning support
chapter-residents = Residents
chapter-reports = Reports
chapter-system = System
shell-district = { $name } campaign platform
