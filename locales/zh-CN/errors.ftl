# 出错时说三件事：哪里、为什么、怎么办。
problem-sign-in = 登录

thing-record = 记录
thing-page = 页面
thing-file = 附件
thing-unit = 单位
thing-person = 人员
thing-post = 岗位
thing-account = 账号
thing-job = 任务
thing-indicator = 指标
thing-token = 访问令牌

error-not-found = 没有这个{ $what }，或不在当前岗位的范围内。
error-not-found-remedy = 核对地址；换一个岗位再试，或请上级单位打开。
error-sign-in = 登录后才能打开。
error-forbidden = 当前岗位没有权限“{ $permission }”。
error-forbidden-remedy = 换一个岗位，或请安全管理员授权。
error-invalid = 有 { $n } 处需要改正，什么都没有写入。
error-stale = 别人刚刚保存过这条记录，本次修改没有写入。
error-stale-remedy = 打开最新内容，比对后再保存。
error-too-large = 内容超过 { $mb } MB 的上限，没有写入。
error-too-large-remedy = 压缩或拆分文件后再传；上限由系统管理员在配置 upload.max_mb 中设定。
error-too-many = 请求太频繁，{ $seconds } 秒后再试。
error-disk-full = 服务器磁盘已满，本次没有写入。
error-disk-full-remedy = 请系统管理员清理磁盘后再试；已保存的内容不受影响。
error-database-gone = 数据库连不上，本次没有写入。
error-database-gone-remedy = 稍后再试；请系统管理员检查数据库服务。
error-internal = 系统内部出错，本次没有写入，原因已记入日志。
error-internal-remedy = 再试一次；仍然出错时把时间告诉系统管理员。
error-foreign-request = 这个请求来自别的网站，已拒绝。
error-foreign-request-remedy = 从本系统的页面重新操作；经代理访问时请系统管理员设置 server.public_url。
error-form-not-utf8 = 表单不是 UTF-8 编码。
error-bad-address = 地址里的参数看不懂。
error-bad-address-remedy = 从列表重新打开。

record-removed-cannot-change = 记录已移出，不能修改；先恢复再改。
record-already-removed = 记录已经移出。

field-required = 必填，请填写。
field-too-long = 最多 { $max } 个字，请缩短。
field-one-line = 只能填一行，请去掉换行。
field-not-a-choice = “{ $value }”不在可选项里，请从列表中选。
field-too-small = 不能小于 { $min }。
field-too-large = 不能大于 { $max }。
field-date-range = 日期 { $value } 应在 1900～2200 年之间。
field-wrong-kind = 内容类型不对，请重新填写。
field-not-yes-no = “{ $value }”应写“是”或“否”。
field-not-a-number = “{ $value }”不是数，请只写数字和小数点。
field-too-precise = “{ $value }”最多保留 { $decimals } 位小数。
field-not-a-date = “{ $value }”不是日期，请写成 2009-06-22。
field-bad-month = “{ $value }”的月份应为 01～12。
field-bad-day = “{ $value }”这一天不存在，请核对日期。
field-too-many-rows = 最多 { $max } 行，请分开填写。
field-unit-kind = 这类单位（{ $kind }）不登记本台账，请选其他单位。
field-not-unique = 这个单位已经有一条相同的记录，请修改原记录。
field-unknown = 没有“{ $field }”这个字段，请核对名称。

lifecycle-no-such-act = 没有“{ $act }”这个操作，请刷新页面。
lifecycle-wrong-state = 记录已不在这个阶段，请刷新页面看最新状态。
lifecycle-needs-field = 先填写“{ $field }”再办理。
lifecycle-needs-attachment = 先上传“{ $kind }”再办理。
lifecycle-needs-reason = 请写明原因。
lifecycle-needs-second-person = 前一步由本人办理，这一步须由另一人办理。
lifecycle-needs-same-person = 只有办理前一步的人才能撤回。
