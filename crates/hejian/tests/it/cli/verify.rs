//! `hejian verify` and `hejian head` over a database that somebody altered.

use hejian_kernel::{
    audit::{self},
    db::{Db, Tx},
    sql,
};

use super::run::{Place, run};

/// Takes the guard away, as somebody with full rights on the database can.
async fn unguard(db: &Db, tx: &mut Tx) {
    match db {
        Db::Sqlite(_) => {
            sql!(tx, execute, "drop trigger audit_entry_no_update").expect("it was there");
            sql!(tx, execute, "drop trigger audit_entry_no_delete").expect("it was there");
        }
        Db::Postgres(_) => {
            sql!(tx, execute, "alter table audit_entry disable trigger all").expect("it was there");
        }
    }
}

#[tokio::test]
async fn a_changed_entry_is_named_and_the_exit_code_tells() {
    for place in Place::engines("cli verify").await {
        place.init();
        let (db, mut tx) = place.write().await;
        unguard(&db, &mut tx).await;
        sql!(&mut tx, execute, "update audit_entry set actor = '别人' where seq in (3, 5)").expect("writes");
        tx.commit().await.expect("commits");
        let said = run(&["verify", "--data", &place.data()]);
        assert_eq!(said.code, 1, "{said:?}");
        let lines: Vec<_> = said.out.lines().collect();
        assert_eq!(lines[1], "The content of audit entry 3 was changed.", "the first comes first, {}", place.engine);
        assert!(lines[0].contains("audit entries") && said.out.contains("2 problems were found"), "{said:?}");
        let json = run(&["verify", "--json", "--data", &place.data()]);
        assert_eq!((json.code, json.json()["ok"].as_bool()), (1, Some(false)));
        assert_eq!(json.json()["report"]["findings"][0], serde_json::json!({ "kind": "changed_entry", "seq": 3 }));
    }
}

#[tokio::test]
async fn a_chain_cut_together_with_its_seal_is_found_with_an_exported_head() {
    for place in Place::engines("cli head").await {
        place.init();
        // What is cut away later: two acts of which no record tells.
        for _ in 0..2 {
            run(&["user", "reset", "secadmin", "--data", &place.data()]).works();
        }
        let head = place.path("head.json");
        std::fs::write(&head, run(&["head", "--data", &place.data()]).works().out).expect("a file");
        let head = head.display().to_string();
        run(&["verify", "--data", &place.data(), "--head", &head]).works();
        // The attacker holds the key as well: only the exported head can tell.
        let keys = place.keys("data");
        let (db, mut tx) = place.write().await;
        unguard(&db, &mut tx).await;
        let (_, seq, _, _) = audit::head(&mut tx).await.expect("a head");
        sql!(&mut tx, execute, "delete from audit_entry where seq > $1", seq - 2).expect("deletes");
        let (hash,): (String,) =
            sql!(&mut tx, fetch_one, "select hash from audit_entry where seq = $1", seq - 2).expect("reads");
        let mac = keys.seal(seq - 2, &hash);
        sql!(&mut tx, execute, "update audit_head set seq = $1, hash = $2, mac = $3", seq - 2, &hash, &mac)
            .expect("writes");
        tx.commit().await.expect("commits");
        run(&["verify", "--data", &place.data()]).works();
        let said = run(&["verify", "--data", &place.data(), "--head", &head]);
        assert_eq!(said.code, 1, "{}", place.engine);
        assert!(said.out.contains(&format!("The chain ends at entry {}, but {seq} were sealed.", seq - 2)), "{said:?}");
    }
}

#[test]
fn a_head_that_is_no_head_is_a_usage_error() {
    let place = Place::sqlite();
    place.init();
    let file = place.text("head.json");
    run(&["verify", "--data", &place.data(), "--head", &file]).refuses(2, &[&file, "hejian head"]);
    std::fs::write(&file, "{}").expect("a file");
    run(&["verify", "--data", &place.data(), "--head", &file]).refuses(2, &[&file, "holds no head"]);
}
