//! Columns made for the reader's eye: names beside codes, the rule in words, sums beside the figures they must equal.
//! Formulas where the sheet can keep them right while somebody edits; nothing here is ever read.

use std::collections::BTreeMap;

use super::cell::Value;
use super::lay::Row;
use super::plan::Auto;
use super::sheet::column_name;
use crate::pack::Pack;

/// One such column.
pub(crate) struct Made {
    auto: Auto,
    /// What the formula gives when the workbook is written, by code.
    shown: BTreeMap<String, String>,
    /// Columns of the sheets formulas look into: heading → letter.
    letters: BTreeMap<(&'static str, &'static str), String>,
}

/// Prepares a column.
pub(crate) fn made(auto: Auto, pack: &Pack) -> Made {
    let indicators = pack.indicators.iter();
    let shown = match auto {
        Auto::Name => indicators.map(|one| (one.code.clone(), one.name_zh.clone())).collect(),
        Auto::Lead => indicators.map(|one| (one.code.clone(), one.lead.clone())).collect(),
        Auto::Measure => indicators.map(|one| (one.code.clone(), one.measure.id.clone())).collect(),
        Auto::Rule => BTreeMap::new(),
        Auto::Count | Auto::Points => pack
            .areas
            .iter()
            .map(|area| {
                let of_area = pack.indicators.iter().filter(|one| one.area == area.code);
                let counted = of_area.clone().filter(|one| one.kind == crate::pack::IndicatorKind::Basic);
                let points: crate::Exact = counted.map(|one| &one.points).sum();
                let shown = if auto == Auto::Count { of_area.count().to_string() } else { points.to_string() };
                (area.code.clone(), shown)
            })
            .collect(),
    };
    let wanted = [
        ("指标", "名称"),
        ("指标", "领域"),
        ("指标", "分值"),
        ("指标", "类别"),
        ("职责", "牵头"),
        ("评分", "口径编号"),
    ];
    let letter = |(sheet, label): &(&'static str, &'static str)| {
        let table = super::plan::TABLES_PLANNED.iter().find(|table| table.name == *sheet)?;
        let at = table.columns.iter().position(|column| column.label == *label)?;
        Some(((*sheet, *label), column_name(at)))
    };
    Made { auto, shown, letters: wanted.iter().filter_map(letter).collect() }
}

impl Made {
    /// The cell of a row that will stand in line `line`, counted from 0.
    pub(crate) fn cell(&self, row: &Row, line: usize) -> Value {
        let own = row.cells.get("编号").map(Value::shown);
        let code = own.unwrap_or_else(|| row.owner.clone());
        let here = format!("$A{}", line + 1);
        let shown = self.shown.get(&code).cloned().unwrap_or_default();
        let column = |sheet: &'static str, label: &'static str| {
            let letter = self.letters.get(&(sheet, label)).map_or("A", String::as_str);
            format!("{sheet}!${letter}:${letter}")
        };
        let look_up = |sheet: &'static str, label: &'static str| {
            format!("IFERROR(INDEX({},MATCH({here},{sheet}!$A:$A,0)),\"\")", column(sheet, label))
        };
        let (area, kind, points) = (column("指标", "领域"), column("指标", "类别"), column("指标", "分值"));
        let formula = match self.auto {
            _ if code.is_empty() => return Value::Empty,
            Auto::Rule => return super::sentence::rule(row),
            Auto::Name => look_up("指标", "名称"),
            Auto::Lead => look_up("职责", "牵头"),
            Auto::Measure => look_up("评分", "口径编号"),
            Auto::Count => format!("COUNTIF({area},{here})"),
            Auto::Points => format!("SUMIFS({points},{area},{here},{kind},\"基本\")"),
        };
        let shown = match self.auto {
            Auto::Count | Auto::Points => Value::Number(shown.parse().unwrap_or_default()),
            _ => Value::Text(shown),
        };
        Value::Formula { formula, shown: Box::new(shown) }
    }
}
