//! `hejian score`: a standard scored from two files, as a page scores it from the registers.

mod print;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use hejian_kernel::clock::{local_day, system_now};
use hejian_scoring::{
    Pack, Scores, evaluate_at, evaluate_indicator, evaluate_unit,
    pack::Level,
    table::{self, File, Tables},
};
use serde_json::{Value, json};

use super::{
    failure::Failure,
    pack::Source,
    trouble::{self, Troubles},
};

const NOTHING: &str = "nothing was scored. 未评分。";

/// Score units from files: a pack, units.csv and facts.csv 按文件评分
///
/// `hejian export facts` writes both files. units.csv: unit,parent,kind,valid_from,valid_to and, if you like, name.
/// facts.csv: unit,period,measure,value,numerator,denominator and, if you like, sources (register:record@version;…).
/// A ratio has numerator and denominator, everything else one value. A fault is named with file, line, column and
/// remedy, all of them in one run, and nothing is scored then: exit code 1.
#[derive(Debug, Args)]
pub(super) struct Score {
    /// Folder of the pack, or its standard.yaml 标准包
    #[arg(long, value_name = "FILE")]
    pack: PathBuf,
    /// Units 单位
    #[arg(long, value_name = "FILE")]
    units: PathBuf,
    /// Facts 事实
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// The day scored, as in 2009-06-22 [default: today] 日期
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Score this unit instead of the district 单位编号
    #[arg(long, value_name = "ID")]
    unit: Option<String>,
    /// Show how the points of this indicator came about, down to the records 指标编号
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Score {
    pub(super) fn run(self) -> Result<(), Failure> {
        let day = self.as_of.unwrap_or_else(|| local_day(system_now()));
        let pack = Source::sound(&self.pack, self.json, NOTHING)?;
        if let Some(code) = self.explain.as_ref().filter(|code| pack.indicator(code).is_none()) {
            return Err(Failure::Usage(format!(
                "the standard has no indicator {code}. `hejian score` without --explain lists its codes."
            )));
        }
        let tables = read(&pack, &self.units, &self.facts, day).map_err(|wrong| match wrong {
            Wrong::Files(failure) => failure,
            Wrong::Content(troubles) => troubles.end(self.json, NOTHING),
        })?;
        for note in &tables.notes {
            eprintln!("note: {note}");
        }
        let unit = self.whom(&tables, day)?;
        let head = json!({ "as_of": day, "engine_version": hejian_scoring::ENGINE_VERSION, "pack": pack.standard.id,
                           "pack_version": pack.standard.version, "pack_fingerprint": pack.fingerprint() });
        let (facts, units) = (&tables.facts, &tables.units);
        if let Some(code) = &self.explain {
            let Some(score) = evaluate_indicator(&pack, facts, units, day, &unit, code) else {
                return Err(Failure::Usage(format!("the standard has no indicator {code}.")));
            };
            if self.json {
                say!("{}", with_head(json!(score), &head, Some(&unit)));
            } else {
                print::explained(&pack, &tables, &score);
            }
            return Ok(());
        }
        let is_district = units.get(&unit).is_some_and(|unit| unit.level == Level::District.word());
        if is_district {
            let scores: Scores = evaluate_at(&pack, facts, units, day, &unit);
            if self.json {
                say!("{}", json!(scores));
            } else {
                print::district(&pack, &tables, &scores);
            }
        } else if let Some(score) = evaluate_unit(&pack, facts, units, day, &unit) {
            if self.json {
                say!("{}", with_head(json!(score), &head, None));
            } else {
                print::unit(&pack, &tables, &score, day);
            }
        }
        Ok(())
    }

    /// The unit scored: the one named, or the one district.
    fn whom(&self, tables: &Tables, day: NaiveDate) -> Result<String, Failure> {
        let Some(id) = &self.unit else {
            return tables.units.district(day).map(|unit| unit.id.clone()).ok_or_else(|| {
                Failure::Usage(format!(
                    "{} lists no district in being on {day}, or several. Name the unit with --unit ID.",
                    self.units.display()
                ))
            });
        };
        match tables.units.get(id) {
            None => Err(Failure::Usage(format!("{} lists no unit `{id}`. Name one it lists.", self.units.display()))),
            Some(unit) if !unit.in_being(day) => Err(Failure::Usage(format!(
                "the unit `{id}` was not in being on {day}. Name another day or another unit."
            ))),
            Some(unit) => Ok(unit.id.clone()),
        }
    }
}

/// What can go wrong with the two files.
enum Wrong {
    Files(Failure),
    Content(Troubles),
}

fn read(pack: &Pack, units: &Path, facts: &Path, day: NaiveDate) -> Result<Tables, Wrong> {
    let (units_bytes, facts_bytes) = match (trouble::bytes(units), trouble::bytes(facts)) {
        (Ok(units), Ok(facts)) => (units, facts),
        (Err(failure), _) | (_, Err(failure)) => return Err(Wrong::Files(failure)),
    };
    let (units, facts) = (units.display().to_string(), facts.display().to_string());
    let files = (File { name: &units, bytes: &units_bytes }, File { name: &facts, bytes: &facts_bytes });
    table::read(pack, files.0, files.1, day).map_err(|errors| Wrong::Content(errors.into()))
}

/// A part of a score with the head that the whole one has.
fn with_head(mut part: Value, head: &Value, unit: Option<&str>) -> Value {
    for (name, value) in head.as_object().into_iter().flatten() {
        part[name] = value.clone();
    }
    if let Some(unit) = unit {
        part["unit"] = json!(unit);
    }
    part
}
