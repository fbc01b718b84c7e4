//! The three administrators, where terms and grants are written and where somebody is identified.

use axum::http::StatusCode;

use super::{MODULES, PASSWORD, ROLES, audited, town};
use crate::{
    access::{
        Actor, Admin, Channel, Part, account,
        account::{AccountQuery, State},
        appoint, create_first_administrators, grant, posts_of, revoke,
    },
    error::Error,
    sql,
    testing::{Browser, engines, plant},
};

#[tokio::test]
async fn nobody_becomes_two_administrators_or_one_beside_the_business() {
    for test in engines().await {
        let town = town(&test).await;
        let mut work = test.setup_with(ROLES).await;
        let w = &mut work;
        let (from, later) = (w.today(), w.today() + chrono::Days::new(30));
        let id_of = async |w: &mut crate::work::Work, table: &str, key: &str| -> uuid::Uuid {
            let (id,): (uuid::Uuid,) = match table {
                "post" => sql!(&mut w.tx, fetch_one, "select id from post where key = $1", key).expect("reads"),
                _ => sql!(&mut w.tx, fetch_one, "select id from person where key = $1", key).expect("reads"),
            };
            id
        };
        let system_post = id_of(w, "post", "post-xitong").await;
        let audit_post = id_of(w, "post", "post-shenji").await;
        let zhao = id_of(w, "person", "xitong").await;
        let refused = |r: crate::error::Result<uuid::Uuid>| match r {
            Err(Error::Refused(message)) => message.key == "exclusion-conflict",
            _ => false,
        };
        assert!(refused(appoint(w, audit_post, zhao, Part::Deputy, from, None).await), "{}", test.name);
        assert!(refused(appoint(w, town.holder_post, zhao, Part::Holder, later, None).await), "a future term as well");
        assert!(refused(appoint(w, system_post, town.zhou, Part::Deputy, from, Some(later)).await));
        // A grant reaches everybody in the post.
        let granted = grant(w, system_post, "audit_admin", town.department).await;
        assert!(matches!(granted, Err(Error::Refused(_))), "{granted:?}");
        let granted = grant(w, town.holder_post, "security_admin", town.department).await;
        assert!(matches!(granted, Err(Error::Refused(_))), "{granted:?}");
        assert!(matches!(grant(w, town.holder_post, "root", town.department).await, Err(Error::Invalid(_))));
        // A second business role is nobody's concern, and neither is the business after the administration has ended.
        grant(w, town.holder_post, "leader", town.department).await.expect("granted");
        grant(w, town.holder_post, "leader", town.department).await.expect("twice is once");
        revoke(w, town.holder_post, "leader", town.department).await.expect("taken back");
        assert!(matches!(revoke(w, town.holder_post, "leader", town.department).await, Err(Error::NotFound { .. })));
        let li = plant::person(w, "li", "李四").await;
        appoint(w, system_post, li, Part::Deputy, plant::since(), Some(from)).await.expect("a term that ended");
        appoint(w, town.holder_post, li, Part::Deputy, from, None).await.expect("the business from that day on");
        work.commit().await.expect("commits");
        assert_eq!(audited(&test, "revoke_grant").await.len(), 1);
    }
}

#[tokio::test]
async fn an_excluded_combination_that_got_in_all_the_same_gives_no_rights_and_is_audited() {
    for test in engines().await {
        let town = town(&test).await;
        let mut work = test.setup_with(ROLES).await;
        // Past the rule, as a hand in the database would.
        sql!(
            &mut work.tx,
            execute,
            "insert into post_grant (post_id, role, scope_unit_id) values ($1, 'audit_admin', $2)",
            town.deputy_post,
            town.department
        )
        .expect("writes");
        work.commit().await.expect("commits");
        let app = test.app(MODULES, ROLES);
        let mut browser = Browser::signed_in(&app, "zhouming", PASSWORD).await;
        assert_eq!(browser.get("/mine").await.status, StatusCode::OK, "signed in");
        assert_eq!(browser.get("/api/thing").await.status, StatusCode::FORBIDDEN, "without any right, in any post");
        assert_eq!(audited(&test, "exclusion_violated").await.len(), 1);
    }
}

#[tokio::test]
async fn the_first_three_administrators_are_made_once_and_only_as_three() {
    for test in engines().await {
        let mut work = test.setup_with(ROLES).await;
        let three = [
            ("xitong".to_owned(), "赵一".to_owned(), Admin::System),
            ("anquan".to_owned(), "钱二".to_owned(), Admin::Security),
            ("shenji".to_owned(), "孙三".to_owned(), Admin::Audit),
        ];
        let early = create_first_administrators(&mut work, &three).await;
        assert!(matches!(early, Err(Error::NotFound { what: "thing-unit" })), "no district yet");
        drop(work);
        let mut work = test.setup_with(ROLES).await;
        plant::unit(&mut work, "D", "district", "武陵区", None).await;
        let mut twice = three.clone();
        twice[2].2 = Admin::System;
        assert!(matches!(create_first_administrators(&mut work, &twice).await, Err(Error::Refused(_))));
        let made = create_first_administrators(&mut work, &three).await.expect("made");
        let again = create_first_administrators(&mut work, &three).await;
        assert!(matches!(again, Err(Error::Refused(m)) if m.key == "administrators-exist"));
        work.commit().await.expect("commits");
        let app = test.app(MODULES, ROLES);
        for (login, first) in &made {
            let mut browser = Browser::new(&app);
            let entered = browser.post("/sign-in", &[("login", login), ("password", first.text())]).await;
            assert_eq!(entered.location(), "/account/password", "{login}");
        }
        let made_by = audited(&test, "create").await;
        assert!(made_by.iter().all(|(actor, _)| actor == "test"));
    }
}

#[tokio::test]
async fn a_list_of_accounts_ends_at_the_scope_and_finds_by_name_and_state() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut work = test.setup_with(ROLES).await;
        let w = &mut work;
        let community = plant::unit(w, "C1", "community", "军民村社区", Some(town.department)).await;
        let local = plant::officer(w, community, "shequ_1", "吴五", "社区主任", "officer").await;
        account::disable(w, local).await.expect("disables");
        plant::person(w, "zheng", "郑六").await;
        work.commit().await.expect("commits");
        let (now, today) = (app.clock.now(), app.clock.today());
        let mut tx = test.read().await;
        let admin_over = |unit| {
            let mut actor = Actor::without_rights(Channel::Web, "t");
            actor.grants = vec![crate::access::Grant { role: &ROLES[2], unit }];
            actor
        };
        let ask = |actor: &Actor, text: &str, state| {
            let query = AccountQuery { text: text.to_owned(), state, offset: 0, limit: 10 };
            actor.scoped("account.read", query).expect("may")
        };
        let district = crate::unit::root(&mut tx).await.expect("a root").id;
        let whole = admin_over(district);
        let (all, total) = account::list(&mut tx, &ask(&whole, "", None), now, today).await.expect("lists");
        assert_eq!((all.len(), total), (5, 5), "{}", test.name);
        assert_eq!(all[3].login, "xitong");
        for (text, state, expected) in [
            ("周", None, vec!["zhouming"]),
            ("ZHOU", None, vec!["zhouming"]),
            ("_", None, vec!["shequ_1"]),
            ("", Some(State::Disabled), vec!["shequ_1"]),
            ("", Some(State::Locked), vec![]),
            ("", Some(State::Waiting), vec![]),
            ("an", Some(State::Active), vec!["anquan"]),
        ] {
            let (found, _) = account::list(&mut tx, &ask(&whole, text, state), now, today).await.expect("lists");
            let logins: Vec<_> = found.iter().map(|a| a.login.as_str()).collect();
            assert_eq!(logins, expected, "{text} {state:?} on {}", test.name);
        }
        let part = admin_over(community);
        let (found, total) = account::list(&mut tx, &ask(&part, "", None), now, today).await.expect("lists");
        assert_eq!((found.len(), total), (1, 1));
        assert_eq!(found[0].post.as_deref(), Some("军民村社区 · 社区主任"));
        let scoped = part.scoped("account.read", town.zhou_account).expect("may");
        assert!(matches!(account::find(&mut tx, &scoped, now, today).await, Err(Error::NotFound { .. })));
        let waiting = whole.scoped("account.manage", String::new()).expect("may");
        let persons = account::without_account(&mut tx, &waiting, today).await.expect("lists");
        assert_eq!(persons.len(), 1);
        assert_eq!(persons[0].name, "郑六");
        assert_eq!(posts_of(&mut tx, persons[0].id, today).await.expect("reads"), []);
    }
}

#[tokio::test]
async fn many_accounts_are_made_together_or_not_at_all() {
    for test in engines().await {
        let town = town(&test).await;
        let app = test.app(MODULES, ROLES);
        let mut work = test.setup_with(ROLES).await;
        let (a, b) = (plant::person(&mut work, "a", "甲").await, plant::person(&mut work, "b", "乙").await);
        work.commit().await.expect("commits");
        let actor = Actor::without_rights(Channel::Console, "t");
        let taken = [(a, "jia-1".to_owned()), (b, "Zhouming".to_owned()), (town.zhou, "zhou2".to_owned())];
        match account::create_many(&app, &actor, &taken).await {
            Err(Error::Invalid(problems)) => {
                let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
                assert_eq!(fields, ["row[1].login", "row[2].person"]);
            }
            other => panic!("{other:?}"),
        }
        let good = [(a, "jia-1".to_owned()), (b, "yi-2".to_owned())];
        let made = account::create_many(&app, &actor, &good).await.expect("makes");
        assert_ne!(made[0].1.text(), made[1].1.text());
        let mut browser = Browser::new(&app);
        let form = [("login", "yi-2"), ("password", made[1].1.text())];
        assert_eq!(browser.post("/sign-in", &form).await.location(), "/account/password");
    }
}
