//! The versions: every pack the district keeps, drafts and published ones, which one is in force, and since when which was.

use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button},
        feedback::empty,
        head::{PageHead, panel},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};
use uuid::Uuid;

use super::{
    guard,
    store::{self, Version},
};
use crate::campaign::record::{Chosen, carry};

/// Where the versions stand.
pub(crate) const LIST: &str = "/standard/packs";

/// The address of a version.
pub(crate) fn place(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// The way to a page about a version.
pub(crate) fn crumbs(ctx: &Ctx, version: Option<&Version>, here: &str) -> Vec<Crumb> {
    let query = Query::parse(&ctx.place);
    let mut crumbs = vec![Crumb::to(ctx.t("nav-standard"), carry(&query, "/standard"))];
    match version {
        None => {}
        Some(version) => {
            crumbs.push(Crumb::to(ctx.t("standard-versions"), carry(&query, LIST)));
            crumbs.push(Crumb::to(title(ctx.lang, version), carry(&query, &place(version.id))));
        }
    }
    crumbs.push(Crumb::here(here));
    crumbs
}

/// 指导标准 第 3 版
pub(crate) fn title(lang: Lang, version: &Version) -> String {
    // A title is Chinese; whoever reads English knows a pack by its id.
    let name = if lang == Lang::En || version.name.is_empty() { &version.pack } else { &version.name };
    ta(
        lang,
        "standard-version-of",
        &[("name", name.clone().into()), ("version", version.pack_version.to_string().into())],
    )
}

/// State, and whether it is the one in force.
pub(crate) fn marks(lang: Lang, version: &Version, in_force: Option<Uuid>) -> Markup {
    html! {
        @if version.is_draft() { (tag(Tone::Yellow, &t(lang, "standard-state-draft"))) }
        @else { (tag(Tone::Green, &t(lang, "standard-state-published"))) }
        @if in_force == Some(version.id) { " " (tag(Tone::Accent, &t(lang, "standard-pinned"))) }
        @if version.faults > 0 { " " (tag(Tone::Red, &ta(lang, "standard-faults", &[("n", version.faults.into())]))) }
    }
}

/// The first signs of a fingerprint; a dash where there is none.
pub(crate) fn print(version: &Version) -> String {
    format::or_dash(version.fingerprint.as_ref().map(|all| all.chars().take(12).collect::<String>()))
}

/// `GET /standard/packs`
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let mut read = ctx.read().await?;
    let now = read.now;
    let query = Query::parse(&ctx.place);
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let in_force = store::pinned(&mut read.tx, chosen.id(), now).await?.map(|(id, ..)| id);
    let drafts = guard::sees_drafts(&ctx, &mut read.tx).await?;
    let edits = guard::may(&ctx, &mut read.tx, "standard.edit").await?;
    let mut all = store::list(&mut read.tx).await?;
    all.retain(|version| drafts || !version.is_draft());
    let pins = store::pins(&mut read.tx, chosen.id()).await?;
    drop(read);
    let title = t(lang, "standard-versions");
    let mut head = PageHead::new(lang, &title).meta(t(lang, "standard-versions-about"));
    if edits {
        head = head.act(link_button(&t(lang, "standard-import"), "/standard/packs/import", "import", Kind::Plain));
    }
    let body = html! {
        (head)
        (chosen.chooser(lang, &query))
        (table_box("list", table(lang, &chosen, &all, in_force, edits), html! {
            @if all.is_empty() { (empty("doc", &t(lang, "standard-no-versions"), html! {})) }
        }))
        div.mt { (panel(&t(lang, "standard-pins"), html! {}, history(lang, &chosen, &all, &pins))) }
    };
    page(&ctx, Frame::new(title.clone(), crumbs(&ctx, None, &title)), body).await
}

fn table(lang: Lang, chosen: &Chosen, all: &[Version], in_force: Option<Uuid>, edits: bool) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-pack")),
        Column::num(t(lang, "standard-version")),
        Column::text(t(lang, "standard-state")).phone(Phone::Inline).class("nowrap"),
        Column::text(t(lang, "standard-print")).phone(Phone::Inline).class("nowrap"),
        Column::text(t(lang, "standard-origin")).phone(Phone::Inline).class("nowrap"),
        Column::text(t(lang, "standard-last")),
        Column::text(t(lang, "table-actions")).quiet_head().tight(),
    ];
    let rows = all.iter().map(|version| {
        let (when, who) = match (&version.published_at, &version.published_by) {
            (Some(at), Some(by)) => (*at, by),
            _ => (version.saved_at, &version.saved_by),
        };
        let acts: Cell = html! {
            span.flex {
                @if version.is_draft() && edits { (link_button(&t(lang, "standard-edit"), &format!("{}/edit", place(version.id)), "", Kind::Small)) }
                @if !version.is_draft() && edits { (post_button(&t(lang, "standard-copy"), &format!("{}/copy", place(version.id)), &[], Kind::Small)) }
                @if let Some(other) = in_force.filter(|id| *id != version.id) {
                    (link_button(&t(lang, "standard-compare"), &format!("{}/compare?with={other}", place(version.id)), "", Kind::SmallQuiet))
                }
            }
        }
        .into();
        Row::new(vec![
            html! { a.title href=(chosen.link(&place(version.id))) { @if version.name.is_empty() { (version.pack) } @else { (version.name) } } span.sub { (version.pack) } }.into(),
            version.pack_version.to_string().into(),
            marks(lang, version, in_force).into(),
            html! { code { (print(version)) } }.into(),
            t(lang, &format!("standard-origin-{}", version.origin.replace('_', "-"))).into(),
            html! { (format::moment(when)) span.sub { (who) } }.into(),
            acts,
        ])
    });
    html! { (Table::new(lang, t(lang, "standard-versions"), columns).rows(rows)) }
}

/// Since when which version was in force.
fn history(lang: Lang, chosen: &Chosen, all: &[Version], pins: &[store::Pin]) -> Markup {
    let name = |id: &Uuid| {
        all.iter().find(|version| version.id == *id).map_or_else(String::new, |version| title(lang, version))
    };
    html! {
        @if pins.is_empty() { (empty("doc", &t(lang, "standard-no-pins"), html! {})) }
        @else {
            ol.hj-time.pad {
                @for (id, since, who, why) in pins {
                    li {
                        time { (format::moment(*since)) }
                        div { a href=(chosen.link(&place(*id))) { (name(id)) } div.dim.xs { (who) " · " (why) } }
                    }
                }
            }
        }
    }
}
