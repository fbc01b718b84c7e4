//! Signing in, sessions, posts, passwords.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;

use super::{MODULES, PASSWORD, ROLES, audited, town};
use crate::{
    access::{
        account::{self, FirstPassword},
        end_term,
    },
    sql,
    testing::{Browser, engines, opening},
};

#[tokio::test]
async fn somebody_signs_in_acts_in_their_first_post_switches_it_and_signs_out() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::new(&app);
        let refused = browser.get("/mine?x=1").await;
        assert_eq!(refused.location(), "/sign-in?back=/mine%3Fx%3D1", "{}", test.name);
        let page = browser.get("/sign-in?back=/mine%3Fx%3D1").await;
        assert!(page.status.is_success() && page.says(r#"name="back" value="/mine?x=1""#), "{}", page.text);
        let form = [("login", " ZhouMing "), ("password", PASSWORD), ("back", "/mine?x=1")];
        let entered = browser.post("/sign-in", &form).await;
        assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/mine?x=1"));
        // The post held comes before the one deputised, whatever the official order.
        assert_eq!(browser.get("/mine").await.text, "web 周明（区民政局 科长）");
        assert_eq!(browser.send(Method::POST, "/api/thing", axum::body::Body::empty()).await.status, StatusCode::OK);
        let other = town.deputy_post.to_string();
        let switched = browser.post("/session/post", &[("post", &other), ("back", "/mine")]).await;
        assert_eq!(switched.location(), "/mine");
        assert_eq!(browser.get("/mine").await.text, "web 周明（区民政局 局长，代）");
        // As leader they only read.
        assert_eq!(
            browser.send(Method::POST, "/api/thing", axum::body::Body::empty()).await.status,
            StatusCode::FORBIDDEN
        );
        let stranger = uuid::Uuid::from_u128(7).to_string();
        assert_eq!(browser.post("/session/post", &[("post", &stranger)]).await.status, StatusCode::NOT_FOUND);
        let id = browser.cookie("hejian_session").expect("a session").to_owned();
        assert_eq!(browser.post("/session/end", &[]).await.location(), "/sign-in");
        assert_eq!(browser.cookie("hejian_session"), None);
        browser.set_cookie("hejian_session", &id);
        assert_eq!(
            browser.get("/mine").await.status,
            StatusCode::SEE_OTHER,
            "the session is over, not just its cookie"
        );
        for action in ["sign_in", "sign_out"] {
            assert_eq!(audited(&test, action).await.len(), 1, "{action} on {}", test.name);
        }
        let stored: Vec<(String,)> =
            sql!(&mut test.read().await, fetch_all, "select detail from audit_entry").expect("reads");
        assert!(stored.iter().all(|(d,)| !d.contains(PASSWORD) && !d.contains(&id)), "no secret enters the audit");
    }
}

#[tokio::test]
async fn a_session_ends_after_an_idle_hour_and_after_twelve_hours_however_busy() {
    for test in engines().await {
        town(&test).await;
        let at = |minutes: i64| test.app_at(MODULES, ROLES, opening() + TimeDelta::minutes(minutes));
        let id = {
            let browser = Browser::signed_in(&at(0), "zhouming", PASSWORD).await;
            browser.cookie("hejian_session").expect("a session").to_owned()
        };
        let known_at = async |minutes: i64| {
            let mut browser = Browser::new(&at(minutes));
            browser.set_cookie("hejian_session", &id);
            browser.get("/mine").await.status == StatusCode::OK
        };
        // Within the hour, again and again.
        for minutes in (55..=710).step_by(55) {
            assert!(known_at(minutes).await, "{minutes} minutes on {}", test.name);
        }
        assert!(!known_at(721).await, "after twelve hours");
        let browser = Browser::signed_in(&at(0), "zhouming", PASSWORD).await;
        let id = browser.cookie("hejian_session").expect("a session").to_owned();
        let mut late = Browser::new(&at(61));
        late.set_cookie("hejian_session", &id);
        assert_eq!(late.get("/mine").await.status, StatusCode::SEE_OTHER, "idle for an hour");
    }
}

#[tokio::test]
async fn last_seen_is_written_once_a_minute() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        let seen = async || -> chrono::DateTime<chrono::Utc> {
            let row: (chrono::DateTime<chrono::Utc>,) =
                sql!(&mut test.read().await, fetch_one, "select last_seen_at from session").expect("reads");
            row.0
        };
        let first = seen().await;
        browser.get("/mine").await;
        assert_eq!(seen().await, first);
        let later = test.app_at(MODULES, ROLES, opening() + TimeDelta::minutes(2));
        let mut again = Browser::new(&later);
        again.set_cookie("hejian_session", browser.cookie("hejian_session").expect("a session"));
        again.get("/mine").await;
        assert!(seen().await >= first + TimeDelta::minutes(1));
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour_and_every_refusal_reads_the_same() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::new(&app);
        let unknown = browser.post("/sign-in", &[("login", "nobody"), ("password", "x")]).await;
        assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
        let note = |text: &str| {
            let from = text.find("id=\"errors\"").expect("a note");
            text[from..from + text[from..].find("</div>").expect("its end")].to_owned()
        };
        for _ in 0..5 {
            let wrong = browser.post("/sign-in", &[("login", "zhouming"), ("password", "wrong")]).await;
            assert_eq!((wrong.status, note(&wrong.text)), (StatusCode::UNAUTHORIZED, note(&unknown.text)));
            assert!(!wrong.says("wrong"), "the password typed does not come back");
        }
        let locked = browser.post("/sign-in", &[("login", "zhouming"), ("password", PASSWORD)]).await;
        assert_eq!((locked.status, note(&locked.text)), (StatusCode::UNAUTHORIZED, note(&unknown.text)));
        assert_eq!(audited(&test, "sign_in_failed").await.len(), 7);
        let locks = audited(&test, "lock").await;
        assert!(locks.len() == 1 && locks[0].1.contains("\"failures\":5"), "{locks:?}");
        let early = test.app_at(MODULES, ROLES, opening() + TimeDelta::minutes(14));
        let form = [("login", "zhouming"), ("password", PASSWORD)];
        assert_eq!(Browser::new(&early).post("/sign-in", &form).await.status, StatusCode::UNAUTHORIZED);
        let after = test.app_at(MODULES, ROLES, opening() + TimeDelta::minutes(16));
        Browser::signed_in(&after, "zhouming", PASSWORD).await;
        // A security administrator lifts a lock before its time.
        for _ in 0..5 {
            Browser::new(&after).post("/sign-in", &[("login", "zhouming"), ("password", "wrong")]).await;
        }
        let mut work = after.work(&crate::access::Actor::without_rights(crate::access::Channel::Console, "t")).await;
        account::unlock(work.as_mut().expect("begins"), town.zhou_account).await.expect("unlocks");
        work.expect("begins").commit().await.expect("commits");
        let fresh = test.app_at(MODULES, ROLES, opening() + TimeDelta::minutes(17));
        Browser::signed_in(&fresh, "zhouming", PASSWORD).await;
    }
}

#[tokio::test]
async fn a_password_set_by_somebody_else_must_be_changed_before_anything_and_ends_every_session() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut before = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        let first = FirstPassword::generate().await.expect("generates");
        let mut work = test.setup_with(ROLES).await;
        account::reset(&mut work, town.zhou_account, &first).await.expect("resets");
        work.commit().await.expect("commits");
        assert_eq!(before.get("/mine").await.status, StatusCode::SEE_OTHER, "sessions end with a reset");

        let mut browser = Browser::new(&app);
        let form = [("login", "zhouming"), ("password", first.text()), ("back", "/mine")];
        assert_eq!(browser.post("/sign-in", &form).await.location(), "/account/password");
        assert_eq!(browser.get("/mine").await.location(), "/account/password");
        assert_eq!(
            browser.send(Method::POST, "/api/thing", axum::body::Body::empty()).await.location(),
            "/account/password"
        );
        let page = browser.get("/account/password").await;
        assert!(page.status.is_success() && page.says("现在的密码是别人设置的"), "{}", page.text);
        let mut other = Browser::signed_in(&app, "zhouming", first.text()).await;
        let send = async |browser: &mut Browser, present: &str, new: &str, again: &str| {
            browser.post("/account/password", &[("present", present), ("new", new), ("again", again)]).await
        };
        let new = "a quiet walk in 1998";
        for (present, new, again, why) in [
            ("wrong", new, new, "现在的密码不对"),
            (first.text(), "short", "short", "至少 10 个字符"),
            (first.text(), new, "another", "两次输入的新密码不同"),
            (first.text(), first.text(), first.text(), "与现在的相同"),
            (first.text(), "zhouming2009", "zhouming2009", "不能以账号名为主"),
        ] {
            let refused = send(&mut browser, present, new, again).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
            assert!(refused.says(why) && !refused.says(first.text()), "{why}: {}", refused.text);
        }
        let done = send(&mut browser, first.text(), new, new).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/mine").await.status, StatusCode::OK);
        assert_eq!(other.get("/mine").await.status, StatusCode::SEE_OTHER, "other sessions end");
        assert_eq!(audited(&test, "change_password").await.len(), 1);
        Browser::signed_in(&app, "zhouming", new).await;
    }
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_only_its_owner_is_told() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        let mut work = test.setup_with(ROLES).await;
        account::disable(&mut work, town.zhou_account).await.expect("disables");
        work.commit().await.expect("commits");
        assert_eq!(browser.get("/mine").await.status, StatusCode::SEE_OTHER);
        let guess = browser.post("/sign-in", &[("login", "zhouming"), ("password", "guess")]).await;
        assert!(!guess.says("账号已停用"));
        let owner = browser.post("/sign-in", &[("login", "zhouming"), ("password", PASSWORD)]).await;
        assert!(owner.status == StatusCode::UNAUTHORIZED && owner.says("账号已停用"), "{}", owner.text);
    }
}

#[tokio::test]
async fn a_term_that_ends_takes_its_post_and_rights_along_at_the_next_request() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        let other = town.deputy_post.to_string();
        browser.post("/session/post", &[("post", &other)]).await;
        assert!(browser.get("/mine").await.says("，代）"));
        let mut work = test.setup_with(ROLES).await;
        let today = work.today();
        end_term(&mut work, town.zhou_deputy_term, today).await.expect("ends");
        work.commit().await.expect("commits");
        assert_eq!(browser.get("/mine").await.text, "web 周明（区民政局 科长）", "{}", test.name);
    }
}

#[tokio::test]
async fn look_and_language_are_kept_for_the_browser_before_and_for_the_account_after_signing_in() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::new(&app);
        let chosen = browser.post("/preferences", &[("lang", "en"), ("back", "/sign-in?back=%2Fmine")]).await;
        assert_eq!(chosen.location(), "/sign-in?back=%2Fmine");
        browser.post("/preferences", &[("theme", "dark")]).await;
        let page = browser.get("/sign-in").await;
        assert!(page.says(r#"<html lang="en" data-bs-theme="dark" data-size="normal">"#), "{}", page.text);
        assert_eq!(browser.post("/preferences", &[("theme", "pink")]).await.status, StatusCode::BAD_REQUEST);
        browser.post("/sign-in", &[("login", "zhouming"), ("password", PASSWORD)]).await;
        let page = browser.get("/account/password").await;
        assert!(page.says(r#"<html lang="en""#), "the language chosen before signing in stays");
        browser.post("/preferences", &[("size", "large"), ("back", "//evil.example")]).await;
        let page = browser.get("/account/password").await;
        assert!(page.says(r#"data-size="large""#));
        let elsewhere = browser.post("/preferences", &[("lang", "zh-CN"), ("back", "//evil.example")]).await;
        assert_eq!(elsewhere.location(), "/");
    }
}

#[tokio::test]
async fn the_eleventh_attempt_of_a_minute_is_told_to_wait() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::new(&app);
        for _ in 0..10 {
            let answer = browser.post("/sign-in", &[("login", "nobody"), ("password", "x")]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        }
        let answer = browser.post("/sign-in", &[("login", "zhouming"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.headers.contains_key("retry-after") && answer.says("秒后再试"), "{}", answer.text);
    }
}
