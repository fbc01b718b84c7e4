# Words of the kernel: the shell, the shared components, problem pages.
# One file a module; the English file has the same keys and the same variables.

# ---- values ----
not-assessed = 未评
word-none = —
due-left = 剩 { $n } 个工作日
due-today = 今日到期
due-over = 逾期 { $n } 个工作日
weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日
date-long = { $year } 年 { $month } 月 { $day } 日　{ $weekday }
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

# ---- lamps ----
lamp-green = 正常
lamp-yellow = 临期
lamp-red = 逾期
lamp-blue = 督办
lamp-grey = 未评

# ---- shell ----
brand = 和建
shell-skip = 跳到正文
shell-open-nav = 打开导航
shell-nav = 主导航
shell-here = 位置
shell-common = 常用
shell-more = 更多
shell-search = 全局搜索
shell-search-hint = 搜索单位、人员、指标、台账记录
shell-messages = 消息，{ $n } 条未读
shell-demo = 演示数据
shell-demo-why = 本页数据为合成或推定，仅供演示
shell-display = 显示设置
shell-theme = 配色
shell-light = 浅色
shell-dark = 深色
shell-size = 字号
shell-normal = 标准
shell-large = 大字（放大四分之一）
shell-large-short = 大字
shell-language = 语言
shell-user = { $name }，切换岗位
shell-post = 切换岗位（权限和待办随岗位变化）
shell-only-post = 当前岗位
shell-profile = 个人资料与密码
shell-sign-out = 退出登录
shell-no-assets = 界面文件还没有构建：运行 cargo xtask assets。功能不受影响，只是没有样式。
shell-not-secret = 本系统为非涉密系统，严禁处理、存储、传输国家秘密和工作秘密。
shell-browsers = 建议使用谷歌、火狐、Edge 浏览器

# ---- table, filter, pager ----
table-sort = 按{ $column }排序
table-select = 选择 { $row }
table-select-all = 全选本页
table-actions = 操作
filter-all = 全部
filter-apply = 筛选
filter-more = 更多条件
filter-clear = 清除条件
pager-range = 第 { $from }–{ $to } 行，共 { $total } 行
pager-none = 共 0 行
pager-per = 每页
pager-nav = 分页
pager-prev = 上一页
pager-next = 下一页
pager-go = 显示
batch-label = 批量操作
batch-chosen = 对已选的行

# ---- figures ----
tree-label = 得分计算过程
tree-open = 全部展开
tree-close = 全部收起
verdict-met = ✓ 达标
verdict-missed = ✕ 未达
gauge-label = 得分 { $got } 分，满分 { $full } 分，未评 { $open } 分，失分 { $lost } 分
gauge-pass = 合格线 { $pass } 分
gauge-full = 满分 { $full }
map-label = 地图，{ $n } 个区域；同样的数字见旁边的表
map-count = { $label }：{ $n }

# ---- detail ----
drawer-close = 关闭
time-empty = 空
time-none = 还没有记录。
file-size-label = 大小

# ---- form ----
form-required-note = 为必填
form-choose = 请选择
form-errors = 有 { $n } 处需要改正，改好后才能提交。
form-readonly = 只读
form-file-kept = 已有附件不重选则保留。
confirm-reason = 理由
confirm-reason-help = 理由写入审计记录，不能再改。
confirm-cancel = 不做，返回
conflict-title = { $who }在 { $when } 已改过这条记录，还没有写入。
conflict-help = 逐项选择保留哪一个，再保存。两边相同的不用选。
conflict-help-plain = 其他没有冲突的改动已带在表里。
conflict-field = 项目
conflict-yours = 我填的
conflict-theirs = 现在的
conflict-save = 按所选保存
conflict-drop = 放弃我的修改
progress-leave = 可离开本页

# ---- problem pages: what, why, remedy ----
problem-where = 出错位置 { $reference }
problem-home = 回到首页
problem-400 = 看不懂这次请求
problem-400-why = 地址或提交的内容不完整。
problem-400-how = 返回上一页重新打开，再试一次。
problem-401 = 需要登录
problem-401-why = 还没有登录，或登录已过期。
problem-401-how = 登录后再打开这一页。
problem-403 = 当前岗位不能打开这一页
problem-403-why = 这一页的权限没有授予当前岗位，或记录不在辖区范围内。
problem-403-how = 有其他岗位的，在右上角切换岗位；确需使用的，向系统管理员申请。
problem-404 = 没有这一页
problem-404-why = 地址有误，或记录不存在，或不在当前岗位可见的范围内。
problem-404-how = 核对地址，或从左侧导航进入台账查找。
problem-409 = 记录已被他人改过
problem-409-why = 打开之后有人保存过，本次没有写入。
problem-409-how = 重新打开记录，核对后再保存。
problem-413 = 上传的内容太大
problem-413-why = 超过了单次上传的上限，没有写入。
problem-413-how = 压缩照片或分几次上传；上限由系统管理员在参数设置里改。
problem-422 = 有内容需要改正
problem-422-why = 填写的内容不符合要求，没有写入。
problem-422-how = 返回表单，按各项下的提示改正后再提交。
problem-429 = 操作太频繁
problem-429-why = 短时间内请求次数超过上限。
problem-429-how = 等一分钟再试。
problem-500 = 服务器内部出错
problem-500-why = 本次操作没有写入，已记入日志。
problem-500-how = 再试一次；仍然出错的，把出错位置告诉系统管理员。
problem-503 = 服务暂时不可用
problem-503-why = 正在启动、备份或升级，或数据库连接不上。
problem-503-how = 几分钟后再试；持续不可用的，联系系统管理员。
