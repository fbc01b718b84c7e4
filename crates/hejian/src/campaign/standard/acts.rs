//! What is done with a version as a whole: copied to a new draft, published, thrown away. Each of the last two in a second step
//! that says what will happen and asks why.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Message, Result},
    i18n::{message, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        conflict::{Confirm, confirm},
        feedback::note,
        head::PageHead,
        html,
        lamp::Tone,
    },
    web::{Ctx, Form, see_other},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    compare, guard, keeping,
    pack::Texts,
    packs::{LIST, crumbs, marks, place, title},
    pinned,
    store::{self, Head, Version},
    yaml,
};

/// The longest reason.
const REASON: usize = 500;

/// `POST /standard/packs/{id}/copy`: a new draft with the next free version.
pub(super) async fn copy(id: Path<String>, ctx: Ctx) -> Result<Response> {
    let id = guard::id(&id)?;
    let mut read = ctx.read().await?;
    guard::need(&ctx, &mut read.tx, "standard.edit").await?;
    let from = store::one(&mut read.tx, id).await?;
    let mut texts = store::texts(&mut read.tx, id).await?;
    let next = store::highest(&mut read.tx, &from.pack).await?.max(from.pack_version) + 1;
    drop(read);
    texts.standard = yaml::set(&yaml::set(&texts.standard, "version", &next.to_string()), "state", "draft");
    // What led to the version copied does not lead to the next.
    texts.migration.clear();
    let head = keeping::head(&texts, &pinned::read(texts.clone()).await?.as_ref());
    let mut work = ctx.work().await?;
    let new = keeping::draft(&mut work, "copied", &head, &texts, json!({ "from": from.fingerprint })).await?;
    work.commit().await?;
    Ok(see_other(&format!("{}/edit", place(new))))
}

/// A draft as it would be published.
struct Ready {
    version: Version,
    texts: Texts,
    head: Head,
    /// Why it may not be published.
    refused: Option<Message>,
}

async fn ready(ctx: &Ctx, id: Uuid) -> Result<Ready> {
    let mut read = ctx.read().await?;
    guard::need(ctx, &mut read.tx, "standard.publish").await?;
    let version = store::one(&mut read.tx, id).await?;
    if !version.is_draft() {
        return Err(Error::Refused(Message::new("standard-frozen")));
    }
    let mut texts = store::texts(&mut read.tx, id).await?;
    texts.standard = yaml::set(&texts.standard, "state", "published");
    let head = keeping::head(&texts, &pinned::read(texts.clone()).await?.as_ref());
    let refused = match head.fingerprint {
        None => Some(Message::new("standard-has-faults").arg("n", head.faults)),
        Some(_) => keeping::taken(&mut read.tx, &head).await?,
    };
    Ok(Ready { version, texts, head, refused })
}

/// `GET /standard/packs/{id}/publish`
pub(super) async fn publish_page(id: Path<String>, ctx: Ctx) -> Result<Markup> {
    let ready = ready(&ctx, guard::id(&id)?).await?;
    asks_to_publish(&ctx, &ready, None, "").await
}

/// `POST /standard/packs/{id}/publish`
pub(super) async fn publish(id: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let id = guard::id(&id)?;
    let ready = ready(&ctx, id).await?;
    let reason: String = form.text("reason").chars().take(REASON).collect();
    if ready.refused.is_some() || reason.is_empty() {
        let says = reason.is_empty().then(|| ctx.t("standard-reason-missing"));
        let page = asks_to_publish(&ctx, &ready, says.as_deref(), &reason).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut work = ctx.work().await?;
    let read = form.number("version", 0);
    keeping::publish(&mut work, id, read, &ready.head, &ready.texts, &reason).await?;
    work.commit().await?;
    Ok(see_other(&format!("{}?published=1", place(id))))
}

async fn asks_to_publish(ctx: &Ctx, ready: &Ready, error: Option<&str>, reason: &str) -> Result<Markup> {
    let (lang, version) = (ctx.lang, &ready.version);
    let name = title(lang, version);
    let here = place(version.id);
    let heading = ta(lang, "standard-publish-title", &[("title", name.clone().into())]);
    let what = if ready.refused.is_none() {
        before(ctx, ready).await?
    } else {
        html! {}
    };
    let body = html! {
        (PageHead::new(lang, &name).mark(marks(lang, version, None)))
        @match &ready.refused {
            Some(why) => (note(Tone::Red, html! { b { (t(lang, "standard-publish-refused")) } " " (message(lang, why)) },
                link_button(&t(lang, "standard-edit"), &format!("{here}/edit"), "", Kind::Small))),
            None => (confirm(&Confirm {
                lang,
                title: &heading,
                consequence: html! { p { (t(lang, "standard-publish-what")) } (what) },
                action: &format!("{here}/publish"),
                hidden: &[("version", &version.row_version.to_string())],
                verb: &t(lang, "standard-publish"),
                danger: false,
                reason,
                error,
                cancel: &here,
            })),
        }
    };
    page(ctx, Frame::new(heading, crumbs(ctx, Some(version), &t(lang, "standard-publish"))), body).await
}

/// What it changes against the highest published version of the same pack.
async fn before(ctx: &Ctx, ready: &Ready) -> Result<Markup> {
    let lang = ctx.lang;
    let mut read = ctx.read().await?;
    let highest = store::highest(&mut read.tx, &ready.head.pack).await?;
    let Some((old, Some(print))) = store::published(&mut read.tx, &ready.head.pack, highest).await? else {
        return Ok(html! { p { (t(lang, "standard-publish-first")) } });
    };
    let old_standard = pinned::published(&mut read.tx, old, print).await?;
    drop(read);
    let Ok(new) = pinned::read(ready.texts.clone()).await? else { return Ok(html! {}) };
    let diff = compare::between(&old_standard.pack, &new.pack);
    let to = format!("{}/compare?with={old}", place(ready.version.id));
    let against = ta(lang, "standard-publish-against", &[("version", highest.to_string().into())]);
    Ok(html! { p { (against) " " (compare::in_short(lang, &diff)) " " a href=(to) { (t(lang, "standard-compare")) } } })
}

/// `GET /standard/packs/{id}/discard`
pub(super) async fn discard_page(id: Path<String>, ctx: Ctx) -> Result<Markup> {
    let version = to_discard(&ctx, guard::id(&id)?).await?;
    asks_to_discard(&ctx, &version, None).await
}

/// `POST /standard/packs/{id}/discard`
pub(super) async fn discard(id: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let version = to_discard(&ctx, guard::id(&id)?).await?;
    let reason: String = form.text("reason").chars().take(REASON).collect();
    if reason.is_empty() {
        let page = asks_to_discard(&ctx, &version, Some(&ctx.t("standard-reason-missing"))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut work = ctx.work().await?;
    keeping::discard(&mut work, &version, form.number("version", 0), &reason).await?;
    work.commit().await?;
    Ok(see_other(LIST))
}

async fn to_discard(ctx: &Ctx, id: Uuid) -> Result<Version> {
    let mut read = ctx.read().await?;
    guard::need(ctx, &mut read.tx, "standard.edit").await?;
    let version = store::one(&mut read.tx, id).await?;
    if version.is_draft() { Ok(version) } else { Err(Error::Refused(Message::new("standard-frozen"))) }
}

async fn asks_to_discard(ctx: &Ctx, version: &Version, error: Option<&str>) -> Result<Markup> {
    let lang = ctx.lang;
    let name = title(lang, version);
    let here = place(version.id);
    let heading = ta(lang, "standard-discard-title", &[("title", name.clone().into())]);
    let body = html! {
        (PageHead::new(lang, &name).mark(marks(lang, version, None)))
        (confirm(&Confirm {
            lang,
            title: &heading,
            consequence: html! { p { (t(lang, "standard-discard-what")) } },
            action: &format!("{here}/discard"),
            hidden: &[("version", &version.row_version.to_string())],
            verb: &t(lang, "standard-discard"),
            danger: true,
            reason: "",
            error,
            cancel: &here,
        }))
    };
    page(ctx, Frame::new(heading, crumbs(ctx, Some(version), &t(lang, "standard-discard"))), body).await
}
