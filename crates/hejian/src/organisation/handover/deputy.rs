//! Naming a deputy (B 角) and ending the deputy's term.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, FieldProblem, Result},
    i18n::{format, t},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        controls::Control,
        form::{Field, error_summary, form_section, post_form, required_note, save_bar},
        head::PageHead,
        html,
        shell::Crumb,
    },
    web::{Ctx, Form, see_other},
};

use super::{
    super::pages::way,
    act::{appoint_deputy, end_deputy},
    form::{About, about, day, managed, problems, required, summary, wrong},
};

/// `GET /organisation/posts/{id}/deputy`
pub(in crate::organisation) async fn form(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    let about = about(&ctx, &managed(&ctx, &text)?).await?;
    let today = format::date(about.today);
    Ok(view(&ctx, &about, ["", &today, ""], &[]).await?.into_response())
}

/// `POST /organisation/posts/{id}/deputy`
pub(in crate::organisation) async fn save(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    let post = managed(&ctx, &text)?;
    let mut wrong = Vec::new();
    let who = form.text("person").parse().map_err(|_| wrong.push(required("person"))).ok();
    let from = day(&form, "from").map_err(|p| wrong.push(p)).ok().flatten();
    let to = day(&form, "to").map_err(|p| wrong.push(p)).ok().flatten();
    if from.is_none() && wrong.iter().all(|p| p.field != "from") {
        wrong.push(required("from"));
    }
    if let (Some(who), Some(from), true) = (who, from, wrong.is_empty()) {
        let mut work = ctx.work().await?;
        match appoint_deputy(&mut work, &post, who, from, to).await {
            Ok(()) => {
                work.commit().await?;
                return Ok(see_other(&format!("/organisation/posts/{}?done=deputy", post.query())));
            }
            Err(error) => wrong = problems(error)?,
        }
    }
    let about = about(&ctx, &post).await?;
    let typed = [form.text("person"), form.text("from"), form.text("to")];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&ctx, &about, typed, &wrong).await?).into_response())
}

/// `POST /organisation/posts/{id}/deputy/end`: from today on.
pub(in crate::organisation) async fn end(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    let post = managed(&ctx, &text)?;
    let term = form.text("term").parse().map_err(|_| Error::NotFound { what: "thing-record" })?;
    let mut work = ctx.work().await?;
    let today = work.today();
    end_deputy(&mut work, &post, term, today).await?;
    work.commit().await?;
    Ok(see_other(&format!("/organisation/posts/{}?done=deputy-ended", post.query())))
}

async fn view(ctx: &Ctx, about: &About, typed: [&str; 3], problems: &[FieldProblem]) -> Result<Markup> {
    let lang = ctx.lang;
    let [person, from, to] = typed.map(ToOwned::to_owned);
    let back = format!("/organisation/posts/{}", about.post.id);
    let rows = html! {
        (Field::new(lang, "person", t(lang, "term-deputy"), Control::Select(about.persons.clone(), person))
            .required(true).error(wrong(ctx, problems, "person")))
        (Field::new(lang, "from", t(lang, "deputy-from"), Control::Date(from))
            .required(true).placeholder("2009-06-22").error(wrong(ctx, problems, "from")))
        (Field::new(lang, "to", t(lang, "deputy-to"), Control::Date(to))
            .placeholder("2009-12-31").help(t(lang, "deputy-to-help")).error(wrong(ctx, problems, "to")))
    };
    let title = t(lang, "deputy-appoint");
    let body = html! {
        (PageHead::new(lang, title.clone()).meta(format!("{} {}", about.post.unit_name, about.post.name)))
        (error_summary(lang, &summary(ctx, problems)))
        (post_form(&format!("{back}/deputy"), false, html! {
            (form_section(&t(lang, "deputy-section"), required_note(lang), rows))
            (save_bar(submit_button(&t(lang, "deputy-do"), Kind::Primary), &t(lang, "deputy-next"), Some((&back, &t(lang, "confirm-cancel")))))
        }))
    };
    let crumbs = vec![Crumb::to(about.post.name.clone(), back.clone()), Crumb::here(title.clone())];
    framed(ctx, Frame::new(title, way(ctx, crumbs)), body).await
}
