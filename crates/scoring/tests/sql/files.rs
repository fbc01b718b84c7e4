//! Cases as files, for an engine the tests do not reach: run `tables.sql`, `rows.sql` and `text.sql` of each folder there and
//! compare with `expected.tsv`.
//!
//! `HEJIAN_SQL_FOLDER=… cargo test -p hejian-scoring --test sql -- --ignored cases_as_files`

use std::fmt::Write as _;
use std::path::Path;

use hejian_scoring::{Facts, Pack, Units, sql};

use crate::chance::Chance;
use crate::{compare, data, day, district, district_pack, engines, random};

fn write(folder: &Path, compiled: &sql::Compiled, pack: &Pack, facts: &Facts, units: &Units) {
    let rows = compiled.rows(pack, facts, units, day()).unwrap_or_else(|errors| panic!("{errors:?}"));
    std::fs::create_dir_all(folder).unwrap();
    let file = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    file("tables.sql", compiled.tables.join(";\n") + ";\n");
    file("rows.sql", engines::statements(&rows).join(";\n") + ";\n");
    file("text.sql", compiled.text());
    let mut lines = String::new();
    for ((unit, indicator), said) in compare::expected(pack, facts, units, day()) {
        let points = said.points.map_or("-".to_owned(), |points| points.to_string());
        let value = said.value.map_or("-".to_owned(), |value| value.to_fraction());
        let vetoed = u8::from(said.vetoed);
        let _ = writeln!(lines, "{unit}\t{indicator}\t{points}\t{value}\t{}\t{}\t{vetoed}", said.known, said.units);
    }
    file("expected.tsv", lines);
}

#[test]
#[ignore = "writes files for a look with another engine"]
fn cases_as_files() {
    let folder = std::env::var("HEJIAN_SQL_FOLDER").expect("HEJIAN_SQL_FOLDER names a folder");
    let folder = Path::new(&folder);
    let pack = district_pack();
    let compiled = sql::compile(&pack).unwrap();
    let units = district(5);
    for seed in 1..=2 {
        let (facts, _) = Facts::new(&pack, &units, data::facts(&mut Chance(seed), &pack, &units, day()));
        write(&folder.join(format!("district-{seed}")), &compiled, &pack, &facts, &units);
    }
    for seed in 1..=60 {
        let mut chance = Chance(seed);
        let indicators = 1 + chance.below(6) as usize;
        let pack = random::pack(&mut chance, indicators);
        let Ok(compiled) = sql::compile(&pack) else { continue };
        let units = data::units(&mut chance, day());
        let (facts, _) = Facts::new(&pack, &units, data::facts(&mut chance, &pack, &units, day()));
        write(&folder.join(format!("random-{seed}")), &compiled, &pack, &facts, &units);
    }
}
