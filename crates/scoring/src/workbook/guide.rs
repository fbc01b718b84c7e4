//! The words of the sheet 说明 around its tables: how to use the workbook, what the marks mean, and which pack this is.

/// How to use the workbook, a line each.
pub(crate) const USE: &[&str] = &[
    "本工作簿是一套评分标准，可在 Excel 或 WPS 中修改，存盘后转回标准包。",
    "每张表的表头有批注，说明填什么；有下拉框的从下拉框中选。灰色、带“（自动）”的列由程序生成，不读取，改了不起作用。",
    "新增一项指标：在“指标”加一行，在“职责”写牵头单位，在“评分”加一行“取数”；新口径在“评分”再加一行“定义”。",
    "“条件”“材料”“检查”“评分”等表按“指标编号”归到指标；编号空着的行归上一行的指标。同一指标内按行的先后排列。",
    "“所属”空着表示直接属于该指标；否则写上一级的行类和名称，如“方式 实地查看”“其他值 city_average”。",
    "一格写多项时一行一项；名称和内容写成“名称 = 内容”，一行一条。",
    "带双引号的内容按原样保留，例如首尾要留空格的文字。",
    "数字照原数写：百分之六十写 60。期间写 2009、2009-H1、2009-Q1、2009-05；日期写 2009-06-22。",
    "可以调整列的先后、筛选、排序、加空行，可以另加自己的工作表；不要改表名、表头和“■”开头的小标题。",
    "“测试”中的例子必须与规则相符；不符时程序会指出是哪一例、应得多少、算出多少。",
];

/// What the marks mean.
pub(crate) const MARKS: [(&str, &str); 4] = [
    ("found", "有出处：原文或其他来源写明"),
    ("inferred", "推定：由来源推算得出"),
    ("synthetic", "自拟：尚无出处，待专家认可"),
    ("reconstructed", "重构：整项按来源的线索重写"),
];

/// The first sheet.
pub(crate) const FRONT: &str = "说明";

/// The titles of the parts that are not tables.
pub(crate) const TITLES: [&str; 3] = ["怎样使用", "依据标记", "版本"];
