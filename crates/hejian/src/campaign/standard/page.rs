//! The page of the standard in force: what it is and how sure its figures are, its areas, and the tree with search and filters.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button, print_button},
        feedback::{empty, note},
        head::{PageHead, panel_foot},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        tiles::{Tile, tiles},
    },
    web::{Ctx, see_other},
};

pub use super::find::{asks, is_built, lead_choices, who_choices};
use super::{
    Leads, Standard,
    find::Find,
    pinned,
    tree::{self, Tree},
};
use crate::campaign::record::Chosen;

/// An indicator opens on its own page, where its score stands beside its definition.
pub(super) async fn one(Path(code): Path<String>, ctx: Ctx) -> Result<Response> {
    let mut read = ctx.read().await?;
    let chosen = Chosen::read(&mut read.tx, &Query::parse(&ctx.place)).await?;
    let standard = pinned::in_force(&mut read.tx, chosen.id(), ctx.app.clock.today()).await?;
    let indicator = standard.pack.indicator(&code).ok_or(Error::NotFound { what: "thing-indicator" })?;
    Ok(see_other(&chosen.link(&format!("/score/{}#definition", indicator.code))))
}

/// `GET /standard`
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let mut read = ctx.read().await?;
    let today = read.today();
    let query = Query::parse(&ctx.place);
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let standard = pinned::in_force(&mut read.tx, chosen.id(), today).await?;
    let leads = Leads::read(&mut read.tx).await?;
    drop(read);
    let tree =
        Tree { find: Find { standard: &standard, leads: &leads, lang, query: &query }, scored: true, edit: None };
    let title = t(lang, "nav-standard");
    let body = html! {
        (PageHead::new(lang, &title).mark(mark_of(&standard, lang))
            .meta(standard.pack.standard.name_zh.clone())
            .act(print_button(&t(lang, "score-print")))
            .act(link_button(&t(lang, "standard-versions"), &chosen.link("/standard/packs"), "", Kind::Plain)))
        (chosen.chooser(lang, &query))
        (provenance(&standard, lang))
        (contents(&tree))
    };
    page(&ctx, Frame::new(title.clone(), vec![Crumb::here(title)]), body).await
}

/// Areas, filters and the tree.
pub(super) fn contents(tree: &Tree<'_>) -> Markup {
    let (standard, lang, query) = (tree.find.standard, tree.find.lang, tree.find.query);
    let found = tree.find.found();
    let shown = ta(lang, "standard-shown", &[("n", found.len().into()), ("of", standard.pack.indicators.len().into())]);
    html! {
        div.mt { (areas(standard, lang, query)) }
        (tree.find.bar())
        div id="list" {
            @if found.is_empty() {
                section.hj-panel { (empty("filter", &t(lang, "standard-none"), link_button(&t(lang, "filter-clear"), query.path(), "", Kind::Plain))) }
            } @else {
                (panel_foot(&shown, tree::buttons(lang), html! { div.pad { (tree.of(&found)) } }, html! { (foot(standard, lang)) }))
            }
        }
    }
}

/// Pack, version and fingerprint.
pub fn foot(standard: &Standard, lang: Lang) -> String {
    let pack = &standard.pack.standard;
    let print: String = standard.fingerprint.chars().take(12).collect();
    let args = [("pack", pack.id.clone().into()), ("version", pack.version.into()), ("print", print.into())];
    ta(lang, "standard-foot", &args)
}

/// What kind of text the standard is: made up, or reconstructed.
#[must_use]
pub fn mark_of(standard: &Standard, lang: Lang) -> Markup {
    let key = if is_synthetic(standard) { "standard-mark-synthetic" } else { "standard-reconstructed" };
    tag(Tone::Yellow, &t(lang, key))
}

/// Whether the pack itself says that it was made up.
pub(super) fn is_synthetic(standard: &Standard) -> bool {
    let status = standard.pack.standard.status.as_deref();
    status.is_some_and(|status| status.to_uppercase().contains("SYNTHETIC"))
}

/// 重构，非原文: what is found and what is inferred.
pub fn provenance(standard: &Standard, lang: Lang) -> Markup {
    let of = &standard.pack.standard;
    let words = |key: &str, own: &Option<String>| standard.words(lang, "note", key, own.as_deref().unwrap_or_default());
    note(
        Tone::Yellow,
        html! {
            b { (t(lang, if is_synthetic(standard) { "standard-made-up" } else { "standard-not-original" })) }
            @if let Some(number) = &of.document_no { " " (ta(lang, "standard-document", &[("number", number.clone().into())])) }
            @if of.what_is_found.is_some() { br; (t(lang, "standard-found")) (words("found", &of.what_is_found)) }
            @if of.what_is_inferred.is_some() { br; (t(lang, "standard-inferred")) (words("inferred", &of.what_is_inferred)) }
        },
        html! {},
    )
}

fn areas(standard: &Standard, lang: Lang, query: &Query) -> Markup {
    let of = |area: &hejian_scoring::pack::Area| {
        let current = query.get("area") == Some(&area.code);
        let to = if current { query.without("area") } else { query.with("area", area.code.clone()) };
        Tile::new(format!("{} {}", area.code, standard.area(lang, area)), area.points.to_string())
            .unit(t(lang, "standard-points-unit"))
            .against(ta(lang, "standard-items", &[("n", area.indicators.into())]))
            .href(to.href())
            .current(current)
    };
    tiles(&standard.pack.areas.iter().map(of).collect::<Vec<_>>())
}
