//! Bad input over the web: every answer names the thing and the remedy in the reader's language, and nothing is half-written.
//!
//! What the command line does with bad input stands in `cli/faults.rs`.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Command,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use hejian::modules::{MODULES, ROLES};
use hejian_kernel::{
    db::{Db, dump},
    register::{FieldDef, FieldKind, RegisterDef},
    settings::Settings,
    testing::{Browser, TestDb, engines, opening, plant},
    ui::form::Field,
    web::{App, router},
};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::cli::run::{Place, Server, hejian, run};

/// A district with one community and somebody who may do everything that a business role may.
async fn stage(test: &TestDb) -> (App, Uuid) {
    let mut work = test.setup_with(ROLES).await;
    let district = plant::unit(&mut work, "D", "district", "武陵区", None).await;
    let community = plant::unit(&mut work, "C1", "community", "军民村社区", Some(district)).await;
    plant::officer(&mut work, district, "office", "周明", "科长", "campaign_office").await;
    work.commit().await.expect("the stage is kept");
    (test.app(MODULES, ROLES), community)
}

async fn everything(db: &Db) -> Vec<String> {
    let tables = dump::dump(db).await.expect("the database can be dumped");
    // When somebody was last seen is no work of theirs; signing in is audited and comes first.
    let kept = tables.into_iter().filter(|(table, _)| !["session", "account"].contains(&table.as_str()));
    kept.flat_map(|(table, rows)| rows.into_iter().map(move |row| format!("{table}: {row}"))).collect()
}

/// What no field of this kind can be; a text that may be anything is too long.
fn wrong(field: &FieldDef) -> String {
    match field.kind {
        FieldKind::Text | FieldKind::Secret if field.required => String::new(),
        FieldKind::Text | FieldKind::LongText | FieldKind::Secret => "长".repeat(10_001),
        FieldKind::Int | FieldKind::Scaled(_) | FieldKind::Decimal(_) | FieldKind::Money => {
            "十二 and a half".to_owned()
        }
        FieldKind::Date => "2009-02-30".to_owned(),
        FieldKind::Choice(_) => "no such choice".to_owned(),
        FieldKind::Bool => "perhaps".to_owned(),
    }
}

/// A form of this register with every field wrong: names and values.
fn all_wrong(def: &RegisterDef) -> Vec<(String, String)> {
    let mut pairs = vec![("unit".to_owned(), "no such unit".to_owned())];
    pairs.extend(def.fields.iter().map(|f| (f.name.to_owned(), wrong(f))));
    for child in def.children {
        pairs.extend(child.fields.iter().map(|f| (format!("{}[0].{}", child.name, f.name), wrong(f))));
    }
    pairs
}

/// The words beside a field, without marks; `None` when nothing is said.
fn said(page: &str, field: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("id=\"{}e\"", Field::id_of(field)))?;
    let inner = rest.split_once('>')?.1.split("</div>").next()?;
    let words: String =
        inner.split('<').filter_map(|part| part.split_once('>').map_or(Some(part), |(_, t)| Some(t))).collect();
    Some(words.trim().to_owned()).filter(|w| !w.is_empty())
}

#[tokio::test]
async fn a_form_with_every_field_wrong_says_so_at_every_field_at_once_in_both_languages() {
    for test in engines().await {
        let (app, _) = stage(&test).await;
        let mut browser = Browser::signed_in(&app, "office", plant::PASSWORD).await;
        let before = everything(&test.db).await;
        for def in app.registers() {
            let path = format!("/registers/{}/new", def.key);
            let pairs = all_wrong(def);
            let fields: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let mut words = Vec::new();
            for lang in ["zh-CN", "en"] {
                browser.post("/preferences", &[("lang", lang)]).await;
                let answer = browser.post(&path, &fields).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {lang}");
                let at = |name: &str| {
                    said(&answer.text, name).unwrap_or_else(|| panic!("{path} in {lang}: nothing is said at `{name}`"))
                };
                words.push(pairs.iter().map(|(name, _)| at(name)).collect::<Vec<_>>());
            }
            let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            for (n, (name, value)) in pairs.iter().enumerate() {
                let (chinese, english) = (&words[0][n], &words[1][n]);
                assert!(is_chinese(chinese), "{path} `{name}`: {chinese}");
                // A value that was typed may be repeated; the words around it are the reader's.
                assert!(!is_chinese(&english.replace(value.as_str(), "")), "{path} `{name}`: {english}");
            }
        }
        assert_eq!(everything(&test.db).await, before, "{}: nothing was written", test.name);
    }
}

#[tokio::test]
async fn an_act_that_another_site_asked_the_browser_for_is_refused_in_words() {
    for test in engines().await {
        let (app, community) = stage(&test).await;
        let browser = Browser::signed_in(&app, "office", plant::PASSWORD).await;
        let cookie = format!("hejian_session={}", browser.cookie("hejian_session").expect("a session"));
        let router = router(&app);
        let send = async |header: (&str, &str)| {
            let cell = format!("cell={community}%7C2009-05%7Ctrue&lang=en");
            let request = Request::builder().method(Method::POST).uri("/preferences");
            let request = request.header(header::HOST, "hejian.test").header(header::COOKIE, &cookie);
            let request = request.header(header.0, header.1).body(Body::from(cell)).expect("a request");
            let answer = router.clone().oneshot(request).await.expect("an answer");
            let status = answer.status();
            let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
            (status, String::from_utf8_lossy(&bytes).into_owned())
        };
        let language = async || {
            let mut tx = test.read().await;
            let (lang,): (String,) =
                hejian_kernel::sql!(&mut tx, fetch_one, "select lang from account").expect("a row");
            lang
        };
        for foreign in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let (status, text) = send(foreign).await;
            assert_eq!(status, StatusCode::CONFLICT, "{foreign:?}");
            assert!(text.contains("这个请求来自别的网站"), "{foreign:?}: {text}");
            assert_eq!(language().await, "zh-CN", "{foreign:?}: nothing was written");
        }
        for own in [("sec-fetch-site", "same-origin"), ("origin", "https://hejian.test")] {
            assert_eq!(send(own).await.0, StatusCode::SEE_OTHER, "{own:?}");
        }
        assert_eq!(language().await, "en");
    }
}

/// The most memory the process ever had, in MB.
fn most_memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the process is there");
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).expect("the kernel says how much");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).expect("a number of kB") / 1024
}

/// Sends a request of this head and as much of a body of zeros as the server takes, and answers what it said.
fn pour(server: &Server, head: &str, megabytes: usize, chunked: bool) -> (String, Duration) {
    let address = server.url.trim_start_matches("http://");
    let mut line = TcpStream::connect(address).expect("the server listens");
    line.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
    line.set_write_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
    let started = Instant::now();
    line.write_all(format!("{head}\r\nHost: {address}\r\nConnection: close\r\n").as_bytes()).expect("a head is taken");
    line.write_all(if chunked { b"Transfer-Encoding: chunked\r\n\r\n" } else { b"\r\n" }).expect("a head is taken");
    let megabyte = vec![b'0'; 1 << 20];
    for _ in 0..megabytes {
        let framed = !chunked || line.write_all(b"100000\r\n").is_ok();
        // The server has said enough: it need not read on.
        if !framed || line.write_all(&megabyte).is_err() || (chunked && line.write_all(b"\r\n").is_err()) {
            break;
        }
    }
    let mut said = Vec::new();
    // Closed with bytes unread: whatever came before still counts.
    let _ = line.read_to_end(&mut said);
    (String::from_utf8_lossy(&said).into_owned(), started.elapsed())
}

#[tokio::test]
async fn a_body_of_a_hundred_megabytes_is_refused_at_once_and_costs_no_memory() {
    let place = Place::sqlite();
    place.init();
    let server = Server::serve(&place.data());
    assert_eq!(server.get("/sign-in").await.0, 200);
    let before = most_memory(server.id());
    let form = "POST /sign-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept-Language: en";
    // Announced: refused before a byte of it is read.
    let (said, time) = pour(&server, &format!("{form}\r\nContent-Length: 104857600"), 0, false);
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    assert!(said.contains("MB"), "the limit is named: {said}");
    assert!(time < Duration::from_secs(2), "{time:?}");
    // Not announced: cut off while it comes.
    let (said, time) = pour(&server, form, 100, true);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 413"), "{said}");
    assert!(time < Duration::from_secs(10), "{time:?}");
    let more = most_memory(server.id()) - before;
    assert!(more < 30, "{more} MB for a body that was refused");
    assert_eq!(server.get("/healthz").await.0, 200, "the service goes on");
}

#[tokio::test]
async fn a_disk_that_fills_up_under_a_running_server_loses_the_one_save_whole_and_nothing_else() {
    let place = Place::sqlite();
    let accounts = place.init();
    let password = accounts[0]["password"].as_str().expect("a password").to_owned();
    // The signal of a file that may not grow is passed over, so that the write itself fails.
    let plain = hejian(&["serve", "--data", &place.data(), "--listen", "127.0.0.1:0"]);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("trap '' XFSZ; exec \"$0\" \"$@\"").arg(plain.get_program()).args(plain.get_args());
    for (name, _) in plain.get_envs() {
        shell.env_remove(name);
    }
    shell.env("HEJIAN_SIGN_IN_PER_MINUTE", "1000");
    let server = Server::start(shell);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let sign_in = async || {
        let form = [("login", "sysadmin"), ("password", password.as_str())];
        let request = client.post(format!("{}/sign-in", server.url)).header("accept-language", "en").form(&form);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.unwrap_or_default())
    };
    let limit = |bytes: &str| {
        let id = server.id().to_string();
        let done = Command::new("prlimit").args(["--pid", &id, &format!("--fsize={bytes}:unlimited")]).status();
        done.is_ok_and(|status| status.success())
    };
    if !limit("unlimited") {
        return crate::support::skip("a disk that fills up under a running server: prlimit is not here");
    }
    let before = run(&["head", "--data", &place.data()]).works().out;
    assert!(limit("2048"), "the disk fills up");
    for _ in 0..10 {
        assert_eq!(sign_in().await.0, 503);
    }
    let (status, text) = sign_in().await;
    assert_eq!(status, 503, "{text}");
    assert!(text.contains("disk is full") && text.contains("free space"), "thing and remedy: {text}");
    assert_eq!(server.get("/healthz").await.0, 200, "what is only read is still answered");
    assert_eq!(run(&["head", "--data", &place.data()]).works().out, before, "nothing was written");
    assert!(limit("unlimited"), "somebody makes room");
    // On every connection, not only on one that met no full disk.
    for _ in 0..20 {
        let (status, text) = sign_in().await;
        assert_eq!(status, 303, "{text}");
    }
    run(&["verify", "--data", &place.data()]).works();
    assert_eq!(server.stop().0, 0);
}

#[tokio::test]
async fn a_full_database_refuses_a_save_with_its_remedy_and_pages_can_still_be_read() {
    let mut test = TestDb::sqlite().await;
    let (app, community) = stage(&test).await;
    let mut browser = Browser::signed_in(&app, "office", plant::PASSWORD).await;
    let before = everything(&test.db).await;
    let room = test.db.clone();
    // As full as a disk can be: the file may not grow by one page.
    let options: SqliteConnectOptions = test.url.parse().expect("the test's address");
    let pool = SqlitePoolOptions::new().connect_with(options.foreign_keys(true).pragma("max_page_count", "1"));
    test.db = Db::Sqlite(pool.await.expect("the file opens"));
    let session = browser.cookie("hejian_session").expect("a session").to_owned();
    // Ten minutes later, so that every page would like to say when its reader was last seen.
    let mut full = Browser::new(&test.app_at(MODULES, ROLES, opening() + chrono::TimeDelta::minutes(10)));
    full.set_cookie("hejian_session", &session);
    let note = "长".repeat(9_000);
    let fields = [
        ("unit", community.to_string()),
        ("number", "YF-1".to_owned()),
        ("name", "军民村社区用房".to_owned()),
        ("kind", "community_office".to_owned()),
        ("works", "rebuild".to_owned()),
        ("note", note),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = full.post("/registers/premises/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
    assert!(answer.says("磁盘已满") && answer.says("请系统管理员清理磁盘"), "{}", answer.text);
    let list = full.get("/registers/premises").await;
    assert_eq!(list.status, StatusCode::OK, "a list is only read: {}", list.text);
    assert_eq!(everything(&room).await, before, "nothing was written");
    let answer = browser.post("/registers/premises/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "with room again the same form is saved: {}", answer.text);
}

#[test]
fn the_limit_of_a_body_is_smaller_than_the_hundred_megabytes_of_the_test() {
    assert!(Settings::default().upload.max_bytes() < 100 << 20);
}
