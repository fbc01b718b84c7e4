//! The list: a line a month, those that are frozen and those that could be.

use chrono::NaiveDate;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, post_button},
        feedback::{empty, note},
        head::PageHead,
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};
use hejian_scoring::Exact;

use super::{
    FREEZE,
    keeping::open_months,
    one::who,
    store::{self, Snapshot},
};
use crate::campaign::{
    record::{Chosen, guard::may},
    score::page::change,
    standard::words::{number, points},
};

/// A day of an address.
///
/// # Errors
/// [`Error::NotFound`] when it is none.
pub(super) fn day_of(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| Error::NotFound { what: "thing-snapshot" })
}

/// An exact number as kept, for showing.
pub(super) fn kept(text: &str) -> Exact {
    Exact::parse(text).unwrap_or_else(|_| Exact::zero())
}

/// `GET /score/snapshots`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let mut read = ctx.read().await?;
    let today = read.today();
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let all = store::list(&mut read.tx, chosen.id()).await?;
    let open = open_months(&mut read.tx, &chosen.campaign, today).await?;
    let makes = may(&ctx, &mut read.tx, FREEZE).await?;
    drop(read);
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let mut head = PageHead::new(lang, t(lang, "nav-snapshots")).demo(demo).meta(t(lang, "snapshot-about"));
    if makes && open.len() > 1 {
        let label = ta(lang, "snapshot-make-all", &[("n", open.len().into())]);
        head = head.act(post_button(&label, &chosen.link("/score/snapshots/all"), &[], Kind::Primary));
    }
    let body = html! {
        (head)
        (chosen.chooser(lang, &Query::new("/score/snapshots")))
        div.mt { (note(Tone::Blue, html! { (t(lang, if chosen.campaign.is_live() { "snapshot-by-itself" } else { "snapshot-not-by-itself" })) }, html! {})) }
        div.mt { (table_box("list", table(lang, &chosen, &all, &open, makes), html! {
            @if all.is_empty() && open.is_empty() { (empty("check", &t(lang, "snapshot-none"), html! {})) }
        })) }
    };
    let crumbs = vec![Crumb::to(t(lang, "nav-score"), chosen.link("/score")), Crumb::here(t(lang, "nav-snapshots"))];
    framed(&ctx, Frame::new(t(lang, "nav-snapshots"), crumbs), body).await
}

fn table(lang: Lang, chosen: &Chosen, all: &[Snapshot], open: &[NaiveDate], makes: bool) -> Markup {
    let columns = vec![
        Column::text(t(lang, "snapshot-month")).class("b"),
        Column::num(t(lang, "score-points")).class("b"),
        Column::num(t(lang, "snapshot-change")),
        Column::num(t(lang, "snapshot-assessed")),
        Column::num(t(lang, "snapshot-pass")),
        Column::text(t(lang, "snapshot-standard")).phone(Phone::Inline),
        Column::text(t(lang, "snapshot-made")),
        Column::text(t(lang, "snapshot-digest")).phone(Phone::Hidden),
        Column::text(t(lang, "table-actions")).quiet_head().tight(),
    ];
    let mut days: Vec<NaiveDate> = all.iter().map(|one| one.on_day).chain(open.iter().copied()).collect();
    days.sort_unstable_by(|one, other| other.cmp(one));
    let rows = days.iter().map(|day| match all.iter().position(|one| one.on_day == *day) {
        Some(at) => row(lang, chosen, &all[at], all.get(at + 1)),
        None => missing(lang, chosen, *day, makes),
    });
    html! { (Table::new(lang, t(lang, "nav-snapshots"), columns).rows(rows)) }
}

fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

fn row(lang: Lang, chosen: &Chosen, of: &Snapshot, before: Option<&Snapshot>) -> Row {
    let to = chosen.link(&format!("/score/snapshots/{}", of.on_day));
    let late = chosen.link(&format!("/score/snapshots/{}/compare", of.on_day));
    let assessed = kept(&of.assessed_points);
    let mut got: Cell = points(&kept(&of.points)).into();
    if assessed.is_zero() {
        got = html! { span.dim { (t(lang, "not-assessed")) } }.into();
    }
    Row::new(vec![
        html! { a.title href=(to) { (month(of.on_day)) } span.sub { (of.on_day) } }.into(),
        got,
        match before.filter(|_| !assessed.is_zero()) {
            Some(before) => change(&(&kept(&of.points) - &kept(&before.points))).into(),
            None => format::DASH.into(),
        },
        format!("{} / {}", number(&of.assessed_points), number(&of.total_points)).into(),
        of.pass_points.as_deref().map_or_else(|| format::DASH.to_owned(), number).into(),
        format!("{} v{}", of.pack, of.pack_version).into(),
        html! { (format::moment(of.made_at)) span.sub { (who(lang, &of.made_by)) } }.into(),
        html! { span.xs { (short(&of.digest)) } }.into(),
        html! { a href=(late) { (t(lang, "snapshot-late")) } }.into(),
    ])
}

/// The beginning of a digest.
pub(super) fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

fn missing(lang: Lang, chosen: &Chosen, day: NaiveDate, makes: bool) -> Row {
    let dash = || Cell::from(format::DASH);
    let text = day.to_string();
    let act = html! {
        @if makes { (post_button(&t(lang, "snapshot-make"), &chosen.link("/score/snapshots"), &[("day", &text)], Kind::Small)) }
    };
    Row::new(vec![
        html! { (month(day)) span.sub { (day) } }.into(),
        dash(),
        dash(),
        dash(),
        dash(),
        dash(),
        html! { (tag(Tone::Plain, &t(lang, "snapshot-not-made"))) }.into(),
        dash(),
        act.into(),
    ])
}
