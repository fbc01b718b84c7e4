//! The story of the demonstration, read through the registers as the pages read it: the score at the end of each month.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{Months, NaiveDate, NaiveTime};
use hejian_demo::{OPENS_ON, STORY_ENDS_ON};
use hejian_kernel::{
    register::Choice as _,
    sql,
    testing::{TestDb, engines},
    web::App,
};
use hejian_scoring::{Exact, evaluate::IndicatorScore, pack::Attainable};

use crate::{
    campaign::{
        record,
        score::{self, Scored, scores},
        standard::{self, words},
    },
    foundations::series::Measure,
    modules::{MODULES, ROLES},
    stage::Stage,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn points(text: &str) -> Exact {
    Exact::parse(text).expect("a number")
}

/// The demonstration opened on a day. One engine is enough: that both answer alike is shown by the exports of four days.
async fn opened(on: NaiveDate) -> (TestDb, App) {
    let test = engines().await.into_iter().next().expect("an engine");
    let app = test.app_at(MODULES, ROLES, on.and_time(NaiveTime::MIN).and_utc());
    super::make_until(&app, 2009, on).await.expect("the demonstration is made");
    (test, app)
}

/// The score on a day with what the story says of it.
struct Month {
    day: NaiveDate,
    scored: Arc<Scored>,
    /// Points reached and to be reached where the city must help, and of the others.
    city: (Exact, Exact),
    others: (Exact, Exact),
}

impl Month {
    async fn of(test: &TestDb, app: &App, day: NaiveDate) -> Self {
        let campaign = record::store::default_campaign(&mut test.read().await).await.expect("a campaign").id;
        let scored = scores(app, campaign, day).await.expect("a score");
        let (mut city, mut others) = ((Exact::zero(), Exact::zero()), (Exact::zero(), Exact::zero()));
        for indicator in &scored.standard.pack.indicators {
            let score = Self::find(&scored, &indicator.code);
            let side = if indicator.attainable_by == Some(Attainable::City) { &mut city } else { &mut others };
            if let Some(got) = score.outcome.points() {
                *side = (&side.0 + got, &side.1 + &score.max_points);
            }
        }
        Self { day, scored, city, others }
    }

    fn find<'s>(scored: &'s Scored, code: &str) -> &'s IndicatorScore {
        scored.scores.indicators.iter().find(|score| score.code == code).expect("an indicator of the standard")
    }

    fn total(&self) -> &Exact {
        &self.scored.scores.points
    }

    fn assessed(&self) -> usize {
        self.scored.scores.indicators.iter().filter(|score| score.outcome.points().is_some()).count()
    }

    /// Points of an indicator.
    fn got(&self, code: &str) -> Exact {
        Self::find(&self.scored, code).outcome.points().cloned().unwrap_or_else(|| panic!("{code} on {}", self.day))
    }

    fn share((got, most): &(Exact, Exact)) -> Exact {
        got.divide(most).expect("something is assessed")
    }
}

#[tokio::test]
async fn the_score_rises_from_the_seventies_over_ninety_before_the_evaluation_and_slips_after_the_naming() {
    let (test, app) = opened(STORY_ENDS_ON).await;
    let mut months = BTreeMap::new();
    let mut next = day("2008-11-01");
    while next <= day("2010-03-01") {
        let month = Month::of(&test, &app, next.pred_opt().expect("a day before it")).await;
        let row = format!(
            "| {} | {} | {} | {} |",
            month.day,
            words::points(month.total()),
            words::points(&month.city.0),
            words::points(&month.others.0)
        );
        println!("{row} {} of 53 assessed, {} points", month.assessed(), month.scored.scores.assessed_points);
        assert!(STORY.contains(&row), "demo/README.md does not say {row}");
        months.insert(month.day, month);
        next = next.checked_add_months(Months::new(1)).expect("a month later");
    }
    let at = |on: &str| &months[&day(on)];
    for month in months.values() {
        assert_eq!(month.scored.warnings, [], "{}: every figure can be used", month.day);
        assert!(month.assessed() >= 45, "{}: {} assessed", month.day, month.assessed());
        if month.day <= day("2009-09-30") {
            assert!(Month::share(&month.city) < Month::share(&month.others), "{}: the city lags", month.day);
        }
    }
    let start = at("2008-10-31").total();
    assert!(*start >= points("70") && *start <= points("80"), "{start}");
    for on in ["2009-09-30", "2009-10-31"] {
        assert!(*at(on).total() >= points("90"), "{on}: {}", at(on).total());
    }
    assert!(*at("2009-03-31").total() < points("85"), "the rise takes its time: {}", at("2009-03-31").total());

    // After the naming on 19 October 2009 one thing slips: streets and courtyards, C26.
    let (named, slipped) = (at("2009-10-31"), at("2010-01-31"));
    let fell = |a: &Month, b: &Month, code: &str| &a.got(code) - &b.got(code);
    assert!(&named.total().clone() - slipped.total() >= points("1"), "{} to {}", named.total(), slipped.total());
    assert!(fell(named, slipped, "C26") >= points("1"));
    let others: Vec<&str> = named.scored.scores.indicators.iter().map(|score| score.code.as_str()).collect();
    let fallen: Vec<&&str> = others.iter().filter(|code| fell(named, slipped, code) > Exact::zero()).collect();
    assert_eq!(fallen, [&"C26"], "one drift, and nothing beside it");

    // On the way some things go back for a while.
    assert!(at("2009-01-31").got("B06") < at("2008-12-31").got("B06"), "inspections thin out over the new year");
    assert!(at("2009-03-31").got("C12") < at("2009-02-28").got("C12"), "layoffs of the winter");
    // What this day knows of an earlier day is what that day knew.
    let opening = Month::of(&test, &app, OPENS_ON).await;
    let full = |score: &&IndicatorScore| score.outcome.points() == Some(&score.max_points);
    let full: Vec<&str> =
        opening.scored.scores.indicators.iter().filter(full).map(|score| score.code.as_str()).collect();
    assert!(STORY.contains(&format!(" {} 项 full points | {} |", full.len(), full.join(" "))), "{full:?}");
    assert_eq!((opening.got("D02").to_string(), opening.total().to_string()), ("2.74".into(), OPENING.into()));
}

/// The story as it is told to readers.
const STORY: &str = include_str!("../../../../demo/README.md");

/// The total on the opening day, as README.md and demo/README.md say.
const OPENING: &str = "85.86";

#[tokio::test]
async fn a_district_opened_earlier_knows_what_the_later_one_knew_of_that_day_and_nothing_later() {
    let on = day("2008-12-31");
    let (test, app) = opened(on).await;
    let month = Month::of(&test, &app, on).await;
    assert_eq!(month.total().to_string(), "72.13");
    assert_eq!(month.assessed(), 53);
    let mut tx = test.read().await;
    let later: (i64,) = hejian_kernel::sql!(
        &mut tx,
        fetch_one,
        "select count(*) from record_version where at >= $1",
        on.succ_opt().expect("a day").and_time(NaiveTime::MIN).and_utc()
    )
    .expect("reads");
    assert_eq!(later.0, 0);
    drop(tx);

    // The figures of departments carry every measure that no register tells, and no other.
    let pack = &standard::built_in().pack;
    let moment = app.clock.now();
    let mut tx = test.read().await;
    let told = score::tell(MODULES, &mut tx, &test.keys, pack, on, moment).await.expect("told");
    let registers: BTreeSet<&str> = told
        .rows
        .iter()
        .filter(|row| row.sources.iter().all(|source| source.register != "series"))
        .map(|row| row.measure.as_str())
        .collect();
    let figures: BTreeSet<&str> =
        Measure::CODES.iter().filter_map(|code| Measure::from_code(code)).map(Measure::id).collect();
    let told_by_both: Vec<_> = registers.intersection(&figures).collect();
    assert!(told_by_both.is_empty(), "a fact is entered once: {told_by_both:?}");
    let of_pack: BTreeSet<&str> = pack
        .measures
        .values()
        .filter(|measure| measure.fact && !registers.contains(measure.id.as_str()))
        .map(|measure| measure.id.as_str())
        .collect();
    assert_eq!(figures, of_pack);
    for measure in pack.measures.values() {
        if let Some(figure) = Measure::of_id(&measure.id) {
            assert_eq!(figure.is_rate(), measure.ratio.is_some(), "{}", measure.id);
        }
    }
}

/// The points lost as the list of departments shows them, and those of the score of that day.
#[tokio::test]
async fn the_points_lost_on_the_cards_of_the_departments_are_those_that_the_district_lost() {
    let (test, app) = opened(OPENS_ON).await;
    let campaign = record::store::default_campaign(&mut test.read().await).await.expect("a campaign").id;
    let scored = scores(&app, campaign, OPENS_ON).await.expect("a score");
    let (post, person, district): (uuid::Uuid, uuid::Uuid, uuid::Uuid) = sql!(
        &mut test.read().await,
        fetch_one,
        "select t.post_id, t.person_id, g.scope_unit_id from term t join post_grant g on g.post_id = t.post_id and g.role = 'leader'
         order by t.post_id limit 1"
    )
    .expect("a leader");
    let nobody = uuid::Uuid::nil();
    let stage = Stage { test, app, district, north: nobody, south: nobody, communities: [nobody; 4], bureau: nobody };
    let (_, page) = stage.get(&stage.actor(post, person, "leader", district), "/scorecards").await;
    let lost = |cell: &str| points(cell.split("</span>").next().expect("a figure"));
    let cards: Vec<Exact> = page.split("<span class=\"down\">−").skip(1).map(lost).collect();
    assert!(cards.len() > 10, "many departments lost points");
    assert_eq!(cards.iter().sum::<Exact>(), &scored.scores.assessed_points - &scored.scores.points);
}
