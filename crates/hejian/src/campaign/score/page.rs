//! The overview: how many points are got, lost and not assessed; by area and by indicator; the largest gaps.
//!
//! The rule that matters: the total always says what it stands on. A missing fact is never a lost point.

use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        bars::{BarTone, bar},
        buttons::print_button,
        controls::Choice,
        detail::key_figures,
        feedback::{empty, note},
        filter::FilterBar,
        gauge::{Gauge, gauge},
        head::{PageHead, Tab, tabs},
        html,
        lamp::{Tone, lamp, tag},
        query::Query,
        shell::{Crumb, demo_mark},
        table::{Cell, Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};
use hejian_scoring::{Exact, evaluate::IndicatorScore, pack::Indicator};

use super::{
    asked::Asked,
    gaps,
    service::{Scored, scores},
    words::{self, State, float, hundredths, lost},
};
use crate::campaign::standard::{
    Leads, Standard,
    page::{lead_choices, who_choices},
    rules, standard,
    words::{expression, number, points, quantity_with_unit},
};

/// An indicator with its score.
type Line<'a> = (&'a Indicator, &'a IndicatorScore);

/// `GET /score`
pub(super) async fn overview(ctx: Ctx) -> Result<Markup> {
    let (standard, lang, query) = (standard(), ctx.lang, Query::parse(&ctx.place));
    let asked = Asked::read(&query, ctx.app.clock.today())?;
    let scored = scores(&ctx.app, asked.day).await?;
    let leads = Leads::read(&mut ctx.read().await?.tx).await?;
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let all: Vec<Line<'_>> = standard.pack.indicators.iter().zip(&scored.scores.indicators).collect();
    let gaps = query.get("view") == Some("gaps");
    let mut shown: Vec<Line<'_>> = all.iter().filter(|line| passes(&query, line)).copied().collect();
    if gaps {
        shown.retain(|(_, score)| State::of(score) != State::Met);
    }
    sort(&mut shown, query.get("sort").unwrap_or(if gaps { "-lost" } else { "code" }));
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-score")).mark(tag(Tone::Yellow, &t(lang, "standard-reconstructed"))).demo(demo)
            .meta(headline(lang, &scored))
            .act(day_form(lang, &asked)).act(print_button(&t(lang, "score-print"))))
        (warnings(standard, lang, &scored))
        div.hj-grid.dash {
            (total(standard, lang, &scored, demo))
            (areas(standard, lang, &scored, &query))
            (largest(standard, lang, &asked, &all))
        }
        (tabs(&t(lang, "score-views"), &[
            Tab::new(t(lang, "score-all"), query.without("view").without("sort").href(), !gaps).count(all.len()),
            Tab::new(t(lang, "score-gaps"), query.with("view", "gaps").without("sort").href(), gaps)
                .count(all.iter().filter(|(_, score)| State::of(score) != State::Met).count()),
        ]))
        (bar_over(standard, &leads, lang, &query))
        (table_box("list", table(standard, &leads, lang, &query, &asked, &shown), html! {
            @if shown.is_empty() { (empty("filter", &t(lang, "standard-none"), html! {})) }
        }))
        p.xs.dim { (foot(standard, lang, &scored)) @if demo { " " (demo_mark(lang)) } }
    };
    page(&ctx, Frame::new(ctx.t("nav-score"), vec![Crumb::here(ctx.t("nav-score"))]), body).await
}

/// 已评 34 / 100 分，得 28.40 分
fn headline(lang: Lang, scored: &Scored) -> String {
    let scores = &scored.scores;
    ta(
        lang,
        "score-headline",
        &[
            ("day", scores.as_of.to_string().into()),
            ("assessed", number(&scores.assessed_points.to_string()).into()),
            ("total", number(&scores.total_points.to_string()).into()),
            ("points", points(&scores.points).into()),
        ],
    )
}

/// The day the page is for.
pub(super) fn day_form(lang: Lang, asked: &Asked) -> Markup {
    html! {
        form.flex method="get" {
            label {
                span.lt { (t(lang, "score-on")) }
                input.form-control type="date" name="on" value=(asked.day) max=(asked.today);
            }
            button.btn type="submit" { (t(lang, "score-look")) }
        }
    }
}

/// Engine, pack, day.
pub(super) fn foot(standard: &Standard, lang: Lang, scored: &Scored) -> String {
    let args = [
        ("engine", scored.scores.engine_version.into()),
        ("standard", crate::campaign::standard::page::foot(standard, lang).into()),
        ("day", scored.scores.as_of.to_string().into()),
        ("made", format::moment(scored.made_at).into()),
        ("seq", scored.stands_on.to_string().into()),
    ];
    ta(lang, "score-foot", &args)
}

/// Facts that cannot be used, each with its place and what to do.
fn warnings(standard: &Standard, lang: Lang, scored: &Scored) -> Markup {
    const SHOWN: usize = 20;
    let n = scored.warnings.len();
    if n == 0 {
        return html! {};
    }
    let place = |id: &str| scored.places.get(id).map_or_else(|| id.to_owned(), |place| place.name.clone());
    note(
        Tone::Yellow,
        html! {
            details {
                summary { b { (ta(lang, "score-warnings", &[("n", n.into())])) } }
                ul {
                    @for warning in scored.warnings.iter().take(SHOWN) {
                        li { (place(&warning.unit)) " · " (standard.measure(lang, &warning.measure)) " · " (warning.period)
                             "　" (words::warning(standard, lang, warning)) }
                    }
                }
                @if n > SHOWN { p.dim { (ta(lang, "score-warnings-more", &[("n", (n - SHOWN).into())])) } }
            }
        },
        html! {},
    )
}

fn total(standard: &Standard, lang: Lang, scored: &Scored, demo: bool) -> Markup {
    let scores = &scored.scores;
    let open = &scores.total_points - &scores.assessed_points;
    let missed = &scores.assessed_points - &scores.points;
    let pass = standard.pack.standard.pass_mark.as_ref().map(|mark| &mark.value);
    let state = |wanted| scores.indicators.iter().filter(|score| State::of(score) == wanted).count();
    let reachable = &scores.points + &open;
    let names = [
        ta(lang, "score-open-of", &[("n", state(State::Open).into())]),
        ta(lang, "score-lost-of", &[("n", state(State::Short).into())]),
        t(lang, "score-to-pass"),
        t(lang, "score-of-assessed"),
    ];
    let share = (&scores.points * &Exact::from(100_i64)).divide(&scores.assessed_points);
    let rows = [
        (names[0].as_str(), html! { (points(&open)) }),
        (names[1].as_str(), html! { span.down[!missed.is_zero()] { (points(&missed)) } }),
        (
            names[2].as_str(),
            html! { @if let Some(pass) = pass {
                @let short = &scores.points - pass;
                span.down[short.is_negative()] { (points(&short)) }
            } },
        ),
        (
            names[3].as_str(),
            html! { @match share { Some(share) => { (number(&share.to_string())) "%" }, None => (t(lang, "not-assessed")) } },
        ),
    ];
    html! {
        section.hj-panel.s4 {
            header { h2 { (t(lang, "score-total")) } @if demo { (demo_mark(lang)) } }
            div.pad.score {
                (gauge(lang, Gauge {
                    got: hundredths(&scores.points),
                    not_assessed: hundredths(&open),
                    full: hundredths(&scores.total_points),
                    pass: pass.map(hundredths),
                    decimals: 2,
                }))
                (key_figures(&rows))
            }
            footer {
                (ta(lang, "score-reachable", &[("points", points(&reachable).into())]))
                @if !scores.blocked_by.is_empty() { " " b.down { (ta(lang, "score-blocked", &[("codes", scores.blocked_by.join("、").into())])) } }
            }
        }
    }
}

fn areas(standard: &Standard, lang: Lang, scored: &Scored, query: &Query) -> Markup {
    let scores = &scored.scores;
    html! {
        section.hj-panel.s4 {
            header { h2 { (t(lang, "score-areas")) } span.acts.dim.xs { (t(lang, "score-areas-columns")) } }
            ul.areas {
                @for (area, of) in standard.pack.areas.iter().zip(&scores.areas) {
                    @let share = |part: &Exact| if of.total_points.is_zero() { 0.0 } else { float(part) / float(&of.total_points) };
                    @let open = &of.total_points - &of.assessed_points;
                    @let missed = &of.assessed_points - &of.points;
                    li {
                        span.n {
                            b.accent { (area.code) } " "
                            a href=(query.without("page").with("area", area.code.clone()).href()) { (standard.area(lang, area)) } " "
                            span.dim.xs { (ta(lang, "score-area-items", &[("n", of.indicators.into()), ("open", (of.indicators - of.assessed).into())])) }
                        }
                        span.num { b { (points(&of.points)) } span.dim { " / " (number(&of.total_points.to_string())) } }
                        (bar(share(&of.points), share(&open), None, BarTone::Accent, ""))
                        span.num.xs {
                            span.dim2 { (ta(lang, "score-area-lost", &[("points", points(&missed).into())])) } "　"
                            span.dim { (ta(lang, "score-area-open", &[("points", points(&open).into())])) }
                        }
                    }
                }
            }
            footer { (ta(lang, "score-areas-total", &[
                ("n", scores.indicators.len().into()), ("points", points(&scores.points).into()),
                ("assessed", number(&scores.assessed_points.to_string()).into()), ("total", number(&scores.total_points.to_string()).into()),
            ])) }
        }
    }
}

/// The five indicators that lost most.
fn largest(standard: &Standard, lang: Lang, asked: &Asked, all: &[Line<'_>]) -> Markup {
    let mut short: Vec<(&Line<'_>, Exact)> =
        all.iter().filter_map(|line| Some((line, lost(line.1)?))).filter(|(_, lost)| !lost.is_zero()).collect();
    short.sort_by(|a, b| b.1.cmp(&a.1));
    html! {
        section.hj-panel.s4 {
            header { h2 { (t(lang, "score-largest")) } a.acts href=(asked.link("/score?view=gaps")) { (t(lang, "score-all-gaps")) } }
            @if short.is_empty() { (empty("check", &t(lang, "score-no-gap"), html! {})) }
            ul.mini {
                @for ((indicator, score), lost) in short.into_iter().take(5) {
                    li {
                        span.grow {
                            a href=(asked.link(&format!("/score/{}", indicator.code))) { b { (indicator.code) } " " (standard.name(lang, indicator)) }
                            span.sub {
                                @if let Some(value) = gaps::formula(score).map_or(score.value.as_ref(), |node| node.value.as_ref()) { (quantity_with_unit(lang, value)) }
                                "　" (ta(lang, "score-target-of", &[("target", rules::target(lang, indicator).into())]))
                            }
                        }
                        b.down { (points(&-lost)) }
                    }
                }
            }
        }
    }
}

fn bar_over(standard: &Standard, leads: &Leads, lang: Lang, query: &Query) -> Markup {
    let areas: Vec<Choice> = standard
        .pack
        .areas
        .iter()
        .map(|area| Choice::new(area.code.clone(), format!("{} {}", area.code, standard.area(lang, area))))
        .collect();
    let states = State::ALL.map(|state| Choice::new(state.key(), state.word(lang)));
    html! {
        (FilterBar::new(lang, query)
            .select("area", &t(lang, "standard-area"), &areas)
            .select("state", &t(lang, "score-state"), &states)
            .select("lead", &t(lang, "standard-lead"), &lead_choices(standard, leads))
            .select("who", &t(lang, "standard-who"), &who_choices(lang)))
    }
}

fn passes(query: &Query, (indicator, score): &Line<'_>) -> bool {
    let is = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted.is_empty() || wanted == value);
    is("area", &indicator.area)
        && is("state", State::of(score).key())
        && is("lead", &indicator.lead)
        && is("who", indicator.attainable_by.map_or("", |who| who.word()))
}

/// Sorts by code, points, most points, points lost or lead; not assessed stands last by points, and in the gaps before nothing lost.
fn sort(lines: &mut [Line<'_>], by: &str) {
    let (key, down) = by.strip_prefix('-').map_or((by, false), |key| (key, true));
    let weight = |(_, score): &Line<'_>| match key {
        "points" => score.outcome.points().cloned(),
        "lost" => lost(score),
        "max" => Some(score.max_points.clone()),
        _ => None,
    };
    lines.sort_by(|a, b| {
        let order = match key {
            "points" | "lost" | "max" => match (weight(a), weight(b)) {
                (Some(a), Some(b)) if down => b.cmp(&a),
                (Some(a), Some(b)) => a.cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            },
            _ if down => b.0.code.cmp(&a.0.code),
            _ => std::cmp::Ordering::Equal,
        };
        order.then_with(|| a.0.code.cmp(&b.0.code))
    });
}

fn table(standard: &Standard, leads: &Leads, lang: Lang, query: &Query, asked: &Asked, shown: &[Line<'_>]) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").sort(query, "code").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::num(t(lang, "score-value")),
        Column::num(t(lang, "score-target")),
        Column::num(t(lang, "score-points")).sort(query, "points").class("b"),
        Column::num(t(lang, "standard-points")).sort(query, "max"),
        Column::num(t(lang, "score-lost")).sort(query, "lost"),
        Column::text(t(lang, "score-state")).class("nowrap").phone(Phone::Inline),
        Column::text(t(lang, "standard-lead")).phone(Phone::Inline),
        Column::text(t(lang, "standard-who")).class("nowrap").phone(Phone::Inline),
    ];
    let rows = shown.iter().map(|line| row(standard, leads, lang, asked, line));
    let sum = |part: fn(&IndicatorScore) -> Option<Exact>| -> Exact {
        shown.iter().filter_map(|(_, score)| part(score)).collect::<Vec<_>>().iter().sum()
    };
    let table = Table::new(lang, t(lang, "score-caption"), columns).rows(rows).foot(vec![
        Cell::from(ta(lang, "score-sum", &[("n", shown.len().into())])).span(4),
        points(&sum(|score| score.outcome.points().cloned())).into(),
        number(&sum(|score| Some(score.max_points.clone())).to_string()).into(),
        points(&sum(lost)).into(),
        Cell::from(ta(
            lang,
            "score-sum-open",
            &[("points", points(&sum(|score| lost(score).is_none().then(|| score.max_points.clone()))).into())],
        ))
        .span(3),
    ]);
    html! { (table) }
}

/// 本指标值 − 全市增速: how the scored value is made, where it is not simply the value.
pub(super) fn scored_as(standard: &Standard, lang: Lang, indicator: &Indicator) -> Option<String> {
    indicator.rule.of.as_ref().map(|of| expression(standard, lang, &of.to_string()))
}

fn row(standard: &Standard, leads: &Leads, lang: Lang, asked: &Asked, (indicator, score): &Line<'_>) -> Row {
    let (state, open) = (State::of(score), t(lang, "not-assessed"));
    let href = asked.link(&format!("/score/{}", indicator.code));
    let formula = gaps::formula(score);
    let value = match (&score.value, rules::is_condition(indicator)) {
        // What is compared with the target is the scored value, e.g. the distance to the city's average.
        _ if formula.is_some() => html! {
            @match formula.and_then(|node| node.value.as_ref()) {
                Some(value) => (quantity_with_unit(lang, value)),
                None => span.dim { (open) },
            }
            @if let Some(says) = scored_as(standard, lang, indicator) { span.sub { (says) } }
        },
        (None, _) => html! { span.dim { (open) } },
        (Some(_), true) => {
            html! { (t(lang, if state == State::Met { "score-yes" } else { "score-no" })) }
        }
        (Some(value), false) => html! {
            (quantity_with_unit(lang, value))
            @if let Some(coverage) = score.coverage.filter(|c| c.met.is_some()) { span.sub { (coverage.met.unwrap_or(0)) " / " (coverage.units) } }
        },
    };
    let lost = lost(score);
    Row::new(vec![
        indicator.code.clone().into(),
        html! {
            a.title href=(href) { (standard.name(lang, indicator)) }
            @if indicator.veto { " " (tag(Tone::Red, &t(lang, "standard-veto"))) }
            @if let Some(reason) = score.outcome.reasons().first() {
                span.sub { (ta(lang, &format!("score-reason-{}", reason.kind.word()), &[
                    ("what", reason.measure.as_deref().map(|id| standard.measure(lang, id)).unwrap_or_default().into()),
                    ("level", reason.level.map(|level| t(lang, &format!("standard-level-{}", level.word()))).unwrap_or_default().into()),
                ])) }
            }
        }
        .into(),
        value.into(),
        html! { span.nowrap { (rules::target(lang, indicator)) } }.into(),
        match score.outcome.points() {
            Some(got) => points(got).into(),
            None => html! { span.dim { (open) } }.into(),
        },
        number(&score.max_points.to_string()).into(),
        match &lost {
            Some(lost) if !lost.is_zero() => Cell::from(points(lost)).class("down"),
            Some(_) => Cell::from("0"),
            None => html! { span.dim { (format::DASH) } }.into(),
        },
        lamp(state.lamp(), &state.word(lang)).into(),
        leads.name(&indicator.lead).into(),
        indicator
            .attainable_by
            .map(|who| t(lang, &format!("standard-attainable-{}", who.word())))
            .unwrap_or_default()
            .into(),
    ])
}
