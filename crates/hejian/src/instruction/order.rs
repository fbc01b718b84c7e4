//! One post's part of an instruction: how it looks, and what is done with it.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, format, t},
    ui::{
        Markup,
        lamp::{LampKind, Tone, lamp, tag},
    },
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{LIFECYCLE, keeping, model::Order};
use crate::todo::Day;

/// The lamp: by the day while an answer is due, blue while it waits to be closed.
pub(super) fn mark(lang: Lang, day: Day, o: &Order) -> Markup {
    match o.state.as_str() {
        "given" => {
            let state = day.lamp(Some(o.due_on));
            lamp(state.kind(), &t(lang, &format!("todo-lamp-{}", state.key())))
        }
        "replied" => lamp(LampKind::Blue, &t(lang, "instruction-lamp-replied")),
        "closed" => lamp(LampKind::Green, &t(lang, "instruction-lamp-closed")),
        _ => lamp(LampKind::Grey, &t(lang, "instruction-lamp-cancelled")),
    }
}

/// 剩 3 个工作日 while an answer is due; otherwise when it was answered or settled.
pub(super) fn day_of(lang: Lang, day: Day, o: &Order) -> String {
    match (o.state.as_str(), o.replied_at, o.closed_at) {
        ("given", ..) => day.words(lang, o.due_on),
        ("replied", Some(at), _) | (_, _, Some(at)) => format::moment_near(at, day.today),
        _ => String::new(),
    }
}

/// The state in a word.
pub(super) fn state_tag(lang: Lang, o: &Order) -> Markup {
    let tones = [Tone::Green, Tone::Yellow, Tone::Blue, Tone::Line];
    let tone = LIFECYCLE.state(&o.state).map_or("", |s| s.tone);
    let tone = tones.into_iter().find(|t| t.class() == tone).unwrap_or_default();
    tag(tone, &t(lang, &LIFECYCLE.state_label(&o.state)))
}

/// `POST /instructions/orders/{id}/{act}`
pub(super) async fn act(ctx: Ctx, Path((id, act)): Path<(String, String)>, form: Form) -> Result<Response> {
    let id = Uuid::try_parse(&id).map_err(|_| Error::NotFound { what: "thing-instruction" })?;
    let mut work = ctx.work().await?;
    let (version, words, link) = (form.number("version", 0), form.text("words"), form.text("link"));
    let instruction = keeping::act(&mut work, id, version, &act, words, link).await?;
    work.commit().await?;
    Ok(see_other(&format!("/instructions/{instruction}?done=act")))
}
