//! The peers' whole queries as files: SQL for DuckDB, a Python module for Polars.

use std::collections::BTreeSet;

use anyhow::Result;
use hejian_scoring::pack::{Indicator, Level, Pack};

use crate::data;
use crate::dialect::Dialect;
use crate::query::{At, Figure, Sum, Writer, figures, in_units};

/// Ids above a level, from the nearest.
const ABOVE: [&str; 4] = data::ABOVE;

struct Parts<'p> {
    writer: Writer<'p>,
    pack: &'p Pack,
}

impl<'p> Parts<'p> {
    fn all(&self, level: Level) -> impl Iterator<Item = Figure<'p>> {
        let pack: &'p Pack = self.pack;
        pack.indicators.iter().flat_map(figures).filter(move |figure| figure.level == level)
    }

    /// Conditions of a level: (column, expression).
    fn conditions(&self, level: Level) -> Result<Vec<(String, String)>> {
        let sets = self.all(level).filter_map(|figure| figure.condition.map(|set| (figure.key, set)));
        sets.map(|(key, set)| Ok((key, self.writer.condition(set)?))).collect()
    }

    fn sums(&self, level: Level) -> Result<Vec<Sum>> {
        let all: Result<Vec<Vec<Sum>>> = self.all(level).map(|figure| self.writer.sums(&figure)).collect();
        Ok(all?.into_iter().flatten().collect())
    }

    fn points(&self, at: At) -> Result<Vec<(String, String)>> {
        let scored = |one: &&Indicator| matches!(at, At::District | At::Above) || in_units(one);
        let of = |one: &Indicator| Ok((one.code.to_lowercase(), self.writer.points(one, at)?));
        self.pack.indicators.iter().filter(scored).map(of).collect()
    }

    /// Columns of the districts that indicators of units below read.
    fn from_districts(&self) -> Vec<String> {
        let units = self.pack.indicators.iter().filter(|one| in_units(one)).flat_map(figures);
        let single = units.filter(|figure| figure.level == Level::District && figure.condition.is_none());
        let found: BTreeSet<String> = single.map(|figure| data::column(&figure.measure.id)).collect();
        found.into_iter().collect()
    }
}

/// DuckDB: statements separated by a line `-- next`, after `-- load` and `-- round`.
pub fn duckdb(pack: &Pack) -> Result<String> {
    let parts = Parts { writer: Writer { dialect: Dialect::DuckDb, pack }, pack };
    let list = |columns: &[(String, String)]| {
        columns.iter().map(|(name, text)| format!("  {text} AS {name}")).collect::<Vec<_>>().join(",\n")
    };
    let mut out = String::from("-- load\n");
    for level in [Level::Community, Level::Subdistrict, Level::District] {
        let file = data::file(level);
        let table = file.trim_end_matches(".parquet");
        out += &format!("CREATE TABLE {table} AS SELECT * FROM read_parquet('FOLDER/{file}');\n-- next\n");
    }
    out += "-- round\n";
    let with = format!("WITH c AS (SELECT *,\n{}\n FROM communities)\n", list(&parts.conditions(Level::Community)?));
    let below = parts.from_districts().join(", ");
    let joined = format!("JOIN (SELECT district, {below} FROM districts) USING (district)");
    out += &format!(
        "CREATE OR REPLACE TABLE p0 AS {with}SELECT community,\n{}\nFROM c {joined};\n-- next\n",
        list(&parts.points(At::Community)?)
    );
    let own = parts.sums(Level::Subdistrict)?;
    let rows = parts.sums(Level::Community)?;
    let columns = |sums: &[Sum]| {
        sums.iter().map(|sum| format!("  {} AS {}", sum.of_rows, sum.name)).collect::<Vec<_>>().join(",\n")
    };
    let extra = if own.is_empty() { "" } else { ",\n" };
    out += &format!(
        "CREATE OR REPLACE TABLE s1 AS {with}, s AS (SELECT subdistrict, district, city, province, \
         count(*) AS units,\n{}\nFROM c GROUP BY ALL),\nb AS (SELECT *,\n{}\n FROM subdistricts),\n\
         t AS (SELECT subdistrict, count(*) AS subs{extra}{}\nFROM b GROUP BY ALL)\n\
         SELECT * FROM s JOIN t USING (subdistrict);\n-- next\n",
        columns(&rows),
        list(&parts.conditions(Level::Subdistrict)?),
        columns(&own)
    );
    for (level, name) in ["district", "city", "province", "nation"].into_iter().enumerate() {
        let keys = ABOVE[level + 1..].iter().map(|key| format!("{key}, ")).collect::<String>();
        let up = rows.iter().chain(&own).map(|sum| {
            let of = match (sum.lowest, sum.of_rows.starts_with("coalesce")) {
                (true, _) => format!("min({})", sum.name),
                (_, true) => format!("sum({})", sum.name),
                _ => format!("sum({})::BIGINT", sum.name),
            };
            format!("  {of} AS {}", sum.name)
        });
        let group = if name == "nation" { String::new() } else { " GROUP BY ALL".to_owned() };
        out += &format!(
            "CREATE OR REPLACE TABLE s{} AS SELECT {keys}sum(units)::BIGINT AS units, sum(subs)::BIGINT AS subs,\n{}\n\
             FROM s{}{group};\n-- next\n",
            level + 2,
            up.collect::<Vec<_>>().join(",\n"),
            level + 1
        );
    }
    for (level, (at, key)) in [
        (At::Subdistrict, "subdistrict"),
        (At::District, "district"),
        (At::Above, "city"),
        (At::Above, "province"),
        (At::Above, "0 AS nation"),
    ]
    .into_iter()
    .enumerate()
    {
        let join = match at {
            At::Subdistrict => joined.clone(),
            At::District => "JOIN (SELECT * EXCLUDE (city, province) FROM districts) USING (district)".to_owned(),
            _ => String::new(),
        };
        out += &format!(
            "CREATE OR REPLACE TABLE p{} AS SELECT {key},\n{}\nFROM s{} {join};\n-- next\n",
            level + 1,
            list(&parts.points(at)?),
            level + 1
        );
    }
    Ok(out)
}

/// Polars: a Python module with `load(folder)` and `round(tables)`, which gives the six tables of points.
pub fn polars(pack: &Pack) -> Result<String> {
    let parts = Parts { writer: Writer { dialect: Dialect::Polars, pack }, pack };
    let list = |columns: &[(String, String)]| {
        columns.iter().map(|(name, text)| format!("        {name}=({text}),\n")).collect::<String>()
    };
    let sums =
        |sums: &[Sum]| sums.iter().map(|sum| format!("        {}={},\n", sum.name, sum.of_rows)).collect::<String>();
    let (own, rows) = (parts.sums(Level::Subdistrict)?, parts.sums(Level::Community)?);
    let up = rows.iter().chain(&own).map(|sum| {
        let how = if sum.lowest { "min" } else { "sum" };
        format!("        {0}=c(\"{0}\").{how}(),\n", sum.name)
    });
    let below = parts.from_districts().iter().map(|name| format!(", \"{name}\"")).collect::<String>();
    let mut out = format!(
        "import polars as pl\n\nc = pl.col\n\n\ndef load(folder):\n    names = [\"communities\", \"subdistricts\", \"districts\"]\n    \
         return [pl.read_parquet(f\"{{folder}}/{{name}}.parquet\") for name in names]\n\n\n\
         def round(tables):\n    communities, subdistricts, districts = (table.lazy() for table in tables)\n    \
         above = districts.select(\"district\"{below})\n    conditions = communities.with_columns(\n{}    )\n    \
         p0 = conditions.join(above, on=\"district\", how=\"left\").select(\n        \"community\",\n{}    )\n    \
         s1 = conditions.group_by(\"subdistrict\", \"district\", \"city\", \"province\").agg(\n        units=pl.len().cast(pl.Int64),\n{}    )\n    \
         own = subdistricts.with_columns(\n{}    ).group_by(\"subdistrict\").agg(\n        subs=pl.len().cast(pl.Int64),\n{}    )\n    \
         s1 = s1.join(own, on=\"subdistrict\")\n    p0, s1 = pl.collect_all([p0, s1])\n    s1 = s1.lazy()\n    up = dict(\n        units=c(\"units\").sum(),\n        subs=c(\"subs\").sum(),\n{}    )\n",
        list(&parts.conditions(Level::Community)?),
        list(&parts.points(At::Community)?),
        sums(&rows),
        list(&parts.conditions(Level::Subdistrict)?),
        sums(&own),
        up.collect::<String>()
    );
    out += "    s2 = s1.group_by(\"district\", \"city\", \"province\").agg(**up).collect().lazy()\n    \
            s3 = s2.group_by(\"city\", \"province\").agg(**up).collect().lazy()\n    \
            s4 = s3.group_by(\"province\").agg(**up).collect().lazy()\n    \
            s5 = s4.select(**up).with_columns(nation=pl.lit(0))\n";
    for (level, (at, key)) in [
        (At::Subdistrict, "subdistrict"),
        (At::District, "district"),
        (At::Above, "city"),
        (At::Above, "province"),
        (At::Above, "nation"),
    ]
    .into_iter()
    .enumerate()
    {
        let join = match at {
            At::Subdistrict => ".join(above, on=\"district\", how=\"left\")",
            At::District => ".join(districts.drop(\"city\", \"province\"), on=\"district\", how=\"left\")",
            _ => "",
        };
        let n = level + 1;
        out += &format!("    p{n} = s{n}{join}.select(\n        \"{key}\",\n{}    )\n", list(&parts.points(at)?));
    }
    out += "    return [p0] + pl.collect_all([p1, p2, p3, p4, p5])\n";
    Ok(out)
}
