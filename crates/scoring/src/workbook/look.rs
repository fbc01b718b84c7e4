//! How columns look: by what stands in them.

use super::cell::Holds;
use super::plan::{Auto, Column, What};
use super::sheet::Style;
use crate::pack::schema::Kind;

/// How the cells of a column look.
pub(super) fn style(column: &Column) -> Style {
    match &column.what {
        What::Field(field) => match field.holds {
            Holds::Kind(Kind::Number | Kind::Whole) | Holds::Any => Style::Number,
            Holds::Kind(Kind::Date) => Style::Day,
            _ => Style::Text,
        },
        What::Auto(_) => Style::Made,
        _ => Style::Text,
    }
}

/// How wide a column is, in characters.
pub(super) fn width(column: &Column) -> f64 {
    let heading = column.label.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>() + 3.0;
    let content = match &column.what {
        What::Auto(Auto::Name) => 24.0,
        What::Auto(Auto::Rule) => 36.0,
        What::Auto(Auto::Measure) => 30.0,
        What::Auto(_) => 14.0,
        What::Owner => 10.0,
        What::Row | What::Below => 14.0,
        What::Field(field) => match field.holds {
            Holds::Kind(Kind::Number | Kind::Whole | Kind::YesNo) => 8.0,
            Holds::Kind(Kind::LongText) => 40.0,
            Holds::Kind(Kind::Condition | Kind::Formula | Kind::Map) => 32.0,
            Holds::Kind(Kind::Texts) if !field.spread => 24.0,
            Holds::Any => 24.0,
            Holds::Kind(Kind::Text) if field.name == "name_zh" || field.name == "name_en" => 28.0,
            Holds::Kind(Kind::Text) if field.name == "id" || field.name == "measure" => 30.0,
            _ => 12.0,
        },
    };
    heading.max(content)
}
