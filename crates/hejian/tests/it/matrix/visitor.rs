//! Somebody before the real router: sends what a browser or a program would and keeps what came back.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use hejian_kernel::{testing::Browser, web::App};
use tower::ServiceExt as _;

/// The cookie of a session.
const COOKIE: &str = "hejian_session";
const BOUNDARY: &str = "a-boundary-of-this-test";

/// What a request carries.
#[derive(Debug, Clone)]
pub enum Sent {
    Nothing,
    Form(Vec<(String, String)>),
    Json(serde_json::Value),
    /// One file under this field, as a browser sends it.
    File {
        kind: String,
        bytes: Vec<u8>,
    },
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub text: String,
}

/// Somebody, signed in or not.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    session: Option<String>,
}

impl Visitor {
    /// Nobody.
    pub fn nobody(router: &Router) -> Self {
        Self { router: router.clone(), session: None }
    }

    /// Signs in through the sign-in page. `app` is one whose limits nobody has used up yet.
    pub async fn signed_in(router: &Router, app: &App, login: &str, password: &str) -> Self {
        let browser = Browser::signed_in(app, login, password).await;
        let session = browser.cookie(COOKIE).map(ToOwned::to_owned);
        assert!(session.is_some(), "{login} signed in and got no session");
        Self { router: router.clone(), session }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&Method::GET, path, &Sent::Nothing).await
    }

    pub async fn send(&self, method: &Method, path: &str, sent: &Sent) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "hejian.test");
        request = request.header("sec-fetch-site", "same-origin");
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("{COOKIE}={session}"));
        }
        let (kind, body) = match sent {
            Sent::Nothing => (None, Body::empty()),
            Sent::Form(pairs) => (Some("application/x-www-form-urlencoded".to_owned()), Body::from(form(pairs))),
            Sent::Json(json) => (Some("application/json".to_owned()), Body::from(json.to_string())),
            Sent::File { kind, bytes } => {
                (Some(format!("multipart/form-data; boundary={BOUNDARY}")), Body::from(file(kind, bytes)))
            }
        };
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(body).unwrap_or_else(|e| panic!("{path} is no address: {e}"));
        let answer = self.router.clone().oneshot(request).await.expect("a router always answers");
        let location = answer.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let (status, location) = (answer.status().as_u16(), location.to_owned());
        // A stream of events may have no end; what it says at once is enough.
        let whole = axum::body::to_bytes(answer.into_body(), 64 << 20);
        let bytes = tokio::time::timeout(Duration::from_secs(5), whole).await.ok().and_then(Result::ok);
        let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
        Answer { status, location, text }
    }
}

fn form(pairs: &[(String, String)]) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric();
    let code =
        |t: &str| t.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    let pairs: Vec<String> =
        pairs.iter().map(|(n, v)| [code(n), code(v)]).map(|[n, v]: [String; 2]| format!("{n}={v}")).collect();
    pairs.join("&")
}

fn file(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let part = |head: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n");
    let mut body = part("name=\"kind\"").into_bytes();
    body.extend(format!("\r\n{kind}\r\n{}", part("name=\"file\"; filename=\"matrix.csv\"")).into_bytes());
    body.extend(b"Content-Type: text/plain\r\n\r\n");
    body.extend(bytes);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    body
}

/// The controls of the page's form that posts to `action`, as a browser would send them untouched.
pub fn controls(page: &str, action: &str) -> Vec<(String, String)> {
    let Some(form) = page.split("<form").skip(1).find(|f| f.contains(&format!("action=\"{action}\""))) else {
        return Vec::new();
    };
    let form = form.split("</form>").next().unwrap_or_default();
    let mut pairs = Vec::new();
    for (at, _) in form.match_indices('<') {
        let rest = &form[at + 1..];
        let Some(end) = rest.find('>') else { continue };
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        let Some(name) = attribute(tag, "name") else { continue };
        let value = attribute(tag, "value").unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or_default();
        if tag.starts_with("input") && ["checkbox", "radio"].contains(&kind.as_str()) {
            if tag.split_whitespace().any(|word| word == "checked") {
                pairs.push((name, value));
            }
        } else if tag.starts_with("input") && kind != "file" {
            pairs.push((name, value));
        } else if tag.starts_with("textarea") {
            pairs.push((name, unescaped(after.split("</textarea>").next().unwrap_or_default())));
        } else if tag.starts_with("select") {
            let inner = after.split("</select>").next().unwrap_or_default();
            let chosen = inner.split("<option").skip(1).map(|o| o.split('>').next().unwrap_or_default());
            let chosen = chosen.filter(|o| o.split_whitespace().any(|word| word == "selected"));
            pairs.extend(chosen.filter_map(|o| attribute(o, "value")).map(|v| (name.clone(), v)));
        }
    }
    pairs
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
