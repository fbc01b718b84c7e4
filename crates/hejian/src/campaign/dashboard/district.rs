//! 社区分布: the communities on a map, by score, by how much of them is assessed, by the lamp of their duties, or by one indicator.
//!
//! The rule that matters: a colour says only what is known there; a community without a figure has its own colour, never the lowest.

use std::collections::BTreeMap;

use hejian_kernel::{
    i18n::{Lang, t, ta},
    ui::{
        Markup,
        controls::Choice,
        html,
        lamp::LampKind,
        map::{LegendItem, MapClass, Outline, Ring, Shape, map_svg},
        query::Query,
    },
};
use hejian_scoring::{
    Exact,
    evaluate::{UnitIndicator, UnitScore},
    pack::Level,
};
use uuid::Uuid;

use crate::campaign::{
    duty::lamps::Stand,
    score::{Asked, Scored, units::how, words::float},
    standard::words::{number, points, quantity_with_unit},
};

/// Where scores change their colour.
const SCORE: [f64; 4] = [75.0, 80.0, 85.0, 90.0];
/// Where shares change their colour.
const SHARE: [f64; 4] = [20.0, 40.0, 60.0, 80.0];

/// The name of the lamp in an address.
pub(super) const LAMP: &str = "lamp";

/// How units stand with their duties.
pub(super) type Stands = BTreeMap<Uuid, Stand>;

/// What the map shows.
enum Metric<'q> {
    Score,
    Assessed,
    Lamp,
    Indicator(&'q str),
}

impl<'q> Metric<'q> {
    fn asked(query: &'q Query, codes: &[Choice]) -> Self {
        match query.get("metric") {
            Some("assessed") => Self::Assessed,
            Some(LAMP) => Self::Lamp,
            Some(code) if codes.iter().any(|choice| choice.value == code) => Self::Indicator(code),
            _ => Self::Score,
        }
    }

    fn word(&self) -> &'q str {
        match self {
            Self::Score => "score",
            Self::Assessed => "assessed",
            Self::Lamp => LAMP,
            Self::Indicator(code) => code,
        }
    }

    /// The colour of a community and its figure in words.
    fn of(&self, lang: Lang, unit: &UnitScore, stands: &Stands) -> (MapClass, String) {
        let open = || (MapClass::NoData, t(lang, "not-assessed"));
        match self {
            Self::Lamp => {
                let stand =
                    Uuid::parse_str(&unit.unit).ok().and_then(|id| stands.get(&id)).copied().unwrap_or_default();
                let kind = stand.lamp();
                let counts = [("open", stand.open.into()), ("over", stand.over.into())];
                let says = kind.map_or_else(
                    || t(lang, "dashboard-lamp-none"),
                    |kind| format!("{}　{}", kind.word(lang), ta(lang, "dashboard-lamp-open", &counts)),
                );
                (kind.map_or(MapClass::NoData, MapClass::Lamp), says)
            }
            Self::Score => match &unit.score {
                None => open(),
                Some(score) => (MapClass::of(float(score), &SCORE), points(score)),
            },
            Self::Assessed => {
                let share = (&unit.assessed_points * &Exact::from(100_i64)).divide(&unit.total_points);
                let share = share.unwrap_or_else(Exact::zero);
                let says = ta(
                    lang,
                    "dashboard-assessed-of",
                    &[
                        ("assessed", number(&unit.assessed_points.to_string()).into()),
                        ("total", number(&unit.total_points.to_string()).into()),
                    ],
                );
                (MapClass::of(float(&share), &SHARE), says)
            }
            Self::Indicator(code) => match unit.indicators.iter().find(|own| own.code == *code) {
                None => open(),
                Some(own) => (state(own), figure(lang, own)),
            },
        }
    }

    /// Where a community opens: what it has to do, the arithmetic of the indicator, or all of its score.
    fn opens(&self, asked: &Asked, key: &str, class: MapClass) -> String {
        match self {
            Self::Lamp => asked.campaign.link(&format!("/duty/units/{key}")),
            Self::Indicator(code) if class != MapClass::NoData => how(|path| asked.link(path), key, code),
            _ => asked.link(&format!("/score/units/{key}")),
        }
    }

    fn legend(&self, lang: Lang) -> Vec<LegendItem> {
        let step = |n: usize| MapClass::Step(u8::try_from(n + 1).unwrap_or(5));
        let scale = |cuts: &[f64; 4], unit: &str| {
            let mut all = vec![LegendItem::new(
                step(0),
                ta(lang, "dashboard-below", &[("n", format!("{}{unit}", cuts[0]).into())]),
            )];
            for n in 1..4 {
                all.push(LegendItem::new(step(n), format!("{}～{}{unit}", cuts[n - 1], cuts[n])));
            }
            all.push(LegendItem::new(
                step(4),
                ta(lang, "dashboard-from", &[("n", format!("{}{unit}", cuts[3]).into())]),
            ));
            all
        };
        let mut all = match self {
            Self::Score => scale(&SCORE, ""),
            Self::Assessed => scale(&SHARE, "%"),
            Self::Lamp => [LampKind::Green, LampKind::Yellow, LampKind::Red]
                .map(|kind| LegendItem::new(MapClass::Lamp(kind), kind.word(lang)))
                .to_vec(),
            Self::Indicator(_) => vec![
                LegendItem::new(MapClass::Step(4), t(lang, "score-state-met")),
                LegendItem::new(MapClass::Step(2), t(lang, "dashboard-partly")),
                LegendItem::new(MapClass::Short, t(lang, "score-state-short")),
            ],
        };
        let without = if matches!(self, Self::Lamp) { "dashboard-lamp-none" } else { "not-assessed" };
        all.push(LegendItem::new(MapClass::NoData, t(lang, without)));
        all
    }
}

fn state(own: &UnitIndicator) -> MapClass {
    match own.outcome.points() {
        None => MapClass::NoData,
        Some(got) if *got >= own.max_points => MapClass::Step(4),
        Some(got) if !got.is_zero() => MapClass::Step(2),
        Some(_) => MapClass::Short,
    }
}

fn figure(lang: Lang, own: &UnitIndicator) -> String {
    match (own.outcome.points(), &own.value) {
        (None, _) => t(lang, "not-assessed"),
        (Some(got), value) => {
            let value = value.as_ref().map(|value| quantity_with_unit(lang, value)).unwrap_or_default();
            ta(
                lang,
                "dashboard-value-points",
                &[
                    ("value", value.into()),
                    ("points", points(got).into()),
                    ("most", number(&own.max_points.to_string()).into()),
                ],
            )
        }
    }
}

/// The panel.
pub(super) fn panel(
    lang: Lang,
    asked: &Asked,
    scored: &Scored,
    query: &Query,
    outlines: &[(String, String, Vec<Ring>)],
    stands: Option<&Stands>,
) -> Markup {
    let units: BTreeMap<&str, &UnitScore> = scored
        .scores
        .breakdown
        .iter()
        .filter(|unit| unit.level == Level::Community.word())
        .map(|unit| (unit.unit.as_str(), unit))
        .collect();
    let codes = codes(scored, lang, &units);
    let metric = Metric::asked(query, &codes);
    let name = |id: &str| scored.places.get(id).map_or_else(String::new, |place| place.name.clone());
    let (mut shapes, mut edges) = (Vec::new(), Vec::new());
    for (id, kind, rings) in outlines.iter().filter(|(_, _, rings)| !rings.is_empty()) {
        match (kind.as_str(), units.get(id.as_str())) {
            ("subdistrict", _) => edges.push(Outline { rings: rings.clone(), label: name(id) }),
            (_, Some(unit)) => {
                let (class, says) = metric.of(lang, unit, stands.unwrap_or(&BTreeMap::new()));
                let href = scored.places.get(id).map(|place| metric.opens(asked, &place.key, class));
                shapes.push(Shape {
                    rings: rings.clone(),
                    class,
                    href,
                    title: format!("{}　{says}", name(id)),
                    ..Shape::default()
                });
            }
            _ => {}
        }
    }
    html! {
        section.hj-panel.s7.mapcard id="map" {
            header {
                h2 { (t(lang, "dashboard-map")) }
                (choose(lang, asked, query, &metric, codes, stands.is_some()))
                span.acts.dim.xs { (ta(lang, "score-communities", &[("n", units.len().into())])) }
            }
            @if shapes.is_empty() { p.pad.dim { (t(lang, "dashboard-no-map")) } }
            @else { (map_svg(lang, &shapes, &edges, &metric.legend(lang))) }
            footer { (t(lang, "dashboard-map-table")) " " a href=(asked.link("/score/units")) { (t(lang, "score-units")) } }
        }
    }
}

/// The indicators that communities have a value of.
fn codes(scored: &Scored, lang: Lang, units: &BTreeMap<&str, &UnitScore>) -> Vec<Choice> {
    let there = |code: &str| {
        let has =
            |unit: &&UnitScore| unit.indicators.iter().any(|own| own.code == code && own.outcome.points().is_some());
        units.values().any(has)
    };
    let pack = &scored.standard.pack;
    let found = pack.indicators.iter().filter(|indicator| there(&indicator.code));
    found.map(|i| Choice::new(i.code.clone(), format!("{} {}", i.code, scored.standard.name(lang, i)))).collect()
}

/// The choice of what is shown: two links, and every indicator of the communities in a list.
fn choose(lang: Lang, asked: &Asked, query: &Query, metric: &Metric<'_>, codes: Vec<Choice>, lamps: bool) -> Markup {
    let word = metric.word();
    let day = asked.named.then(|| asked.day.to_string());
    html! {
        form.flex method="get" action="/dashboard#map" {
            (asked.campaign.field())
            @if let Some(day) = &day { input type="hidden" name="on" value=(day); }
            label.flex {
                span.sr { (t(lang, "dashboard-metric")) }
                select.form-select name="metric" data-submit {
                    option value="score" selected[word == "score"] { (t(lang, "score-units-score")) }
                    option value="assessed" selected[word == "assessed"] { (t(lang, "dashboard-assessed")) }
                    @if lamps { option value=(LAMP) selected[word == LAMP] { (t(lang, "dashboard-lamp")) } }
                    @for choice in codes { option value=(choice.value) selected[word == choice.value] { (choice.label) } }
                }
            }
            noscript { button.btn.btn-sm type="submit" { (t(lang, "score-look")) } }
        }
        @if query.get("metric").is_some_and(|asked| asked != word) { span.xs.dim { (t(lang, "dashboard-no-metric")) } }
    }
}
