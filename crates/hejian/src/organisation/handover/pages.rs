//! The form of a hand-over: who leaves when, who follows from when, and what moves along.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    access::Part,
    error::{FieldProblem, Result},
    i18n::{format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        controls::{Choice, Control},
        feedback::note,
        form::{Field, error_summary, form_section, hidden, post_form, required_note, save_bar},
        head::PageHead,
        html,
        lamp::Tone,
        shell::Crumb,
    },
    web::{Ctx, Form, see_other},
};

use super::{
    super::{pages::way, store::posts::Term, words},
    act::{Successor, Wish, hand_over},
    form::{About, about, day, managed, problems, required, summary, wrong},
};

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    ends_on: String,
    from: String,
    who: String,
    person: String,
    new_name: String,
}

/// `GET /organisation/posts/{id}/handover`
pub(in crate::organisation) async fn form(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    let about = about(&ctx, &managed(&ctx, &text)?).await?;
    let today = format::date(about.today);
    let typed = Typed { ends_on: today.clone(), from: today, who: "known".to_owned(), ..Typed::default() };
    Ok(view(&ctx, &about, &typed, &[]).await?.into_response())
}

/// `POST /organisation/posts/{id}/handover`
pub(in crate::organisation) async fn save(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    let post = managed(&ctx, &text)?;
    let typed = Typed {
        ends_on: form.text("ends_on").to_owned(),
        from: form.text("from").to_owned(),
        who: form.text("who").to_owned(),
        person: form.text("person").to_owned(),
        new_name: form.text("new_name").to_owned(),
    };
    let wrong = match wish(&form) {
        Err(problems) => problems,
        Ok(wish) => {
            let mut work = ctx.work().await?;
            match hand_over(&mut work, &post, &wish).await {
                Ok(moved) => {
                    work.commit().await?;
                    return Ok(see_other(&format!("/organisation/posts/{}?done=handover&n={moved}", post.query())));
                }
                Err(error) => problems(error)?,
            }
        }
    };
    let about = about(&ctx, &post).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&ctx, &about, &typed, &wrong).await?).into_response())
}

/// The form as a wish.
fn wish(form: &Form) -> Result<Wish, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let mut needed = |name: &str, here: bool| match day(form, name) {
        Ok(Some(day)) => Some(day),
        Ok(None) if here => {
            wrong.push(required(name));
            None
        }
        Ok(None) => None,
        Err(problem) => {
            wrong.push(problem);
            None
        }
    };
    let leaving = form.text("term").parse().ok();
    let vacant = form.text("who") == "nobody";
    let ends_on = needed("ends_on", leaving.is_some());
    let from = needed("from", !vacant);
    let successor = match form.text("who") {
        "nobody" => Successor::Nobody,
        "new" => Successor::New(form.text("new_name").to_owned()),
        _ => match form.text("person").parse() {
            Ok(id) => Successor::Known(id),
            Err(_) => {
                wrong.push(required("person"));
                Successor::Nobody
            }
        },
    };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    // A day that was not asked for is not used.
    let (Some(ends_on), Some(from)) = (ends_on.or(from), from.or(ends_on)) else { return Err(vec![required("from")]) };
    Ok(Wish { leaving, ends_on, from, successor })
}

async fn view(ctx: &Ctx, about: &About, typed: &Typed, problems: &[FieldProblem]) -> Result<Markup> {
    let lang = ctx.lang;
    let post = &about.post;
    // The holder of today, else one yet to come.
    let holders = || about.terms.iter().filter(|t| t.part == Part::Holder);
    let present = holders().find(|t| t.holds_on(about.today)).or_else(|| holders().find(|t| t.from > about.today));
    let back = format!("/organisation/posts/{}", post.id);
    let body = html! {
        (PageHead::new(lang, t(lang, "handover-title")).meta(format!("{} {}", post.unit_name, post.name)))
        (error_summary(lang, &summary(ctx, problems)))
        (post_form(&format!("{back}/handover"), false, html! {
            (moves(ctx, about))
            (leaving(ctx, typed, present, problems))
            (following(ctx, about, typed, problems))
            (save_bar(submit_button(&t(lang, "handover-do"), Kind::Primary), &t(lang, "handover-next"), Some((&back, &t(lang, "confirm-cancel")))))
        }))
    };
    let crumbs = vec![Crumb::to(post.name.clone(), back.clone()), Crumb::here(t(lang, "handover-title"))];
    framed(ctx, Frame::new(t(lang, "handover-title"), way(ctx, crumbs)), body).await
}

/// What moves with the post, said before it does.
fn moves(ctx: &Ctx, about: &About) -> Markup {
    let words = match about.post.open {
        0 => t(ctx.lang, "handover-moves-none"),
        n => ta(ctx.lang, "handover-moves", &[("n", n.into())]),
    };
    note(Tone::Blue, html! { (words) }, html! {})
}

fn leaving(ctx: &Ctx, typed: &Typed, present: Option<&Term>, problems: &[FieldProblem]) -> Markup {
    let lang = ctx.lang;
    let rows = match present {
        None => {
            html! { (Field::new(lang, "term", t(lang, "term-holder"), Control::Shown(html! { (t(lang, "post-nobody")) })).wide(true)) }
        }
        Some(term) => {
            let who = html! { b { (term.name) } "　" span.dim { (words::span(lang, term.from, term.to)) } };
            html! {
                (hidden("term", &term.id.to_string()))
                (Field::new(lang, "present", t(lang, "term-holder"), Control::Shown(who)))
                (Field::new(lang, "ends_on", t(lang, "handover-ends-on"), Control::Date(typed.ends_on.clone()))
                    .required(true).placeholder("2009-06-22").help(t(lang, "handover-ends-on-help")).error(wrong(ctx, problems, "ends_on")))
            }
        }
    };
    form_section(&t(lang, "handover-leaving"), required_note(lang), rows)
}

fn following(ctx: &Ctx, about: &About, typed: &Typed, problems: &[FieldProblem]) -> Markup {
    let lang = ctx.lang;
    let ways = ["known", "new", "nobody"].map(|w| Choice::new(w, t(lang, &format!("handover-who-{w}")))).to_vec();
    form_section(
        &t(lang, "handover-following"),
        html! {},
        html! {
            (Field::new(lang, "who", t(lang, "handover-who"), Control::Radio(ways, typed.who.clone())).required(true).wide(true))
            (Field::new(lang, "person", t(lang, "handover-person"), Control::Select(about.persons.clone(), typed.person.clone()))
                .error(wrong(ctx, problems, "person")))
            (Field::new(lang, "new_name", t(lang, "handover-new-name"), Control::Text(typed.new_name.clone()))
                .max_length(40).help(t(lang, "handover-new-name-help")).error(wrong(ctx, problems, "new_name")))
            (Field::new(lang, "from", t(lang, "handover-from"), Control::Date(typed.from.clone()))
                .placeholder("2009-06-22").help(t(lang, "handover-from-help")).error(wrong(ctx, problems, "from")))
        },
    )
}
