//! `hejian pack check`: whether a pack is whole, and what it holds.

use std::path::PathBuf;

use clap::Args;
use hejian_scoring::{Exact, pack::Summary};
use serde_json::{Number, Value, json};

use super::Source;
use crate::cli::failure::Failure;

/// Check a pack: its form, its references, its points, its tests 检查标准包
///
/// Every fault is named with file, line, column, code and what to write. Exit code 1 when there is one.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Folder of the pack, or its standard.yaml 标准包
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<(), Failure> {
        let pack = match Source::at(&self.file)?.read()? {
            Ok(pack) => pack,
            Err(troubles) => return Err(troubles.end(self.json, "the pack cannot be used. 标准包有错。")),
        };
        let summary = pack.summary();
        if self.json {
            say!("{}", written(&summary));
            return Ok(());
        }
        let Summary { id, version, indicators, points, community_level, fingerprint, .. } = &summary;
        say!("{id} version {version}: {indicators} indicators, {points} points, {community_level} at community level");
        for area in &summary.areas {
            say!("  {}  {} indicators, {} points  {}", area.code, area.indicators, area.points, area.name_zh);
        }
        let mut leads: Vec<_> = summary.leads.iter().collect();
        leads.sort_by_key(|(role, count)| (usize::MAX - **count, role.as_str()));
        let leads: Vec<String> = leads.into_iter().map(|(role, count)| format!("{role} {count}")).collect();
        say!("leads: {}", leads.join(", "));
        say!("fingerprint {fingerprint}");
        say!("No fault was found. 未发现错误。");
        Ok(())
    }
}

/// The pack in figures: points as plain numbers, for programs that add them up.
fn written(summary: &Summary) -> Value {
    let area = |area: &hejian_scoring::pack::Area| {
        json!({ "code": area.code, "name_zh": area.name_zh, "name_en": area.name_en,
                "indicators": area.indicators, "points": number(&area.points) })
    };
    json!({
        "ok": true,
        "id": summary.id,
        "version": summary.version,
        "status": summary.status,
        "indicators": summary.indicators,
        "points": number(&summary.points),
        "leads": summary.leads,
        "areas": summary.areas.iter().map(area).collect::<Vec<_>>(),
        "community_level": summary.community_level,
        "fingerprint": summary.fingerprint,
        "errors": [],
    })
}

/// Points have at most two decimals, so the number says them exactly.
fn number(points: &Exact) -> Value {
    let text = points.to_string();
    let number = text.parse::<i64>().map(Number::from).ok();
    number.or_else(|| Number::from_f64(text.parse().ok()?)).map_or(Value::Null, Value::Number)
}
