//! Bad input and bad luck: a clear line, the right exit code, nothing half-written.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

use super::run::{Place, Said, Server, content, hejian, run};

/// The same command in a shell that lets files grow to this many blocks of 512 bytes (dash) or 1,024 bytes (bash): what a
/// full disk is to a program. The signal is passed over, so that the write itself fails.
fn with_small_disk(blocks: u32, mut command: Command) -> Said {
    let mut shell = Command::new("sh");
    let program = command.get_program().to_owned();
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(program);
    shell.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    command.stdin(std::process::Stdio::null());
    shell.output().expect("a shell starts").into()
}

#[test]
fn a_wrong_setting_names_the_place_and_the_nearest_right_one() {
    let place = Place::sqlite();
    place.init();
    let file = place.path("data").join("hejian.toml");
    fs::write(&file, "[server]\nlisten = \"127.0.0.1:0\"\n\n[upload]\n  max_mbs = 10\n").expect("a file");
    let where_ = format!("{}:5:3", file.display());
    run(&["serve", "--data", &place.data()]).refuses(2, &[&where_, "`upload.max_mbs`", "`upload.max_mb`"]);
    fs::write(&file, "[upload]\nmax_mb = \"much\"\n").expect("a file");
    run(&["serve", "--data", &place.data()]).refuses(2, &[":2:10", "a whole number from 1 to 2048"]);
    fs::write(&file, "").expect("a file");
    let said: Said = hejian(&["verify", "--data", &place.data()])
        .env("HEJIAN_SERVER_LISTN", "x")
        .output()
        .expect("the binary starts")
        .into();
    said.refuses(2, &["HEJIAN_SERVER_LISTN", "HEJIAN_SERVER_LISTEN"]);
}

#[test]
fn several_wrong_settings_are_all_named() {
    let place = Place::sqlite();
    place.init();
    fs::write(place.path("data").join("hejian.toml"), "a = 1\nb = 2\n").expect("a file");
    let said = run(&["serve", "--data", &place.data()]);
    assert_eq!((said.code, said.err.lines().count()), (2, 2), "{said:?}");
}

#[test]
fn an_unreachable_database_is_named_without_its_password() {
    let place = Place::sqlite();
    place.init();
    let url = "postgres://hejian:geheim@127.0.0.1:1/hejian?password=geheim";
    let said: Said = hejian(&["serve", "--data", &place.data(), "--listen", "127.0.0.1:0"])
        .env("HEJIAN_DATABASE_URL", url)
        .env("HEJIAN_LOG_LEVEL", "trace")
        .output()
        .expect("the binary starts")
        .into();
    said.refuses(1, &["postgres://hejian:…@127.0.0.1:1/hejian", "Check that the server runs"]);
    assert!(!said.err.contains("geheim"), "{said:?}");
}

#[test]
fn a_key_that_is_missing_damaged_or_another_s_stops_the_start() {
    let place = Place::sqlite();
    place.init();
    let key = place.path("data").join("secret.key");
    let kept = fs::read(&key).expect("the key");
    let serve = || run(&["serve", "--data", &place.data(), "--listen", "127.0.0.1:0"]);
    fs::write(&key, "not a key").expect("a file");
    serve().refuses(1, &["secret.key", "64 hexadecimal digits", "backup"]);
    fs::write(&key, "0".repeat(64)).expect("a file");
    serve().refuses(1, &["secret.key", "does not fit the database"]);
    fs::remove_file(&key).expect("it was there");
    serve().refuses(1, &["secret.key", "Restore it from the backup"]);
    assert!(!key.exists(), "no new key is made beside old data");
    fs::write(&key, kept).expect("a file");
    run(&["verify", "--data", &place.data()]).works();
}

#[test]
fn a_database_that_is_missing_or_damaged_is_named_with_the_way_out() {
    let place = Place::sqlite();
    place.init();
    let db = place.path("data").join("hejian.db");
    let kept = fs::read(&db).expect("the database");
    fs::write(&db, b"this is no database at all, but it is long enough to be read as one ........................")
        .expect("a file");
    run(&["verify", "--data", &place.data()]).refuses(1, &["restore"]);
    run(&["serve", "--data", &place.data(), "--listen", "127.0.0.1:0"]).refuses(1, &["restore"]);
    fs::remove_file(&db).expect("it was there");
    run(&["serve", "--data", &place.data(), "--listen", "127.0.0.1:0"]).refuses(1, &["hejian.db", "hejian restore"]);
    assert!(!db.exists(), "no empty database is made in its place");
    fs::write(&db, kept).expect("a file");
    run(&["verify", "--data", &place.data()]).works();
}

#[test]
fn a_settings_file_that_may_not_be_read_is_named() {
    let place = Place::sqlite();
    place.init();
    let file = place.path("data").join("hejian.toml");
    fs::remove_file(&file).expect("it was there");
    fs::create_dir(&file).expect("a folder in its place");
    run(&["serve", "--data", &place.data()]).refuses(2, &["hejian.toml", "cannot read"]);
    fs::remove_dir(&file).expect("it was there");
    fs::write(&file, "").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("its rights");
    // The administrator of the machine may read everything.
    if fs::read(&file).is_err() {
        run(&["serve", "--data", &place.data()]).refuses(2, &["hejian.toml", "cannot read"]);
    }
}

#[test]
fn a_full_disk_stops_a_new_district_with_a_line_that_says_so() {
    let place = Place::sqlite();
    let said = with_small_disk(40, hejian(&["init", "--data", &place.data()]));
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("disk"), "{said:?}");
    assert!(!said.err.contains("panicked"), "{said:?}");
    run(&["serve", "--data", &place.data()]).refuses(1, &["holds no district", "broken off"]);
}

#[test]
fn a_full_disk_loses_a_write_whole_and_nothing_else() {
    let place = Place::sqlite();
    place.init();
    let before = run(&["head", "--data", &place.data()]).works().out;
    // Too small for the log of a write, large enough to start.
    let said = with_small_disk(2, hejian(&["user", "reset", "sysadmin", "--data", &place.data()]));
    said.refuses(1, &["disk"]);
    assert_eq!(run(&["head", "--data", &place.data()]).works().out, before);
    run(&["verify", "--data", &place.data()]).works();
    run(&["user", "reset", "sysadmin", "--data", &place.data()]).works();
}

#[test]
fn a_full_disk_leaves_no_half_backup() {
    let place = Place::sqlite();
    place.init();
    for to in ["backup", "backup.tar"] {
        let said = with_small_disk(100, hejian(&["backup", "--data", &place.data(), "--to", &place.text(to)]));
        said.refuses(1, &["disk"]);
        let left: Vec<_> =
            fs::read_dir(place.root.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
        assert_eq!(left, ["data"], "{to}");
    }
}

#[tokio::test]
async fn no_log_line_holds_a_password_or_a_token() {
    let place = Place::sqlite();
    let accounts = place.init();
    let password = accounts[0]["password"].as_str().expect("a password").to_owned();
    let mut command = hejian(&["serve", "--data", &place.data(), "--listen", "127.0.0.1:0"]);
    command.env("HEJIAN_LOG_LEVEL", "trace").env("HEJIAN_LOG_FORMAT", "json");
    let server = Server::start(command);
    let said = run(&[
        "token",
        "create",
        "--login",
        "auditadmin",
        "--name",
        "t",
        "--rights",
        "audit.read",
        "--data",
        &place.data(),
    ])
    .works();
    let token = said.out.trim().to_owned();
    let client = reqwest::Client::new();
    for right in [password.as_str(), "wrong-password"] {
        let form = [("login", "sysadmin"), ("password", right)];
        client.post(format!("{}/session", server.url)).form(&form).send().await.expect("an answer");
    }
    let answer = client.get(format!("{}/api/v1/openapi.json", server.url)).bearer_auth(&token).send().await;
    answer.expect("an answer");
    let (code, log) = server.stop();
    assert_eq!(code, 0);
    assert!(log.lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok()), "every line is JSON: {log}");
    assert!(log.contains("serving"), "{log}");
    for secret in [password.as_str(), token.as_str(), "wrong-password"] {
        assert!(!log.contains(secret), "the log holds a secret");
    }
    assert!(
        !content(&place.path("data"))
            .iter()
            .any(|(_, bytes)| bytes.windows(token.len()).any(|w| w == token.as_bytes()))
    );
}
