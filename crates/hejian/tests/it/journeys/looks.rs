//! The same pages in another language, in large type, in the dark, on a phone and on paper.
//!
//! Language, colours and size of type belong to the account: each journey signs in as somebody else.

use thirtyfour::prelude::*;

use super::visitor::Visitor;
use crate::support::browser::Window;

/// Pages of every kind: list of work, figures, tree, register, record, form, paper.
const PAGES: [&str; 9] = [
    "/todo",
    "/score",
    "/score?view=gaps",
    "/score/D02",
    "/standard",
    "/registers/premises",
    "/registers/premises/coverage",
    "/organisation",
    "/account",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_words_in_english_and_again_in_chinese() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.open("/sign-in").await;
    visitor.click_words("English").await;
    visitor.inspect().await;
    visitor.reads(&["Sign in"]).await;
    visitor.photograph("sign-in-en").await;
    visitor.enter("minzheng-gu", visitor.district().password("minzheng-gu")).await;
    assert_eq!(visitor.ask("document.documentElement.lang").await, "en", "the language chosen before signing in stays");
    for page in PAGES {
        visitor.open(page).await;
        assert_eq!(visitor.ask("document.documentElement.lang").await, "en", "{page}");
    }
    visitor.open("/todo").await;
    visitor.photograph("todo-en").await;
    visitor.open("/score").await;
    visitor.photograph("score-en").await;
    visitor.open("/score/D02").await;
    visitor.photograph("D02-en").await;
    visitor.open("/registers/premises").await;
    visitor.photograph("premises-en").await;
    visitor.click("#list tbody a").await;
    visitor.inspect().await;
    visitor.photograph("record-en").await;
    let record = visitor.place().await;
    visitor.choose("lang", "zh-CN").await;
    assert_eq!(visitor.place().await, record, "the page stays");
    assert_eq!(visitor.ask("document.documentElement.lang").await, "zh-CN");
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn large_type_and_dark_colours_are_kept_for_the_account_and_nothing_gets_too_wide() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("quling").await;
    visitor.open("/score/D02").await;
    let (size, ground) = (
        "parseFloat(getComputedStyle(document.documentElement).fontSize)",
        "getComputedStyle(document.body).backgroundColor",
    );
    let (normal, light) = (visitor.js(&format!("return {size}")).await, visitor.ask(ground).await);
    visitor.choose("size", "large").await;
    let large = visitor.js(&format!("return {size}")).await;
    assert_eq!(large.as_f64().zip(normal.as_f64()).map(|(l, n)| l / n), Some(1.25));
    visitor.photograph("D02-large").await;
    visitor.choose("theme", "dark").await;
    assert_ne!(visitor.ask(ground).await, light);
    for page in PAGES {
        visitor.open(page).await;
    }
    visitor.sign_out().await;
    visitor.sign_in("quling").await;
    assert_eq!(visitor.ask("document.documentElement.dataset.bsTheme").await, "dark");
    assert_eq!(visitor.ask("document.documentElement.dataset.size").await, "large");
    visitor.choose("size", "normal").await;
    for (page, name) in [("/todo", "todo-dark"), ("/score", "score-dark"), ("/score/D02", "D02-dark")] {
        visitor.open(page).await;
        visitor.photograph(name).await;
    }
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_nothing_is_wider_than_the_screen_and_the_way_is_at_the_bottom() {
    let Some(visitor) = Visitor::come(Window::Phone).await else { return };
    visitor.open("/sign-in").await;
    visitor.photograph("sign-in-phone").await;
    visitor.sign_in("chengbei").await;
    for page in PAGES {
        visitor.open(page).await;
        assert_eq!(visitor.ask("innerWidth").await, "390", "{page} is not zoomed out");
        let bar = "getComputedStyle(document.querySelector('.hj-tabbar')).display !== 'none' && \
                   document.querySelector('.hj-tabbar').getBoundingClientRect().bottom === innerHeight";
        assert_eq!(visitor.ask(bar).await, "true", "{page} has the bar at the bottom");
    }
    visitor.open("/todo").await;
    visitor.photograph("todo-phone").await;
    visitor.open("/score").await;
    visitor.photograph("score-phone").await;
    visitor.open("/score/D02").await;
    visitor.photograph("D02-phone").await;
    visitor.open("/registers/premises").await;
    let card = "getComputedStyle(document.querySelector('#list tbody tr')).display";
    assert_eq!(visitor.ask(card).await, "block", "rows are cards");
    visitor.photograph("premises-phone").await;
    visitor.click("#list tbody a").await;
    visitor.inspect().await;
    visitor.photograph("record-phone").await;
    visitor.click("a[href$='/edit']").await;
    visitor.inspect().await;
    visitor.photograph("form-phone").await;

    visitor.click(".hj-tabbar button[data-toggle-side]").await;
    visitor.browser.wait_for("document.getElementById('side').getBoundingClientRect().left === 0").await;
    visitor.browser.wait_for("document.getElementById('side').contains(document.activeElement)").await;
    visitor.photograph("menu-phone").await;
    visitor.press(Key::Escape + "").await;
    visitor.browser.wait_for("!document.getElementById('side').checkVisibility({ visibilityProperty: true })").await;
    visitor.click(".hj-tabbar a[href='/dashboard']").await;
    assert_eq!(visitor.place().await, "/dashboard");
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_paper_stands_the_tree_and_not_the_frame() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("minzheng").await;
    visitor.open("/score/D02").await;
    visitor.browser.as_printed(true).await;
    let seen = async |css: &str| visitor.one(css).await.is_displayed().await.expect("an element is there");
    for frame in [".hj-top", ".hj-side", ".hj-crumb", ".hj-acts"] {
        assert!(!seen(frame).await, "{frame} stays off the paper");
    }
    for content in ["h1", ".hj-tiles", ".hj-tree", ".hj-tree details[open] details[open] > ul"] {
        assert!(seen(content).await, "{content} is on the paper");
    }
    // A4 between its margins: 178 mm, at 96 dots an inch.
    let width = visitor.ask("document.querySelector('.hj-tree').getBoundingClientRect().width > 600").await;
    assert_eq!(width, "true");
    visitor.photograph("D02-print").await;
    visitor.browser.as_printed(false).await;
    visitor.leave().await;
}
