//! An auditor can prove that nothing was altered: each kind of tampering is found and named.

use hejian::foundations::premises::Premises;
use hejian_kernel::{
    audit::{self, Finding, Head, Keys},
    db::Engine,
    register::{Draft, Register as _, Value, store},
    sql,
    testing::{TestDb, engines},
};
use uuid::Uuid;

use crate::support::district::{self, work_as};

/// Five units of work on one record, then the head as an auditor would export it.
async fn worked(test: &TestDb) -> (Uuid, Head) {
    let small = district::small(test).await;
    let office = district::actor(test, "campaign_office", small.district).await;
    let draft = Draft::empty(Premises::DEF, small.communities[0])
        .with(Premises::DEF, "number", Value::Text("YF-1".into()))
        .with(Premises::DEF, "name", Value::Text("军民村社区用房".into()))
        .with(Premises::DEF, "kind", Value::Text("community_office".into()))
        .with(Premises::DEF, "works", Value::Text("rebuild".into()))
        .with(Premises::DEF, "contact_phone", Value::Secret("13900000000".into()));
    let mut work = work_as(test, office.clone()).await;
    let mut record = store::create(&mut work, Premises::DEF, draft).await.expect("it is sound");
    work.commit().await.expect("it is kept");
    for area in [4650, 4590, 4920, 4925] {
        let mut work = work_as(test, office.clone()).await;
        let draft = Draft::of(&record).with(Premises::DEF, "floor_area", Value::Int(area));
        record = store::update(&mut work, Premises::DEF, record.meta.id, record.meta.version, draft)
            .await
            .expect("it is sound");
        work.commit().await.expect("it is kept");
    }
    let report = verify(test, &test.keys, None).await;
    assert_eq!(report.findings, [], "{}: untouched work verifies", test.name);
    assert_eq!((report.records, report.entries > 6), (1, true));
    (record.meta.id, report.head)
}

async fn verify(test: &TestDb, keys: &Keys, head: Option<&Head>) -> audit::Report {
    let mut tx = test.db.read().await.expect("a look begins");
    audit::verify(&mut tx, keys, &[Premises::DEF], head).await.expect("the chain can be read")
}

/// What somebody with full rights on the database can do: take the guard away and write.
async fn forge(test: &TestDb, statements: &[&str]) {
    let guard = match test.db.engine() {
        Engine::Sqlite => vec!["drop trigger audit_entry_no_update", "drop trigger audit_entry_no_delete"],
        Engine::Postgres => vec!["drop trigger audit_entry_no_change on audit_entry"],
    };
    let mut tx = test.db.write().await.expect("a transaction begins");
    for statement in guard.iter().chain(statements) {
        hejian_kernel::on_engine!(&mut tx, |c| sqlx::query(sqlx::AssertSqlSafe((*statement).to_owned()))
            .execute(c)
            .await
            .map(|_| ()))
        .unwrap_or_else(|e| panic!("{statement}: {e}"));
    }
    tx.commit().await.expect("the forgery is kept");
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_an_entry() {
    for test in engines().await {
        worked(&test).await;
        for statement in ["update audit_entry set actor = 'x' where seq = 1", "delete from audit_entry where seq = 1"] {
            let mut tx = test.db.write().await.expect("a transaction begins");
            let result = hejian_kernel::on_engine!(&mut tx, |c| sqlx::query(statement).execute(c).await.map(|_| ()));
            assert!(result.is_err(), "{}: {statement}", test.name);
        }
    }
}

#[tokio::test]
async fn a_changed_entry_is_named() {
    for test in engines().await {
        worked(&test).await;
        forge(&test, &["update audit_entry set actor = 'somebody else' where seq = 4"]).await;
        let found = verify(&test, &test.keys, None).await.findings;
        assert_eq!(found.first(), Some(&Finding::ChangedEntry { seq: 4 }), "{}", test.name);
    }
}

#[tokio::test]
async fn a_changed_register_row_is_named_with_the_entry_that_vouched_for_it() {
    for test in engines().await {
        let (id, head) = worked(&test).await;
        forge(&test, &["update premises set floor_area = 9999"]).await;
        let found = verify(&test, &test.keys, None).await.findings;
        assert_eq!(found, [Finding::ChangedRecord { register: "premises".into(), id, seq: head.seq }], "{}", test.name);
        forge_row(&test, "delete from premises").await;
        let found = verify(&test, &test.keys, None).await.findings;
        assert_eq!(found, [Finding::MissingRecord { register: "premises".into(), id, seq: head.seq }], "{}", test.name);
    }
}

async fn forge_row(test: &TestDb, statement: &'static str) {
    let mut tx = test.db.write().await.expect("a transaction begins");
    hejian_kernel::on_engine!(&mut tx, |c| sqlx::query(statement).execute(c).await.map(|_| ())).expect("the row goes");
    tx.commit().await.expect("the forgery is kept");
}

#[tokio::test]
async fn a_secret_changed_behind_the_back_is_found_too() {
    for test in engines().await {
        let (id, head) = worked(&test).await;
        forge_row(&test, "update premises set contact_phone = '00'").await;
        let found = verify(&test, &test.keys, None).await.findings;
        assert_eq!(found, [Finding::ChangedRecord { register: "premises".into(), id, seq: head.seq }], "{}", test.name);
    }
}

#[tokio::test]
async fn a_cut_tail_is_found_by_the_sealed_head_or_by_an_exported_one() {
    for test in engines().await {
        let (_, head) = worked(&test).await;
        forge(&test, &["delete from audit_entry where seq > 5"]).await;
        let found = verify(&test, &test.keys, None).await.findings;
        assert!(found.contains(&Finding::CutTail { last: 5, expected: head.seq }), "{}: {found:?}", test.name);
        // The forger moves the head back as well: without the key the seal does not fit …
        forge_row(&test, "update audit_head set seq = 5, hash = (select hash from audit_entry where seq = 5)").await;
        let found = verify(&test, &test.keys, None).await.findings;
        assert!(found.contains(&Finding::RewrittenChain { seq: 5 }), "{}: {found:?}", test.name);
        // … and an exported head says how long the chain was.
        let found = verify(&test, &test.keys, Some(&head)).await.findings;
        assert!(found.contains(&Finding::CutTail { last: 5, expected: head.seq }), "{}: {found:?}", test.name);
    }
}

#[tokio::test]
async fn a_chain_rewritten_with_right_links_is_found_by_its_seal_and_by_an_exported_head() {
    for test in engines().await {
        let (_, head) = worked(&test).await;
        forge(&test, &[]).await;
        // Rewrite the last entry and every hash after it, as somebody would who knows the form but not the key.
        let mut tx = test.db.write().await.expect("a transaction begins");
        let mut entry: audit::Stored = sql!(
            &mut tx,
            fetch_one,
            "select seq, at, channel, account_id, post_id, actor, action, subject_kind, subject_id, detail, digest, prev_hash, hash
             from audit_entry where seq = $1",
            head.seq
        )
        .expect("the last entry is there");
        entry.actor = "somebody else".to_owned();
        entry.hash = audit::link(audit::Algorithm::Sha256, &entry);
        sql!(
            &mut tx,
            execute,
            "update audit_entry set actor = $1, hash = $2 where seq = $3",
            &entry.actor,
            &entry.hash,
            head.seq
        )
        .expect("the entry is forged");
        sql!(&mut tx, execute, "update audit_head set hash = $1", &entry.hash).expect("the head is forged");
        tx.commit().await.expect("the forgery is kept");
        let found = verify(&test, &test.keys, None).await.findings;
        assert_eq!(found, [Finding::RewrittenChain { seq: head.seq }], "{}", test.name);
        let found = verify(&test, &test.keys, Some(&head)).await.findings;
        assert_eq!(found.first(), Some(&Finding::RewrittenChain { seq: head.seq }), "{}", test.name);
    }
}
