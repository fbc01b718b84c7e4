//! Signing in.
//!
//! The rule that matters: the way back leads only to a path of this server, whatever the address says.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use super::{Frame, frame};
use crate::{
    access::{Client, account, cookie, session},
    error::{Error, Result},
    i18n,
    ui::{
        icon,
        query::Query,
        shell::{Theme, TypeSize, bare_page},
    },
    web::{Ctx, Form, Identity, see_other},
};

/// A path of this server to go back to, or the first page.
#[must_use]
pub(super) fn local_path(back: &str) -> &str {
    let local = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\r', '\n', '\t', '\0'])
        && !back.starts_with("/sign-in")
        && !back.starts_with("/session/");
    if local { back } else { "/" }
}

/// A redirect to a local path; what an address may not carry is escaped.
pub(super) fn go_to(path: &str) -> Response {
    let safe: String = path
        .bytes()
        .map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    see_other(&safe)
}

/// The form.
pub(super) async fn show(ctx: Ctx, headers: HeaderMap) -> Response {
    let query = Query::parse(&ctx.place);
    let back = local_path(query.get("back").unwrap_or("/"));
    if ctx.session.is_some() {
        return go_to(back);
    }
    sign_in_page(&ctx, &headers, "", back, None).into_response()
}

/// Somebody wants in.
pub(super) async fn enter(ctx: Ctx, client: Client, headers: HeaderMap, form: Form) -> Result<Response> {
    let back = local_path(form.text("back"));
    let login = form.text("login");
    // A password is taken as typed: a space in it is part of it.
    let password = form.all("password").next().unwrap_or_default();
    let browser = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let chosen = cookie(&headers, "hejian_lang").and_then(|t| i18n::Lang::parse(&t));
    match account::sign_in(&ctx.app, client, browser, login, password, chosen).await {
        Ok(signed) => {
            let mut answer = go_to(if signed.must_change { "/account/password" } else { back });
            let cookie = session::set_cookie(&ctx.app.settings, &signed.session);
            answer.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(answer)
        }
        Err(error @ (Error::Refused(_) | Error::TooMany { .. })) => {
            let status = match error {
                Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNAUTHORIZED,
            };
            let words = i18n::message(ctx.lang, &error.message());
            let mut answer = (status, sign_in_page(&ctx, &headers, login, back, Some(&words))).into_response();
            if let Error::TooMany { seconds } = error {
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Ok(answer)
        }
        Err(error) => Err(error),
    }
}

fn sign_in_page(ctx: &Ctx, headers: &HeaderMap, login: &str, back: &str, problem: Option<&str>) -> Markup {
    let identity = Identity { actor: ctx.actor.clone(), session: None };
    let frame = Frame::new(ctx.t("sign-in-title"), Vec::new());
    let mut shell = frame::shell(&ctx.app, &identity, ctx.lang, &ctx.place, frame::Desk::default(), frame);
    shell.path = Query::new("/sign-in").with("back", back).href();
    shell.theme = cookie(headers, "hejian_theme").and_then(|t| Theme::parse(&t)).unwrap_or_default();
    shell.size = cookie(headers, "hejian_size").and_then(|t| TypeSize::parse(&t)).unwrap_or_default();
    let district = ctx.app.district.read().map(|d| d.name.clone()).unwrap_or_default();
    let bad = problem.is_some();
    let class = if bad { "form-control is-bad" } else { "form-control" };
    let body = html! {
        section.lg-l {
            @if !district.is_empty() { p.dim2 { (district) } }
            h1 { @if shell.district.is_empty() { (ctx.t("brand")) } @else { (shell.district) } }
            p.dim2 { (ctx.t("sign-in-whom")) }
        }
        form.hj-panel.lg-f method="post" action="/sign-in" novalidate {
            header { h2 { (ctx.t("sign-in-title")) } @if shell.demo { span.acts { (crate::ui::shell::demo_mark(ctx.lang)) } } }
            div.pad {
                input type="hidden" name="back" value=(back);
                @if let Some(problem) = problem {
                    div.hj-note.red id="errors" role="alert" { (icon("warn")) span { (problem) } }
                }
                div.lf {
                    label for="f-login" { (ctx.t("account-login")) }
                    input id="f-login" class="form-control" name="login" autocomplete="username" autocapitalize="none"
                        spellcheck="false" maxlength="64" value=(login) aria-describedby="f-login-h" autofocus[login.is_empty()];
                    span.help id="f-login-h" { (ctx.t("sign-in-login-help")) }
                }
                div.lf {
                    label for="f-password" { (ctx.t("account-password")) }
                    input id="f-password" class=(class) name="password" type="password" autocomplete="current-password"
                        maxlength="256" aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then_some("f-password-e")]
                        autofocus[!login.is_empty()];
                    @if bad { span.err id="f-password-e" { (ctx.t("sign-in-password-again")) } }
                }
                button class="btn btn-primary lg-b" type="submit" { (ctx.t("sign-in-act")) }
                p class="flex sm" { span { (ctx.t("sign-in-forgot")) } span class="end dim" { (ctx.t("sign-in-forgot-whom")) } }
            }
            footer { (ctx.t("sign-in-foot")) }
        }
    };
    bare_page(&shell, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_server_or_leads_in_a_circle() {
        for good in ["/", "/todo", "/registers/premises?q=%E5%86%9B&page=2", "/标准"] {
            assert_eq!(local_path(good), good);
        }
        for bad in ["", "todo", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x=1"] {
            assert_eq!(local_path(bad), "/", "{bad}");
        }
        assert_eq!(local_path("/sign-in?back=/sign-in"), "/");
        assert_eq!(local_path("/session/end"), "/");
    }

    #[test]
    fn a_path_in_chinese_becomes_a_valid_address() {
        assert_eq!(go_to("/标准").headers()[header::LOCATION], "/%E6%A0%87%E5%87%86");
    }
}
