# Campaigns
campaign-choose = Campaign
audit-action-assign = Assigned
