//! The rule of an indicator in words, from its own row: the form, then every parameter by its name.

use super::cell::Value;
use super::lay::Row;
use crate::pack::schema::RULES;

/// `按比例得分：满分值 100，零分值 0`.
pub(crate) fn rule(row: &Row) -> Value {
    let Some(form) = row.cells.get("规则类型").map(Value::shown) else { return Value::Empty };
    let Some(object) = RULES.iter().find(|object| object.zh == form) else { return Value::Empty };
    let given = object.keys.iter().skip(1).filter_map(|key| Some((key.zh, row.cells.get(key.zh)?.shown())));
    let parts: Vec<String> = given.map(|(name, value)| format!("{name} {value}")).collect();
    let below = object.keys.iter().skip(1).any(|key| !key.kind.objects().is_empty());
    let see = if below { "（逐条见“条件”）" } else { "" };
    let colon = if parts.is_empty() { "" } else { "：" };
    Value::text(format!("{form}{see}{colon}{}", parts.join("，")))
}
