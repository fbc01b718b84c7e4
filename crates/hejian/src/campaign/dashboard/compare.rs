//! Two days side by side: the totals, and each indicator whose points differ, with what it was and what it is.

use chrono::{Datelike as _, Days};
use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::print_button,
        feedback::{empty, note},
        head::{PageHead, Tab, tabs},
        html,
        lamp::Tone,
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, tiles},
    },
    web::Ctx,
};
use hejian_scoring::{Exact, evaluate::IndicatorScore};

use super::largest::who;
use crate::campaign::{
    score::{
        Asked, Scored,
        asked::day,
        gaps::formula,
        page::{change, foot},
        scores,
        words::State,
    },
    standard::words::{number, points, quantity_with_unit},
};

/// `GET /dashboard/compare?from=2009-03-31&on=2009-06-22`; without `from`, the end of the month before.
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let asked = Asked::read(&ctx, &query).await?;
    let month_before = asked.day.with_day(1).and_then(|first| first.checked_sub_days(Days::new(1)));
    let from = day(&query, "from")?.or(month_before).unwrap_or(asked.day).min(asked.today);
    let (from, to) = (from.min(asked.day), from.max(asked.day));
    let before = scores(&ctx.app, asked.campaign.id(), from).await?;
    let after = scores(&ctx.app, asked.campaign.id(), to).await?;
    let all = query.get("show") == Some("all");
    let lines = lines(&before, &after);
    let changed = lines.iter().filter(|line| line.differs()).count();
    let title = t(lang, "dashboard-compare");
    let body = html! {
        (PageHead::new(lang, &title).meta(ta(lang, "dashboard-compare-meta", &[("from", from.to_string().into()), ("to", to.to_string().into())]))
            .act(days(lang, &asked, from, to)).act(print_button(&t(lang, "score-print"))))
        (asked.campaign.chooser(lang, &query))
        @if before.standard.fingerprint != after.standard.fingerprint { (note(Tone::Yellow, html! { (t(lang, "dashboard-other-version")) }, html! {})) }
        (tiles(&figures(lang, &before, &after)))
        div.mt { (tabs(&title, &[
            Tab::new(t(lang, "dashboard-changed"), query.without("show").href(), !all).count(changed),
            Tab::new(t(lang, "score-all"), query.with("show", "all").href(), all).count(lines.len()),
        ])) }
        (table_box("list", table(lang, &asked, &before, &after, lines.iter().filter(|line| all || line.differs())), html! {
            @if changed == 0 && !all { (empty("check", &t(lang, "dashboard-nothing-changed"), html! {})) }
        }))
        p.xs.dim { (foot(&after.standard, lang, &after)) }
    };
    let crumbs = vec![Crumb::to(t(lang, "nav-dashboard"), asked.link("/dashboard")), Crumb::here(title.clone())];
    framed(&ctx, Frame::new(title, crumbs), body).await
}

/// An indicator on both days.
struct Line<'s> {
    code: &'s str,
    before: Option<&'s IndicatorScore>,
    after: Option<&'s IndicatorScore>,
}

impl Line<'_> {
    fn points(score: Option<&IndicatorScore>) -> Option<&Exact> {
        score.and_then(|score| score.outcome.points())
    }

    fn differs(&self) -> bool {
        let value = |score: Option<&IndicatorScore>| {
            score.and_then(|score| score.value.as_ref().map(|value| value.text.clone()))
        };
        Self::points(self.before) != Self::points(self.after) || value(self.before) != value(self.after)
    }
}

/// Every code of either day, in the order of the later standard.
fn lines<'s>(before: &'s Scored, after: &'s Scored) -> Vec<Line<'s>> {
    let (old, new) = (&before.scores, &after.scores);
    let mut all: Vec<Line<'s>> = new
        .indicators
        .iter()
        .map(|score| Line { code: &score.code, before: old.indicator(&score.code), after: Some(score) })
        .collect();
    let gone = old.indicators.iter().filter(|score| new.indicator(&score.code).is_none());
    all.extend(gone.map(|score| Line { code: &score.code, before: Some(score), after: None }));
    all
}

fn days(lang: Lang, asked: &Asked, from: chrono::NaiveDate, to: chrono::NaiveDate) -> Markup {
    html! {
        form.flex.flex-w method="get" {
            (asked.campaign.field())
            label { span.lt { (t(lang, "dashboard-from-day")) } input.form-control type="date" name="from" value=(from) max=(asked.today); }
            label { span.lt { (t(lang, "dashboard-to-day")) } input.form-control type="date" name="on" value=(to) max=(asked.today); }
            button.btn type="submit" { (t(lang, "score-look")) }
        }
    }
}

fn figures(lang: Lang, before: &Scored, after: &Scored) -> Vec<Tile> {
    let tile = |label: &str, of: &Scored| {
        let stands = ta(
            lang,
            "dashboard-assessed-of",
            &[
                ("assessed", number(&of.scores.assessed_points.to_string()).into()),
                ("total", number(&of.scores.total_points.to_string()).into()),
            ],
        );
        Tile::new(format!("{} {}", t(lang, label), of.scores.as_of), points(&of.scores.points)).against(stands)
    };
    let gain = &after.scores.points - &before.scores.points;
    let sign = if gain.is_negative() || gain.is_zero() { "" } else { "+" };
    let mut all = vec![
        tile("dashboard-before", before),
        tile("dashboard-after", after),
        Tile::new(t(lang, "dashboard-change"), format!("{sign}{}", points(&gain))).bad(gain.is_negative()),
    ];
    for (area, now) in after.standard.pack.areas.iter().zip(&after.scores.areas) {
        let was = before.scores.areas.iter().find(|was| was.code == area.code);
        let gain = was.map(|was| &now.points - &was.points).unwrap_or_else(Exact::zero);
        let sign = if gain.is_negative() || gain.is_zero() { "" } else { "+" };
        all.push(
            Tile::new(format!("{} {}", area.code, after.standard.area(lang, area)), format!("{sign}{}", points(&gain)))
                .bad(gain.is_negative()),
        );
    }
    all
}

fn table<'l>(
    lang: Lang,
    asked: &Asked,
    before: &Scored,
    after: &Scored,
    lines: impl Iterator<Item = &'l Line<'l>>,
) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::num(t(lang, "dashboard-value-before")),
        Column::num(t(lang, "dashboard-value-after")),
        Column::num(t(lang, "dashboard-points-before")),
        Column::num(t(lang, "dashboard-points-after")),
        Column::num(t(lang, "dashboard-change")).class("b"),
        Column::text(t(lang, "standard-who")).class("nowrap").phone(Phone::Inline),
    ];
    let value = |score: Option<&IndicatorScore>| -> Cell {
        let value = score.and_then(|score| formula(score).map_or(score.value.as_ref(), |node| node.value.as_ref()));
        value
            .map_or_else(
                || html! { span.dim { (t(lang, "not-assessed")) } },
                |value| html! { (quantity_with_unit(lang, value)) },
            )
            .into()
    };
    let got = |score: Option<&IndicatorScore>| -> Cell {
        match score.map(|score| (State::of(score), score.outcome.points())) {
            None => format::DASH.into(),
            Some((_, Some(got))) => points(got).into(),
            Some((_, None)) => html! { span.dim { (t(lang, "not-assessed")) } }.into(),
        }
    };
    let rows = lines.map(|line| {
        let of = if line.after.is_some() { after } else { before };
        let indicator = of.standard.pack.indicator(line.code);
        let name = indicator.map(|indicator| of.standard.name(lang, indicator)).unwrap_or_default();
        let gain = Line::points(line.before).zip(Line::points(line.after)).map(|(was, is)| is - was);
        Row::new(vec![
            line.code.into(),
            html! { a.title href=(asked.link(&format!("/score/{}", line.code))) { (name) } }.into(),
            value(line.before),
            value(line.after),
            got(line.before),
            got(line.after),
            match &gain {
                Some(gain) => change(gain).into(),
                None if line.after.is_some_and(|score| score.outcome.points().is_some()) => {
                    t(lang, "dashboard-now-assessed").into()
                }
                None if line.before.is_some_and(|score| score.outcome.points().is_some()) => {
                    t(lang, "dashboard-no-longer").into()
                }
                None => format::DASH.into(),
            },
            indicator.map(|indicator| who(lang, indicator)).unwrap_or_default().into(),
        ])
    });
    html! { (Table::new(lang, t(lang, "dashboard-compare"), columns).rows(rows)) }
}
