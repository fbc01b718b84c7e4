//! A job from the outside: asked for, watched, read; and what a killed server leaves.

use std::time::{Duration, Instant};

use hejian_kernel::sql;
use serde_json::Value;
use uuid::Uuid;

use super::run::{Place, Server, run};

fn token(data: &str) -> String {
    let said =
        run(&["token", "create", "--login", "auditadmin", "--name", "核验", "--rights", "audit.read", "--data", data]);
    said.works().out.trim().to_owned()
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
}

/// Asks for a verification; the address of the job.
async fn ask(server: &Server, token: &str) -> String {
    let answer = client().post(format!("{}/api/v1/audit/verify", server.url)).bearer_auth(token).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), 202);
    answer.headers()["location"].to_str().expect("an address").to_owned()
}

/// A browser of the audit administrator, who has chosen a password.
async fn browser(server: &Server, accounts: &Value) -> reqwest::Client {
    let first = accounts[2]["password"].as_str().expect("a password");
    let client = reqwest::Client::builder().cookie_store(true).build().expect("a client");
    let sign_in = [("login", "auditadmin"), ("password", first), ("back", "/")];
    let answer = client.post(format!("{}/sign-in", server.url)).form(&sign_in).send().await.expect("an answer");
    assert!(answer.url().path().ends_with("/account/password"), "{}", answer.url());
    let new = "三个 字 的口令 2009";
    let change = [("present", first), ("new", new), ("again", new)];
    let answer = client.post(format!("{}/account/password", server.url)).form(&change).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    client
}

async fn get(server: &Server, token: &str, path: &str) -> reqwest::Response {
    client().get(format!("{}{path}", server.url)).bearer_auth(token).send().await.expect("an answer")
}

#[tokio::test]
async fn a_verification_is_asked_for_watched_left_and_read_by_its_owner_alone() {
    for place in Place::engines("cli job").await {
        let accounts = place.init();
        let token = token(&place.data());
        let server = Server::serve(&place.data());
        let browser = browser(&server, &accounts).await;
        let page = browser.post(format!("{}/system/audit/verify", server.url)).send().await.expect("an answer");
        let path = page.url().path().to_owned();
        assert!(path.starts_with("/jobs/") && page.status() == 200, "{path}");
        let mut events = browser.get(format!("{}{path}/events", server.url)).send().await.expect("an answer");
        assert_eq!(events.headers()["content-type"], "text/event-stream");
        let mut said = String::new();
        while !said.contains("event: end") {
            let part = tokio::time::timeout(Duration::from_secs(20), events.chunk()).await.expect("in time");
            let part = part.expect("an event").expect("the stream goes on until the end");
            said.push_str(&String::from_utf8_lossy(&part));
        }
        assert!(said.contains("\"state\":\"done\""), "{said}");
        let page = browser.get(format!("{}{path}", server.url)).send().await.expect("an answer");
        assert!(page.text().await.expect("a page").contains("审计链完整"), "{}", place.engine);
        let job: Value = get(&server, &token, &format!("/api/v1{path}")).await.json().await.expect("JSON");
        assert_eq!(
            (job["state"].as_str(), job["result"]["findings"].as_array().map(Vec::len)),
            (Some("done"), Some(0))
        );
        assert_eq!(get(&server, &token, "/api/v1/jobs/01000000-0000-7000-8000-000000000000").await.status(), 404);
        assert_eq!(server.get(&format!("/api/v1{path}")).await.0, 401);
        assert_eq!(server.stop().0, 0);
        run(&["verify", "--data", &place.data()]).works();
    }
}

#[tokio::test]
async fn a_server_stops_while_somebody_watches_a_job() {
    let place = Place::sqlite();
    let accounts = place.init();
    let server = Server::serve(&place.data());
    let browser = browser(&server, &accounts).await;
    // A job that no worker takes: watching it never ends by itself.
    let (_db, mut tx) = place.write().await;
    let (account,): (Uuid,) =
        sql!(&mut tx, fetch_one, "select id from account where login = 'auditadmin'").expect("reads");
    let id = Uuid::from_u128(9);
    sql!(
        &mut tx,
        execute,
        "insert into job (id, kind, args, state, account_id, created_at, heartbeat_at)
         values ($1, 'audit.verify', '{}', 'running', $2, '2999-01-01T00:00:00Z', '2999-01-01T00:00:00Z')",
        id,
        account
    )
    .expect("writes");
    tx.commit().await.expect("commits");
    let mut watching = browser.get(format!("{}/jobs/{id}/events", server.url)).send().await.expect("an answer");
    assert!(watching.chunk().await.expect("an event").is_some());
    let began = Instant::now();
    assert_eq!(server.stop().0, 0);
    assert!(began.elapsed() < Duration::from_secs(5), "watching pages must not hold the server");
}

#[tokio::test]
async fn a_job_of_a_killed_server_is_done_by_the_next_one() {
    for place in Place::engines("cli killed").await {
        place.init();
        let token = token(&place.data());
        let server = Server::serve(&place.data());
        let page = ask(&server, &token).await;
        // At once: it waits, runs or is done by then; in each case nothing may be lost.
        server.kill();
        let server = Server::serve(&place.data());
        let mut state = String::new();
        for _ in 0..900 {
            let job: Value = get(&server, &token, &page).await.json().await.expect("JSON");
            state = job["state"].as_str().unwrap_or_default().to_owned();
            if state == "done" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(state, "done", "{}", place.engine);
    }
}
