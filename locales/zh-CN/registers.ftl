# Words of every register's pages; a register's own labels stand in its module's file.

# ---- list ----
register-new = 新增
register-export = 导出 CSV
register-import = 导入
register-coverage = 报送完成
register-search = 查找
register-comma = 、
register-total = 合计
register-yuan = 元
register-yes = 是
register-no = 否
register-with-measure = { $name }（{ $unit }）
register-field-unit = 单位
register-field-state = 状态
register-field-updated = 最近修改
register-field-version = 版本
register-field-id = 编号
register-field-removed = 移出理由
register-field-reason = 理由
register-none-yet = 还没有记录，可新增或导入。
register-none-yet-reader = 还没有记录。
register-none-filtered = 没有符合条件的记录，放宽条件再看。
register-none-removed = 没有移出的记录。
register-removed-view = 这里是已移出的记录，不计入合计与指标；打开后可恢复。
register-removed-link = 已移出的记录
register-back-to-list = 返回列表
register-back = 不改，返回

# ---- form ----
register-new-title = 新增 { $register }
register-edit-title = 修改 { $title }
register-edit = 修改
register-fields = 基本情况
register-save = 保存
register-create-next = 保存后进入记录页，可上传附件。
register-save-next = 保存后留下修改记录，原值可查。
register-last-saved = { $who } { $when } 保存
register-this-time = 本次填报
register-to-type = 共 { $all } 项，其中必填 { $required } 项。
register-draft-kept = 没填完也会留在本机，下次打开接着填；保密项不留。
register-secret-new = 加密保存，页面只显示末四位。
register-secret-kept = 不填则保持不变；填写后替换原内容。
register-secret-unchanged = 保持不变
register-secret-changed = 已更换
register-secret-clear = 清除已存内容
register-row-add = 加一行
register-row-drop = 移除
register-row-drop-n = 移除第 { $n } 行
register-row-field = { $rows }第 { $n } 行 { $field }
register-problem = { $field }：{ $problem }

# ---- two values ----
register-stale-title = { $title }：两边都改过
register-stale-choose = 下列各项两边都改了，逐项选择保留哪一个；其余改动已带上。
register-stale-apart = 两边改的不是同一处，可以一并保存，谁的改动都不丢。
register-stale-missing = 还有项目没有选择。
register-stale-was = 打开时的
register-stale-save = 一并保存
register-stale-all-mine = 都用我填的
register-stale-all-theirs = 都用现在的
register-stale-mine = 只有我改的（随本次保存）
register-stale-theirs = 只有对方改的（保留）
register-stale-no-row = 没有这一行

# ---- record ----
register-record-meta = { $unit }，第 { $n } 版，{ $who } { $when } 保存
register-old-version = 第 { $n } 版，旧
register-old-note = 这是第 { $n } 版，{ $who } { $when } 保存；现在是第 { $now } 版。旧版只能看，不能改。
register-to-current = 看现在的
register-removed = 已移出
register-removed-note = { $who } { $when } 移出，理由：{ $reason }
register-remove = 移出
register-remove-title = 移出 { $title }
register-remove-consequence = 移出后不再计入合计与指标，记录、附件和修改记录都留着，可以恢复。
register-restore = 恢复
register-audit = 审计记录
register-print = 打印
register-no-rows = 没有填写。
register-first-value = 首次填报 { $value }
register-todos = 待办
register-due = { $day } 前
register-history = 修改记录
register-version = 第 { $n } 版
register-did-create = 新增
register-did-remove = 移出，理由：{ $reason }
register-did-restore = 恢复
register-channel-web = 网页
register-channel-api = 接口
register-channel-console = 控制台
register-channel-job = 后台任务
register-channel-demo = 演示数据
register-created = 已新增。
register-saved = 已保存。
register-removed-done = 已移出。
register-restored-done = 已恢复。
register-act-done = 已办理。
register-act-title = { $act } { $title }
register-act-consequence = 状态由“{ $from }”变为“{ $to }”。
thing-version = 版本

# ---- attachments ----
register-files = 附件
register-file-added = 附件已上传。
register-file-none = 没有附件。
register-file-kind = 类别
register-file-choose = 选择文件
register-file-add = 上传
register-file-limit = 可传照片（JPEG、PNG、WebP）、PDF、Word、Excel、ZIP、文本，单次不超过 { $mb } MB。
register-file-remove = 移出
register-file-remove-title = 移出附件 { $name }
register-file-remove-consequence = 附件不再显示，原件和移出理由留在审计记录里。
register-file-by = { $who } { $when } 上传
file-none-sent = 没有选择文件，请选择后再上传。
file-empty = “{ $name }”是空文件，请换一个。
file-kind-unknown = 请选择附件类别。
file-type-refused = “{ $name }”的内容不是可收的类型，请换成照片、PDF、Word、Excel、ZIP 或文本。

# ---- coverage ----
register-coverage-title = { $register }：报送完成
register-coverage-about = 没有记录不等于零：报送完成且没有记录才算 0，没有报送完成的算未评。
register-coverage-year = 年度
register-coverage-declare = 报送 { $unit } { $period } 完成
register-coverage-reopen = 重新打开 { $unit } { $period }
register-coverage-done = 完成
register-coverage-open = 未报
register-coverage-complete-word = 已完成，{ $who } { $when }
register-coverage-click = 点“未报”即报送完成，点“完成”则重新打开；每次都记入审计。
register-coverage-latest = 最近报送
register-coverage-did = { $unit } { $period } 报送完成
register-coverage-undid = { $unit } { $period } 重新打开
register-coverage-none = 当前范围内没有需要报送的单位。
coverage-bad-period = 期间“{ $period }”不对，应写成 { $example }。
coverage-future = { $period } 还没有开始，不能报送完成。

# ---- API ----
error-json = 请求体不是 JSON：第 { $line } 行第 { $column } 列看不懂。
error-json-object = 请求体应是一个 JSON 对象，含 unit、values、children。
import-unit-unknown = 没有“{ $value }”这个单位，或不在当前岗位的范围内。
