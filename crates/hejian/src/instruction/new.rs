//! `/instructions/new?about=…`: writing an instruction on what a page is about.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use hejian_kernel::{
    access::Seat,
    error::{Error, FieldProblem, Message, Result},
    i18n::{self, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        form::{Control, Field, error_summary, hidden, post_form},
        head::{PageHead, panel_pad},
        html,
        query::Query,
        seats,
        shell::Crumb,
    },
    web::{Ctx, Form, Subject, see_other, subject},
};
use uuid::Uuid;

use super::keeping::{self, Given};

/// What was typed.
#[derive(Default)]
struct Typed {
    words: String,
    due_on: String,
    posts: Vec<String>,
}

/// The form.
pub(super) async fn form(ctx: Ctx) -> Result<Markup> {
    let query = Query::parse(&ctx.place);
    let about = subject(&ctx, query.get("about").unwrap_or_default()).await?;
    draw(&ctx, &about, &Typed::default(), &[]).await
}

async fn draw(ctx: &Ctx, about: &Subject, typed: &Typed, problems: &[FieldProblem]) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let actor = read.actor.clone();
    let seats = keeping::addressees(&mut read.tx, ctx.app.roles, &actor, about, today).await?;
    drop(read);
    let lang = ctx.lang;
    let errors: Vec<(String, String)> =
        problems.iter().map(|p| (p.field.clone(), i18n::message(lang, &p.message))).collect();
    let error = |field: &str| errors.iter().find(|(f, _)| f == field).map(|(_, words)| words.clone());
    let body = html! {
        (PageHead::new(lang, t(lang, "instruction-give")).meta(ta(lang, "instruction-on", &[("title", about.title.clone().into())])))
        (error_summary(lang, &errors))
        (panel_pad(&t(lang, "instruction"), html! {}, post_form("/instructions", false, html! {
            (hidden("about", &about.key))
            (Field::new(lang, "words", t(lang, "instruction-words"), Control::TextArea(typed.words.clone(), 4))
                .required(true).max_length(1000).wide(true).error(error("words")))
            (Field::new(lang, "due_on", t(lang, "instruction-due"), Control::Date(typed.due_on.clone()))
                .required(true).placeholder(today.to_string()).error(error("due_on")))
            (posts(ctx, &seats, typed, error("post")))
            div.hj-acts.start {
                (submit_button(&t(lang, "instruction-send"), Kind::Primary))
                (link_button(&t(lang, "instruction-back"), &about.href, "", Kind::Plain))
            }
        })))
    };
    let crumbs = vec![Crumb::to(ctx.t("nav-instructions"), "/instructions"), Crumb::here(ctx.t("instruction-give"))];
    framed(ctx, Frame::new(ctx.t("instruction-give"), crumbs), body).await
}

fn posts(ctx: &Ctx, seats: &[Seat], typed: &Typed, error: Option<String>) -> Markup {
    let lang = ctx.lang;
    let label = t(lang, "instruction-to");
    let shown = if seats.is_empty() {
        html! { p.dim.sm { (t(lang, "instruction-no-addressees")) } }
    } else {
        seats::checks(&label, "post", seats, &typed.posts)
    };
    html! { (Field::new(lang, "post", label, Control::Shown(shown)).required(true).wide(true).error(error)) }
}

/// Takes the form.
pub(super) async fn save(ctx: Ctx, form: Form) -> Result<Response> {
    let about = subject(&ctx, form.text("about")).await?;
    let typed = Typed {
        words: form.text("words").to_owned(),
        due_on: form.text("due_on").to_owned(),
        posts: form.all("post").map(str::to_owned).collect(),
    };
    let mut problems = Vec::new();
    let due_on = typed.due_on.parse::<NaiveDate>().ok();
    if due_on.is_none() {
        let key = if typed.due_on.is_empty() { "field-required" } else { "instruction-due-wrong" };
        problems.push(FieldProblem { field: "due_on".to_owned(), message: Message::new(key) });
    }
    let given = Given {
        words: typed.words.clone(),
        due_on: due_on.unwrap_or_default(),
        posts: typed.posts.iter().filter_map(|post| post.parse::<Uuid>().ok()).collect(),
    };
    let mut work = ctx.work().await?;
    match keeping::give(&mut work, &about, &given).await {
        Ok(id) if problems.is_empty() => {
            work.commit().await?;
            return Ok(see_other(&format!("/instructions/{id}?done=give")));
        }
        Ok(_) => {}
        Err(Error::Invalid(found)) => {
            // A day that could not be read has been named already.
            problems.extend(found.into_iter().filter(|p| p.field != "due_on" || due_on.is_some()));
        }
        Err(error) => return Err(error),
    }
    drop(work);
    let page = draw(&ctx, &about, &typed, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
