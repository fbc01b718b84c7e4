# 登录、账号、令牌和审计日志的页面。
# ---- 登录 ----
sign-in-title = 登录
sign-in-act = 登录
sign-in-whom = 供本区各单位、街道、社区和工作组使用。
sign-in-login-help = 单位分配的账号
sign-in-password-again = 请重新输入密码
sign-in-forgot = 忘记密码
sign-in-forgot-whom = 联系本单位安全管理员重置
sign-in-foot = 账号由系统管理员开通，首次登录须改密码。
sign-in-refused = 账号或密码不对，或账号已锁定。连续错 { $failures } 次，账号锁定 { $minutes } 分钟；仍登不上的，请安全管理员解锁或重置密码。
sign-in-disabled = 账号已停用。需要继续使用的，请系统管理员启用。
account-login = 账号
account-password = 密码

# ---- 密码 ----
password-title = 修改密码
password-present = 现在的密码
password-new = 新密码
password-again = 再输一遍
password-act = 保存新密码
password-next = 保存后，本账号在其他设备上的登录会结束。
password-must = 现在的密码是别人设置的，改好后才能使用其他页面。
password-rule = 至少 { $min } 个字符，不能含账号名，不能是常见密码。一句只有自己知道的话就很好。
password-too-short = 新密码至少 { $min } 个字符，请加长。
password-too-long = 新密码最多 { $max } 个字节，请缩短。
password-holds-login = 新密码不能以账号名为主，请换一个。
password-obvious = 新密码太常见，容易被猜到，请换一个。
password-again-differs = 两次输入的新密码不同，请重新输入。
password-present-wrong = 现在的密码不对，请重新输入。
password-same = 新密码与现在的相同，请换一个。

# ---- 个人资料 ----
profile-title = 个人资料
profile-back = 返回个人资料

# ---- 账号 ----
account-login-form = 账号为 3～32 个小写字母、数字、点、横线或下划线，以字母或数字开头。
account-login-taken = 账号 { $login } 已被使用，请换一个。
account-person-has-one = { $person }已有账号 { $login }，一人只开一个账号。
account-not-own = 不能停用、启用、解锁或重置自己的账号。
account-not-own-remedy = 改密码请到“个人资料”；其他事项请另一位管理员办理。

# ---- 岗位与三员 ----
exclusion-conflict = { $person }会同时担任“{ $one }”和“{ $other }”：系统、安全、审计三员互斥，且不兼任业务岗位。
exclusion-conflict-remedy = 先结束其中一个任期或收回其中一项授权，或另派一人。
term-ends-too-soon = 任期要晚于 { $from } 结束，请核对日期。
administrators-exist = 已有管理员，不再创建首批管理员。
administrators-exist-remedy = 由系统管理员任命，由安全管理员授权。
administrators-one-of-each = 首批管理员为系统、安全、审计各一人。

# ---- 令牌 ----
token-not-your-post = 本人今天不担任这个岗位，不能为它发令牌。
token-days = 有效期为 1～{ $max } 天。
token-no-rights = 至少选一项权限。
token-right-not-held = 这个岗位没有权限“{ $permission }”，请去掉。
error-token-form = Authorization 请求头应写成“Bearer hj_…”。
error-token-form-remedy = 在“个人资料”里新建令牌，把整段内容放在 Bearer 之后。
error-token-unknown = 没有这个访问令牌。
error-token-unknown-remedy = 核对令牌是否完整；丢失的请在“个人资料”里新建。
error-token-expired = 访问令牌“{ $name }”已于 { $at } 到期。
error-token-expired-remedy = 在“个人资料”里新建令牌，换上新的内容。
error-token-revoked = 访问令牌“{ $name }”已于 { $at } 收回。
error-token-revoked-remedy = 在“个人资料”里新建令牌；不是本人收回的，联系安全管理员。
error-token-account = 访问令牌“{ $name }”所属的账号已停用。
error-token-account-remedy = 请系统管理员启用账号，或由另一位人员新建令牌。
error-token-post = 访问令牌“{ $name }”的主人已不在令牌的岗位上。
error-token-post-remedy = 由现任人员新建令牌。
