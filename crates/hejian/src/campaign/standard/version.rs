//! One version: what it is, what can be done with it, its files, and its tree; of a draft with faults, the faults.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button, print_button},
        detail::definitions,
        head::{PageHead, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
    },
    web::Ctx,
};
use hejian_scoring::pack::PackErrors;
use uuid::Uuid;

use super::{
    Leads, book,
    find::Find,
    guard,
    pack::{FILES, Texts},
    packs::{crumbs, marks, place, title},
    page::{contents, is_synthetic},
    pinned, problems,
    store::{self, Version},
    tree::Tree,
};
use crate::campaign::record::{Chosen, carry};

/// What the reader may do.
struct May {
    edit: bool,
    publish: bool,
    pin: bool,
}

/// `GET /standard/packs/{id}`
pub(super) async fn show(id: Path<String>, ctx: Ctx) -> Result<Markup> {
    let id = guard::id(&id)?;
    let mut read = ctx.read().await?;
    let now = read.now;
    let version = guard::seen(&ctx, &mut read.tx, id).await?;
    let query = Query::parse(&ctx.place);
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let in_force = store::pinned(&mut read.tx, chosen.id(), now).await?.map(|(id, ..)| id);
    let may = May {
        edit: guard::may(&ctx, &mut read.tx, "standard.edit").await?,
        publish: guard::may(&ctx, &mut read.tx, "standard.publish").await?,
        pin: guard::may(&ctx, &mut read.tx, "standard.pin").await?,
    };
    let texts = store::texts(&mut read.tx, id).await?;
    let leads = Leads::read(&mut read.tx).await?;
    drop(read);
    let found = pinned::read(texts.clone()).await?;
    let lang = ctx.lang;
    let name = title(lang, &version);
    let edit = (version.is_draft() && may.edit).then(|| format!("{}/indicators", place(id)));
    let mut head = PageHead::new(lang, &name)
        .mark(marks(lang, &version, in_force))
        .meta(if lang == hejian_kernel::i18n::Lang::En { version.name.clone() } else { version.pack.clone() });
    if found.as_ref().is_ok_and(is_synthetic) {
        head = head.mark(tag(Tone::Yellow, &t(lang, "standard-mark-synthetic")));
    }
    for act in acts(&ctx, &version, in_force, &may) {
        head = head.act(act);
    }
    let body = html! {
        (head)
        (chosen.chooser(lang, &query))
        (panel_pad(&t(lang, "standard-about"), html! {}, about(&ctx, &version, &texts)))
        @match &found {
            Ok(standard) => {
                @let find = Find { standard, leads: &leads, lang, query: &query };
                (contents(&Tree { find, scored: in_force == Some(id), edit }))
            }
            Err(errors) => (faults(&ctx, &version, errors, &texts))
        }
    };
    page(&ctx, Frame::new(name.clone(), crumbs_of(&ctx, &version)), body).await
}

fn crumbs_of(ctx: &Ctx, version: &Version) -> Vec<hejian_kernel::ui::shell::Crumb> {
    let mut crumbs = crumbs(ctx, Some(version), "");
    crumbs.truncate(2);
    crumbs.push(hejian_kernel::ui::shell::Crumb::here(title(ctx.lang, version)));
    crumbs
}

/// What may be done next, the main act last.
fn acts(ctx: &Ctx, version: &Version, in_force: Option<Uuid>, may: &May) -> Vec<Markup> {
    let (lang, here, query) = (ctx.lang, place(version.id), Query::parse(&ctx.place));
    let to_page = |to: &str| carry(&query, &format!("{here}/{to}"));
    let link = |key: &str, to: &str, kind| link_button(&t(lang, key), &to_page(to), "", kind);
    let mut acts = vec![print_button(&t(lang, "score-print"))];
    if let Some(other) = in_force.filter(|id| *id != version.id) {
        acts.push(link("standard-compare", &format!("compare?with={other}"), Kind::Plain));
        if version.fingerprint.is_some() {
            acts.push(link("standard-dry-run", "dry-run", Kind::Plain));
        }
    }
    if version.is_draft() {
        if may.edit {
            acts.push(link("standard-discard", "discard", Kind::Plain));
            acts.push(link("standard-edit", "edit", if may.publish { Kind::Plain } else { Kind::Primary }));
        }
        if may.publish {
            acts.push(link("standard-publish", "publish", Kind::Primary));
        }
    } else {
        if may.edit {
            acts.push(post_button(&t(lang, "standard-copy"), &format!("{here}/copy"), &[], Kind::Plain));
        }
        if may.pin && in_force != Some(version.id) {
            acts.push(link("standard-pin", "pin", Kind::Primary));
        }
    }
    acts
}

fn about(ctx: &Ctx, version: &Version, texts: &Texts) -> Markup {
    let lang = ctx.lang;
    let at = |when, who: &str| html! { (format::moment(when)) span.dim { "　" (who) } };
    let files: Vec<(&str, usize)> = FILES
        .into_iter()
        .filter_map(|file| Some((file, texts.file(file)?.len())))
        .filter(|(_, size)| *size > 0)
        .collect();
    let labels = [
        "standard-pack-id",
        "standard-origin",
        "standard-made",
        "standard-last",
        "standard-published",
        "standard-print",
        "standard-files",
    ]
    .map(|key| t(lang, key));
    let mut items = vec![
        (
            labels[0].as_str(),
            html! { code { (version.pack) } "　" (ta(lang, "standard-version-n", &[("version", version.pack_version.to_string().into())])) },
        ),
        (labels[1].as_str(), html! { (t(lang, &format!("standard-origin-{}", version.origin.replace('_', "-")))) }),
        (labels[2].as_str(), at(version.made_at, &version.made_by)),
        (labels[3].as_str(), at(version.saved_at, &version.saved_by)),
    ];
    if let (Some(when), Some(who)) = (version.published_at, &version.published_by) {
        items.push((labels[4].as_str(), at(when, who)));
    }
    items.push((labels[5].as_str(), html! { code.wrap { (format::or_dash(version.fingerprint.clone())) } }));
    items.push((
        labels[6].as_str(),
        html! {
            span.flex.flex-w {
                @for (file, size) in &files { a href=(format!("{}/file/{file}", place(version.id))) download { (file) " " span.dim.xs { (format::bytes(*size as u64)) } } }
                @if version.fingerprint.is_some() {
                    a href=(format!("{}/file/{}", place(version.id), book::FILE)) download { (t(lang, "standard-book")) }
                }
            }
        },
    ));
    definitions(&items)
}

fn faults(ctx: &Ctx, version: &Version, errors: &PackErrors, texts: &Texts) -> Markup {
    let edit = format!("{}/edit", place(version.id));
    panel_pad(&ctx.t("standard-check"), html! {}, problems::list(ctx.lang, Some(errors), texts, &edit, ""))
}

/// `GET /standard/packs/{id}/file/{name}`: a file of the pack as it is, or all of it as a workbook.
pub(super) async fn file(Path((id, name)): Path<(String, String)>, ctx: Ctx) -> Result<Response> {
    let id = guard::id(&Path(id))?;
    let mut read = ctx.read().await?;
    let version = guard::seen(&ctx, &mut read.tx, id).await?;
    let texts = store::texts(&mut read.tx, id).await?;
    drop(read);
    if name == book::FILE {
        return book::send(&version, texts).await;
    }
    let text = texts.file(&name).ok_or(Error::NotFound { what: "thing-file" })?.to_owned();
    let kind = if name.ends_with(".tsv") {
        "text/tab-separated-values; charset=utf-8"
    } else {
        "application/yaml; charset=utf-8"
    };
    attached(text.into_bytes(), kind, &name)
}

/// An answer that a browser saves as a file.
pub(super) fn attached(bytes: Vec<u8>, kind: &'static str, name: &str) -> Result<Response> {
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let says = format!("attachment; filename=\"{name}\"");
    headers
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&says).map_err(|e| Error::Internal(e.to_string()))?);
    Ok(answer)
}
