//! One's own tokens: list, a new one whose secret is shown once, taking one back.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use uuid::Uuid;

use super::super::{Frame, form_errors, page, session::own, sign_in::go_to};
use crate::{
    access::token::{self, NewToken, Token},
    error::{Error, FieldProblem, Result},
    i18n::{format, ta},
    ui::{
        buttons::{Kind, link_button, post_button, submit_button},
        feedback::{empty, note},
        form::{Choice, Control, Field, error_summary, form_section, post_form, required_note, save_bar},
        head::{PageHead, panel_pad},
        lamp::{Tone, tag},
        shell::Crumb,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::{Ctx, Form},
};

/// The lives offered, in days.
const LIVES: [i64; 4] = [7, 30, 90, 365];

/// The tokens as a table, for the profile.
pub(super) fn table(ctx: &Ctx, tokens: &[Token], now: DateTime<Utc>, today: NaiveDate) -> Markup {
    if tokens.is_empty() {
        return empty("lock", &ctx.t("token-none"), html! {});
    }
    let mut table = Table::new(
        ctx.lang,
        ctx.t("profile-tokens"),
        vec![
            Column::text(ctx.t("token-name")),
            Column::text(ctx.t("token-rights")).phone(Phone::Line),
            Column::text(ctx.t("token-expires")).phone(Phone::Named),
            Column::text(ctx.t("token-used")).phone(Phone::Named),
            Column::text(ctx.t("token-state")).phone(Phone::Inline),
            Column::text(ctx.t("table-actions")).quiet_head().tight(),
        ],
    );
    for token in tokens {
        let (tone, state) = match token.revoked_at {
            Some(_) => (Tone::Plain, "token-state-revoked"),
            None if token.expires_at <= now => (Tone::Plain, "token-state-expired"),
            None => (Tone::Green, "token-state-valid"),
        };
        let act = html! {
            @if state == "token-state-valid" {
                (post_button(&ctx.t("token-revoke"), &format!("/account/tokens/{}/revoke", token.id), &[], Kind::SmallQuiet))
            }
        };
        let used = token.last_used_at.map(|at| format::moment_near(at, today));
        table = table.row(Row::new(vec![
            html! { (token.name) span.sub { (token.unit) " · " (token.post) } }.into(),
            html! { span.sm { (token.rights) } }.into(),
            format::moment(token.expires_at).into(),
            format::or_dash(used).into(),
            tag(tone, &ctx.t(state)).into(),
            act.into(),
        ]));
    }
    table_box("tokens", html! { (table) }, html! {})
}

/// The form of a new token.
pub(in crate::pages) async fn new(ctx: Ctx) -> Result<Markup> {
    own(&ctx)?;
    form_page(&ctx, &Form::default(), &[]).await
}

/// Issues it and shows its secret, this once.
pub(in crate::pages) async fn create(ctx: Ctx, form: Form) -> Result<Response> {
    let account = own(&ctx)?.account;
    let post = ctx.actor.post.ok_or(Error::NotFound { what: "thing-post" })?;
    let new = NewToken {
        account,
        post,
        name: form.text("name").to_owned(),
        rights: form.all("rights").map(str::to_owned).collect(),
        days: form.number("days", 0),
    };
    let mut work = ctx.work().await?;
    let mut rng = rand::make_rng::<rand::rngs::StdRng>();
    let (_, secret) = match token::issue(&mut work, &new, &mut rng).await {
        Ok(issued) => issued,
        Err(Error::Invalid(problems)) => {
            drop(work);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(&ctx, &form, &problems).await?).into_response());
        }
        Err(error) => return Err(error),
    };
    work.commit().await?;
    let body = html! {
        (PageHead::new(ctx.lang, ta(ctx.lang, "token-issued", &[("name", new.name.clone().into())])))
        div.stack {
            (note(Tone::Yellow, html! { (ctx.t("token-once")) }, html! {}))
            (panel_pad(&ctx.t("token-secret"), html! {}, html! {
                p { code { (secret) } }
                p.dim.sm { (ctx.t("token-how")) }
                p { code { "Authorization: Bearer " (secret) } }
            }))
            p { (link_button(&ctx.t("token-kept"), "/account", "", Kind::Primary)) }
        }
    };
    Ok(page(&ctx, Frame::new(ctx.t("token-new"), crumbs(&ctx)), body).await?.into_response())
}

/// Takes a token back.
pub(in crate::pages) async fn revoke(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let account = own(&ctx)?.account;
    let id = id.parse::<Uuid>().map_err(|_| Error::NotFound { what: "thing-token" })?;
    let mut work = ctx.work().await?;
    token::revoke(&mut work, account, id).await?;
    work.commit().await?;
    Ok(go_to("/account?done=token"))
}

fn crumbs(ctx: &Ctx) -> Vec<Crumb> {
    vec![Crumb::to(ctx.t("profile-title"), "/account"), Crumb::here(ctx.t("token-new"))]
}

async fn form_page(ctx: &Ctx, form: &Form, problems: &[FieldProblem]) -> Result<Markup> {
    let errors = form_errors(ctx.lang, problems);
    let error = |name: &str| errors.iter().find(|(n, _)| n == name).map(|(_, words)| words.clone());
    let lives = LIVES
        .iter()
        .map(|days| Choice::new(days.to_string(), ta(ctx.lang, "token-life", &[("days", (*days).into())])))
        .collect();
    let days = if form.has("days") { form.text("days").to_owned() } else { "90".to_owned() };
    let rights = token::offered(&ctx.app, &ctx.actor).into_iter().map(|r| Choice::new(r.clone(), r)).collect();
    let ticked = form.all("rights").map(str::to_owned).collect();
    let post = own(ctx)?.post_name.clone();
    let rows = html! {
        (Field::new(ctx.lang, "name", ctx.t("token-name"), Control::Text(form.text("name").to_owned()))
            .required(true).max_length(60).help(ctx.t("token-name-help")).error(error("name")).wide(true))
        (Field::new(ctx.lang, "post", ctx.t("profile-post"), Control::Shown(html! { (post) })).wide(true))
        (Field::new(ctx.lang, "days", ctx.t("token-days-label"), Control::Select(lives, days)).required(true).error(error("days")).wide(true))
        (Field::new(ctx.lang, "rights", ctx.t("token-rights"), Control::Checks(rights, ticked))
            .required(true).help(ctx.t("token-rights-help")).error(error("rights")).wide(true))
    };
    let back = ctx.t("profile-back");
    let inner = html! {
        (form_section(&ctx.t("token-new"), required_note(ctx.lang), rows))
        (save_bar(submit_button(&ctx.t("token-issue"), Kind::Primary), &ctx.t("token-next"), Some(("/account", back.as_str()))))
    };
    let body = html! {
        (PageHead::new(ctx.lang, ctx.t("token-new")))
        (error_summary(ctx.lang, &errors))
        (post_form("/account/tokens", false, inner))
    };
    page(ctx, Frame::new(ctx.t("token-new"), crumbs(ctx)), body).await
}
