# 组织机构
register-setup-approval = 设立批复
register-setup-approval-about = 区政府批准社区规模和设立的文件
setup-approval-document-number = 发文字号
setup-approval-document-title = 文件标题
setup-approval-issuer = 发文机关
setup-approval-issued-on = 成文日期
setup-approval-note = 备注
setup-approval-attachment-document = 批复原件
setup-approval-attachment-boundary-map = 四至图
