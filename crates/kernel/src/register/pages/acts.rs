//! The lifecycle on a record's page: its state, and the acts open to the reader with what stands in the way of each.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use super::{At, detail, record_id, words::Words};
use crate::{
    error::{Error, Result},
    i18n::{self, ta},
    lifecycle::{self, Possible, Requirement},
    pages,
    register::{Record, RegisterDef, store},
    ui::{
        Markup,
        buttons::{Kind, disabled_button, link_button, post_button},
        conflict::{Confirm, confirm},
        controls::Choice,
        html,
        lamp::{Tone, tag},
        shell::Crumb,
    },
    web::{Ctx, Form, see_other},
};

/// A state in words; empty when the register has no lifecycle.
pub(super) fn state_word(w: &Words, state: &str) -> String {
    let Some(lifecycle) = w.def.lifecycle.filter(|_| !state.is_empty()) else { return String::new() };
    let key = lifecycle.state_label(state);
    // A state that an older lifecycle knew still has to be shown.
    if i18n::has(w.lang, &key) { w.t(&key) } else { state.to_owned() }
}

/// A state as a mark.
pub(super) fn state_mark(w: &Words, state: &str) -> Markup {
    let word = state_word(w, state);
    let tone = w.def.lifecycle.and_then(|l| l.state(state)).map_or("", |s| s.tone);
    let all = [Tone::Green, Tone::Yellow, Tone::Red, Tone::Blue, Tone::Accent, Tone::Line];
    let tone = all.into_iter().find(|t| t.class() == tone).unwrap_or_default();
    html! { @if !word.is_empty() { (tag(tone, &word)) } }
}

/// The states to filter by.
pub(super) fn state_choices(w: &Words) -> Vec<Choice> {
    let states = w.def.lifecycle.map_or(&[][..], |l| l.states);
    states.iter().map(|s| Choice::new(s.key, state_word(w, s.key))).collect()
}

/// The acts as buttons.
pub(super) fn buttons(w: &Words, record: &Record, acts: &[Possible]) -> Markup {
    let (at, id) = (At(w.def), record.meta.id);
    let version = record.meta.version.to_string();
    html! {
        @for act in acts {
            @let key = act.transition.key;
            @let label = label(w, key);
            @if let Some(refusal) = &act.refusal {
                (disabled_button(&label, &i18n::message(w.lang, refusal)))
            } @else if act.transition.requires.contains(&Requirement::Reason) {
                (link_button(&label, &at.below(id, &format!("act/{key}")), "", Kind::Plain))
            } @else {
                (post_button(&label, &at.below(id, &format!("act/{key}")), &[("version", &version)],
                    if act.transition.forward { Kind::Primary } else { Kind::Plain }))
            }
        }
    }
}

fn label(w: &Words, transition: &str) -> String {
    let key = w.def.lifecycle.map_or_else(String::new, |l| l.transition_label(transition));
    if i18n::has(w.lang, &key) { w.t(&key) } else { transition.to_owned() }
}

/// `GET /registers/{key}/{id}/act/{transition}`: asks for the reason.
pub(super) async fn ask(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path((id, transition)): Path<(String, String)>,
) -> Result<Response> {
    let seen = ctx.actor.scoped(def.permissions.read, record_id(&id)?)?;
    let mut read = ctx.read().await?;
    let record = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    drop(read);
    question(def, &ctx, &record, record.meta.version, &transition, "", None).await
}

/// `POST /registers/{key}/{id}/act/{transition}`
pub(super) async fn act(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path((id, transition)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let id = record_id(&id)?;
    let (version, reason) = (form.number("version", 0), form.text("reason"));
    let mut work = ctx.work().await?;
    match lifecycle::act(&mut work, def, id, version, &transition, reason).await {
        Ok(_) => {
            work.commit().await?;
            Ok(see_other(&format!("{}?saved=act", At(def).one(id))))
        }
        Err(Error::Refused(message)) if message.key == "lifecycle-needs-reason" => {
            let seen = ctx.actor.scoped(def.permissions.read, id)?;
            let record = store::get(&mut work.tx, &work.keys, def, &seen).await?;
            drop(work);
            let words = i18n::message(ctx.lang, &message);
            question(def, &ctx, &record, version, &transition, reason, Some(&words)).await
        }
        Err(error) => Err(error),
    }
}

async fn question(
    def: &'static RegisterDef,
    ctx: &Ctx,
    record: &Record,
    version: i64,
    transition: &str,
    reason: &str,
    error: Option<&str>,
) -> Result<Response> {
    let missing = Error::NotFound { what: "thing-page" };
    let found = def.lifecycle.and_then(|l| l.transition(transition)).ok_or(missing)?;
    let (w, at, id) = (Words { lang: ctx.lang, def }, At(def), record.meta.id);
    let (verb, name) = (label(&w, found.key), detail::title(&w, record));
    let title = ta(w.lang, "register-act-title", &[("act", verb.clone().into()), ("title", name.clone().into())]);
    let words = [("from", state_word(&w, &record.meta.state).into()), ("to", state_word(&w, found.to).into())];
    let body = confirm(&Confirm {
        lang: w.lang,
        title: &title,
        consequence: html! { p { (ta(w.lang, "register-act-consequence", &words)) } },
        action: &at.below(id, &format!("act/{}", found.key)),
        hidden: &[("version", &version.to_string())],
        verb: &verb,
        danger: !found.forward,
        reason,
        error,
        cancel: &at.one(id),
    });
    let crumbs = vec![Crumb::to(w.title(), at.list()), Crumb::to(name, at.one(id)), Crumb::here(verb)];
    let page = pages::page(ctx, pages::Frame::new(title, crumbs), body).await?;
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}
