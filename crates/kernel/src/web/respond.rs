//! Errors as answers: a whole page for a person, `application/problem+json` for a program, in the reader's language.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use super::{App, Identity, guard::Place};
use crate::{
    error::Error,
    i18n::{self, Lang},
};

/// An error on its way out of a handler. The guard turns it into a page, because only the guard knows the reader.
#[derive(Debug)]
pub struct ErrorPage(pub Error);

impl<E: Into<Error>> From<E> for ErrorPage {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// Carried in the response's extensions until the outer layer puts it into words.
#[derive(Debug, Clone)]
pub(super) struct Pending(pub std::sync::Arc<Error>);

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Pending(std::sync::Arc::new(self.0)));
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        ErrorPage(self).into_response()
    }
}

/// After a form's act: go and look at the result.
#[must_use]
pub fn see_other(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// Puts an error into words for this reader.
pub(super) fn error_response(app: &App, identity: &Identity, place: &Place, error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // What the reader can tell a system administrator, and that one finds in the log.
    let reference = if status.is_server_error() {
        let reference = format!("{:x}", app.clock.now().timestamp_micros());
        tracing::error!(%reference, path = %place.path, %error, "request failed");
        reference
    } else {
        String::new()
    };
    if matches!(error, Error::SignIn) && !place.wants_json {
        let back = if place.is_get { format!("/sign-in?back={}", percent(&place.path)) } else { "/sign-in".to_owned() };
        return see_other(&back);
    }
    let lang = identity.session.as_ref().map_or_else(|| place.lang.unwrap_or(Lang::ZhCn), |s| s.lang);
    let message = error.message();
    let words = i18n::message(lang, &message);
    if place.wants_json {
        let fields: Vec<_> = if let Error::Invalid(problems) = error {
            problems.iter().map(|p| json!({ "field": p.field, "message": i18n::message(lang, &p.message) })).collect()
        } else {
            Vec::new()
        };
        let remedy = format!("{}-remedy", message.key);
        let remedy = if i18n::has(lang, &remedy) { i18n::t(lang, &remedy) } else { String::new() };
        let mut body = json!({
            "status": status.as_u16(), "code": message.key, "title": words, "detail": remedy, "fields": fields
        });
        if !reference.is_empty() {
            body["instance"] = json!(format!("urn:hejian:failure:{reference}"));
        }
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Error::TooMany { seconds } = error {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        return response;
    }
    (status, crate::pages::problem(app, identity, lang, place.path.as_str(), error, reference)).into_response()
}

/// Percent-encodes a value for an address.
#[must_use]
pub fn percent(text: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    text.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
