//! 社区得分: what each community gets by the indicators that have a value there, and who has reported.
//!
//! The rule that matters: a community's score is its points over those of its assessed indicators, and says so. Two communities
//! are put in order only when the same indicators are assessed in both: one that has reported little is not better for it.

mod one;
pub(crate) mod sets;

use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        bars::{BarTone, bar},
        buttons::print_button,
        controls::Choice,
        feedback::{empty, note},
        filter::FilterBar,
        head::{PageHead, panel, panel_foot},
        html,
        lamp::Tone,
        query::Query,
        shell::{Crumb, demo_mark},
        table::{Cell, Column, Phone, Row, Table},
    },
    web::Ctx,
};
use hejian_scoring::pack::{IndicatorKind, Level};

pub use one::how;
pub(super) use one::page as one;
use sets::{Member, Set};

use super::{
    asked::Asked,
    page::{day_form, foot},
    service::{Scored, scores},
    words::float,
};
use crate::campaign::standard::{
    page::mark_of,
    words::{number, points},
};

/// `GET /score/units`
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let asked = Asked::read(&ctx, &query).await?;
    let scored = scores(&ctx.app, asked.campaign.id(), asked.day).await?;
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let sets = sets::of(&scored, Level::Community);
    let body = html! {
        (PageHead::new(lang, t(lang, "score-units")).mark(mark_of(&scored.standard, lang)).demo(demo)
            .meta(ta(lang, "score-units-meta", &[("day", asked.day.to_string().into()), ("n", sets.iter().map(|set| set.members.len()).sum::<usize>().into())]))
            .act(day_form(lang, &asked)).act(print_button(&t(lang, "score-print"))))
        @if sets.len() > 1 { (note(Tone::Blue, html! { (t(lang, "score-units-sets")) }, html! {})) }
        div.ind-grid {
            div.stack {
                div.filter-alone { (filters(&scored, lang, &query)) }
                div.stack id="list" {
                    @if !sets.iter().flat_map(|set| &set.members).any(|member| passes(&scored, &query, member)) {
                        (empty("filter", &t(lang, "score-units-none"), html! {}))
                    }
                    @for set in &sets { (set_panel(&scored, lang, &query, &asked, set)) }
                }
            }
            aside.stack { (together(&scored, lang, &asked)) (reported(&scored, lang, &asked)) }
        }
        p.xs.dim { (foot(&scored.standard, lang, &scored)) @if demo { " " (demo_mark(lang)) } }
    };
    let crumbs = vec![Crumb::to(ctx.t("nav-score"), asked.link("/score")), Crumb::here(ctx.t("score-units"))];
    page(&ctx, Frame::new(ctx.t("score-units"), crumbs), body).await
}

fn filters(scored: &Scored, lang: Lang, query: &Query) -> Markup {
    let subdistricts: Vec<Choice> = scored
        .scores
        .breakdown
        .iter()
        .filter(|unit| unit.level == Level::Subdistrict.word())
        .filter_map(|unit| scored.places.get(&unit.unit))
        .map(|place| Choice::new(place.key.clone(), place.name.clone()))
        .collect();
    html! { (FilterBar::new(lang, query).select("in", &t(lang, "unit-kind-subdistrict"), &subdistricts).search("q", &t(lang, "standard-search"), &t(lang, "score-units-find"))) }
}

fn passes(scored: &Scored, query: &Query, member: &Member<'_>) -> bool {
    let place = scored.places.get(&member.score.unit);
    let above = place.and_then(|place| place.parent.as_ref()).and_then(|id| scored.places.get(id));
    let wanted = |name: &str| query.get(name).map(str::trim).filter(|text| !text.is_empty());
    wanted("in").is_none_or(|key| above.is_some_and(|above| above.key == key))
        && wanted("q").is_none_or(|text| place.is_some_and(|place| place.name.contains(text)))
}

fn set_panel(scored: &Scored, lang: Lang, query: &Query, asked: &Asked, set: &Set<'_>) -> Markup {
    let shown: Vec<&Member<'_>> = set.members.iter().filter(|member| passes(scored, query, member)).collect();
    if shown.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::num(t(lang, "score-units-rank")).tight(),
        Column::text(t(lang, "unit-kind-community")),
        Column::text(t(lang, "unit-kind-subdistrict")).phone(Phone::Inline),
        Column::num(t(lang, "score-points")),
        Column::num(t(lang, "score-units-of-assessed")),
        Column::num(t(lang, "score-units-score")).class("b"),
        Column::text(t(lang, "score-units-short")),
    ];
    let ranked = !set.codes.is_empty();
    let rows = shown.iter().map(|member| row(scored, lang, asked, member, ranked));
    let title = if ranked {
        ta(lang, "score-units-set", &[("n", set.codes.len().into()), ("of", sets::counting(scored).into())])
    } else {
        t(lang, "score-units-open")
    };
    let says = if ranked { set.codes.join("、") } else { String::new() };
    panel_foot(
        &title,
        html! { span.dim.xs { (ta(lang, "score-communities", &[("n", set.members.len().into())])) } },
        html! { (Table::new(lang, title.clone(), columns).rows(rows)) },
        html! { @if ranked { (t(lang, "score-units-assessed")) " " (says) } @else { (t(lang, "score-units-open-why")) } },
    )
}

fn row(scored: &Scored, lang: Lang, asked: &Asked, member: &Member<'_>, ranked: bool) -> Row {
    let score = member.score;
    let place = scored.places.get(&score.unit);
    let above = place.and_then(|place| place.parent.as_ref()).and_then(|id| scored.places.get(id));
    let name = place.map_or(score.unit.as_str(), |place| place.name.as_str());
    let key = place.map_or(score.unit.as_str(), |place| place.key.as_str());
    let short: Vec<&str> = sets::short(score).collect();
    Row::new(vec![
        if ranked { Cell::from(member.rank.to_string()) } else { format::DASH.into() },
        html! { a.title href=(asked.link(&format!("/score/units/{key}"))) { (name) } }.into(),
        above.map_or("", |place| place.name.as_str()).into(),
        if ranked { points(&score.points).into() } else { t(lang, "not-assessed").into() },
        number(&score.assessed_points.to_string()).into(),
        match &score.score {
            Some(score) => points(score).into(),
            None => html! { span.dim { (t(lang, "not-assessed")) } }.into(),
        },
        html! { @for code in short { a href=(asked.link(&format!("/score/{code}"))) { (code) } " " } }.into(),
    ])
}

/// The subdistricts: their communities taken together.
fn together(scored: &Scored, lang: Lang, asked: &Asked) -> Markup {
    let units: Vec<_> = scored.scores.breakdown.iter().filter(|unit| unit.level == Level::Subdistrict.word()).collect();
    if units.is_empty() {
        return html! {};
    }
    panel_foot(
        &t(lang, "score-units-together"),
        html! {},
        html! {
            ul.mini {
                @for unit in units {
                    @let place = scored.places.get(&unit.unit);
                    li {
                        span.grow {
                            a href=(asked.link(&format!("/score/units/{}", place.map_or("", |place| place.key.as_str())))) {
                                (place.map_or(unit.unit.as_str(), |place| place.name.as_str()))
                            }
                            span.sub { (ta(lang, "score-units-base", &[
                                ("points", points(&unit.points).into()), ("assessed", number(&unit.assessed_points.to_string()).into()),
                            ])) }
                        }
                        b { @match &unit.score { Some(score) => (points(score)), None => span.dim { (t(lang, "not-assessed")) } } }
                    }
                }
            }
        },
        html! { (t(lang, "score-units-together-why")) },
    )
}

/// 报送情况: of how many communities each of the indicators is known.
fn reported(scored: &Scored, lang: Lang, asked: &Asked) -> Markup {
    let lines = scored.standard.pack.indicators.iter().zip(&scored.scores.indicators).filter(|(indicator, _)| {
        indicator.level == Level::Community && indicator.community_value && indicator.kind == IndicatorKind::Basic
    });
    let body = html! {
        ul.mini.reported {
            @for (indicator, score) in lines {
                @let (known, of) = score.coverage.map_or((0, 0), |coverage| (coverage.known, coverage.units));
                li {
                    span.grow {
                        a href=(asked.link(&format!("/score/{}", indicator.code))) { b { (indicator.code) } " " (scored.standard.name(lang, indicator)) }
                        (bar(if of == 0 { 0.0 } else { float(&known.into()) / float(&of.into()) }, 0.0, None, BarTone::Accent, ""))
                    }
                    span.num.xs { (known) " / " (of) }
                }
            }
        }
    };
    panel(&t(lang, "score-units-reported"), html! {}, body)
}
