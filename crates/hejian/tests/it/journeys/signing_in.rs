//! Signing in and out, being locked out and let in again, the first password, one person in several posts.

use thirtyfour::prelude::*;

use super::district::NEWCOMER;
use super::visitor::Visitor;
use crate::support::browser::Window;

/// The length of the chosen password matters, the password does not.
const CHOSEN: &str = "Journey-2009-wuling";

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_passwords_lock_an_account_until_the_security_administrator_unlocks_it_and_the_first_is_changed() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.open("/sign-in").await;
    visitor.photograph("sign-in").await;
    for _ in 0..5 {
        visitor.enter(NEWCOMER, "not the password").await;
        visitor.browser.expect_problem("401").await;
        visitor.inspect().await;
        visitor.reads(&["账号或密码不对，或账号已锁定", "连续错 5 次，账号锁定 15 分钟"]).await;
        assert_eq!(visitor.value("f-login").await, NEWCOMER, "the name need not be typed again");
        assert_eq!(visitor.ask("document.activeElement.id").await, "f-password");
    }
    visitor.photograph("sign-in-refused").await;
    visitor.enter(NEWCOMER, visitor.district().password(NEWCOMER)).await;
    visitor.browser.expect_problem("401").await;
    visitor.reads(&["账号或密码不对，或账号已锁定"]).await;

    visitor.sign_in("anquan").await;
    visitor.open(&format!("/system/accounts?q={NEWCOMER}")).await;
    visitor.reads(&[NEWCOMER, "已锁定"]).await;
    visitor.photograph("accounts-locked").await;
    visitor.click_words("解锁").await;
    visitor.inspect().await;
    assert!(visitor.text("#toast").await.contains("账号已解锁。"));
    visitor.sign_out().await;

    let first = visitor.district().password(NEWCOMER).to_owned();
    visitor.sign_in(NEWCOMER).await;
    assert_eq!(visitor.place().await, "/account/password", "the first password must be changed");
    visitor.inspect().await;
    visitor.photograph("first-password").await;
    visitor.open("/todo").await;
    assert_eq!(visitor.place().await, "/account/password", "before anything else");
    for (field, text) in [("f-present", first.as_str()), ("f-new", CHOSEN), ("f-again", CHOSEN)] {
        visitor.fill(field, text).await;
    }
    visitor.press(Key::Enter + "").await;
    visitor.browser.wait_for("!location.pathname.startsWith('/account/password')").await;
    visitor.open("/todo").await;
    assert_eq!(visitor.place().await, "/todo");
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_out_comes_back_to_the_page_they_wanted_and_nobody_else_gets_it() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    let wanted = "/registers/premises?state=accepted&page=2";
    visitor.open(wanted).await;
    assert!(visitor.place().await.starts_with("/sign-in?back="), "{}", visitor.place().await);
    visitor.enter("chuangjian", visitor.district().password("chuangjian")).await;
    assert_eq!(visitor.place().await, wanted);
    visitor.inspect().await;
    visitor.sign_out().await;
    visitor.open(wanted).await;
    assert!(visitor.place().await.starts_with("/sign-in"), "the session is over");
    // Going back in the history shows nothing of what was open: pages are not kept.
    visitor.browser.page().back().await.unwrap();
    visitor.browser.wait_for("document.querySelector('main')").await;
    let main = visitor.main().await;
    assert!(!main.contains("军民村"), "{main}");
    visitor.browser.problems().await;
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_in_three_posts_changes_post_in_the_header_and_sees_what_that_post_may() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("chuangjian").await;
    let choices = "document.querySelectorAll('.hj-pop form[action=\"/session/post\"] button').length";
    assert_eq!(visitor.ask(choices).await, "3");
    let own = [
        "区社区建设工作办公室 · 综合科科长",
        "体育东路社区 · 驻体育东路社区工作组组长",
        "区社区建设工作办公室 · 创建办联络员",
    ];
    let records = ["共 53 行", "共 1 行", "共 53 行"];
    for (n, (post, records)) in own.into_iter().zip(records).enumerate() {
        visitor.open("/registers/premises").await;
        visitor.click("summary.hj-post").await;
        visitor.click(&format!(".hj-pop form[action='/session/post'] button:nth-of-type({})", n + 1)).await;
        assert_eq!(visitor.place().await, "/registers/premises", "the page stays");
        visitor.inspect().await;
        assert_eq!(visitor.text("summary.hj-post span").await, post);
        visitor.reads(&[records]).await;
        let navigation = visitor.ask("document.getElementById('side').textContent").await;
        // Setting up a community is the business of the district, not of a work group.
        assert_eq!(navigation.contains("设立批复"), n != 1, "{navigation}");
        if n == 1 {
            visitor.click("summary.hj-post").await;
            visitor.photograph("posts").await;
        }
    }
    visitor.leave().await;
}
