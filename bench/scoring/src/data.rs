//! The data set: units from communities to the nation and the measures of the district pack, from a seed. One folder of Parquet:
//! communities, subdistricts, districts, each with the ids of the units above. Every figure is invented.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use hejian_scoring::batch;
use hejian_scoring::pack::{Level, Pack};
use parquet::basic::{Compression, Repetition, Type as PhysicalType};
use parquet::data_type::Int32Type;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// Ids of the units above, from the nearest; the last is the nation.
pub const ABOVE: [&str; 4] = ["subdistrict", "district", "city", "province"];
/// The unit's own id, by level from the communities.
pub const OWN: [&str; 3] = ["community", "subdistrict", "district"];
/// Rows of a row group.
const GROUP: usize = 131_072;

/// The file of a level.
pub fn file(level: Level) -> &'static str {
    match level {
        Level::District => "districts.parquet",
        Level::Subdistrict => "subdistricts.parquet",
        Level::Community => "communities.parquet",
    }
}

/// A measure's column name, with the decimal places it is scaled by.
pub fn column(measure: &str) -> String {
    let name = measure.replace('.', "_");
    match places(measure) {
        0 => name,
        places => format!("{name}_e{places}"),
    }
}

/// Decimal places of a measure's stored integers.
pub fn places(measure: &str) -> u32 {
    match measure {
        "premises.usable_floor_area" | "finance.working_funds_paid" | "staff.lowest_pay" | "series.minimum_wage" => 2,
        id if id.ends_with("_growth") || id.ends_with("_score") => 1,
        _ => 0,
    }
}

/// A source of numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed | 1)
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides.max(1)
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.roll((high - low + 1) as u64) as i64
    }

    fn in_thousand(&mut self, times: u64) -> bool {
        self.roll(1000) < times
    }
}

/// Where every community lies: the ids of subdistrict, district, city and province by community; ids count from 0 at each level.
pub struct Hierarchy {
    /// By community, the subdistrict; by subdistrict, the district; and so on.
    pub parents: [Vec<i32>; 4],
}

impl Hierarchy {
    /// About 17 communities a subdistrict, 14 subdistricts a district, 8 districts a city (two at least), 11 cities a province.
    pub fn make(communities: usize, dice: &mut Dice) -> Hierarchy {
        let mut parents: [Vec<i32>; 4] = Default::default();
        let mut count = communities;
        for (level, mean) in [17, 14, 8, 11].into_iter().enumerate() {
            let (mut id, mut left) = (0, dice.between(mean / 2, mean * 3 / 2).max(2));
            for place in 0..count {
                // The last unit keeps what is left rather than standing alone.
                if left == 0 && count - place > 2 {
                    id += 1;
                    left = dice.between(mean / 2, mean * 3 / 2).max(2);
                }
                parents[level].push(id);
                left = (left - 1).max(0);
            }
            count = id as usize + 1;
        }
        Hierarchy { parents }
    }

    /// How many units: communities, subdistricts, districts, cities, provinces.
    pub fn counts(&self) -> [usize; 5] {
        let above = |i: usize| self.parents[i].last().map_or(0, |last| *last as usize + 1);
        [self.parents[0].len(), above(0), above(1), above(2), above(3)]
    }
}

/// Writes the data set.
pub fn make(folder: &Path, pack: &Pack, communities: usize, seed: u64) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut dice = Dice::new(seed);
    let hierarchy = Hierarchy::make(communities, &mut dice);
    let counts = hierarchy.counts();
    let needs = batch::needs(pack)?;
    for (at, level) in [(0, Level::Community), (1, Level::Subdistrict), (2, Level::District)] {
        let rows = counts[at];
        let mut columns: Vec<(String, Vec<Option<i32>>)> = Vec::new();
        let mut above: Vec<i32> = (0..rows as i32).collect();
        columns.push((OWN[at].to_owned(), above.iter().copied().map(Some).collect()));
        for (step, name) in ABOVE.iter().enumerate().skip(at) {
            above = above.iter().map(|id| hierarchy.parents[step][*id as usize]).collect();
            columns.push(((*name).to_owned(), above.iter().copied().map(Some).collect()));
        }
        let measures: Vec<&str> =
            needs.iter().filter(|(_, found)| *found == level).map(|(measure, _)| measure.as_str()).collect();
        let mut figures = figures(pack, &measures, rows, &mut dice);
        for measure in measures {
            columns.push((column(measure), figures.remove(measure).unwrap_or_default()));
        }
        write(&folder.join(file(level)), &columns)?;
    }
    Ok(())
}

/// Figures of every measure of a level: wholes before their parts.
fn figures(pack: &Pack, measures: &[&str], rows: usize, dice: &mut Dice) -> BTreeMap<String, Vec<Option<i32>>> {
    let ratios: Vec<_> = pack.measures.values().filter_map(|measure| measure.ratio.as_ref()).collect();
    let mut done: BTreeMap<String, Vec<Option<i32>>> = BTreeMap::new();
    let mut open: Vec<&str> = measures.to_vec();
    while !open.is_empty() {
        let ready = |id: &&str| {
            ratios.iter().all(|ratio| {
                ratio.numerator != **id
                    || done.contains_key(&ratio.denominator)
                    || !measures.contains(&ratio.denominator.as_str())
            })
        };
        let Some(at) = open.iter().position(|id| ready(&id)) else { break };
        let id = open.remove(at);
        let whole = ratios.iter().find(|ratio| ratio.numerator == id).and_then(|ratio| done.get(&ratio.denominator));
        let planned = id.replace("_valid", "_planned");
        let drawn = (planned != id).then(|| done.get(&planned)).flatten();
        let gaps = dice.roll(3) == 0 && whole.is_none() && !id.starts_with("survey.");
        let mut column = Vec::with_capacity(rows);
        for row in 0..rows {
            let value = match (whole, drawn) {
                (Some(whole), _) => whole[row].map(|whole| part(id, i64::from(whole), dice)),
                (None, Some(drawn)) => drawn[row].map(|_| dice.between(20, 60)),
                _ if id.ends_with("_planned") => dice.in_thousand(100).then(|| dice.between(20, 50)),
                // A few figures in a hundred thousand are not known.
                _ if gaps && dice.roll(100_000) < 2 => None,
                _ => Some(alone(id, dice)),
            };
            column.push(value.map(|value| value as i32));
        }
        // The plan is drawn before the answers are counted.
        done.insert(id.to_owned(), column);
        if let Some(at) = open.iter().position(|id| id.ends_with("_planned")) {
            let plan = open.remove(at);
            open.insert(0, plan);
        }
    }
    done
}

/// A numerator that goes with its denominator.
fn part(id: &str, whole: i64, dice: &mut Dice) -> i64 {
    let thousandths = match id {
        "staff.workers" => return (whole * dice.between(700, 1500)) / 400_000,
        "eldercare.beds" => dice.between(8, 18),
        "series.budget_revenue_increase" => dice.between(0, 180),
        "series.registered_unemployed" => dice.between(30, 65),
        "volunteer.registered" => dice.between(40, 120),
        "election.votes_cast" => dice.between(450, 950),
        _ if dice.in_thousand(850) => 1000,
        _ => dice.between(600, 1000),
    };
    whole * thousandths / 1000
}

/// A figure that goes with no other.
fn alone(id: &str, dice: &mut Dice) -> i64 {
    match id {
        "series.population" => dice.between(4000, 9000),
        "series.households" => dice.between(1500, 3200),
        "series.population_60plus" | "series.pension_due" | "series.medical_due" => dice.between(50_000, 200_000),
        "premises.usable_floor_area" => dice.between(25_000, 90_000),
        "finance.working_funds_paid" => dice.between(1_500_000, 4_500_000),
        "staff.lowest_pay" => dice.between(90_000, 160_000),
        "series.minimum_wage" => dice.between(85_000, 92_000),
        "series.good_air_days" => dice.between(280, 350),
        "election.registered_voters" => dice.between(2000, 5000),
        "election.days_late" | "inspection.fire_hazards_open" => i64::from(dice.in_thousand(80)),
        "finance.unreceipted_vouchers" | "finance.open_audit_findings" => i64::from(dice.in_thousand(40)),
        "household.zero_employment_overdue" => i64::from(dice.in_thousand(2)),
        "series.major_cases" => i64::from(dice.in_thousand(100)),
        id if id.ends_with("_growth") => dice.between(60, 160),
        id if id.ends_with("_score") => dice.between(740, 1000),
        id if id.ends_with("_valid") || id.ends_with("_due") || id.ends_with("_tasks") => dice.between(20, 60),
        _ if dice.in_thousand(60) => 0,
        _ => dice.between(1, 8),
    }
}

fn write(path: &Path, columns: &[(String, Vec<Option<i32>>)]) -> Result<()> {
    let fields = columns.iter().map(|(name, values)| {
        let repetition = if values.iter().all(Option::is_some) { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        Ok(Arc::new(Type::primitive_type_builder(name, PhysicalType::INT32).with_repetition(repetition).build()?))
    });
    let fields: Vec<_> = fields.collect::<Result<_>>()?;
    let optional: Vec<bool> = fields.iter().map(|field| field.is_optional()).collect();
    let schema = Arc::new(Type::group_type_builder("units").with_fields(fields).build()?);
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    let mut writer = SerializedFileWriter::new(File::create(path)?, schema, properties)?;
    let rows = columns.first().map_or(0, |(_, values)| values.len());
    for from in (0..rows).step_by(GROUP) {
        let until = (from + GROUP).min(rows);
        let mut group = writer.next_row_group()?;
        let mut next = columns.iter().zip(&optional);
        while let (Some(mut out), Some(((_, values), optional))) = (group.next_column()?, next.next()) {
            let part = &values[from..until];
            let known: Vec<i32> = part.iter().flatten().copied().collect();
            let levels: Vec<i16> = part.iter().map(|value| i16::from(value.is_some())).collect();
            out.typed::<Int32Type>().write_batch(&known, optional.then_some(levels.as_slice()), None)?;
            out.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}
