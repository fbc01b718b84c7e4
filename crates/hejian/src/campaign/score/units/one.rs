//! One community or subdistrict: its score, what it stands on, and each indicator down to the records.

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::print_button,
        head::{PageHead, panel_foot},
        html,
        lamp::lamp,
        query::Query,
        shell::{Crumb, demo_mark},
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, tiles},
        tree::{TreeNode, tree, tree_buttons},
    },
    web::Ctx,
};
use hejian_scoring::{
    evaluate::{IndicatorScore, UnitScore},
    evaluate_indicator,
    pack::{Indicator, Level},
};

use super::{
    super::{
        asked::Asked,
        explain::Teller,
        page::{day_form, foot},
        scope::Seen,
        service::{Scored, scores},
        words::{State, lost},
    },
    sets,
};
use crate::campaign::standard::{
    page::mark_of,
    rules,
    words::{number, points, quantity_with_unit},
};

/// `GET /score/units/{key}`
pub(in super::super) async fn page(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let query = Query::parse(&ctx.place);
    let asked = Asked::read(&ctx, &query).await?;
    let scored = scores(&ctx.app, asked.campaign.id(), asked.day).await?;
    let gone = || Error::NotFound { what: "thing-unit" };
    let found = |unit: &&UnitScore| scored.places.get(&unit.unit).is_some_and(|place| place.key == key);
    let unit = scored.scores.breakdown.iter().find(found).ok_or_else(gone)?;
    let place = scored.places.get(&unit.unit).ok_or_else(gone)?;
    let lines = lines(&scored, unit, &asked);
    let mut read = ctx.read().await?;
    let seen = Seen::of(&ctx.app, &mut read, lang, lines.iter().map(|(_, score, _)| &score.explanation)).await?;
    drop(read);
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let registers = ctx.app.registers();
    let above = place.parent.as_ref().and_then(|id| scored.places.get(id));
    let tell = |(indicator, score, _): &(&Indicator, IndicatorScore, bool)| -> TreeNode {
        let registers = registers.clone();
        let teller = Teller {
            standard: &scored.standard,
            lang,
            indicator,
            places: &scored.places,
            seen: &seen,
            asked: &asked,
            registers,
        };
        let mut node = teller.tree(score).open(false);
        node.title = format!("{} {}", indicator.code, scored.standard.name(lang, indicator));
        node.href = Some(asked.link(&format!("/score/{}", indicator.code)));
        let node = node.id(place_of(&indicator.code));
        if query.get("open") == Some(indicator.code.as_str()) { node.open_whole() } else { node }
    };
    let known: Vec<TreeNode> = lines.iter().filter(|(_, score, _)| score.value.is_some()).map(tell).collect();
    let body = html! {
        (PageHead::new(lang, place.name.clone()).mark(mark_of(&scored.standard, lang)).demo(demo)
            .meta(above.map_or_else(String::new, |above| above.name.clone()))
            .act(day_form(lang, &asked)).act(print_button(&t(lang, "score-print"))))
        (tiles(&figures(&scored, lang, unit)))
        div.stack.mt {
            (table_box("list", table(&scored, lang, &asked, &key, &lines), html! {}))
            @if !known.is_empty() {
                (panel_foot(&t(lang, "score-how"), tree_buttons(lang), html! { div.pad { (tree(lang, &known)) } },
                    html! { (foot(&scored.standard, lang, &scored)) @if demo { " " (demo_mark(lang)) } }))
            }
        }
    };
    let crumbs = vec![
        Crumb::to(ctx.t("nav-score"), asked.link("/score")),
        Crumb::to(ctx.t("score-units"), asked.link("/score/units")),
        Crumb::here(place.name.clone()),
    ];
    framed(&ctx, Frame::new(place.name.clone(), crumbs), body).await
}

/// Each indicator that counts or is shown here, scored for the unit, and whether it counts.
fn lines<'a>(scored: &'a Scored, unit: &UnitScore, asked: &Asked) -> Vec<(&'a Indicator, IndicatorScore, bool)> {
    let pack = &scored.standard.pack;
    let score = |code: &str| evaluate_indicator(pack, &scored.facts, &scored.units, asked.day, &unit.unit, code);
    let one = |own: &hejian_scoring::evaluate::UnitIndicator| {
        Some((pack.indicator(&own.code)?, score(&own.code)?, own.counts))
    };
    unit.indicators.iter().filter_map(one).collect()
}

fn figures(scored: &Scored, lang: Lang, unit: &UnitScore) -> Vec<Tile> {
    let counting = unit.indicators.iter().filter(|own| own.counts);
    let assessed = counting.clone().filter(|own| own.outcome.points().is_some()).count();
    let score = match &unit.score {
        Some(score) => Tile::new(t(lang, "score-units-score"), points(score)),
        None => Tile::new(t(lang, "score-units-score"), t(lang, "not-assessed")).words(),
    };
    let mut all = vec![
        score.against(t(lang, "score-units-how")),
        Tile::new(t(lang, "score-points"), points(&unit.points))
            .unit(format!("/ {}", number(&unit.assessed_points.to_string())))
            .against(ta(lang, "score-max", &[("points", number(&unit.total_points.to_string()).into())])),
        Tile::new(t(lang, "score-units-items"), assessed.to_string())
            .unit(format!("/ {}", counting.count()))
            .against(t(lang, "score-units-items-of")),
    ];
    if unit.level == Level::Community.word() {
        let sets = sets::of(scored, Level::Community);
        let set = sets.iter().find(|set| set.members.iter().any(|member| member.score.unit == unit.unit));
        let member = set.and_then(|set| set.members.iter().find(|member| member.score.unit == unit.unit));
        if let (Some(set), Some(member)) = (set.filter(|set| !set.codes.is_empty()), member) {
            all.push(
                Tile::new(t(lang, "score-units-rank"), member.rank.to_string())
                    .unit(format!("/ {}", set.members.len()))
                    .against(t(lang, "score-units-same")),
            );
        }
    }
    all
}

/// The place of an indicator's arithmetic on the page of a unit.
fn place_of(code: &str) -> String {
    format!("how-{code}")
}

/// Where the arithmetic of an indicator in a unit lies open down to its records.
pub fn how(asked: impl Fn(&str) -> String, key: &str, code: &str) -> String {
    let address = Query::parse(&asked(&format!("/score/units/{key}"))).with("open", code).href();
    format!("{address}#{}", place_of(code))
}

fn table(
    scored: &Scored,
    lang: Lang,
    asked: &Asked,
    key: &str,
    lines: &[(&Indicator, IndicatorScore, bool)],
) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::num(t(lang, "score-value")),
        Column::num(t(lang, "score-target")),
        Column::num(t(lang, "score-points")).class("b"),
        Column::num(t(lang, "score-most")),
        Column::num(t(lang, "score-lost")),
        Column::text(t(lang, "score-state")).class("nowrap").phone(Phone::Inline),
    ];
    let (counting, shown): (Vec<_>, Vec<_>) = lines.iter().partition(|(_, _, counts)| *counts);
    let mut table = Table::new(lang, t(lang, "score-caption"), columns).stick();
    for line in counting {
        table = table.row(row(scored, lang, asked, key, line));
    }
    if !shown.is_empty() {
        table = table.group(&t(lang, "score-units-shown"), &shown.len().to_string());
        for line in shown {
            table = table.row(row(scored, lang, asked, key, line));
        }
    }
    html! { (table) }
}

fn row(
    scored: &Scored,
    lang: Lang,
    asked: &Asked,
    key: &str,
    (indicator, score, counts): &(&Indicator, IndicatorScore, bool),
) -> Row {
    let dash = || html! { span.dim { (format::DASH) } };
    let open = t(lang, "not-assessed");
    let state = State::of(score);
    let lost = lost(score).filter(|_| *counts);
    let opens =
        |figure: String| html! { a href=(how(|path| asked.link(path), key, &indicator.code)) { (figure) } }.into();
    // Of one unit the condition is true or false; a share says nothing more.
    let whole = score.coverage.is_some_and(|of| of.met.is_some() && of.units == 1);
    Row::new(vec![
        indicator.code.clone().into(),
        html! {
            a.title href=(asked.link(&format!("/score/{}", indicator.code))) { (scored.standard.name(lang, indicator)) }
            @if let Some(reason) = score.outcome.reasons().first() {
                span.sub { (ta(lang, &format!("score-reason-{}", reason.kind.word()), &[
                    ("what", reason.measure.as_deref().map(|id| scored.standard.measure(lang, id)).unwrap_or_default().into()),
                    ("level", reason.level.map(|level| t(lang, &format!("standard-level-{}", level.word()))).unwrap_or_default().into()),
                ])) }
            }
        }
        .into(),
        match &score.value {
            None => html! { span.dim { (open) } }.into(),
            Some(_) if whole || rules::is_condition(indicator) => {
                opens(t(lang, if state == State::Met { "score-yes" } else { "score-no" }))
            }
            Some(value) => opens(quantity_with_unit(lang, value)),
        },
        if whole { t(lang, "score-state-met").into() } else { html! { span.nowrap { (rules::target(lang, indicator)) } }.into() },
        match score.outcome.points().filter(|_| *counts) {
            Some(got) => points(got).into(),
            None if *counts => html! { span.dim { (open) } }.into(),
            None => dash().into(),
        },
        if *counts { number(&score.max_points.to_string()).into() } else { dash().into() },
        match &lost {
            Some(lost) if !lost.is_zero() => Cell::from(points(lost)).class("down"),
            Some(_) => Cell::from("0"),
            None => dash().into(),
        },
        if *counts { lamp(state.lamp(), &state.word(lang)).into() } else { html! { span.dim { (t(lang, "score-units-only-shown")) } }.into() },
    ])
    .id(format!("i-{}", indicator.code))
}
