//! Coming in to work: several to-dos at once, one passed on, a leader's instruction answered and closed, the bell.
//!
//! These journeys change what everybody sees, so each has a district of its own.

use std::sync::Arc;

use super::{district::District, visitor::Visitor};
use crate::support::browser::Window;

async fn come(window: Window) -> Option<Visitor> {
    if !Visitor::can_come() {
        return None;
    }
    let district = tokio::task::spawn_blocking(|| Arc::new(District::begin())).await.expect("the district is served");
    Visitor::come_to(district, window).await
}

/// Ticks the first rows that are there.
async fn tick(visitor: &Visitor, n: usize) -> usize {
    let script = format!(
        "const boxes = Array.from(document.querySelectorAll('#list [data-row-check]')).slice(0, {n});
         for (const box of boxes) {{ box.scrollIntoView({{ block: 'center' }}); box.click(); }} return boxes.length"
    );
    visitor.js(&script).await.as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number")
}

async fn act_on_several(window: Window, name: &str) {
    let Some(visitor) = come(window).await else { return };
    visitor.sign_in("chuangjian").await;
    visitor.open("/todo?register=premises").await;
    let before = visitor.ask("document.querySelectorAll('#list tbody tr[id]').length").await;
    let ticked = tick(&visitor, 2).await;
    assert!(ticked == 2, "the office has several projects to approve: {before}");
    assert_eq!(visitor.text("[data-checked-count]").await, ticked.to_string());
    visitor.photograph(&format!("{name}-ticked")).await;
    visitor.click_words("批量办理").await;
    visitor.inspect().await;
    visitor.reads(&["批量办理", "取消（可办 2 / 2 件）", "先填写"]).await;
    visitor.photograph(&format!("{name}-asked")).await;
    visitor.click("input[name=act][value='step:abandon']").await;
    visitor.fill("f-reason", "与相邻社区共用用房，不再单独立项").await;
    visitor.click_path("//form[@action='/todo/batch']//button[@type='submit']").await;
    visitor.inspect().await;
    visitor.reads(&[&format!("已办 {ticked} 件，未办 0 件。")]).await;
    visitor.photograph(&format!("{name}-done")).await;
    visitor.sign_out().await;
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_projects_are_given_up_with_one_reason_at_a_desk() {
    act_on_several(Window::Desktop, "batch").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_projects_are_given_up_with_one_reason_on_a_phone() {
    act_on_several(Window::Phone, "batch-phone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_to_do_is_passed_on_within_the_office_and_asked_after_there() {
    let Some(visitor) = come(Window::Desktop).await else { return };
    visitor.sign_in("chuangjian").await;
    visitor.open("/todo?register=premises").await;
    let title = visitor.text("#list tbody tr[id] a.title").await;
    visitor.click("#list tbody tr[id] a.title").await;
    visitor.inspect().await;
    visitor.reads(&[&title, "转办", "抄送", "经过"]).await;
    visitor.photograph("todo-one").await;
    visitor.js("document.querySelector(\"select[name=post] option[value]:not([value=''])\").selected = true").await;
    visitor.fill("f-reason", "外出学习一周，请代办").await;
    visitor.photograph("todo-transfer").await;
    visitor.click_path("//form[contains(@action,'/transfer')]//button[@type='submit']").await;
    assert_eq!(visitor.place().await, "/todo?done=transfer");
    visitor.inspect().await;
    visitor.open("/todo?box=sent").await;
    visitor.reads(&[&title, "主任"]).await;
    visitor.photograph("todo-sent").await;
    visitor.click_path(&format!("//*[@id='list']//tr[contains(., '{title}')]//a[contains(@class,'title')]")).await;
    visitor.inspect().await;
    visitor.reads(&["外出学习一周，请代办"]).await;
    visitor.fill("f-words", "请本周办结").await;
    visitor.click_path("//form[contains(@action,'/nudge')]//button[@type='submit']").await;
    visitor.inspect().await;
    visitor.reads(&["已催 1 次", "请本周办结"]).await;
    visitor.photograph("todo-nudged").await;
    visitor.leave().await;
}

async fn instruct(window: Window, lang: &str, name: &str) {
    let Some(visitor) = come(window).await else { return };
    let words = |zh: &'static str, en: &'static str| if lang == "en" { en } else { zh };
    visitor.sign_in("quling").await;
    visitor.choose("lang", lang).await;
    visitor.open("/score/D02").await;
    visitor.photograph(&format!("{name}-beside")).await;
    visitor.click("a[href^='/instructions/new']").await;
    visitor.inspect().await;
    visitor.fill("f-words", "请民政局三日内报进度").await;
    visitor.fill("f-due_on", "2009-06-25").await;
    let post = "Array.from(document.querySelectorAll('input[name=post]'))\
                .find((box) => box.closest('label').textContent.includes('民政局') && \
                box.closest('label').textContent.includes(window.wanted))";
    visitor.js("window.wanted = '副局长'").await;
    let found = visitor
        .js(&format!(
            "const box = {post}; if (!box) return false; box.closest('details').open = true; box.click(); return true"
        ))
        .await;
    assert_eq!(found, serde_json::Value::Bool(true), "the deputy head of the bureau can be written to");
    visitor.photograph(&format!("{name}-form")).await;
    visitor.click_words(words("发出批示", "Send the instruction")).await;
    visitor.inspect().await;
    let page = visitor.ask("location.pathname").await;
    visitor.photograph(&format!("{name}-given")).await;
    visitor.sign_out().await;

    visitor.sign_in("minzheng").await;
    visitor.choose("lang", lang).await;
    visitor.click("a.hj-bell").await;
    visitor.inspect().await;
    visitor.reads(&["请民政局三日内报进度"]).await;
    visitor.photograph(&format!("{name}-messages")).await;
    visitor.click_path("//*[@id='list']//tr[contains(., '请民政局三日内报进度')]//button").await;
    assert_eq!(visitor.ask("location.pathname").await, page, "the message leads to the instruction");
    visitor.inspect().await;
    visitor.fill_at("textarea[name=words]", "已报，见指标页").await;
    visitor.fill_at("input[name=link]", "/score/D02").await;
    visitor.photograph(&format!("{name}-reply")).await;
    visitor.click_words(words("回复", "Answer")).await;
    visitor.inspect().await;
    visitor.sign_out().await;

    visitor.sign_in("quling").await;
    visitor.open("/instructions").await;
    visitor.photograph(&format!("{name}-list")).await;
    visitor.open(&page).await;
    visitor.reads(&["已报，见指标页", "/score/D02"]).await;
    visitor.click_words(words("办结", "Close")).await;
    visitor.inspect().await;
    visitor.reads(&[words("已办结", "Closed")]).await;
    visitor.photograph(&format!("{name}-closed")).await;
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_writes_on_an_indicator_the_bureau_answers_and_the_leader_closes() {
    instruct(Window::Desktop, "zh-CN", "instruction").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_on_a_phone_in_english() {
    instruct(Window::Phone, "en", "instruction-phone").await;
}

async fn search(window: Window, lang: &str, name: &str) {
    let Some(visitor) = come(window).await else { return };
    visitor.sign_in("chengbei").await;
    visitor.choose("lang", lang).await;
    visitor.open("/todo").await;
    visitor.press("/").await;
    assert_eq!(visitor.ask("document.activeElement.name").await, "q", "the key leads to the box");
    visitor.press("军民村".to_owned() + thirtyfour::Key::Enter).await;
    visitor.browser.wait_for("location.pathname === '/search' && document.readyState === 'complete'").await;
    visitor.inspect().await;
    visitor.browser.wait_for("document.querySelectorAll('#found mark').length > 2").await;
    visitor.photograph(&format!("{name}-found")).await;
    visitor.click("#found a[href^='/registers/premises/']").await;
    visitor.inspect().await;
    visitor.reads(&["军民村"]).await;
    visitor.open("/search?q=D02").await;
    visitor.photograph(&format!("{name}-indicator")).await;
    visitor.open("/search").await;
    visitor.photograph(&format!("{name}-empty")).await;
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_signs_in_the_box_lead_to_the_record() {
    search(Window::Desktop, "zh-CN", "search").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_signs_lead_to_the_record_on_a_phone_in_english() {
    search(Window::Phone, "en", "search-phone").await;
}
