//! Giving, disabling, enabling, unlocking and resetting an account.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};
use uuid::Uuid;

use super::super::{Frame, form_errors, page, sign_in::go_to};
use crate::{
    access::account::{self, AccountRow, FirstPassword},
    error::{Error, FieldProblem, Message, Result},
    i18n::ta,
    ui::{
        buttons::{Kind, link_button, submit_button},
        detail::definitions,
        feedback::note,
        filter::FilterBar,
        form::{Choice, Control, Field, error_summary, form_section, post_form, required_note, save_bar},
        head::{PageHead, panel_pad},
        lamp::Tone,
        query::Query,
        shell::Crumb,
    },
    web::{Ctx, Form},
};

const LIST: &str = "/system/accounts";

fn crumbs(ctx: &Ctx, here: &str) -> Vec<Crumb> {
    vec![Crumb::to(ctx.t("nav-accounts"), LIST), Crumb::here(ctx.t(here))]
}

/// The account within the reader's scope for this permission, read before anything is done to it.
async fn found(ctx: &Ctx, id: &str, permission: &'static str) -> Result<AccountRow> {
    let id = id.parse::<Uuid>().map_err(|_| Error::NotFound { what: "thing-account" })?;
    let mut read = ctx.read().await?;
    let (now, today) = (read.now, read.today());
    account::find(&mut read.tx, &ctx.actor.scoped(permission, id)?, now, today).await
}

/// `POST …/{id}/disable`
pub(in crate::pages) async fn disable(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let row = found(&ctx, &id, "account.manage").await?;
    let mut work = ctx.work().await?;
    account::disable(&mut work, row.id).await?;
    work.commit().await?;
    Ok(go_to("/system/accounts?done=disable"))
}

/// `POST …/{id}/enable`
pub(in crate::pages) async fn enable(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let row = found(&ctx, &id, "account.manage").await?;
    let mut work = ctx.work().await?;
    account::enable(&mut work, row.id).await?;
    work.commit().await?;
    Ok(go_to("/system/accounts?done=enable"))
}

/// `POST …/{id}/unlock`
pub(in crate::pages) async fn unlock(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let row = found(&ctx, &id, "account.secure").await?;
    let mut work = ctx.work().await?;
    account::unlock(&mut work, row.id).await?;
    work.commit().await?;
    Ok(go_to("/system/accounts?done=unlock"))
}

/// What a reset does, before it is done.
pub(in crate::pages) async fn ask_reset(ctx: Ctx, Path(id): Path<String>) -> Result<Markup> {
    let row = found(&ctx, &id, "account.secure").await?;
    let (login, person, state, post) =
        (ctx.t("account-login"), ctx.t("account-person"), ctx.t("account-state"), ctx.t("profile-post"));
    let facts = definitions(&[
        (&login, html! { (row.login) }),
        (&person, html! { (row.name) }),
        (&post, html! { (crate::i18n::format::or_dash(row.post.clone())) }),
        (&state, super::state_tag(&ctx, &row)),
    ]);
    let back = ctx.t("account-back");
    let body = html! {
        (PageHead::new(ctx.lang, ctx.t("account-reset-title")))
        (panel_pad(&row.name, html! {}, html! {
            (facts)
            p { (ctx.t("account-reset-what")) }
        }))
        (post_form(&format!("{LIST}/{}/reset", row.id), false, save_bar(
            submit_button(&ctx.t("account-reset-act"), Kind::Primary), &ctx.t("account-once-next"), Some((LIST, back.as_str())),
        )))
    };
    page(&ctx, Frame::new(ctx.t("account-reset-title"), crumbs(&ctx, "account-reset-title")), body).await
}

/// Resets and shows the fresh password, this once.
pub(in crate::pages) async fn reset(ctx: Ctx, Path(id): Path<String>) -> Result<Markup> {
    let row = found(&ctx, &id, "account.secure").await?;
    let first = FirstPassword::generate().await?;
    let mut work = ctx.work().await?;
    account::reset(&mut work, row.id, &first).await?;
    work.commit().await?;
    shown_once(&ctx, "account-reset-done", &row.login, &row.name, &first).await
}

/// The form of a new account.
pub(in crate::pages) async fn new(ctx: Ctx) -> Result<Markup> {
    form_page(&ctx, &Form::default(), &[]).await
}

/// Gives a person an account and shows its password, this once.
pub(in crate::pages) async fn create(ctx: Ctx, form: Form) -> Result<Response> {
    let first = FirstPassword::generate().await?;
    let today = ctx.app.clock.today();
    let wanted = form.text("person").parse::<Uuid>().ok();
    let mut work = ctx.work().await?;
    let made = match wanted {
        None => {
            let problem = FieldProblem { field: "person".to_owned(), message: Message::new("field-required") };
            Err(Error::Invalid(vec![problem]))
        }
        Some(person) => {
            let scoped = ctx.actor.scoped("account.manage", person)?;
            account::may_have_account(&mut work.tx, &scoped, today).await?;
            account::create(&mut work, person, form.text("login"), &first).await
        }
    };
    match made {
        Ok(id) => {
            let now = work.now;
            let scoped = ctx.actor.scoped("account.manage", id)?;
            let row = account::find(&mut work.tx, &scoped, now, today).await?;
            work.commit().await?;
            Ok(shown_once(&ctx, "account-created", &row.login, &row.name, &first).await?.into_response())
        }
        Err(Error::Invalid(problems)) => {
            drop(work);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(&ctx, &form, &problems).await?).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn form_page(ctx: &Ctx, form: &Form, problems: &[FieldProblem]) -> Result<Markup> {
    let mut query = Query::parse(&ctx.place);
    if query.path() != "/system/accounts/new" {
        query = Query::new("/system/accounts/new").with("q", form.text("q"));
    }
    let text = query.get("q").unwrap_or_default().to_owned();
    let mut read = ctx.read().await?;
    let today = read.today();
    let scoped = ctx.actor.scoped("account.manage", text.clone())?;
    let persons = account::without_account(&mut read.tx, &scoped, today).await?;
    drop(read);
    let errors = form_errors(ctx.lang, problems);
    let error = |name: &str| errors.iter().find(|(n, _)| n == name).map(|(_, words)| words.clone());
    let choices = persons
        .iter()
        .map(|p| {
            let label = p.post.as_ref().map_or_else(|| p.name.clone(), |post| format!("{}（{post}）", p.name));
            Choice::new(p.id.to_string(), label)
        })
        .collect();
    let rows = html! {
        (Field::new(ctx.lang, "person", ctx.t("account-person"), Control::Select(choices, form.text("person").to_owned()))
            .required(true).help(ctx.t("account-person-help")).error(error("person")).wide(true))
        (Field::new(ctx.lang, "login", ctx.t("account-login"), Control::Text(form.text("login").to_owned()))
            .required(true).max_length(32).autocomplete("off").help(ctx.t("account-login-form")).error(error("login")).wide(true))
    };
    let back = ctx.t("account-back");
    let inner = html! {
        input type="hidden" name="q" value=(text);
        (form_section(&ctx.t("account-new"), required_note(ctx.lang), rows))
        (save_bar(submit_button(&ctx.t("account-create"), Kind::Primary), &ctx.t("account-once-next"), Some((LIST, back.as_str()))))
    };
    let body = html! {
        (PageHead::new(ctx.lang, ctx.t("account-new")))
        (error_summary(ctx.lang, &errors))
        (FilterBar::new(ctx.lang, &query).target("new").search("q", &ctx.t("account-find-person"), &ctx.t("account-find-person")))
        div id="new" { (post_form(LIST, false, inner)) }
    };
    page(ctx, Frame::new(ctx.t("account-new"), crumbs(ctx, "account-new")), body).await
}

async fn shown_once(ctx: &Ctx, title: &str, login: &str, name: &str, first: &FirstPassword) -> Result<Markup> {
    let title = ta(ctx.lang, title, &[("person", name.to_owned().into())]);
    let (login_word, password_word) = (ctx.t("account-login"), ctx.t("account-first-password"));
    let body = html! {
        (PageHead::new(ctx.lang, &title))
        div.stack {
            (note(Tone::Yellow, html! { (ctx.t("account-once")) }, html! {}))
            (panel_pad(name, html! {}, definitions(&[
                (&login_word, html! { code { (login) } }),
                (&password_word, html! { code { (first.text()) } }),
            ])))
            p { (link_button(&ctx.t("account-handed-over"), LIST, "", Kind::Primary)) }
        }
    };
    page(ctx, Frame::new(title.clone(), crumbs(ctx, "account-first-password")), body).await
}
