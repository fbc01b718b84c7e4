//! A browser without a screen: keeps cookies, sends what a browser sends, follows nothing.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::{
    ui::query::Query,
    web::{App, router},
};

/// A browser at a work place.
#[derive(Debug, Clone)]
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    /// What it sends as `Accept-Language`.
    pub language: &'static str,
    /// A bearer token it sends instead of cookies.
    pub bearer: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// Where a redirect leads; empty without one.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Whether the text stands in the body.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.text.contains(text)
    }
}

impl Browser {
    /// A browser nobody has used.
    #[must_use]
    pub fn new(app: &App) -> Self {
        Self { router: router(app), cookies: Vec::new(), language: "zh-CN", bearer: None }
    }

    /// A browser in which somebody has signed in.
    ///
    /// # Panics
    /// When they cannot.
    pub async fn signed_in(app: &App, login: &str, password: &str) -> Self {
        let mut browser = Self::new(app);
        let answer = browser.post("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} cannot sign in: {}", answer.text);
        browser
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut text = String::new();
        for (name, value) in fields {
            // A query of one pair is that pair encoded, after the question mark.
            let pair = Query::new("").with(name, *value).href();
            text.push_str(if text.is_empty() { "" } else { "&" });
            text.push_str(&pair[1..]);
        }
        self.send(Method::POST, path, Body::from(text)).await
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Puts a cookie in, as if it had been kept from before.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(n, _)| n != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When the path is no address.
    pub async fn send(&mut self, method: Method, path: &str, body: Body) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path).header(header::HOST, "hejian.test");
        request = request.header(header::ACCEPT_LANGUAGE, self.language);
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        } else {
            let jar: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
            request = request.header(header::COOKIE, jar.join("; ")).header("sec-fetch-site", "same-origin");
        }
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(body).expect("a test's address is an address");
        let answer = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap_or_default();
            if let Some((name, value)) = text.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.set_cookie(name, value);
                if text.contains("Max-Age=0") {
                    self.cookies.retain(|(n, _)| n != name);
                }
            }
        }
        let bytes = body.collect().await.map(|all| all.to_bytes()).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
