//! Mounts the routes, wraps them in the layers every answer needs, and serves until asked to stop.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use super::{App, Identity, guard, respond};
use crate::error::{Error, Message};

/// What a page may load: only from this server, no script or style inside the page itself.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole service.
///
/// # Panics
/// When two routes claim the same method and path: a programming error that the first start shows.
pub fn router(app: &App) -> Router {
    layered(app, mounted(app).layer(middleware::from_fn_with_state(app.clone(), guard::identify)))
}

/// The whole service as one and the same visitor sees it: for tests of pages, without sign-in.
#[doc(hidden)]
pub fn router_as(app: &App, identity: Identity) -> Router {
    let known = middleware::from_fn(move |mut request: Request, next: Next| {
        request.extensions_mut().insert(identity.clone());
        next.run(request)
    });
    layered(app, mounted(app).layer(known))
}

/// Every route behind its guard, errors in words.
fn mounted(app: &App) -> Router<App> {
    let mut router: Router<App> = Router::new();
    for route in app.routes().into_vec() {
        let guarded = route.handler.layer(middleware::from_fn_with_state((app.clone(), route.need), guard::admit));
        router = router.route(&route.path, guarded);
    }
    router
        .fallback(|| async { Error::NotFound { what: "thing-page" } })
        .method_not_allowed_fallback(|| async { Error::NotFound { what: "thing-page" } })
        .layer(middleware::from_fn_with_state(app.clone(), in_words))
}

/// What every answer needs, whoever asks.
fn layered(app: &App, router: Router<App>) -> Router {
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(middleware::from_fn_with_state(app.clone(), not_too_large))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(fixed(HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=()"))
        .layer(CompressionLayer::new())
        .with_state(app.clone())
}

/// Puts the error a handler answered into words for its reader.
async fn in_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let place = guard::request_place(&request);
    let identity = request.extensions().get::<Identity>().cloned().unwrap_or_else(Identity::nobody);
    let response = next.run(request).await;
    if let Some(pending) = response.extensions().get::<respond::Pending>() {
        return respond::error_response(&app, &identity, &place, &pending.0);
    }
    // Answers of the framework itself (a path or query that cannot be read) have no page either.
    if response.status() == StatusCode::BAD_REQUEST && !response.headers().contains_key("content-type") {
        return respond::error_response(&app, &identity, &place, &Error::Bad(Message::new("error-bad-address")));
    }
    response
}

/// Refuses a body by its announced length before a byte of it is read; what is not announced is cut off while reading.
async fn not_too_large(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.settings.upload.max_bytes();
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|n| n > limit) {
        let place = guard::request_place(&request);
        return respond::error_response(&app, &Identity::nobody(), &place, &Error::TooLarge { limit });
    }
    let (parts, body) = request.into_parts();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let body = axum::body::Body::new(http_body_util::Limited::new(body, limit));
    next.run(Request::from_parts(parts, body)).await
}

/// Serves until `stop` is done; requests under way get ten seconds to finish.
///
/// # Errors
/// When the address cannot be bound or the listener fails.
pub async fn serve(
    app: App,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let (told, mut hear) = tokio::sync::watch::channel(false);
    let graceful = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        let _ = told.send(true);
    });
    tokio::select! {
        done = graceful.into_future() => done?,
        () = async {
            let _ = hear.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(Duration::from_secs(10)).await;
        } => tracing::warn!("some requests did not finish in ten seconds"),
    }
    app.db.close().await;
    Ok(())
}
