//! Acts of the frame's menus: signing out, another post, another look or language.

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use uuid::Uuid;

use super::sign_in::{go_to, local_path};
use crate::{
    access::{SessionInfo, account, session},
    error::{Error, Message, Result},
    i18n::Lang,
    sql,
    ui::shell::{Theme, TypeSize},
    web::{Ctx, Form},
};

/// The browser session of a page that cannot do without.
pub(super) fn own(ctx: &Ctx) -> Result<&SessionInfo> {
    ctx.session.as_ref().ok_or(Error::SignIn)
}

/// Signs out.
pub(super) async fn end(ctx: Ctx) -> Result<Response> {
    let key = &own(&ctx)?.key;
    let mut work = ctx.work().await?;
    account::sign_out(&mut work, key).await?;
    work.commit().await?;
    let mut answer = go_to("/sign-in");
    answer.headers_mut().append(header::SET_COOKIE, session::clear_cookie(&ctx.app.settings));
    Ok(answer)
}

/// Takes up another of one's posts.
pub(super) async fn switch_post(ctx: Ctx, form: Form) -> Result<Response> {
    let own = own(&ctx)?;
    let post = form.text("post").parse::<Uuid>().ok().filter(|id| own.posts.iter().any(|(p, _)| p == id));
    let post = post.ok_or(Error::NotFound { what: "thing-post" })?;
    let mut work = ctx.work().await?;
    session::use_post(&mut work.tx, &own.key, post).await?;
    work.commit().await?;
    Ok(go_to(local_path(form.text("back"))))
}

/// Changes colours, size of type or language: for the account, or for the browser when nobody is signed in.
pub(super) async fn preferences(ctx: Ctx, form: Form) -> Result<Response> {
    let theme = choice(&form, "theme", |v| Theme::parse(v).map(Theme::tag))?;
    let size = choice(&form, "size", |v| TypeSize::parse(v).map(TypeSize::tag))?;
    let lang = choice(&form, "lang", |v| Lang::parse(v).map(Lang::tag))?;
    let mut answer = go_to(local_path_of_frame(form.text("back"))).into_response();
    match &ctx.session {
        Some(own) => {
            let mut work = ctx.work().await?;
            sql!(
                &mut work.tx,
                execute,
                "update account set theme = coalesce($1, theme), type_size = coalesce($2, type_size), lang = coalesce($3, lang)
                 where id = $4",
                theme,
                size,
                lang,
                own.account
            )?;
            work.commit().await?;
        }
        None => {
            for (name, value) in [("hejian_theme", theme), ("hejian_size", size), ("hejian_lang", lang)] {
                let cookie = value.and_then(|v| session::preference_cookie(&ctx.app.settings, name, v));
                if let Some(cookie) = cookie {
                    answer.headers_mut().append(header::SET_COOKIE, cookie);
                }
            }
        }
    }
    Ok(answer)
}

/// Sign-in is where signed-out visitors choose their language, so the way back may lead there.
fn local_path_of_frame(back: &str) -> &str {
    if back == "/sign-in" || back.starts_with("/sign-in?") { back } else { local_path(back) }
}

fn choice(form: &Form, name: &str, parse: impl Fn(&str) -> Option<&'static str>) -> Result<Option<&'static str>> {
    match form.text(name) {
        "" => Ok(None),
        value => match parse(value) {
            Some(known) => Ok(Some(known)),
            None => Err(Error::Bad(Message::new("field-not-a-choice").arg("value", value))),
        },
    }
}
