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
        buttons::{Kind, link_button, print_button},
        detail::key_figures,
        feedback::{empty, note},
        gauge::{Gauge, gauge},
        head::{PageHead, Tab, tabs},
        html,
        lamp::Tone,
        pager::{PAGE_SIZES, pager},
        query::Query,
        shell::{Crumb, demo_mark},
        table::table_box,
    },
    web::Ctx,
};
use hejian_scoring::{Exact, evaluate::IndicatorScore, pack::Indicator};

use super::{
    asked::Asked,
    gaps, list,
    service::{Scored, scores},
    words::{self, State, float, hundredths, lost},
};
use crate::campaign::standard::{
    Leads, Standard,
    page::mark_of,
    rules,
    words::{number, points, quantity_with_unit},
};

/// An indicator with its score.
pub(super) type Line<'a> = (&'a Indicator, &'a IndicatorScore);

/// `GET /score`
pub(super) async fn overview(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let asked = Asked::read(&ctx, &query).await?;
    let scored = scores(&ctx.app, asked.campaign.id(), asked.day).await?;
    let standard = &*scored.standard;
    let leads = Leads::read(&mut ctx.read().await?.tx).await?;
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let all: Vec<Line<'_>> = standard.pack.indicators.iter().zip(&scored.scores.indicators).collect();
    let gaps = query.get("view") == Some("gaps");
    let mut shown: Vec<Line<'_>> = all.iter().filter(|line| list::passes(&query, line)).copied().collect();
    if gaps {
        shown.retain(|(_, score)| State::of(score) != State::Met);
    }
    let (number, per) = (query.get("page").and_then(|n| n.parse().ok()).unwrap_or(1), per(&query));
    list::sort(&mut shown, query.get("sort").unwrap_or(if gaps { "-lost" } else { "code" }));
    let total_shown = shown.len() as u64;
    let last = total_shown.div_ceil(per).max(1);
    let at = usize::try_from((number.clamp(1, last) - 1) * per).unwrap_or(0);
    let on_page: Vec<Line<'_>> =
        shown.iter().skip(at).take(usize::try_from(per).unwrap_or(usize::MAX)).copied().collect();
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-score")).mark(mark_of(standard, lang)).demo(demo)
            .meta(headline(lang, &scored))
            .act(link_button(&t(lang, "score-units"), &asked.link("/score/units"), "people", Kind::Plain))
            .act(link_button(&t(lang, "nav-snapshots"), &asked.campaign.link("/score/snapshots"), "", Kind::Plain))
            .act(day_form(lang, &asked)).act(print_button(&t(lang, "score-print"))))
        (asked.campaign.chooser(lang, &query))
        (warnings(standard, lang, &scored))
        div.hj-grid.dash {
            (total(lang, &asked, &scored, demo, &[]))
            (areas(lang, &scored, |code| query.without("page").with("area", code).href(), |_| None))
            (largest(standard, lang, &asked, &all))
        }
        div.mt { (tabs(&t(lang, "score-views"), &[
            Tab::new(t(lang, "score-all"), query.without("view").without("sort").href(), !gaps).count(all.len()),
            Tab::new(t(lang, "score-gaps"), query.with("view", "gaps").without("sort").href(), gaps)
                .count(all.iter().filter(|(_, score)| State::of(score) != State::Met).count()),
        ])) }
        (list::bar(standard, &leads, lang, &query))
        (table_box("list", list::table(standard, &leads, lang, &query, &asked, &shown, &on_page), html! {
            @if shown.is_empty() { (empty("filter", &t(lang, "standard-none"), html! {})) }
            @if last > 1 { (pager(lang, &query, number, per, total_shown)) }
        }))
        p.xs.dim { (foot(standard, lang, &scored)) @if demo { " " (demo_mark(lang)) } }
    };
    page(&ctx, Frame::new(ctx.t("nav-score"), vec![Crumb::here(ctx.t("nav-score"))]), body).await
}

/// How many indicators a page shows: all of a standard of the usual size.
fn per(query: &Query) -> u64 {
    let asked = query.get("per").and_then(|n| n.parse().ok());
    asked.filter(|n| PAGE_SIZES.contains(n)).unwrap_or(PAGE_SIZES[2])
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
pub(crate) fn day_form(lang: Lang, asked: &Asked) -> Markup {
    html! {
        form.flex method="get" {
            (asked.campaign.field())
            label {
                span.lt { (t(lang, "score-on")) }
                input.form-control type="date" name="on" value=(asked.day) max=(asked.today);
            }
            button.btn type="submit" { (t(lang, "score-look")) }
        }
    }
}

/// Engine, pack, day.
pub(crate) fn foot(standard: &Standard, lang: Lang, scored: &Scored) -> String {
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
pub(crate) fn warnings(standard: &Standard, lang: Lang, scored: &Scored) -> Markup {
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

/// The gauge with what stands beside it; `more` are further figures.
pub(crate) fn total(lang: Lang, asked: &Asked, scored: &Scored, demo: bool, more: &[(String, Markup)]) -> Markup {
    let scores = &scored.scores;
    let open = &scores.total_points - &scores.assessed_points;
    let missed = &scores.assessed_points - &scores.points;
    let pass = asked.pass(&scored.standard);
    let pass = pass.as_ref();
    let state = |wanted| scores.indicators.iter().filter(|score| State::of(score) == wanted).count();
    let reachable = &scores.points + &open;
    let names = [
        ta(lang, "score-open-of", &[("n", state(State::Open).into())]),
        ta(lang, "score-lost-of", &[("n", state(State::Short).into())]),
        t(lang, "score-at-most"),
        t(lang, "score-of-assessed"),
    ];
    let share = (&scores.points * &Exact::from(100_i64)).divide(&scores.assessed_points);
    let mut rows = vec![
        (names[0].as_str(), html! { (points(&open)) }),
        (names[1].as_str(), html! { span.down[!missed.is_zero()] { (points(&missed)) } }),
        (names[2].as_str(), html! { (points(&reachable)) }),
        (
            names[3].as_str(),
            html! { @match share { Some(share) => { (number(&share.to_string())) "%" }, None => (t(lang, "not-assessed")) } },
        ),
    ];
    rows.extend(more.iter().map(|(name, value)| (name.as_str(), value.clone())));
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
                @match pass {
                    None => (t(lang, "score-no-pass")),
                    Some(pass) => {
                        @let room = &reachable - pass;
                        @let (key, shown) = if room.is_negative() { ("score-no-room", &reachable) } else { ("score-room", &room) };
                        (ta(lang, key, &[("pass", number(&pass.to_string()).into()), ("points", points(shown).into())]))
                    }
                }
                @if !scores.blocked_by.is_empty() { " " b.down { (ta(lang, "score-blocked", &[("codes", scores.blocked_by.join("、").into())])) } }
            }
        }
    }
}

/// The areas, each with where it leads and what it gained.
pub(crate) fn areas(
    lang: Lang,
    scored: &Scored,
    href: impl Fn(&str) -> String,
    gained: impl Fn(&str) -> Option<Exact>,
) -> Markup {
    let standard = &*scored.standard;
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
                            a href=(href(&area.code)) { (standard.area(lang, area)) } " "
                            span.dim.xs { (ta(lang, "score-area-items", &[("n", of.indicators.into()), ("open", (of.indicators - of.assessed).into())])) }
                        }
                        span.num { b { (if of.assessed == 0 { t(lang, "not-assessed") } else { points(&of.points) }) } span.dim { " / " (number(&of.total_points.to_string())) } }
                        (bar(share(&of.points), share(&open), None, BarTone::Accent, ""))
                        span.num.xs {
                            span.dim2 { (ta(lang, "score-area-lost", &[("points", points(&missed).into())])) } "　"
                            span.dim { (ta(lang, "score-area-open", &[("points", points(&open).into())])) }
                            @if let Some(gain) = gained(&area.code) { "　" (change(&gain)) }
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

/// +2.40 in green, −1.00 in red, 0 quiet.
pub(crate) fn change(gain: &Exact) -> Markup {
    match (gain.is_zero(), gain.is_negative()) {
        (true, _) => html! { span.dim { "0" } },
        (_, true) => html! { span.down { (points(gain)) } },
        _ => html! { span.up { "+" (points(gain)) } },
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
