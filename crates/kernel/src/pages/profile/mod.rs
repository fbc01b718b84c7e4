//! What somebody may see and change of their own account: profile, password, sessions, tokens.
//!
//! The rule that matters: only a browser session comes here. A token cannot make tokens or choose passwords.

pub(super) mod password;
pub(super) mod tokens;

use axum::response::Response;
use maud::{Markup, html};

use super::{Frame, page, session::own, sign_in::go_to};
use crate::{
    access::{Part, posts_of, session, token},
    audit::Entry,
    error::Result,
    i18n::{format, ta},
    sql,
    ui::{
        buttons::{Kind, link_button, post_button},
        feedback::toast,
        head::{PageHead, panel},
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};

/// The profile.
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let own = own(&ctx)?.clone();
    let mut read = ctx.read().await?;
    let (person, login): (uuid::Uuid, String) =
        sql!(&mut read.tx, fetch_one, "select person_id, login from account where id = $1", own.account)?;
    let today = read.today();
    let posts = posts_of(&mut read.tx, person, today).await?;
    let sessions = session::list(&mut read.tx, own.account).await?;
    let tokens = token::list(&mut read.tx, own.account).await?;
    let now = read.now;
    drop(read);

    let mut post_table = Table::new(
        ctx.lang,
        ctx.t("profile-posts"),
        vec![
            Column::text(ctx.t("profile-unit")),
            Column::text(ctx.t("profile-post")).phone(Phone::Inline),
            Column::text(ctx.t("profile-part")).phone(Phone::Inline),
        ],
    );
    for post in &posts {
        let part = ctx.t(if post.part == Part::Holder { "part-holder" } else { "part-deputy" });
        let used = ctx.actor.post == Some(post.id);
        post_table = post_table.row(Row::new(vec![
            post.unit.as_str().into(),
            post.name.as_str().into(),
            html! { (part) @if used { " " (tag(Tone::Accent, &ctx.t("profile-in-use"))) } }.into(),
        ]));
    }

    let mut session_table = Table::new(
        ctx.lang,
        ctx.t("profile-sessions"),
        vec![
            Column::text(ctx.t("profile-client")),
            Column::text(ctx.t("profile-since")).phone(Phone::Named),
            Column::text(ctx.t("profile-seen")).phone(Phone::Named),
        ],
    );
    for open in &sessions {
        let this = open.id_hash == own.key;
        session_table = session_table.row(Row::new(vec![
            html! {
                (format::or_dash(open.client.clone())) @if this { " " (tag(Tone::Accent, &ctx.t("profile-this-session"))) }
            }
            .into(),
            Cell::from(format::moment_near(open.created_at, today)),
            Cell::from(format::moment_near(open.last_seen_at, today)),
        ]));
    }
    let end_others = html! {
        @if sessions.len() > 1 { (post_button(&ctx.t("profile-end-others"), "/account/sessions/end", &[], Kind::Small)) }
    };

    let new_token = html! { @if ctx.actor.post.is_some() { (link_button(&ctx.t("token-new"), "/account/tokens/new", "plus", Kind::Small)) } };
    let body = html! {
        (PageHead::new(ctx.lang, &own.person_name)
            .meta(ta(ctx.lang, "profile-login", &[("login", login.into())]))
            .act(link_button(&ctx.t("password-title"), "/account/password", "lock", Kind::Primary)))
        div.stack {
            (panel(&ctx.t("profile-posts"), html! {}, html! {
                @if posts.is_empty() { div.pad { p.dim { (ctx.t("profile-no-posts")) } } } @else { (table_box("posts", html! { (post_table) }, html! {})) }
            }))
            (panel(&ctx.t("profile-sessions"), end_others, table_box("sessions", html! { (session_table) }, html! {})))
            (panel(&ctx.t("profile-tokens"), new_token, tokens::table(&ctx, &tokens, now, today)))
        }
    };
    let mut frame = Frame::new(ctx.t("profile-title"), vec![Crumb::here(ctx.t("profile-title"))]);
    frame.toast = match Query::parse(&ctx.place).get("done") {
        Some("password") => Some(toast(&ctx.t("password-done"), html! {})),
        Some("sessions") => Some(toast(&ctx.t("profile-ended-others"), html! {})),
        Some("token") => Some(toast(&ctx.t("token-revoked-done"), html! {})),
        _ => None,
    };
    page(&ctx, frame, body).await
}

/// Ends one's other sessions.
pub(super) async fn end_others(ctx: Ctx) -> Result<Response> {
    let own = own(&ctx)?;
    let mut work = ctx.work().await?;
    let ended = session::end_others(&mut work.tx, own.account, Some(&own.key)).await?;
    if ended > 0 {
        work.record(Entry {
            action: "end_sessions",
            subject_kind: "account".to_owned(),
            subject_id: Some(own.account),
            detail: serde_json::json!({ "ended": ended }),
            digest: None,
        });
    }
    work.commit().await?;
    Ok(go_to("/account?done=sessions"))
}
