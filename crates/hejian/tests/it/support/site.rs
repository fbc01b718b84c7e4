//! A small site of one test: pages in the product's frame under the product's strict policy, with the real bundle.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use hejian_kernel::ui::{self, shell::Shell, shell::UserBox};
use maud::Markup;

/// Serves the routes and the bundle on a free port for as long as the test runs; answers the address without a last slash.
pub async fn serve(routes: Router) -> String {
    let asset = |Path(name): Path<String>, headers: HeaderMap| async move { ui::assets::serve(&name, &headers) };
    let site = routes.route("/assets/{*name}", get(asset)).layer(map_response(with_policy));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound port has an address");
    tokio::spawn(async move { axum::serve(listener, site).await });
    format!("http://{address}")
}

async fn with_policy(mut answer: Response) -> Response {
    let policy =
        (HeaderName::from_static("content-security-policy"), HeaderValue::from_static(hejian_kernel::web::POLICY));
    let fresh = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [policy, fresh] {
        if !answer.headers().contains_key(&name) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

/// A page in the product's frame, as this account sees it; `scripts` beside `app.js`.
pub fn page(account: &str, scripts: &[&str], body: Markup) -> Markup {
    let user = UserBox { name: "王小明".into(), post: "区社区办".into(), ..UserBox::default() };
    let scripts = scripts.iter().map(|name| (*name).to_owned()).collect();
    ui::shell::page(
        &Shell { user: Some(user), account: account.to_owned(), scripts, title: "试".into(), ..Shell::default() },
        body,
    )
}

/// Whether the bundle was built into this binary; says what is skipped where not.
pub fn has_bundle() -> bool {
    let built = ui::assets::built();
    if !built {
        super::skip("tests of the islands: the web assets are not built; `cargo xtask assets` builds them");
    }
    built
}
