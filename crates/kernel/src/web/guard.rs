//! Before every handler: who is it, may they, is the request their own.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::{App, Need, respond};
use crate::{
    access::{Actor, Channel, SessionInfo},
    error::{Error, Message},
    i18n::Lang,
};

/// Who makes the request.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The one who acts; without rights when nobody is signed in.
    pub actor: Actor,
    /// The browser session, if there is one.
    pub session: Option<SessionInfo>,
}

impl Identity {
    /// Nobody.
    #[must_use]
    pub fn nobody() -> Self {
        Self { actor: Actor::without_rights(Channel::Web, "—"), session: None }
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.actor.account.is_some()
    }
}

/// Finds out who it is and puts the [`Identity`] into the request.
pub(super) async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if let Err(error) = own_request(&app, request.method(), request.headers()) {
        return respond::error_response(&app, &Identity::nobody(), &request_place(&request), &error);
    }
    let identity = match crate::access::identify(&app, request.headers()).await {
        Ok(identity) => identity,
        Err(error) => {
            return respond::error_response(&app, &Identity::nobody(), &request_place(&request), &error);
        }
    };
    request.extensions_mut().insert(identity);
    next.run(request).await
}

/// Refuses whoever does not meet the route's need.
pub(super) async fn admit(State((app, need)): State<(App, Need)>, request: Request, next: Next) -> Response {
    let identity = request.extensions().get::<Identity>().cloned().unwrap_or_else(Identity::nobody);
    let verdict = match need {
        Need::Public => Ok(()),
        Need::Known | Need::SignedIn | Need::Right(_) if !identity.is_known() => Err(Error::SignIn),
        Need::Known => Ok(()),
        // A token has the rights it names and no others: it cannot choose passwords or make further tokens.
        Need::SignedIn if identity.actor.only.is_some() => Err(Error::Forbidden { permission: "session" }),
        Need::SignedIn => Ok(()),
        Need::Right(permission) if identity.actor.may(permission) => Ok(()),
        Need::Right(permission) => Err(Error::Forbidden { permission }),
    };
    let verdict = verdict.and_then(|()| match identity.actor.account {
        Some(account) if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) => {
            app.limits.write(account)
        }
        _ => Ok(()),
    });
    // A first sign-in must choose a password before anything else.
    let must_change = identity.session.as_ref().is_some_and(|s| s.must_change);
    let place = request_place(&request);
    match verdict {
        Err(error) => respond::error_response(&app, &identity, &place, &error),
        Ok(())
            if must_change
                && need != Need::Public
                && !place.path.starts_with("/account/password")
                && place.path != "/session/end" =>
        {
            respond::see_other("/account/password").into_response()
        }
        Ok(()) => next.run(request).await,
    }
}

/// Where a request came from, for its error page.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub path: String,
    pub wants_json: bool,
    pub lang: Option<Lang>,
    pub is_get: bool,
}

pub(super) fn request_place(request: &Request) -> Place {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let lang = text(header::ACCEPT_LANGUAGE);
    Place {
        path: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        // Whoever brings a token is a program.
        wants_json: request.uri().path().starts_with("/api/")
            || text(header::ACCEPT).starts_with("application/json")
            || request.headers().contains_key(header::AUTHORIZATION),
        lang: if lang.starts_with("en") { Some(Lang::En) } else { None },
        is_get: request.method() == Method::GET,
    }
}

/// Refuses an act that a foreign page asked the browser for.
///
/// The browser itself says where a request comes from (`Sec-Fetch-Site`, and `Origin` in older ones); together with a
/// `SameSite=Strict` cookie that needs no token in every form. A request without either header is not a browser's, and
/// without a cookie it carries nothing to abuse. Source: OWASP Cross-Site Request Forgery Prevention, Fetch Metadata.
fn own_request(app: &App, method: &Method, headers: &HeaderMap) -> Result<(), Error> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let refused = || Error::Refused(Message::new("error-foreign-request"));
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return Ok(()),
        Some(_) => return Err(refused()),
        None => {}
    }
    let Some(origin) = text("origin") else { return Ok(()) };
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let own = text("host").is_some_and(|h| h == host)
        || app.settings.server.public_url.as_deref().is_some_and(|url| url.trim_end_matches('/') == origin);
    if own { Ok(()) } else { Err(refused()) }
}
