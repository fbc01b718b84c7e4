//! Choosing one's own password; the only page before the first sign-in is complete.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use super::super::{Frame, form_errors, page, session::own, sign_in::go_to};
use crate::{
    access::{account, password::MIN_CHARS},
    error::{Error, FieldProblem, Message, Result},
    i18n::ta,
    ui::{
        buttons::{Kind, submit_button},
        feedback::note,
        form::{Control, Field, error_summary, form_section, post_form, required_note, save_bar},
        head::PageHead,
        lamp::Tone,
        shell::Crumb,
    },
    web::{Ctx, Form},
};

/// The form.
pub(in crate::pages) async fn show(ctx: Ctx) -> Result<Markup> {
    form_page(&ctx, &[]).await
}

/// Sets the new password.
pub(in crate::pages) async fn set(ctx: Ctx, form: Form) -> Result<Response> {
    let key = own(&ctx)?.key.clone();
    let typed = |name: &'static str| form.all(name).next().unwrap_or_default();
    let done = if typed("new") == typed("again") {
        account::change_own_password(&ctx.app, &ctx.actor, &key, typed("present"), typed("new")).await
    } else {
        let problem = FieldProblem { field: "again".to_owned(), message: Message::new("password-again-differs") };
        Err(Error::Invalid(vec![problem]))
    };
    match done {
        Ok(()) => Ok(go_to("/account?done=password")),
        Err(Error::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(&ctx, &problems).await?).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn form_page(ctx: &Ctx, problems: &[FieldProblem]) -> Result<Markup> {
    let must = own(ctx)?.must_change;
    let errors = form_errors(ctx.lang, problems);
    let error = |name: &str| errors.iter().find(|(n, _)| n == name).map(|(_, words)| words.clone());
    let field = |name: &'static str, label: &str, complete: &str| {
        Field::new(ctx.lang, name, ctx.t(label), Control::Password)
            .autocomplete(complete)
            .max_length(256)
            .required(true)
            .wide(true)
            .error(error(name))
    };
    let rule = ta(ctx.lang, "password-rule", &[("min", MIN_CHARS.into())]);
    let rows = html! {
        (field("present", "password-present", "current-password"))
        (field("new", "password-new", "new-password").help(rule))
        (field("again", "password-again", "new-password"))
    };
    let back = ctx.t("profile-back");
    let form = html! {
        (form_section(&ctx.t("password-title"), required_note(ctx.lang), rows))
        (save_bar(
            submit_button(&ctx.t("password-act"), Kind::Primary),
            &ctx.t("password-next"),
            (!must).then_some(("/account", back.as_str())),
        ))
    };
    let body = html! {
        (PageHead::new(ctx.lang, ctx.t("password-title")))
        @if must { (note(Tone::Yellow, html! { (ctx.t("password-must")) }, html! {})) }
        (error_summary(ctx.lang, &errors))
        (post_form("/account/password", false, form))
    };
    let crumbs = vec![Crumb::to(ctx.t("profile-title"), "/account"), Crumb::here(ctx.t("password-title"))];
    page(ctx, Frame::new(ctx.t("password-title"), crumbs), body).await
}
