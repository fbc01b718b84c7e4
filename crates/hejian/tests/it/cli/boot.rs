//! Making and serving a district.

use std::{fs, os::unix::fs::PermissionsExt as _};

use hejian_kernel::{
    audit::{self, Algorithm, Keys},
    db::Db,
    settings::{Settings, sqlite_address},
    sql,
};

use super::run::{Place, Server, hejian, run};

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[tokio::test]
async fn init_makes_a_private_folder_with_three_administrators_whose_passwords_stand_nowhere() {
    for place in Place::engines("cli init").await {
        let accounts = place.init();
        let accounts = accounts.as_array().expect("a list");
        let logins: Vec<_> = accounts.iter().map(|a| a["login"].as_str().unwrap_or_default()).collect();
        assert_eq!(logins, ["sysadmin", "secadmin", "auditadmin"], "{}", place.engine);
        let data = place.path("data");
        assert_eq!(
            (mode(&data), mode(&data.join("secret.key")), mode(&data.join("hejian.toml"))),
            (0o700, 0o600, 0o600)
        );
        if place.engine == "sqlite" {
            assert_eq!(mode(&data.join("hejian.db")), 0o600);
        }
        for (name, bytes) in super::run::content(&data) {
            for account in accounts {
                let password = account["password"].as_str().expect("a password").as_bytes();
                assert!(password.len() >= 12 && !bytes.windows(password.len()).any(|w| w == password), "in {name}");
            }
        }
        run(&["verify", "--data", &place.data()]).works();
        run(&["init", "--data", &place.data()]).refuses(2, &[&place.data(), "not empty"]);
        // The same database under another folder holds a district already.
        if place.engine == "postgres" {
            let (other, url) = (place.text("other"), place.url("data"));
            let said = run(&["init", "--data", &other, "--database-url", &url]);
            said.refuses(1, &["already holds a district"]);
        }
    }
}

#[test]
fn init_wants_three_sign_in_names() {
    let place = Place::sqlite();
    run(&["init", "--data", &place.data(), "--administrators", "a,b"]).refuses(2, &["--administrators", "\"a,b\""]);
    assert!(!place.path("data").exists());
}

#[tokio::test]
async fn serve_prints_its_address_once_answers_when_ready_and_stops_in_order() {
    for place in Place::engines("cli serve").await {
        place.init();
        let server = Server::serve(&place.data());
        let (status, body) = server.get("/healthz").await;
        assert_eq!(status, 200, "{}", place.engine);
        assert!(body.contains("\"ready\""), "{body}");
        let listen = server.url.trim_start_matches("http://").to_owned();
        run(&["serve", "--data", &place.data(), "--listen", &listen]).refuses(1, &[&listen, "cannot listen"]);
        let (code, log) = server.stop();
        assert_eq!(code, 0, "{log}");
        assert!(log.contains("stopped"), "{log}");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    let place = Place::sqlite();
    fs::create_dir(place.path("data")).expect("a folder");
    fs::write(place.path("data").join("letters.txt"), "x").expect("a file");
    for command in ["serve", "demo", "verify", "head"] {
        run(&[command, "--data", &place.data()]).refuses(2, &[&place.data(), "not a data folder"]);
    }
    assert_eq!(super::run::content(&place.path("data")), [("letters.txt".to_owned(), b"x".to_vec())]);
}

#[tokio::test]
async fn demo_makes_the_district_once_and_keeps_the_sign_in_names_private() {
    let place = Place::sqlite();
    let demo = || hejian(&["demo", "--port", "0", "--data", &place.data()]);
    let server = Server::start(demo());
    assert_eq!(server.get("/healthz").await.0, 200);
    assert_eq!(server.stop().0, 0);
    let credentials = place.path("data").join("credentials.json");
    assert_eq!(mode(&credentials), 0o600);
    let kept = fs::read_to_string(&credentials).expect("it is there");
    let list: Vec<serde_json::Value> = serde_json::from_str(&kept).expect("a list");
    assert!(list.len() > 3 && list.iter().all(|c| c["login"].is_string() && c["password"].is_string()));
    let before = run(&["head", "--data", &place.data()]).works().out;
    let server = Server::start(demo());
    server.get("/healthz").await;
    server.stop();
    assert_eq!(fs::read_to_string(&credentials).expect("it is there"), kept);
    assert_eq!(run(&["head", "--data", &place.data()]).works().out, before, "the second start makes nothing");
    run(&["verify", "--data", &place.data()]).works();
}

#[test]
fn demo_refuses_a_district_of_its_own() {
    let place = Place::sqlite();
    place.init();
    run(&["demo", "--port", "0", "--data", &place.data()]).refuses(2, &[&place.data(), "not the demonstration"]);
}

#[tokio::test]
async fn an_upgrade_is_preceded_by_a_backup_that_restores() {
    for place in Place::engines("cli upgrade").await {
        // A district as the first version of the schema left it.
        let data = place.path("data");
        fs::create_dir(&data).expect("a folder");
        let url = place.url("data");
        let settings = Settings::example()
            .replace("#url = \"postgres://hejian:password@127.0.0.1:5432/hejian\"", &format!("url = \"{url}\""));
        fs::write(data.join("hejian.toml"), settings).expect("a file");
        let keys = Keys::open_or_create(&data.join("secret.key")).expect("a key");
        let db = Db::open(&url).await.expect("opens");
        db.migrate_to(1).await.expect("migrates");
        let mut tx = db.write().await.expect("begins");
        audit::init(&mut tx, &keys, Algorithm::Sm3).await.expect("begins");
        sql!(&mut tx, execute, "insert into district_setting (key, value) values ('district_name', '旧区')")
            .expect("writes");
        tx.commit().await.expect("commits");
        db.close().await;
        run(&["verify", "--data", &place.data()]).refuses(1, &["older than this version"]);
        run(&["user", "list", "--data", &place.data()]).refuses(1, &["older than this version"]);
        let server = Server::serve(&place.data());
        assert_eq!(server.get("/healthz").await.0, 200, "{}", place.engine);
        assert_eq!(server.stop().0, 0);
        run(&["verify", "--data", &place.data()]).works();
        let backups: Vec<_> = fs::read_dir(data.join("backups")).expect("a folder").flatten().collect();
        assert_eq!(backups.len(), 1, "one upgrade, one backup");
        let from = backups[0].path();
        let kept = Db::open(&sqlite_address(&from.join("hejian.db"))).await.expect("opens");
        assert_eq!(kept.version().await.expect("reads"), Some(1), "as it was before");
        kept.close().await;
        for side in ["hejian.db-wal", "hejian.db-shm"] {
            fs::remove_file(from.join(side)).ok();
        }
        let (from, back) = (from.display().to_string(), place.text("back"));
        run(&["restore", "--from", &from, "--data", &back, "--database-url", "file"]).works();
        let said = run(&["verify", "--json", "--data", &back]).works().json();
        assert_eq!(said["report"]["head"]["algorithm"], "sm3");
    }
}

#[test]
fn every_command_explains_itself_in_both_languages() {
    let top = run(&["--help"]).works().out;
    assert!(top.contains("Exit codes"), "{top}");
    for command in
        ["init", "serve", "demo", "user", "token", "verify", "head", "backup", "restore", "pack", "score", "export"]
    {
        assert!(top.contains(command), "{command} is missing: {top}");
        let help = run(&[command, "--help"]).works().out;
        assert!(help.contains("Usage:") && help.chars().any(|c| ('一'..='龥').contains(&c)), "{help}");
    }
    assert_eq!(run(&["sevre"]).code, 2);
}
