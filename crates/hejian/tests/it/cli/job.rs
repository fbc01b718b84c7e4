//! A job from the outside: asked for, watched, read; and what a killed server leaves.

use std::time::Duration;

use futures::StreamExt as _;
use serde_json::Value;

use super::run::{Place, Server, run};

fn token(data: &str) -> String {
    let said =
        run(&["token", "create", "--login", "auditadmin", "--name", "核验", "--rights", "audit.read", "--data", data]);
    said.works().out.trim().to_owned()
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client")
}

/// Asks for a verification; the address of its page.
async fn ask(server: &Server, token: &str) -> String {
    let answer = client().post(format!("{}/system/audit/verify", server.url)).bearer_auth(token).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().expect("an address").to_owned()
}

async fn get(server: &Server, token: &str, path: &str) -> reqwest::Response {
    client().get(format!("{}{path}", server.url)).bearer_auth(token).send().await.expect("an answer")
}

#[tokio::test]
async fn a_verification_is_watched_to_its_end_and_read_afterwards() {
    for place in Place::engines("cli job").await {
        place.init();
        let token = token(&place.data());
        let server = Server::serve(&place.data());
        let page = ask(&server, &token).await;
        let mut events = get(&server, &token, &format!("{page}/events")).await;
        assert_eq!(events.headers()["content-type"], "text/event-stream");
        let mut said = String::new();
        while !said.contains("event: end") {
            let part = tokio::time::timeout(Duration::from_secs(20), events.chunk()).await.expect("in time");
            let part = part.expect("an event").expect("the stream goes on until the end");
            said.push_str(&String::from_utf8_lossy(&part));
        }
        assert!(said.contains("event: progress") && said.contains("\"state\":\"done\""), "{said}");
        let job: Value = get(&server, &token, &format!("/api/v1{page}")).await.json().await.expect("JSON");
        assert_eq!(
            (job["state"].as_str(), job["result"]["findings"].as_array().map(Vec::len)),
            (Some("done"), Some(0))
        );
        assert_eq!(get(&server, &token, &page).await.status(), 200);
        // Another person's job is not there for anybody else.
        assert_eq!(get(&server, &token, "/api/v1/jobs/01000000-0000-7000-8000-000000000000").await.status(), 404);
        assert_eq!(server.get(&format!("/api/v1{page}")).await.0, 401);
        assert_eq!(server.stop().0, 0);
        run(&["verify", "--data", &place.data()]).works();
    }
}

#[tokio::test]
async fn a_server_stops_while_somebody_watches_a_job() {
    let place = Place::sqlite();
    place.init();
    let token = token(&place.data());
    let server = Server::serve(&place.data());
    let page = ask(&server, &token).await;
    let watching = get(&server, &token, &format!("{page}/events")).await;
    let began = std::time::Instant::now();
    assert_eq!(server.stop().0, 0);
    assert!(began.elapsed() < Duration::from_secs(8), "watching pages must not hold the server");
    drop(watching.bytes_stream().collect::<Vec<_>>().await);
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
            let job: Value = get(&server, &token, &format!("/api/v1{page}")).await.json().await.expect("JSON");
            state = job["state"].as_str().unwrap_or_default().to_owned();
            if state == "done" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(state, "done", "{}", place.engine);
    }
}
