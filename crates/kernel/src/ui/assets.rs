//! The bundled style sheets, scripts and images, out of the binary.
//!
//! Owns the embedded folder `web/dist` with its `manifest.json` (`{"app.css":"app.1a2b.css", …}`) and how it is served. The rule that
//! matters: a file whose name carries its hash never changes and is cached for a year; any other file is asked for again each time.
//! Without the bundle everything works, unstyled, and the pages say so.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped};
use rust_embed::RustEmbed;

/// Where the assets live in the address space; the router mounts [`serve`] under it.
pub const ASSET_PREFIX: &str = "/assets/";

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Plain name → name with its hash.
static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let Some(file) = Dist::get("manifest.json") else { return HashMap::new() };
    serde_json::from_slice(&file.data).unwrap_or_else(|problem| {
        tracing::error!(%problem, "web/dist/manifest.json is not a map of names: run cargo xtask assets again");
        HashMap::new()
    })
});

static SPRITE: LazyLock<String> = LazyLock::new(|| {
    let raw = MANIFEST.get("sprite.svg").and_then(|name| Dist::get(name));
    let text = raw.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    inline_svg(&text)
});

/// Whether the bundle is in this binary.
pub fn built() -> bool {
    !MANIFEST.is_empty()
}

/// Whether the bundle has a file of this plain name.
pub fn has_asset(name: &str) -> bool {
    MANIFEST.contains_key(name)
}

/// The address of an asset by its plain name: `app.css` → `/assets/app.1a2b.css`; the plain name where the bundle does not know it.
pub fn asset_url(name: &str) -> String {
    format!("{ASSET_PREFIX}{}", MANIFEST.get(name).map_or(name, String::as_str))
}

/// The icons and lamps, to stand once in every page: an external sprite would not see the page's colours. Empty without the bundle.
pub fn sprite_inline() -> Markup {
    PreEscaped(SPRITE.clone())
}

/// The `<svg>` element of a file, hidden, whatever class or size the file gives it.
fn inline_svg(text: &str) -> String {
    let symbols = match (text.find("<symbol"), text.rfind("</symbol>")) {
        (Some(from), Some(to)) if from < to => &text[from..to + "</symbol>".len()],
        _ => return String::new(),
    };
    format!(r#"<svg class="hj-sprite" aria-hidden="true" focusable="false">{symbols}</svg>"#)
}

/// Answers a request for the file `path` (the part after [`ASSET_PREFIX`]): 200, 304 where the reader has it, 404.
pub fn serve(path: &str, request: &HeaderMap) -> Response {
    let Some(file) = Dist::get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let etag = etag(&file.metadata.sha256_hash());
    let hashed = MANIFEST.values().any(|name| name == path);
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = request.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let mut answer = if known.is_some_and(|tags| tags.split(',').any(|tag| same_tag(tag, &etag))) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut full = Body::from(file.data.into_owned()).into_response();
        if let Ok(value) = HeaderValue::from_str(&content_type(file.metadata.mimetype())) {
            full.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        full
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    answer
}

/// Compares tags weakly: a compressing layer may have turned ours into a weak one.
fn same_tag(given: &str, ours: &str) -> bool {
    let given = given.trim();
    given == "*" || given.strip_prefix("W/").unwrap_or(given) == ours
}

fn etag(hash: &[u8]) -> String {
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// Text needs its encoding named; our sources are UTF-8.
fn content_type(mime: &str) -> String {
    let text =
        mime.starts_with("text/") || matches!(mime, "image/svg+xml" | "application/json" | "application/javascript");
    if text { format!("{mime}; charset=utf-8") } else { mime.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_file_is_served_with_type_tag_and_lifetime_and_not_sent_twice() {
        let Some((_, name)) = MANIFEST.iter().find(|(plain, _)| plain.ends_with(".css")) else {
            assert!(!built(), "a bundle without a style sheet");
            return;
        };
        let first = serve(name, &HeaderMap::new());
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(first.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(first.headers()[header::CACHE_CONTROL].to_str().expect("ascii").contains("immutable"));
        let mut again = HeaderMap::new();
        again.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(serve(name, &again).status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn an_unknown_file_is_not_found_and_cannot_climb_out_of_the_folder() {
        for path in ["no-such-file.css", "../package.json", "/etc/passwd", ""] {
            assert_eq!(serve(path, &HeaderMap::new()).status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn tags_are_compared_weakly() {
        assert!(same_tag(" W/\"ab\"", "\"ab\""));
        assert!(same_tag("*", "\"ab\""));
        assert!(!same_tag("\"cd\"", "\"ab\""));
    }

    #[test]
    fn a_sprite_is_cut_to_its_symbols_and_hidden() {
        let svg = r#"<?xml version="1.0"?><svg xmlns="x" width="9"><symbol id="i-x"><path d="M0"/></symbol></svg>"#;
        assert_eq!(
            inline_svg(svg),
            r#"<svg class="hj-sprite" aria-hidden="true" focusable="false"><symbol id="i-x"><path d="M0"/></symbol></svg>"#
        );
        assert_eq!(inline_svg("<svg></svg>"), "");
    }

    #[test]
    fn only_text_carries_an_encoding() {
        assert_eq!(content_type("text/javascript"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("font/woff2"), "font/woff2");
    }
}
