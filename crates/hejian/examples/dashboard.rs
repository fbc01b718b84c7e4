//! How long the dashboard takes in a large district, on every engine at hand. `cargo xtask bench dashboard` runs it.
//!
//! The district is generated: 200 communities in 10 subdistricts, the built-in standard three times over (159 indicators), and
//! figures entered at the end of each of 36 months: those of the district every month, those of the communities every quarter.
//! A line is `what<tab>milliseconds`; a line of a count has no unit in its name and is not a time. Times are by the clock on the
//! wall, as whoever waits sees them; `(processor)` is the mean of what this process computed for it, without the database server.

use std::{collections::BTreeSet, time::Instant};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use hejian::{
    campaign::{
        record, score,
        standard::{built_in_texts, keeping, pinned, store as packs},
    },
    foundations::series::{Measure, Series},
    modules::{MODULES, ROLES},
};
use hejian_kernel::{
    access::{Actor, Channel, Grant, SessionInfo},
    i18n::Lang,
    register::{Choice as _, Draft, Register as _, Value, store, versions},
    testing::{TestDb, engines, opening, plant},
    web::{App, Identity, router_as},
};
use hejian_scoring::{Period, pack::Level};
use serde_json::json;
use tower::ServiceExt as _;
use uuid::Uuid;

const COMMUNITIES: usize = 200;
const MONTHS: i64 = 36;
/// How often the standard is laid upon itself.
const TIMES: usize = 3;
/// How often each time is taken; the median counts.
const ROUNDS: usize = 9;

#[tokio::main]
async fn main() {
    for test in engines().await {
        measure(test).await;
    }
}

async fn measure(test: TestDb) {
    let (units, office) = ground(&test).await;
    let facts = figures(&test, &units, &office).await;
    println!("{}: figures entered\t{facts}", test.name);
    let app = test.app(MODULES, ROLES);
    let campaign = record::store::default_campaign(&mut test.read().await).await.expect("a campaign").id;
    let today = app.clock.today();
    let name = test.name;
    let mut first = Taken::default();
    first.time(async || page(&app, &office, "/dashboard").await).await;
    first.say(name, "first look, an answer");
    let line = score::trend::months(day(MONTHS - 1), today);
    first.time(async || drop(score::trend::trend(&app, campaign, &line).await.expect("a run"))).await;
    println!("{name}: first look, the run by month is whole\t{:.0}", first.wall.iter().sum::<f64>());
    println!("{name}: first look, the run by month (processor)\t{:.0}", first.processor.iter().sum::<f64>());
    let faults = score::scores(&app, campaign, today).await.expect("a score").warnings.len();
    println!("{name}: faults in the figures\t{faults}");
    let (mut warm, mut again, mut after) = (Taken::default(), Taken::default(), Taken::default());
    for _ in 0..ROUNDS {
        warm.time(async || page(&app, &office, "/dashboard").await).await;
    }
    warm.say(name, "dashboard, warm");
    for round in 0..ROUNDS {
        save(&test, units[round + 20], &office, round).await;
        again.time(async || drop(score::scores(&app, campaign, today).await.expect("a score"))).await;
        after.time(async || page(&app, &office, "/dashboard").await).await;
    }
    again.say(name, "score after a save");
    after.say(name, "dashboard after a save");
}

/// Milliseconds by the clock on the wall and of the processor.
#[derive(Default)]
struct Taken {
    wall: Vec<f64>,
    processor: Vec<f64>,
}

impl Taken {
    async fn time(&mut self, what: impl AsyncFnOnce()) {
        let (started, used) = (Instant::now(), processor());
        what().await;
        self.wall.push(started.elapsed().as_secs_f64() * 1000.0);
        self.processor.push(processor() - used);
    }

    fn say(&self, name: &str, what: &str) {
        println!("{name}: {what}\t{:.1}", median(self.wall.clone()));
        let mean = self.processor.iter().sum::<f64>() / self.processor.len() as f64;
        println!("{name}: {what} (processor)\t{mean:.1}");
    }
}

/// What this process has computed so far, in milliseconds; 0 where the system does not say. Its grain is 10 ms.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

async fn page(app: &App, office: &Actor, path: &str) {
    let session = SessionInfo {
        key: String::new(),
        account: Uuid::from_u128(1),
        person_name: "某人".to_owned(),
        post_name: "某岗位".to_owned(),
        posts: Vec::new(),
        must_change: false,
        lang: Lang::ZhCn,
        theme: "light".to_owned(),
        type_size: "normal".to_owned(),
    };
    let identity = Identity { actor: office.clone(), session: Some(session) };
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let answer = router_as(app, identity).oneshot(request).await.expect("an answer");
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 50_000_000).await.expect("a body");
    assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
}

/// Units, the office, the campaign with its standard. Answers the district and the communities.
async fn ground(test: &TestDb) -> (Vec<Uuid>, Actor) {
    let mut work = test.setup_with(ROLES).await;
    let district = plant::unit(&mut work, "D", "district", "武陵区", None).await;
    let mut units = vec![district];
    for n in 0..10 {
        let above =
            plant::unit(&mut work, &format!("S{n}"), "subdistrict", &format!("第{n}街道"), Some(district)).await;
        for m in 0..COMMUNITIES / 10 {
            let key = format!("C{n}-{m}");
            units.push(plant::unit(&mut work, &key, "community", &format!("第{n}-{m}社区"), Some(above)).await);
        }
    }
    let mut texts = built_in_texts();
    (texts.standard, texts.measures) = thrice(&texts.standard, &texts.measures);
    (texts.migration, texts.tests) = (String::new(), String::new());
    let read = pinned::read(texts.clone()).await.expect("read");
    let read = read.unwrap_or_else(|faults| panic!("the standard laid upon itself has faults: {faults}"));
    let head = keeping::head(&texts, &Ok(&read));
    let main = record::keeping::settle(&mut work).await.expect("a campaign");
    let pack = keeping::bring(&mut work, &head, &texts).await.expect("kept");
    let print = packs::one(&mut work.tx, pack).await.expect("there").fingerprint;
    keeping::pin(&mut work, main.id, pack, "measured", None, json!({ "fingerprint": print })).await.expect("pinned");
    let mut said = main.clone();
    said.cycle_from = day(MONTHS - 1).checked_sub_signed(TimeDelta::days(20));
    record::keeping::save(&mut work, main.row_version, said).await.expect("saved");
    work.commit().await.expect("the ground is laid");
    let role = ROLES.iter().find(|r| r.key == "campaign_office").expect("a role of the product");
    let nobody = Actor { account: Some(Uuid::from_u128(1)), ..Actor::without_rights(Channel::Web, "measured") };
    (units, Actor { grants: vec![Grant { role, unit: district }], ..nobody })
}

/// Each indicator again under other codes, so that the areas and the total hold as many times the points.
fn thrice(standard: &str, measures: &str) -> (String, String) {
    let at = standard.find("\nindicators:").expect("indicators") + "\nindicators:".len();
    let (head, rest) = standard.split_at(at);
    let blocks: Vec<&str> = rest.split("\n- code: ").skip(1).collect();
    let other = |code: &str, times: usize| {
        let number: usize = code[1..].parse().expect("a number");
        format!("{}{:02}", &code[..1], number + 30 * times)
    };
    let mut out = String::new();
    for times in 0..TIMES {
        for block in &blocks {
            let code = &block[..3];
            let new = other(code, times);
            let block = format!("- code: {block}");
            out.push('\n');
            out.push_str(block.replace(code, &new).trim_end());
        }
    }
    out.push('\n');
    let mut lines = Vec::new();
    let mut areas = false;
    for line in head.lines() {
        areas |= line == "areas:";
        let times = |text: &str| text.parse::<usize>().map(|n| (n * TIMES).to_string());
        let counted = line
            .trim_start()
            .split_once(": ")
            .filter(|(key, _)| *key == "total_points" || areas && matches!(*key, "indicators" | "points"));
        match counted.and_then(|(key, value)| Some((key, times(value).ok()?))) {
            Some((key, value)) => {
                let indent = line.len() - line.trim_start().len();
                lines.push(format!("{}{key}: {value}", " ".repeat(indent)));
            }
            None => lines.push(line.to_owned()),
        }
    }
    let mut told = Vec::new();
    let mut used = false;
    for line in measures.lines() {
        let item = line.trim_start().strip_prefix("- ").filter(|code| {
            code.len() == 3 && code.starts_with(['A', 'B', 'C', 'D']) && code[1..].parse::<usize>().is_ok()
        });
        used = line.trim() == "used_by:" || used && item.is_some();
        match item.filter(|_| used) {
            None => told.push(line.to_owned()),
            Some(code) => {
                let indent = line.len() - line.trim_start().len();
                told.extend((0..TIMES).map(|times| format!("{}- {}", " ".repeat(indent), other(code, times))));
            }
        }
    }
    (lines.join("\n") + &out, told.join("\n") + "\n")
}

/// The day of a month's figures, counted back from the opening.
fn day(back: i64) -> NaiveDate {
    (opening() - TimeDelta::days(30 * back)).date_naive()
}

fn moment(back: i64) -> DateTime<Utc> {
    opening() - TimeDelta::days(30 * back)
}

/// The figures of all months; answers how many.
async fn figures(test: &TestDb, units: &[Uuid], office: &Actor) -> usize {
    let pack = {
        let texts = built_in_texts();
        pinned::read(texts).await.expect("read").expect("the built-in pack is sound").pack
    };
    // A rate carries its parts; rows of their own beside it would have to agree with it.
    let ratios = pack.measures.values().filter_map(|measure| measure.ratio.as_ref());
    let parts: BTreeSet<&str> =
        ratios.flat_map(|ratio| [ratio.numerator.as_str(), ratio.denominator.as_str()]).collect();
    let measures: Vec<(&str, &hejian_scoring::pack::Measure)> = Measure::CODES
        .iter()
        .filter_map(|code| Some((*code, pack.measure(Measure::from_code(code)?.id())?)))
        .filter(|(_, measure)| measure.fact && !parts.contains(measure.id.as_str()))
        .collect();
    let mut entered = 0;
    let mut known: BTreeSet<(Uuid, String, String)> = BTreeSet::new();
    for back in (0..MONTHS).rev() {
        let mut work = test.work_at(office, moment(back)).await;
        for (code, measure) in &measures {
            let period = Period::containing(measure.period, day(back)).map(|period| period.to_string());
            let Some(period) = period else { continue };
            let (district, rest) = units.split_first().expect("a district");
            let everywhere = measure.level.admits(Level::Community.word());
            let whom: &[Uuid] = match everywhere {
                true if back % 3 == 0 => rest,
                true => &[],
                false if measure.level.admits(Level::District.word()) => std::slice::from_ref(district),
                false => &[],
            };
            for (n, unit) in whom.iter().enumerate() {
                if !known.insert((*unit, (*code).to_owned(), period.clone())) {
                    continue;
                }
                let some = i64::try_from(n % 40).unwrap_or(0);
                let draft = Draft::empty(Series::DEF, *unit)
                    .with(Series::DEF, "measure", Value::Text((*code).to_owned()))
                    .with(Series::DEF, "period", Value::Text(period.clone()))
                    .with(Series::DEF, "source_document", Value::Text("统计月报".into()));
                let draft = match &measure.ratio {
                    None => draft.with(Series::DEF, "value", Value::Int((60 + some) * 10_000)),
                    Some(_) => draft.with(Series::DEF, "numerator", Value::Int((60 + some) * 10_000)).with(
                        Series::DEF,
                        "denominator",
                        Value::Int(100 * 10_000),
                    ),
                };
                store::create(&mut work, Series::DEF, draft).await.expect("it is sound");
                entered += 1;
            }
        }
        work.commit().await.expect("kept");
    }
    entered
}

/// Corrects a figure of a community today.
async fn save(test: &TestDb, unit: Uuid, office: &Actor, round: usize) {
    let mut work = test.work(office).await;
    let keys = test.keys.clone();
    let eyes = office.scoped("series.read", opening()).expect("may read");
    let of = BTreeSet::from([unit]);
    let all = versions::as_of_units(&mut work.tx, &keys, Series::DEF, &eyes, &of).await.expect("read");
    let record = all.iter().rev().find(|record| Series::from_record(record).is_some_and(|s| s.value.is_some()));
    let record = record.expect("a figure of the community");
    let value = Value::Int((30 + i64::try_from(round).unwrap_or(0)) * 10_000);
    let draft = Draft::of(record).with(Series::DEF, "value", value);
    store::update(&mut work, Series::DEF, record.meta.id, record.meta.version, draft).await.expect("corrected");
    work.commit().await.expect("kept");
}
