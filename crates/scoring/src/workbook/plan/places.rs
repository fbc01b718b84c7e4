//! Where the parts of a pack stand in the workbook. The rule that matters: only what a reader would look for elsewhere is
//! named here; every other key of the schema finds its column or row by itself.

/// How a key of the schema is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the row of its owner: one column, or the columns of the object below it with its name before each.
    Inline,
    /// In the row of its owner, the columns of the object below it without its name.
    Flat,
    /// In rows of their own: the table, and the word that names such a row.
    Rows(&'static str, &'static str),
    /// In the row of the same owner in another table.
    Beside(&'static str),
    /// As `Beside`, a list with a column for each item.
    Spread(&'static str),
}

/// A table of the workbook: its name, `sheet` or `sheet/title`.
pub(crate) struct Where {
    /// `sheet`, or `sheet/title` where a sheet has several tables one below the other.
    pub name: &'static str,
    /// One key a line instead of one a column.
    pub form: bool,
}

/// The table a row of an unplaced list goes to, where its owner is an indicator.
pub(crate) const CONDITIONS: &str = "条件";

/// Every table, in the order of the workbook.
pub(crate) const TABLES: &[Where] = &[
    Where { name: "说明/标准", form: true },
    Where { name: "说明/评分约定", form: false },
    Where { name: "说明/领域", form: false },
    Where { name: "指标", form: false },
    Where { name: CONDITIONS, form: false },
    Where { name: "材料", form: false },
    Where { name: "检查", form: false },
    Where { name: "职责", form: false },
    Where { name: "评分", form: false },
    Where { name: "沿革", form: false },
    Where { name: "测试", form: false },
];

/// Object, key, place.
const PLACES: &[(&str, &str, Place)] = &[
    ("standard.yaml", "standard", Place::Rows("说明/标准", "标准")),
    ("standard.yaml", "areas", Place::Rows("说明/领域", "领域")),
    ("standard.yaml", "indicators", Place::Rows("指标", "指标")),
    ("standard", "scoring_defaults", Place::Rows("说明/评分约定", "评分约定")),
    ("measures.yaml", "measures", Place::Rows("评分", "定义")),
    ("migration.yaml", "changes", Place::Rows("沿革", "变化")),
    ("tests.yaml", "tests", Place::Rows("测试", "例")),
    ("test", "units", Place::Rows("测试", "单位")),
    ("test", "facts", Place::Rows("测试", "数据")),
    ("test", "expect", Place::Rows("测试", "应得")),
    ("indicator", "lead", Place::Beside("职责")),
    ("indicator", "co", Place::Spread("职责")),
    ("indicator", "measure", Place::Rows("评分", "取数")),
    ("indicator", "also", Place::Rows("评分", "其他值")),
    ("also", "measure", Place::Flat),
    ("indicator", "unit_condition", Place::Rows(CONDITIONS, "单位条件")),
    ("also", "unit_condition", Place::Rows(CONDITIONS, "单位条件")),
    ("indicator", "evidence", Place::Rows("材料", "材料")),
    ("indicator", "methods", Place::Rows("检查", "查验方式")),
    ("indicator", "checklist", Place::Rows("检查", "检查要点")),
    ("indicator", "was", Place::Rows("沿革", "旧版")),
];

/// The place of a key, where it is named.
pub(crate) fn place(object: &str, key: &str) -> Place {
    let named = PLACES.iter().find(|(owner, name, _)| *owner == object && *name == key);
    named.map_or(Place::Inline, |(_, _, place)| *place)
}

/// The row of a file's own keys beside its lists; the table where unplaced lists of the file go.
pub(crate) const FILE_ROWS: [(&str, &str); 4] = [("指标", ""), ("评分", ""), ("沿革", "来自"), ("测试", "")];
