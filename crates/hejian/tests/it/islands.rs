//! The scripts of the pages in a real browser, under the policy that forbids everything inline.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::sse::{Event, Sse};
use axum::routing::{get, post};
use hejian_kernel::i18n::Lang;
use hejian_kernel::ui::{feedback, form};
use maud::{Markup, PreEscaped, html};
use thirtyfour::prelude::*;

use crate::support::browser::{Browser, Window};
use crate::support::site;

/// A bare page without the bundle, for the browser's own check.
fn plain(body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=en><title>x</title><meta name=viewport content=width=device-width><link rel=icon href=data:,><body>{body}"
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_error_and_a_policy_report_are_noticed_and_a_clean_page_is_not() {
    let Some(browser) = Browser::start(Window::Desktop).await else { return };
    let script = || async { ([("content-type", "text/javascript")], "console.error('the kettle is cold')") };
    let routes = Router::new()
        .route("/clean", get(|| async { plain("<p>clean") }))
        .route("/loud", get(|| async { plain("<script src=/loud.js></script>") }))
        .route("/loud.js", get(script))
        .route("/styled", get(|| async { plain("<p style=color:red>inline") }));
    let site = site::serve(routes).await;
    let page = browser.page();
    page.goto(format!("{site}/clean")).await.unwrap();
    assert_eq!(browser.problems().await, Vec::<String>::new());
    page.goto(format!("{site}/loud")).await.unwrap();
    browser.expect_problem("the kettle is cold").await;
    page.goto(format!("{site}/styled")).await.unwrap();
    browser.expect_problem("Content Security Policy").await;
    browser.resize(Window::Phone).await;
    let width = page.execute("return window.innerWidth", vec![]).await.unwrap();
    assert_eq!(width.json().as_u64(), Some(390));
    assert!(browser.screenshot("browser-check").await.is_file());
    browser.finish().await;
}

/// The form of the draft tests. `version` stands for a record that somebody else has changed since.
fn draft_page(account: &str, version: i64, saved: bool) -> Markup {
    let body = html! {
        @if saved { (form::draft_saved("premises/1")) }
        (form::post_form_draft("/save", false, "premises/1", version, html! {
            input id="area" name="area" value="459.0";
            select id="works" name="works" { option value="new" { "新建" } option value="rebuild" { "改建" } }
            input id="own" type="checkbox" name="own" value="yes";
            input id="key" type="password" name="key";
            span data-secret { input id="phone" name="phone"; }
        }))
    };
    site::page(account, &[], body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_filled_form_survives_a_reload_until_it_is_saved_or_discarded() {
    if !site::has_bundle() {
        return;
    }
    let Some(browser) = Browser::start(Window::Desktop).await else { return };
    let routes = Router::new()
        .route("/form", get(|| async { draft_page("wang", 7, false) }))
        .route("/changed", get(|| async { draft_page("wang", 8, false) }))
        .route("/other", get(|| async { draft_page("li", 7, false) }))
        .route("/saved", get(|| async { draft_page("wang", 8, true) }));
    let site = site::serve(routes).await;
    let page = browser.page();
    let value =
        async |field: &str| page.find(By::Id(field)).await.unwrap().prop("value").await.unwrap().unwrap_or_default();
    let note = async || page.find(By::Css("[data-draft-note]")).await.ok();
    let button = async |place: usize| {
        page.find_all(By::Css("[data-draft-note] button")).await.unwrap()[place].click().await.unwrap();
    };

    page.goto(format!("{site}/form")).await.unwrap();
    for (field, text) in [("area", "1"), ("key", "secret"), ("phone", "13800000000")] {
        page.find(By::Id(field)).await.unwrap().send_keys(text).await.unwrap();
    }
    page.find(By::Css("#works option[value=rebuild]")).await.unwrap().click().await.unwrap();
    page.find(By::Id("own")).await.unwrap().click().await.unwrap();
    page.refresh().await.unwrap();
    assert_eq!(value("area").await, "459.01");
    assert_eq!(value("works").await, "rebuild");
    assert!(page.find(By::Id("own")).await.unwrap().is_selected().await.unwrap());
    assert_eq!((value("key").await, value("phone").await), (String::new(), String::new()), "secrets are never kept");
    assert!(note().await.is_some(), "what was filled in is said");
    browser.screenshot("draft-restored").await;

    page.goto(format!("{site}/other")).await.unwrap();
    assert_eq!(value("area").await, "459.0", "another account sees nothing of it");

    page.goto(format!("{site}/changed")).await.unwrap();
    assert_eq!(value("area").await, "459.0", "nothing is filled into a record that has been changed since");
    button(0).await;
    assert_eq!(value("area").await, "459.01");

    page.goto(format!("{site}/saved")).await.unwrap();
    page.goto(format!("{site}/form")).await.unwrap();
    assert_eq!(value("area").await, "459.0", "saving clears the draft");
    assert!(note().await.is_none());

    page.find(By::Id("area")).await.unwrap().send_keys("2").await.unwrap();
    page.refresh().await.unwrap();
    button(0).await;
    assert_eq!(value("area").await, "459.0", "discarding gives the server's value back");
    page.refresh().await.unwrap();
    assert!(note().await.is_none());
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn menus_progress_charts_and_refused_forms_need_nothing_inline() {
    if !site::has_bundle() {
        return;
    }
    let Some(browser) = Browser::start(Window::Desktop).await else { return };
    let chart = r#"{"kind":"line","x":["04","05","06"],"values":[79.6,null,85.3],"unit":" 分","decimals":2,"min":50,"max":100,
        "marks":[{"at":90,"text":"合格线 90"}],"moments":[{"at":"05","text":"申报"}]}"#;
    let home = move || async move {
        let body = html! {
            (feedback::job_progress(Lang::ZhCn, "导入", 0, "/events"))
            form id="f" hx-post="/refuse" hx-target="#f" hx-swap="outerHTML" { input name="a"; button id="send" { "写入" } }
            figure data-chart role="img" aria-label="六月 85.3 分" {
                script type="application/json" { (PreEscaped(chart)) }
                div.chart {}
            }
            button id="opener" type="button" data-open="drawer" { "打开" }
            aside.hj-drawer id="drawer" hidden { button data-close="drawer" { "关闭" } }
        };
        site::page("wang", &["charts.js"], body)
    };
    let events = || async {
        let steps = [
            Event::default().event("progress").data(r#"{"percent":40,"text":"读第 4 行"}"#),
            Event::default().event("end").data(r#"{"state":"done","text":"写入 11 行","href":"/result"}"#),
        ];
        let steps = futures_of(steps);
        Sse::new(steps)
    };
    let refuse = || async {
        let form = html! { form id="f" { div data-problems tabindex="-1" id="problems" { "月份应为 01～12" } } };
        (StatusCode::UNPROCESSABLE_ENTITY, form)
    };
    let routes = Router::new().route("/", get(home)).route("/events", get(events)).route("/refuse", post(refuse));
    let site = site::serve(routes).await;
    let page = browser.page();
    page.goto(&site).await.unwrap();
    browser.wait_for("document.querySelector('[data-progress] a')?.textContent === '写入 11 行'").await;
    assert_eq!(page.find(By::Css("[data-percent]")).await.unwrap().text().await.unwrap(), "100%");
    browser.wait_for("document.querySelector('.chart canvas')?.width > 100").await;
    // The tool-tip of a chart is drawn, not styled markup.
    page.action_chain().move_to_element_center(&page.find(By::Css(".chart")).await.unwrap()).perform().await.unwrap();
    let menu = page.find(By::Css("details.hj-menu summary")).await.unwrap();
    menu.click().await.unwrap();
    page.active_element().await.unwrap().send_keys(Key::Escape + "").await.unwrap();
    browser.wait_for("!document.querySelector('details.hj-menu[open]')").await;
    page.find(By::Id("opener")).await.unwrap().click().await.unwrap();
    browser.wait_for("!document.getElementById('drawer').hidden").await;
    browser.screenshot("islands").await;
    page.active_element().await.unwrap().send_keys(Key::Escape + "").await.unwrap();
    browser.wait_for("document.activeElement.id === 'opener'").await;
    assert_eq!(browser.problems().await, Vec::<String>::new());
    browser.as_printed(true).await;
    let bar = page.find(By::Css("header.hj-top")).await.unwrap();
    assert!(!bar.is_displayed().await.unwrap(), "the frame stays off the paper");
    browser.screenshot("islands-print").await;
    browser.as_printed(false).await;
    page.find(By::Id("send")).await.unwrap().click().await.unwrap();
    browser.wait_for("document.activeElement.id === 'problems'").await;
    browser.expect_problem("422").await;
    browser.finish().await;
}

/// The events one after the other, with a breath between them.
fn futures_of(steps: [Event; 2]) -> impl futures::Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold(steps.into_iter(), |mut left| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        left.next().map(|event| (Ok(event), left))
    })
}
