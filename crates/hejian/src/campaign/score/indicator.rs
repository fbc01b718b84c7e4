//! One indicator: key figures, where its points come from down to the records, what is short, who answers for it, its definition.

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, print_button},
        feedback::note,
        head::{PageHead, panel, panel_foot},
        html,
        lamp::{Tone, lamp, tag},
        query::Query,
        shell::{Crumb, demo_mark},
        tiles::{Tile, tiles},
        tree::{tree, tree_buttons},
    },
    web::{App, Ctx, Soon, Subject, beside},
};
use hejian_scoring::{
    Exact,
    evaluate::IndicatorScore,
    improve::improvement,
    pack::{Aggregation, Indicator},
};

use super::{
    asked::Asked,
    explain::Teller,
    gaps, history, list, map,
    page::{day_form, foot},
    reasons::reason,
    scope::Seen,
    service::{Scored, scores},
    short, side,
    trend::{months, soon},
    words::{State, lost},
};
use crate::campaign::{
    record::{Chosen, MAIN},
    standard::{
        Leads, Standard,
        page::mark_of,
        rules,
        words::{figure, number, points, quantity, unit},
    },
};

/// `GET /score/{code}`
pub(super) async fn page(Path(code): Path<String>, ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let asked = Asked::read(&ctx, &Query::parse(&ctx.place)).await?;
    let scored = scores(&ctx.app, asked.campaign.id(), asked.day).await?;
    let standard = &*scored.standard;
    let indicator = standard.pack.indicator(&code).ok_or(Error::NotFound { what: "thing-indicator" })?;
    let score = scored.scores.indicator(&code).ok_or(Error::NotFound { what: "thing-indicator" })?;
    let mut read = ctx.read().await?;
    let leads = Leads::read(&mut read.tx).await?;
    let seen = Seen::of(&ctx.app, &mut read, lang, [&score.explanation]).await?;
    let chart = match gaps::main_figure(score)
        .filter(|_| indicator.aggregation == Aggregation::ShareOfUnits && gaps::any_known(score))
    {
        Some(figure) => map::of(lang, figure, &scored.places, &map::boundaries(&mut read.tx, asked.day).await?),
        None => None,
    };
    let act = short::Act::of(&ctx.app, &mut read, standard, indicator, asked.day).await?;
    drop(read);
    let run = soon(&ctx.app, asked.campaign.id(), months(asked.begins(), asked.day)).await?;
    let (line, wait) = run.or_wait(lang, &ctx.place, "run");
    let beside = beside(&ctx, &subject_of(&asked.campaign, standard, lang, indicator)).await?;
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let registers = ctx.app.registers();
    let teller = Teller { standard, lang, indicator, places: &scored.places, seen: &seen, asked: &asked, registers };
    let name_of = |id: &str| scored.places.get(id).map_or_else(|| id.to_owned(), |place| place.name.clone());
    let body = html! {
        (head(standard, lang, &asked, indicator, score, demo))
        (tiles(&figures(standard, lang, indicator, score)))
        (not_assessed(&ctx.app, standard, &scored, lang, score))
        div.ind-grid.mt {
            div.stack {
                (panel_foot(
                    &t(lang, "score-how"),
                    tree_buttons(lang),
                    html! { div.pad { (tree(lang, &[teller.tree(score)])) } },
                    html! { (foot(standard, lang, &scored)) @if demo { " " (demo_mark(lang)) } },
                ))
                (short::units(lang, indicator, score, &scored, &seen, act.as_ref(), &asked))
                (side::definition(standard, lang, indicator))
            }
            aside.stack {
                (side::duty(lang, &leads, indicator))
                (beside)
                @if let Some(improve) = side::improve(standard, lang, indicator, score, name_of) { (improve) }
                div id="run" {
                    @match wait {
                        Some(wait) => (panel(&t(lang, "score-history"), html! {}, wait)),
                        None => (history::panel(lang, &asked, indicator, &line)),
                    }
                }
                @if let Some(chart) = chart { (panel(&t(lang, "score-map"), html! {}, chart)) }
            }
        }
    };
    let name = standard.name(lang, indicator);
    let area = standard.pack.area(&indicator.area).map(|area| standard.area(lang, area)).unwrap_or_default();
    let crumbs = vec![
        Crumb::to(ctx.t("nav-score"), asked.link("/score")),
        Crumb::to(format!("{} {area}", indicator.area), asked.link(&format!("/score?area={}", indicator.area))),
        Crumb::here(indicator.code.clone()),
    ];
    framed(&ctx, Frame::new(format!("{} {name}", indicator.code), crumbs), body).await
}

fn subject_of(campaign: &Chosen, standard: &Standard, lang: Lang, indicator: &Indicator) -> Subject {
    let code = &indicator.code;
    let within = if campaign.campaign.is_main() { String::new() } else { format!("{}/", campaign.campaign.key) };
    Subject {
        key: format!("indicator:{within}{code}"),
        title: format!("{code} {}", standard.name(lang, indicator)),
        href: campaign.link(&format!("/score/{code}")),
        unit: None,
        right: "score.read",
    }
}

/// What an indicator's page is about, by its code in the version in force today; in another campaign than the first by
/// `KEY/CODE`. Its title is kept in the standard's own words.
pub(super) fn find<'c>(ctx: &'c Ctx, name: &'c str) -> Soon<'c, Subject> {
    Box::pin(async move {
        if !ctx.actor.may("score.read") {
            return Err(Error::Forbidden { permission: "score.read" });
        }
        let (key, code) = name.split_once('/').unwrap_or((MAIN, name));
        let asked = Query::new("").with("campaign", key);
        let campaign = Chosen::read(&mut ctx.read().await?.tx, &asked).await?;
        let scored = scores(&ctx.app, campaign.id(), ctx.app.clock.today()).await?;
        let standard = &*scored.standard;
        let indicator = standard.pack.indicator(code).ok_or(Error::NotFound { what: "thing-indicator" })?;
        Ok(subject_of(&campaign, standard, Lang::ZhCn, indicator))
    })
}

fn head(
    standard: &Standard,
    lang: Lang,
    asked: &Asked,
    indicator: &Indicator,
    score: &IndicatorScore,
    demo: bool,
) -> Markup {
    let state = State::of(score);
    let grain = indicator.cadence.map(|grain| t(lang, &format!("score-grain-{}", grain.word()))).unwrap_or_default();
    let meta = ta(
        lang,
        "score-meta",
        &[
            ("cadence", grain.into()),
            ("how", t(lang, &format!("score-by-{}", indicator.aggregation.word())).into()),
            ("points", number(&indicator.points.to_string()).into()),
        ],
    );
    let mut head = PageHead::new(lang, standard.name(lang, indicator))
        .code(indicator.code.clone())
        .mark(lamp(state.lamp(), &state.word(lang)))
        .mark(mark_of(standard, lang))
        .demo(demo)
        .meta(meta)
        .act(day_form(lang, asked));
    if indicator.veto.is_some() {
        head = head.mark(tag(Tone::Red, &t(lang, "standard-veto")));
    }
    let all = &standard.pack.indicators;
    let at = all.iter().position(|other| other.code == indicator.code).unwrap_or(0);
    let to = |code: &str| asked.link(&format!("/score/{code}"));
    let arrows = html! {
        @if let Some(before) = at.checked_sub(1).and_then(|at| all.get(at)) {
            (link_button(&t(lang, "score-before"), &to(&before.code), "left", Kind::Small))
        }
        @if let Some(after) = all.get(at + 1) { (link_button(&t(lang, "score-after"), &to(&after.code), "right", Kind::Small)) }
    };
    html! { (head.act(arrows).act(print_button(&t(lang, "score-print")))) }
}

/// 现值, 目标, 得分, 还差, 覆盖, 谁能达到
fn figures(standard: &Standard, lang: Lang, indicator: &Indicator, score: &IndicatorScore) -> Vec<Tile> {
    let open = t(lang, "not-assessed");
    let coverage = score.coverage.filter(|of| indicator.aggregation != Aggregation::DistrictValue && of.units > 0);
    let formula = gaps::formula(score).and_then(|node| node.value.as_ref());
    let value = match formula.or(score.value.as_ref()) {
        None => Tile::new(t(lang, "score-value"), open.clone()).words(),
        Some(_) if rules::is_condition(indicator) => {
            let met = State::of(score) == State::Met;
            Tile::new(t(lang, "score-value"), t(lang, if met { "score-yes" } else { "score-no" })).words()
        }
        Some(value) => Tile::new(t(lang, "score-value"), quantity(value))
            .unit(unit(lang, value.unit.as_deref().unwrap_or_default())),
    };
    let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
    let value = match (coverage, side::read_for(lang, score)) {
        _ if formula.is_some() => value.against(list::scored_as(standard, lang, indicator).unwrap_or_default()),
        (Some(of), _) if of.met.is_some() && of.known == of.units => value.against(ta(
            lang,
            "score-met-of",
            &[("met", of.met.unwrap_or(0).into()), ("n", of.units.into()), ("level", level.clone().into())],
        )),
        (_, Some(when)) => value.against(when),
        _ => value,
    };
    let target = Tile::new(t(lang, "score-target"), rules::target(lang, indicator));
    let got = match score.outcome.points() {
        None => Tile::new(t(lang, "score-points"), open.clone()).words().against(ta(
            lang,
            "score-max",
            &[("points", number(&score.max_points.to_string()).into())],
        )),
        Some(got) => {
            let lost = lost(score).unwrap_or_else(Exact::zero);
            let tile = Tile::new(t(lang, "score-points"), points(got))
                .unit(format!("/ {}", number(&score.max_points.to_string())))
                .bad(!lost.is_zero());
            tile.against(ta(lang, "score-lost-points", &[("points", points(&lost).into())]))
        }
    };
    let mut tiles = vec![value, target, got, still(lang, indicator, score)];
    if let Some(of) = coverage {
        tiles.push(
            Tile::new(t(lang, "score-coverage"), of.known.to_string())
                .unit(format!("/ {}", of.units))
                .against(ta(lang, "score-coverage-of", &[("level", level.into())]))
                .bad(of.known < of.units),
        );
    }
    if let Some(who) = indicator.attainable_by {
        tiles.push(Tile::new(t(lang, "standard-who"), t(lang, &format!("standard-attainable-{}", who.word()))).words());
    }
    tiles
}

/// 还差: units to the most points, or points.
fn still(lang: Lang, indicator: &Indicator, score: &IndicatorScore) -> Tile {
    let label = t(lang, "score-still");
    let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
    if let (Some(step), Some(of)) = (improvement(indicator, score).and_then(|way| way.best), score.coverage) {
        let met = of.met.unwrap_or(0) + step.units;
        let share = (&Exact::from(met) * &Exact::from(100_i64)).divide(&Exact::from(of.units));
        let share = share.map(|share| figure(lang, &share.to_string(), "%")).unwrap_or_default();
        return Tile::new(label, step.units.to_string())
            .unit(ta(lang, "score-units-of", &[("level", level.into())]))
            .against(format!("{met} / {} = {share}", of.units));
    }
    match lost(score) {
        None => Tile::new(label, format::DASH),
        Some(lost) if lost.is_zero() => Tile::new(label, "0").against(t(lang, "score-state-met")),
        Some(lost) => Tile::new(label, points(&lost)).unit(t(lang, "standard-points-unit")),
    }
}

/// Why nothing can be said yet, and what to do about it.
fn not_assessed(app: &App, standard: &Standard, scored: &Scored, lang: Lang, score: &IndicatorScore) -> Markup {
    let reasons = score.outcome.reasons();
    if reasons.is_empty() {
        return html! {};
    }
    note(
        Tone::Blue,
        html! {
            b { (t(lang, "score-why-open")) }
            ul { @for why in reasons { li { (reason(app, standard, scored, lang, why)) } } }
        },
        html! {},
    )
}
