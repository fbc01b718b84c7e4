//! The pages of one's own account, of all accounts and of the audit, in both languages.

use axum::http::{Method, StatusCode};

use super::{MODULES, PASSWORD, ROLES, audited, town};
use crate::{
    i18n,
    testing::{Browser, engines, plant},
};

/// The first text between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).map(|at| at + from.len()).unwrap_or_else(|| panic!("`{from}` is not in {text}"));
    &text[start..start + text[start..].find(to).expect("its end")]
}

#[tokio::test]
async fn every_page_opens_to_whom_it_is_for_in_both_languages_without_a_missing_word() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        let own: &[&str] = &["/account", "/account/password", "/account/tokens/new"];
        let accounts: &[&str] = &["/system/accounts", "/system/accounts?q=x&state=locked&page=9&per=50"];
        let audit: &[&str] = &[
            "/system/audit",
            "/system/audit?q=%25&kind=account&action=create&from=2009-06-01&to=x",
            "/system/audit/1",
        ];
        for (login, more, closed) in [
            ("zhouming", &[][..], "/system/accounts"),
            (
                "xitong",
                &[accounts, &["/system/accounts/new", "/system/accounts/new?q=a"]].concat()[..],
                "/system/audit",
            ),
            ("anquan", accounts, "/system/accounts/new"),
            ("shenji", audit, "/system/accounts"),
        ] {
            let mut browser = Browser::signed_in(&app, login, PASSWORD).await;
            for lang in ["zh-CN", "en"] {
                browser.post("/preferences", &[("lang", lang)]).await;
                for path in own.iter().chain(more) {
                    let page = browser.get(path).await;
                    assert_eq!(page.status, StatusCode::OK, "{login} {path}: {}", page.text);
                    assert!(page.says(&format!("<html lang=\"{lang}\"")) && page.text.matches("<h1").count() == 1);
                    for prefix in ["[audit-", "[account-", "[profile-", "[token-", "[password-", "[nav-", "[shell-"] {
                        assert!(!page.says(prefix), "{path} lacks {}", between(&page.text, prefix, "]"));
                    }
                    assert!(!page.says(" style="), "the policy forbids it: {path}");
                }
                assert_eq!(browser.get(closed).await.status, StatusCode::FORBIDDEN, "{login} {closed}");
            }
        }
        for action in crate::pages::audit_actions() {
            for lang in i18n::Lang::ALL {
                assert!(i18n::has(lang, &format!("audit-action-{}", action.replace('_', "-"))), "{action}");
            }
        }
    }
}

#[tokio::test]
async fn the_system_administrator_gives_and_disables_the_security_administrator_resets_and_neither_the_others_act() {
    for test in engines().await {
        let town = town(&test).await;
        let mut work = test.setup_with(ROLES).await;
        let zheng = plant::person(&mut work, "zheng", "郑六").await.to_string();
        work.commit().await.expect("commits");
        let app = test.app(MODULES, ROLES);
        let mut system = Browser::signed_in(&app, "xitong", PASSWORD).await;
        let mut security = Browser::signed_in(&app, "anquan", PASSWORD).await;
        let page = system.get("/system/accounts/new?q=%E9%83%91").await;
        assert!(page.says(&zheng) && page.says("郑六"), "{}", page.text);
        let wrong = system.post("/system/accounts", &[("person", &zheng), ("login", "郑")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.says("value=\"郑\"") && wrong.says("f-logine"), "what was typed stays beside its error");
        assert_eq!(
            system.post("/system/accounts", &[("login", "zheng")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(security.post("/system/accounts", &[("person", &zheng)]).await.status, StatusCode::FORBIDDEN);
        let made = system.post("/system/accounts", &[("person", &zheng), ("login", "zhengliu")]).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
        let password = between(&made.text, "新密码</dt><dd><code>", "</code>").to_owned();
        let mut browser = Browser::new(&app);
        let form = [("login", "zhengliu"), ("password", password.as_str())];
        assert_eq!(browser.post("/sign-in", &form).await.location(), "/account/password");

        let at = |act: &str| format!("/system/accounts/{}/{act}", town.zhou_account);
        assert_eq!(system.post(&at("reset"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(security.post(&at("disable"), &[]).await.status, StatusCode::FORBIDDEN);
        assert!(security.get(&at("reset")).await.says("所有访问令牌收回"));
        let reset = security.post(&at("reset"), &[]).await;
        let fresh = between(&reset.text, "新密码</dt><dd><code>", "</code>").to_owned();
        let old = Browser::new(&app).post("/sign-in", &[("login", "zhouming"), ("password", PASSWORD)]).await;
        assert_eq!(old.status, StatusCode::UNAUTHORIZED);
        let mut zhou = Browser::new(&app);
        assert_eq!(
            zhou.post("/sign-in", &[("login", "zhouming"), ("password", &fresh)]).await.location(),
            "/account/password"
        );
        assert_eq!(security.post(&at("unlock"), &[]).await.location(), "/system/accounts?done=unlock");
        assert_eq!(system.post(&at("disable"), &[]).await.location(), "/system/accounts?done=disable");
        assert_eq!(zhou.get("/account/password").await.status, StatusCode::SEE_OTHER);
        assert!(system.get("/system/accounts?state=disabled").await.says("zhouming"));
        assert_eq!(system.post(&at("enable"), &[]).await.location(), "/system/accounts?done=enable");
        // Nobody does it to themselves.
        let (me,): (uuid::Uuid,) =
            crate::sql!(&mut test.read().await, fetch_one, "select id from account where login = 'xitong'")
                .expect("reads");
        let own = system.post(&format!("/system/accounts/{me}/disable"), &[]).await;
        assert_eq!(own.status, StatusCode::CONFLICT);
        let nobody = uuid::Uuid::from_u128(5);
        for path in [format!("/system/accounts/{nobody}/disable"), "/system/accounts/x/disable".to_owned()] {
            assert_eq!(system.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(audited(&test, "reset_password").await[0].0, "钱二（武陵区 安全管理员）");
        for (_, detail) in audited(&test, "create").await {
            assert!(!detail.contains(&password) && !detail.contains(&fresh));
        }
    }
}

#[tokio::test]
async fn one_makes_a_token_sees_it_once_takes_it_back_and_ends_other_sessions() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        let form = browser.get("/account/tokens/new").await;
        assert!(form.says("thing.read") && form.says("thing.write") && !form.says("account.manage"), "{}", form.text);
        let none = browser.post("/account/tokens", &[("name", "接口"), ("days", "30")]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.says("至少选一项权限"), "{}", none.text);
        let fields = [("name", "接口"), ("days", "30"), ("rights", "thing.read"), ("rights", "thing.write")];
        let issued = browser.post("/account/tokens", &fields).await;
        let secret = format!("hj_{}", between(&issued.text, "<code>hj_", "</code>"));
        assert_eq!(issued.headers["cache-control"], "no-store");
        let mut program = Browser::new(&app);
        program.bearer = Some(secret.clone());
        assert_eq!(program.post("/api/thing", &[]).await.status, StatusCode::OK);
        let page = browser.get("/account").await;
        assert!(page.says("接口") && !page.says(&secret));
        let id = between(&page.text, "action=\"/account/tokens/", "/revoke").to_owned();
        let path = format!("/account/tokens/{id}/revoke");
        let mut other = Browser::signed_in(&app, "xitong", PASSWORD).await;
        assert_eq!(other.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "not another's");
        assert_eq!(browser.post(&path, &[]).await.location(), "/account?done=token");
        assert_eq!(program.get("/api/thing").await.status, StatusCode::UNAUTHORIZED);

        let mut elsewhere = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        assert!(browser.get("/account").await.says("结束其他登录"));
        assert_eq!(browser.post("/account/sessions/end", &[]).await.location(), "/account?done=sessions");
        assert_eq!(elsewhere.get("/mine").await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/mine").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_audit_is_filtered_opened_entry_by_entry_and_its_head_taken_away() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        Browser::new(&app).post("/sign-in", &[("login", "nobody"), ("password", "x")]).await;
        let mut browser = Browser::signed_in(&app, "shenji", PASSWORD).await;
        let failed = browser.get("/system/audit?action=sign_in_failed").await;
        assert!(failed.says("nobody") && failed.says("共 1 行"), "{}", failed.text);
        for (path, rows) in [
            ("/system/audit?q=%E5%AD%99%E4%B8%89", "共 1 行"),
            ("/system/audit?from=2009-06-22&to=2009-06-22&kind=account&action=sign_in", "共 1 行"),
            ("/system/audit?from=2009-06-23", "共 0 行"),
            ("/system/audit?to=2009-06-21", "共 0 行"),
        ] {
            assert!(browser.get(path).await.says(rows), "{path} on {}", test.name);
        }
        let head = browser.get("/system/audit/head").await;
        let json: crate::audit::Head = serde_json::from_str(&head.text).expect("a head");
        assert!(head.headers["content-disposition"].to_str().expect("ascii").contains(&json.seq.to_string()));
        let last = browser.get(&format!("/system/audit/{}", json.seq)).await;
        assert!(last.says(&json.hash) && last.says("与内容相符"), "{}", last.text);
        assert_eq!(browser.get("/system/audit/0").await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/system/audit/x").await.status, StatusCode::NOT_FOUND);
        assert!(browser.post("/system/audit/verify", &[]).await.location().starts_with("/jobs/"));
        assert_eq!(
            browser.send(Method::DELETE, "/system/audit/1", axum::body::Body::empty()).await.status,
            StatusCode::NOT_FOUND
        );
    }
}
