# Organisation
register-setup-approval = Set-up approvals
register-setup-approval-about = Documents by which the district government approved a community
setup-approval-document-number = Document number
setup-approval-document-title = Title
setup-approval-issuer = Issuer
setup-approval-issued-on = Issued on
setup-approval-note = Note
setup-approval-attachment-document = Document
setup-approval-attachment-boundary-map = Boundary map
