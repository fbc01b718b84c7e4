//! `hejian user` and `hejian token`.

use hejian_kernel::sql;
use uuid::Uuid;

use super::run::{Place, run};

#[tokio::test]
async fn accounts_are_listed_reset_and_disabled_and_each_act_is_audited_as_console() {
    for place in Place::engines("cli user").await {
        let accounts = place.init();
        let data = place.data();
        let listed = run(&["user", "list", "--json", "--data", &data]).works().json();
        assert_eq!(listed["accounts"].as_array().map(Vec::len), Some(3), "{}", place.engine);
        let reset = run(&["user", "reset", "secadmin", "--json", "--data", &data]).works().json();
        assert_ne!(reset["password"], accounts[1]["password"]);
        run(&["user", "disable", "auditadmin", "--data", &data]).works();
        let text = run(&["user", "list", "--data", &data]).works().out;
        assert!(text.contains("auditadmin\tdisabled"), "{text}");
        run(&["user", "reset", "nobody", "--data", &data]).refuses(1, &["`nobody`", "user list"]);
        let (_db, mut tx) = place.write().await;
        let acts: Vec<(String,)> = sql!(
            &mut tx,
            fetch_all,
            "select action from audit_entry where channel = 'console' and subject_kind = 'account' order by seq"
        )
        .expect("reads");
        let acts: Vec<_> = acts.iter().map(|a| a.0.as_str()).collect();
        assert_eq!(acts, ["create", "create", "create", "reset_password", "disable"]);
        drop(tx);
        run(&["verify", "--data", &data]).works();
    }
}

#[tokio::test]
async fn the_console_gives_an_account_only_to_an_existing_person_without_rights() {
    for place in Place::engines("cli user create").await {
        place.init();
        let data = place.data();
        let create =
            |person: &str| run(&["user", "create", "--json", "--person", person, "--login", "lisi", "--data", &data]);
        create("李四").refuses(1, &["no person `李四`"]);
        create("审计管理员").refuses(1, &["审计管理员", "rights"]);
        let (_db, mut tx) = place.write().await;
        for (n, key) in ["li-4", "li-4-b"].into_iter().enumerate() {
            let id = Uuid::from_u128(n as u128 + 1);
            sql!(&mut tx, execute, "insert into person (id, key, name) values ($1, $2, '李四')", id, key)
                .expect("writes");
        }
        tx.commit().await.expect("commits");
        create("李四").refuses(1, &["2 persons", "li-4, li-4-b"]);
        let made = create("li-4").works().json();
        assert_eq!((made["login"].as_str(), made["of"].as_str()), (Some("lisi"), Some("李四")), "{}", place.engine);
        create("li-4-b").refuses(1, &["lisi"]);
    }
}

#[tokio::test]
async fn a_token_is_shown_once_listed_and_revoked() {
    for place in Place::engines("cli token").await {
        place.init();
        let data = place.data();
        let create = |rights: &str| {
            run(&[
                "token",
                "create",
                "--json",
                "--login",
                "auditadmin",
                "--name",
                "核验",
                "--rights",
                rights,
                "--data",
                &data,
            ])
        };
        create("premises.read").refuses(1, &["rights", "premises.read"]);
        let token = create("audit.read").works().json()["token"].as_str().expect("a token").to_owned();
        assert!(token.starts_with("hj_"), "{}", place.engine);
        let listed = run(&["token", "list", "--json", "--login", "auditadmin", "--data", &data]).works();
        assert!(!listed.out.contains(&token));
        let id = listed.json()["tokens"][0]["id"].as_str().expect("an id").to_owned();
        run(&["token", "revoke", &id, "--data", &data]).works();
        let text = run(&["token", "list", "--login", "auditadmin", "--data", &data]).works().out;
        assert!(text.contains("revoked"), "{text}");
        run(&["token", "revoke", &Uuid::nil().to_string(), "--data", &data]).refuses(1, &["no token"]);
    }
}
