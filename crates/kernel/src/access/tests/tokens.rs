//! Bearer tokens.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{MODULES, PASSWORD, ROLES, audited, town};
use crate::{
    access::{account, end_term, issue_token, token},
    error::Error,
    sql,
    testing::{Browser, engines, opening},
};

#[tokio::test]
async fn a_token_has_the_rights_it_names_and_the_refusal_says_what_is_wrong_with_it() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut work = test.setup_with(ROLES).await;
        let rights = ["thing.read".to_owned()];
        let secret =
            issue_token(&mut work, "zhouming", Some("post-office"), "统计接口", &rights, 30).await.expect("issues");
        work.commit().await.expect("commits");
        assert!(secret.starts_with("hj_") && secret.len() == 67);
        let mut program = Browser::new(&app);
        program.bearer = Some(secret.clone());
        let read = program.get("/api/thing").await;
        assert_eq!((read.status, read.text.as_str()), (StatusCode::OK, "api 周明（区民政局 科长）"), "{}", test.name);
        assert_eq!(
            program.post("/api/thing", &[]).await.status,
            StatusCode::FORBIDDEN,
            "the post may, the token may not"
        );
        assert_eq!(program.get("/mine").await.status, StatusCode::FORBIDDEN, "a program has no profile");
        assert_eq!(program.post("/account/password", &[]).await.status, StatusCode::FORBIDDEN);

        let refusal = async |secret: &str, minutes: i64| {
            let mut program = Browser::new(&test.app_at(MODULES, ROLES, opening() + TimeDelta::minutes(minutes)));
            program.bearer = Some(secret.to_owned());
            let answer = program.get("/api/thing").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert_eq!(answer.headers["content-type"], "application/problem+json");
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
            let body: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
            assert!(!body["detail"].as_str().unwrap_or_default().is_empty(), "a way out: {body}");
            assert!(!answer.says(secret), "the secret does not come back");
            (
                body["code"].as_str().unwrap_or_default().to_owned(),
                body["title"].as_str().unwrap_or_default().to_owned(),
            )
        };
        assert_eq!(refusal("hj_nonsense", 0).await.0, "error-token-unknown");
        let (code, title) = refusal(&secret, 31 * 24 * 60).await;
        assert_eq!(code, "error-token-expired");
        assert!(title.contains("统计接口") && title.contains("2009-07-22 08:00"), "{title}");

        let (id,): (uuid::Uuid,) = sql!(&mut test.read().await, fetch_one, "select id from api_token").expect("reads");
        let mut work = test.setup_with(ROLES).await;
        let other = uuid::Uuid::from_u128(1);
        assert!(matches!(token::revoke(&mut work, other, id).await, Err(Error::NotFound { .. })), "not another's");
        token::revoke(&mut work, town.zhou_account, id).await.expect("revokes");
        token::revoke(&mut work, town.zhou_account, id).await.expect("twice is once");
        work.commit().await.expect("commits");
        assert_eq!(refusal(&secret, 1).await.0, "error-token-revoked");
        assert_eq!(audited(&test, "issue").await.len(), 1);
        assert_eq!(audited(&test, "revoke").await.len(), 1);
        let all: Vec<(String,)> =
            sql!(&mut test.read().await, fetch_all, "select secret_hash from api_token").expect("reads");
        assert!(all.iter().all(|(stored,)| !secret.contains(stored.as_str())), "only its digest is kept");
        let listed = token::list(&mut test.read().await, town.zhou_account).await.expect("lists");
        assert!(listed.len() == 1 && listed[0].last_used_at.is_some() && listed[0].revoked_at.is_some());
    }
}

#[tokio::test]
async fn a_token_stops_with_the_term_the_account_and_a_reset() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let code = async |secret: &str| {
            let mut program = Browser::new(&app);
            program.bearer = Some(secret.to_owned());
            let answer = program.get("/api/thing").await;
            let body: serde_json::Value = serde_json::from_str(&answer.text).unwrap_or_default();
            (answer.status.as_u16(), body["code"].as_str().unwrap_or_default().to_owned())
        };
        let mut work = test.setup_with(ROLES).await;
        let rights = ["thing.read".to_owned()];
        let office = issue_token(&mut work, "zhouming", None, "一", &rights, 30).await.expect("issues");
        let deputy = issue_token(&mut work, "zhouming", Some("post-lead"), "二", &rights, 30).await.expect("issues");
        let today = work.today();
        end_term(&mut work, town.zhou_deputy_term, today).await.expect("ends");
        work.commit().await.expect("commits");
        assert_eq!(code(&office).await, (200, String::new()), "{}", test.name);
        assert_eq!(code(&deputy).await, (401, "error-token-post".to_owned()));
        let mut work = test.setup_with(ROLES).await;
        account::disable(&mut work, town.zhou_account).await.expect("disables");
        work.commit().await.expect("commits");
        assert_eq!(code(&office).await, (401, "error-token-account".to_owned()));
        let mut work = test.setup_with(ROLES).await;
        account::enable(&mut work, town.zhou_account).await.expect("enables");
        let first = account::FirstPassword::generate().await.expect("generates");
        account::reset(&mut work, town.zhou_account, &first).await.expect("resets");
        work.commit().await.expect("commits");
        assert_eq!(code(&office).await, (401, "error-token-revoked".to_owned()));
    }
}

#[tokio::test]
async fn a_token_is_refused_rights_life_or_post_it_cannot_have() {
    for test in engines().await {
        let town = town(&test).await;
        let mut work = test.setup_with(ROLES).await;
        let mut rng = rand::make_rng::<rand::rngs::StdRng>();
        let good = token::NewToken {
            account: town.zhou_account,
            post: town.deputy_post,
            name: "接口".to_owned(),
            rights: vec!["thing.read".to_owned()],
            days: 365,
        };
        let mut fields = async |change: fn(&mut token::NewToken)| {
            let mut new = good.clone();
            change(&mut new);
            match token::issue(&mut work, &new, &mut rng).await {
                Ok(_) => vec!["issued".to_owned()],
                Err(Error::Invalid(problems)) => problems.into_iter().map(|p| p.field).collect(),
                Err(Error::Refused(message)) => vec![message.key],
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(fields(|_| {}).await, ["issued"]);
        assert_eq!(fields(|t| t.days = 366).await, ["days"]);
        assert_eq!(fields(|t| t.days = 0).await, ["days"]);
        assert_eq!(fields(|t| t.name = "  ".to_owned()).await, ["name"]);
        assert_eq!(fields(|t| t.rights.clear()).await, ["rights"]);
        assert_eq!(
            fields(|t| t.rights.push("thing.write".to_owned())).await,
            ["rights"],
            "the officer's, not the leader's"
        );
        assert_eq!(fields(|t| t.rights = vec!["thing.*".to_owned()]).await, ["rights"]);
        assert_eq!(fields(|t| t.post = uuid::Uuid::from_u128(9)).await, ["token-not-your-post"]);
    }
}

#[tokio::test]
async fn another_scheme_or_a_broken_header_is_explained() {
    for test in engines().await {
        town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut program = Browser::new(&app);
        program.bearer = Some(String::new());
        assert_eq!(program.get("/api/thing").await.status, StatusCode::UNAUTHORIZED);
        // A sign-in is still there for people.
        Browser::signed_in(&app, "zhouming", PASSWORD).await;
    }
}
