//! Giving a duty and changing it, with the reason.
//!
//! The rule that matters: one chooses the post, and the unit follows from it; the person is whoever is in the post.

mod choices;
mod ending;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use hejian_kernel::{
    error::{Error, FieldProblem, Message, Result},
    i18n::{format, message},
    ui::{
        Markup,
        buttons::{Kind as Button, submit_button},
        feedback::note,
        form::{Control, Field, error_summary, form_section, hidden, post_form, save_bar},
        head::PageHead,
        html,
        lamp::Tone,
    },
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{
    here::Here,
    lists::{id, part},
    model::{Board, Content, Duty, Part},
    store::Act,
};

use choices::parts;
pub(super) use {
    choices::{indicators, posts},
    ending::{end, end_page, finish, reopen},
};

/// The longest reason and remark.
pub(super) const LONGEST: usize = 500;

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    indicator: String,
    part: String,
    post: String,
    due: String,
    note: String,
    reason: String,
}

impl Typed {
    fn of(form: &Form) -> Self {
        let text = |name: &str| form.text(name).chars().take(LONGEST).collect::<String>();
        Self {
            indicator: text("indicator"),
            part: text("part"),
            post: text("post"),
            due: text("due"),
            note: text("note"),
            reason: text("reason"),
        }
    }
}

fn wrong(field: &str, key: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new(key) }
}

/// A day as typed; nothing is no day.
pub(super) fn day(text: &str) -> Result<Option<NaiveDate>, Message> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Message::new("duty-bad-day").arg("text", text))
}

/// The parts of a duty that a form gives: post with its unit, day, and the reason. `within` is a unit the post must be of.
fn read(
    board: &Board,
    typed: &Typed,
    within: Option<Uuid>,
) -> Result<(Uuid, Uuid, Option<NaiveDate>), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let post = Uuid::try_parse(&typed.post).ok().and_then(|id| board.post(id));
    match post {
        None => problems.push(wrong("post", "duty-post-missing")),
        Some(post) if post.person().is_none() => problems.push(wrong("post", "duty-post-empty")),
        Some(post) if within.is_some_and(|unit| unit != post.unit) => {
            problems.push(wrong("post", "duty-post-elsewhere"))
        }
        Some(_) => {}
    }
    let due = day(&typed.due).map_err(|message| problems.push(FieldProblem { field: "due".to_owned(), message }));
    if typed.reason.is_empty() {
        problems.push(wrong("reason", "duty-reason-missing"));
    }
    match (post, due) {
        (Some(post), Ok(due)) if problems.is_empty() => Ok((post.id, post.unit, due)),
        _ => Err(problems),
    }
}

/// `GET /duty/new`
pub(super) async fn open(ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let asked = |name: &str| here.query.get(name).unwrap_or_default().to_owned();
    let part = if asked("part").is_empty() { "support".to_owned() } else { asked("part") };
    let typed = Typed { indicator: asked("indicator"), part, ..Typed::default() };
    view(&ctx, &here, None, &typed, &[]).await
}

/// `POST /duty/new`
pub(super) async fn give(ctx: Ctx, form: Form) -> Result<Response> {
    let typed = Typed::of(&form);
    let mut work = ctx.work().await?;
    let here = Here::assigning(&ctx, &mut work).await?;
    let mut problems = Vec::new();
    if here.standard.pack.indicator(&typed.indicator).is_none() {
        problems.push(wrong("indicator", "duty-indicator-missing"));
    }
    let part = Part::parse(&typed.part);
    if part.is_none() {
        problems.push(wrong("part", "duty-part-missing"));
    }
    if part == Some(Part::Lead) && here.board.lead(&typed.indicator).is_some() {
        problems.push(wrong("part", "duty-has-lead"));
    }
    let made = read(&here.board, &typed, None).map_err(|more| problems.extend(more));
    if let Ok((post, unit, due)) = made {
        if here.board.at(&typed.indicator, unit).is_some() {
            problems.push(wrong("post", "duty-has-one"));
        } else if let (Some(part), true) = (part, problems.is_empty()) {
            let (post, note) = (Some(post), typed.note.clone());
            let content = Content {
                post,
                due,
                note,
                parent: above(&here, unit, &typed.indicator),
                ..Content::new(&typed.indicator, unit, part)
            };
            let mut act = Act::new(here.campaign, "assign", &typed.reason);
            let line = act.begin(&work, content);
            act.write(&mut work, &here).await?;
            work.commit().await?;
            return Ok(see_other(&here.link(&format!("/duty/lines/{line}"))));
        }
    }
    drop(work);
    let page = view(&ctx, &here, None, &typed, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The share of the subdistrict above a community.
fn above(here: &Here, unit: Uuid, code: &str) -> Option<Uuid> {
    let unit = here.board.unit(unit).filter(|unit| unit.kind == "community")?;
    here.board.at(code, unit.parent?).map(|duty| duty.line)
}

/// The duty that stands in the line of an address.
fn standing<'a>(here: &'a Here, text: &str) -> Result<&'a Duty> {
    here.board.line(id(text)?).ok_or(Error::NotFound { what: "thing-duty" })
}

/// `GET /duty/lines/{id}/change`
pub(super) async fn change(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let duty = standing(&here, &text)?;
    let of = &duty.content;
    let typed = Typed {
        indicator: of.indicator.clone(),
        part: of.part.key().to_owned(),
        post: of.post.map(|post| post.to_string()).unwrap_or_default(),
        due: of.due.map(format::date).unwrap_or_default(),
        note: of.note.clone(),
        reason: String::new(),
    };
    view(&ctx, &here, Some(duty), &typed, &[]).await
}

/// `POST /duty/lines/{id}/change`
pub(super) async fn save(Path(text): Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let typed = Typed::of(&form);
    let mut work = ctx.work().await?;
    let here = Here::assigning(&ctx, &mut work).await?;
    let duty = standing(&here, &text)?;
    let yours = form.number("version", 0);
    if yours != duty.version {
        return Err(Error::Stale { yours, theirs: duty.version });
    }
    // A share stays with its unit; lead and support may go to another.
    let within = (duty.content.part == Part::Carry).then_some(duty.content.unit);
    let (post, unit, due) = match read(&here.board, &typed, within) {
        Ok(read) => read,
        Err(problems) => {
            drop(work);
            let page = view(&ctx, &here, Some(duty), &typed, &problems).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut act = Act::new(here.campaign, "change", &typed.reason);
    if let Some(other) = here.board.at(&duty.content.indicator, unit).filter(|other| other.line != duty.line) {
        // Whoever takes the lead no longer supports.
        act.end(other);
    }
    act.change(&work, duty, Content { unit, post: Some(post), due, note: typed.note.clone(), ..duty.content.clone() });
    act.write(&mut work, &here).await?;
    work.commit().await?;
    Ok(see_other(&here.link(&format!("/duty/lines/{}", duty.line))))
}

async fn view(ctx: &Ctx, here: &Here, duty: Option<&Duty>, typed: &Typed, problems: &[FieldProblem]) -> Result<Markup> {
    let lang = here.lang;
    let title = here.t(if duty.is_some() { "duty-change" } else { "duty-new" });
    let error = |name: &str| problems.iter().find(|p| p.field == name).map(|p| message(lang, &p.message));
    let summary: Vec<(String, String)> =
        problems.iter().map(|p| (p.field.clone(), message(lang, &p.message))).collect();
    let back = match duty {
        Some(duty) => format!("/duty/lines/{}", duty.line),
        None => "/duty".to_owned(),
    };
    let action =
        duty.map_or_else(|| here.link("/duty/new"), |duty| here.link(&format!("/duty/lines/{}/change", duty.line)));
    let what = match duty {
        Some(duty) => html! {
            (Field::new(lang, "what", here.t("duty-indicator"), Control::Shown(html! {
                (part(here, duty.content.part)) " " (duty.content.indicator) " " (here.name(&duty.content.indicator)) " · " (here.board.unit_name(duty.content.unit))
            })).wide(true))
            (hidden("version", &duty.version.to_string()))
        },
        None => html! {
            (Field::new(lang, "indicator", here.t("duty-indicator"), Control::Select(indicators(here), typed.indicator.clone())).required(true).error(error("indicator")))
            (Field::new(lang, "part", here.t("duty-part"), Control::Radio(parts(here), typed.part.clone())).required(true).error(error("part")))
        },
    };
    let within = duty.filter(|duty| duty.content.part == Part::Carry).map(|duty| duty.content.unit);
    let body = html! {
        (PageHead::new(lang, &title))
        @if !here.assigns { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
        @else {
            (error_summary(lang, &summary))
            (post_form(&action, false, html! {
                (form_section(&title, html! {}, html! {
                    (what)
                    (Field::new(lang, "post", here.t("duty-post"), Control::Select(posts(here, within), typed.post.clone())).required(true).help(here.t("duty-post-help")).error(error("post")))
                    (Field::new(lang, "due", here.t("duty-due"), Control::Date(typed.due.clone())).placeholder("2009-06-30").error(error("due")))
                    (Field::new(lang, "note", here.t("duty-note"), Control::Text(typed.note.clone())).max_length(200).wide(true))
                    (Field::new(lang, "reason", here.t("duty-reason"), Control::TextArea(typed.reason.clone(), 2)).required(true).help(here.t("duty-reason-help")).error(error("reason")).wide(true))
                }))
                (save_bar(submit_button(&here.t(if duty.is_some() { "duty-save" } else { "duty-give" }), Button::Primary), &here.t("duty-save-next"), Some((&here.link(&back), &here.t("duty-back")))))
            }))
        }
    };
    here.page(ctx, &title, false, body).await
}
