//! Backup and restore: equal rows, equal files, equal key; anything wrong is refused before anything is written.

use std::fs;

use bytes::Bytes;
use hejian_kernel::{db::dump::dump, files::Files, sql};

use super::run::{Place, Server, content, run};

/// A district with attachments of several sizes.
async fn filled(place: &Place) -> Vec<(String, Vec<u8>)> {
    place.init();
    let files = Files::folder(&place.path("data").join("files")).expect("a store");
    for size in [0, 1, 70_000, 1_500_000] {
        files.put(Bytes::from(vec![7u8; size])).await.expect("is kept");
    }
    content(&place.path("data").join("files"))
}

#[tokio::test]
async fn a_backup_made_while_serving_restores_equal_on_either_engine() {
    for place in Place::engines("cli backup").await {
        let files = filled(&place).await;
        assert_eq!(files.len(), 4);
        let server = Server::serve(&place.data());
        for form in ["b", "b.tar", "b.tar.gz"] {
            let said = run(&["backup", "--json", "--data", &place.data(), "--to", &place.text(form)]).works().json();
            assert_eq!(said["manifest"]["files"]["count"], 4, "{} {form}", place.engine);
        }
        server.stop();
        let there = dump(&place.open("data").await).await.expect("dumps");
        for (form, targets) in [
            ("b", Place::engines("cli restore").await),
            ("b.tar", vec![Place::sqlite()]),
            ("b.tar.gz", vec![Place::sqlite()]),
        ] {
            for target in targets {
                let (from, data) = (place.text(form), target.data());
                let url = if target.engine == "sqlite" { "file".to_owned() } else { target.url("data") };
                let said = run(&["restore", "--json", "--from", &from, "--data", &data, "--database-url", &url])
                    .works()
                    .json();
                assert_eq!(said["ok"], true, "{} to {}", place.engine, target.engine);
                assert_eq!(
                    dump(&target.open("data").await).await.expect("dumps"),
                    there,
                    "{} to {}",
                    place.engine,
                    target.engine
                );
                assert_eq!(content(&target.path("data").join("files")), files);
                let key = |p: &Place| fs::read(p.path("data").join("secret.key")).expect("a key");
                assert_eq!(key(&target), key(&place));
                run(&["verify", "--data", &data]).works();
                let again = Server::serve(&data);
                assert_eq!(again.get("/healthz").await.0, 200);
            }
        }
    }
}

#[tokio::test]
async fn a_backup_never_overwrites_and_dates_itself_in_a_full_folder() {
    let place = Place::sqlite();
    filled(&place).await;
    let (data, to) = (place.data(), place.text("b.tar"));
    run(&["backup", "--data", &data, "--to", &to]).works();
    run(&["backup", "--data", &data, "--to", &to]).refuses(2, &[&to, "never overwrites"]);
    run(&["backup", "--data", &data, "--to", &place.text("b")]).works();
    run(&["backup", "--data", &data, "--to", &place.text("b")]).refuses(2, &["never overwrites"]);
    fs::create_dir(place.path("all")).expect("a folder");
    fs::write(place.path("all").join("notes.txt"), "").expect("a file");
    let said = run(&["backup", "--json", "--data", &data, "--to", &place.text("all")]).works().json();
    assert!(said["to"].as_str().is_some_and(|to| to.contains("/all/hejian-2")), "{said}");
}

#[tokio::test]
async fn a_damaged_attachment_is_named_and_does_not_stop_the_backup() {
    let place = Place::sqlite();
    let files = filled(&place).await;
    let (name, _) = files.iter().find(|(_, bytes)| bytes.len() == 1).expect("the small one");
    fs::write(place.path("data").join("files").join(name), "x").expect("a file");
    let said = run(&["backup", "--data", &place.data(), "--to", &place.text("b")]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains(&name[3..]) && said.out.contains("3 attachments"), "{said:?}");
    run(&["restore", "--from", &place.text("b"), "--data", &place.text("r")]).works();
}

#[tokio::test]
async fn a_backup_that_was_altered_is_refused_and_leaves_the_place_empty() {
    let place = Place::sqlite();
    filled(&place).await;
    let from = place.path("b");
    let made = || {
        fs::remove_dir_all(&from).ok();
        run(&["backup", "--data", &place.data(), "--to", &place.text("b")]).works();
    };
    fs::create_dir(place.path("r")).expect("a folder");
    let refused = |parts: &[&str]| {
        run(&["restore", "--from", &place.text("b"), "--data", &place.text("r")]).refuses(1, parts);
        assert_eq!(content(&place.path("r")), [], "nothing is left");
    };
    made();
    fs::write(from.join("secret.key"), "0".repeat(64)).expect("a file");
    refused(&["`secret.key` was altered", "nothing was restored"]);
    made();
    let file = content(&from.join("files")).remove(0).0;
    fs::remove_file(from.join("files").join(&file)).expect("it was there");
    refused(&["is missing"]);
    made();
    let digest = "ab".repeat(32);
    fs::create_dir_all(from.join("files/ab")).expect("a folder");
    fs::write(from.join("files/ab").join(&digest), "x").expect("a file");
    refused(&["is not in its manifest"]);
    made();
    fs::write(from.join("letters.txt"), "x").expect("a file");
    refused(&["letters.txt"]);
    made();
    let manifest = fs::read_to_string(from.join("MANIFEST.json")).expect("a file");
    fs::write(from.join("MANIFEST.json"), manifest.replace("\"schema\": ", "\"schema\": 9")).expect("a file");
    refused(&["newer"]);
    fs::remove_file(from.join("MANIFEST.json")).expect("it was there");
    refused(&["no MANIFEST.json"]);
    run(&["restore", "--from", &place.text("none"), "--data", &place.text("r")]).refuses(1, &["none", "cannot read"]);
}

#[tokio::test]
async fn a_cut_archive_is_refused() {
    let place = Place::sqlite();
    filled(&place).await;
    for name in ["b.tar", "b.tgz"] {
        run(&["backup", "--data", &place.data(), "--to", &place.text(name)]).works();
        let bytes = fs::read(place.path(name)).expect("the archive");
        fs::write(place.path(name), &bytes[..bytes.len() / 2]).expect("a file");
        let said = run(&["restore", "--from", &place.text(name), "--data", &place.text("r")]);
        said.refuses(1, &[name]);
        assert!(!place.path("r").exists() || content(&place.path("r")).is_empty());
    }
}

#[tokio::test]
async fn a_chain_altered_before_the_backup_is_found_after_the_restore() {
    let place = Place::sqlite();
    filled(&place).await;
    let (_db, mut tx) = place.write().await;
    sql!(&mut tx, execute, "drop trigger audit_entry_no_update").expect("it was there");
    sql!(&mut tx, execute, "update audit_entry set actor = '别人' where seq = 2").expect("writes");
    tx.commit().await.expect("commits");
    run(&["backup", "--data", &place.data(), "--to", &place.text("b")]).works();
    let said = run(&["restore", "--from", &place.text("b"), "--data", &place.text("r")]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("The content of audit entry 2 was changed."), "{said:?}");
}

#[tokio::test]
async fn a_restore_never_writes_into_the_database_that_was_backed_up() {
    for place in Place::engines("cli restore twice").await {
        filled(&place).await;
        run(&["backup", "--data", &place.data(), "--to", &place.text("b")]).works();
        let (from, back) = (place.text("b"), place.text("r"));
        run(&["restore", "--from", &from, "--data", &place.data()]).refuses(2, &["not empty"]);
        if place.engine == "postgres" {
            run(&["restore", "--from", &from, "--data", &back]).refuses(2, &["--database-url"]);
            let url = place.url("data");
            run(&["restore", "--from", &from, "--data", &back, "--database-url", &url]).refuses(2, &["is not empty"]);
            assert!(!place.path("r").exists() || content(&place.path("r")).is_empty());
        }
        run(&["verify", "--data", &place.data()]).works();
    }
}
