//! The queue on both engines, with processes that die.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    access::{Actor, Channel, Role},
    jobs::store::Row,
    testing::{TestDb, engines},
    web::{Module, Routes},
};

static ROLES: &[Role] = &[Role { key: "counter", permissions: &["count.run", "audit.read"], admin: None }];

fn nothing(_: Lang, _: &Value) -> Markup {
    Markup::default()
}

const COUNT: JobKind = JobKind {
    key: "count",
    permission: "count.run",
    run: |ctx| {
        Box::pin(async move {
            let n = ctx.args["n"].as_i64().unwrap_or_default();
            for i in 1..=n {
                ctx.progress.set(i, n, "counting");
            }
            Ok(json!({ "counted": n, "by": ctx.actor.name }))
        })
    },
    show: nothing,
    due: None,
};
const HANG: JobKind = JobKind {
    key: "hang",
    permission: "count.run",
    run: |ctx| {
        Box::pin(async move {
            ctx.progress.set(1, 2, "half");
            std::future::pending::<()>().await;
            Ok(Value::Null)
        })
    },
    show: nothing,
    due: None,
};
const PANIC: JobKind = JobKind {
    key: "panic",
    permission: "count.run",
    run: |_| Box::pin(async { panic!("on purpose") }),
    show: nothing,
    due: None,
};

static MODULE: Module = Module {
    key: "count",
    registers: &[],
    routes: Routes::none,
    measures: &[],
    kept: &[],
    jobs: &[COUNT, HANG, PANIC],
    nav: &[],
};

static MODULES: &[&Module] = &[&MODULE];

/// An application with one person in one post over one unit; the post may count.
async fn place(test: &TestDb) -> (App, Actor) {
    let mut work = test.setup().await;
    let (unit, person, post, account) = (work.new_id(), work.new_id(), work.new_id(), work.new_id());
    let (tx, day, now) = (&mut work.tx, work.now.date_naive(), work.now);
    for done in [
        sql!(
            tx,
            execute,
            "insert into unit (id, key, kind, name, official_order, valid_from) values ($1, 'u', 'district', '区', 1, $2)",
            unit,
            day
        ),
        sql!(
            tx,
            execute,
            "insert into unit_closure (ancestor_id, descendant_id, depth, valid_from) values ($1, $1, 0, $2)",
            unit,
            day
        ),
        sql!(tx, execute, "insert into person (id, key, name) values ($1, 'p', '周明')", person),
        sql!(
            tx,
            execute,
            "insert into post (id, key, unit_id, name, official_order) values ($1, 'p', $2, '科长', 1)",
            post,
            unit
        ),
        sql!(
            tx,
            execute,
            "insert into post_grant (post_id, role, scope_unit_id) values ($1, 'counter', $2)",
            post,
            unit
        ),
        sql!(
            tx,
            execute,
            "insert into term (id, post_id, person_id, part, valid_from) values ($1, $1, $2, 'holder', $3)",
            post,
            person,
            day
        ),
        sql!(
            tx,
            execute,
            "insert into account (id, person_id, login, password_hash, created_at) values ($1, $2, 'zm', 'x', $3)",
            account,
            person,
            now
        ),
    ] {
        done.expect("the place is made");
    }
    work.commit().await.expect("the place is made");
    let app = test.app(MODULES, ROLES);
    let mut read = test.read().await;
    let actor =
        crate::access::acting(&mut read, ROLES, Channel::Web, account, Some(post), day).await.expect("an actor");
    (app, actor)
}

async fn ask(app: &App, actor: &Actor, kind: &JobKind, args: Value) -> Uuid {
    let mut work = app.work(actor).await.expect("begins");
    let id = enqueue(&mut work, kind, &args).await.expect("is taken");
    work.commit().await.expect("commits");
    id
}

async fn look(app: &App, actor: &Actor, id: Uuid) -> Row {
    let mut tx = app.db.read().await.expect("reads");
    find(&mut tx, id, actor.account).await.expect("reads").expect("the job is there")
}

/// Begins the next job in a process that dies while it runs.
async fn begin_and_die(app: &App, actor: &Actor, id: Uuid) {
    let own = app.clone();
    let process = tokio::spawn(async move { run_next(&own).await });
    for _ in 0..200 {
        if look(app, actor, id).await.state == State::Running {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(look(app, actor, id).await.state, State::Running);
    process.abort();
    let _ = process.await;
}

#[tokio::test]
async fn a_job_runs_as_its_owner_and_only_its_owner_sees_it() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let id = ask(&app, &actor, &COUNT, json!({ "n": 3 })).await;
        assert_eq!(look(&app, &actor, id).await.state, State::Waiting);
        assert!(run_next(&app).await.unwrap());
        let job = look(&app, &actor, id).await;
        assert_eq!(job.state, State::Done, "{}", test.name);
        assert_eq!(job.result, json!({ "counted": 3, "by": "周明（区 科长）" }));
        assert_eq!(job.step, Step { done: 3, total: 3, note: "counting".to_owned() });
        assert!(!run_next(&app).await.unwrap(), "nothing is left");
        let mut tx = app.db.read().await.unwrap();
        assert!(find(&mut tx, id, Some(Uuid::from_u128(1))).await.unwrap().is_none());
        assert!(find(&mut tx, id, None).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn work_that_is_not_committed_leaves_no_job() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let mut work = app.work(&actor).await.unwrap();
        enqueue(&mut work, &COUNT, &json!({})).await.unwrap();
        drop(work);
        assert!(!run_next(&app).await.unwrap(), "{}", test.name);
    }
}

#[tokio::test]
async fn a_job_needs_the_right_when_it_is_asked_for_and_again_when_it_runs() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let id = ask(&app, &actor, &COUNT, json!({ "n": 1 })).await;
        let mut tx = app.db.write().await.unwrap();
        sql!(&mut tx, execute, "delete from post_grant").unwrap();
        tx.commit().await.unwrap();
        assert!(run_next(&app).await.unwrap());
        let job = look(&app, &actor, id).await;
        assert_eq!(
            (job.state, job.result["error"]["key"].as_str()),
            (State::Failed, Some("error-forbidden")),
            "{}",
            test.name
        );
        let stranger = Actor::without_rights(Channel::Web, "x");
        let mut work = app.work(&stranger).await.unwrap();
        let refused = enqueue(&mut work, &COUNT, &json!({})).await;
        assert!(matches!(refused, Err(Error::Forbidden { permission: "count.run" })));
    }
}

#[tokio::test]
async fn a_token_takes_its_limits_into_the_job() {
    for test in engines().await {
        let (app, mut actor) = place(&test).await;
        actor.only = Some(vec!["count.run".to_owned()]);
        let id = ask(&app, &actor, &COUNT, json!({ "n": 1 })).await;
        let job = look(&app, &actor, id).await;
        assert_eq!(job.rights, Some(vec!["count.run".to_owned()]), "{}", test.name);
        let mut work = app.work(&actor).await.unwrap();
        assert!(enqueue(&mut work, &KINDS[0], &json!({})).await.is_err(), "the post may, the token may not");
    }
}

#[tokio::test]
async fn a_job_whose_process_died_is_run_again_once_and_then_fails() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let id = ask(&app, &actor, &HANG, json!({})).await;
        begin_and_die(&app, &actor, id).await;
        let now = app.clock.now();
        assert_eq!(recover(&app.db, now).await.unwrap(), (0, 0), "a fresh heartbeat is believed");
        assert_eq!(recover(&app.db, now + TimeDelta::seconds(90)).await.unwrap(), (1, 0), "{}", test.name);
        begin_and_die(&app, &actor, id).await;
        assert_eq!(recover(&app.db, now + TimeDelta::seconds(180)).await.unwrap(), (0, 1));
        let job = look(&app, &actor, id).await;
        assert_eq!((job.state, job.result["error"]["key"].as_str()), (State::Failed, Some("job-lost-twice")));
    }
}

#[tokio::test]
async fn a_process_that_stops_in_order_gives_its_job_back() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let id = ask(&app, &actor, &HANG, json!({})).await;
        let worker = start(&app);
        for _ in 0..400 {
            if look(&app, &actor, id).await.step.done == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        worker.stop().await;
        let job = look(&app, &actor, id).await;
        assert_eq!((job.state, job.attempts, job.step.done), (State::Waiting, 0, 1), "{}", test.name);
    }
}

#[tokio::test]
async fn a_job_that_panics_fails_alone() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let first = ask(&app, &actor, &PANIC, json!({})).await;
        let second = ask(&app, &actor, &COUNT, json!({ "n": 1 })).await;
        while run_next(&app).await.unwrap() {}
        assert_eq!(look(&app, &actor, first).await.state, State::Failed, "{}", test.name);
        assert_eq!(look(&app, &actor, second).await.state, State::Done);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_workers_run_every_job_exactly_once() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        for n in 0..20 {
            ask(&app, &actor, &COUNT, json!({ "n": n })).await;
        }
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let own = app.clone();
                tokio::spawn(async move { while run_next(&own).await.expect("the queue works") {} })
            })
            .collect();
        for worker in workers {
            worker.await.unwrap();
        }
        let mut tx = app.db.read().await.unwrap();
        let (done, most): (i64, i64) =
            sql!(&mut tx, fetch_one, "select count(*), cast(max(attempts) as bigint) from job where state = 'done'")
                .unwrap();
        assert_eq!((done, most), (20, 1), "{}", test.name);
    }
}

#[tokio::test]
async fn verification_as_a_job_proves_the_chain_and_finds_a_changed_entry() {
    for test in engines().await {
        let (app, actor) = place(&test).await;
        let clean = ask(&app, &actor, &KINDS[0], json!({})).await;
        run_next(&app).await.unwrap();
        let job = look(&app, &actor, clean).await;
        assert_eq!(
            (job.state, job.result["findings"].as_array().map(Vec::len)),
            (State::Done, Some(0)),
            "{}",
            test.name
        );
        assert_eq!(job.step.percent(), Some(100));
        let mut tx = app.db.write().await.unwrap();
        // What an attacker with the database in hand can do.
        match &app.db {
            crate::db::Db::Sqlite(_) => sql!(&mut tx, execute, "drop trigger audit_entry_no_update").unwrap(),
            crate::db::Db::Postgres(_) => {
                sql!(&mut tx, execute, "alter table audit_entry disable trigger all").unwrap()
            }
        };
        sql!(&mut tx, execute, "update audit_entry set actor = '别人' where seq = 1").unwrap();
        tx.commit().await.unwrap();
        let altered = ask(&app, &actor, &KINDS[0], json!({})).await;
        run_next(&app).await.unwrap();
        let findings = look(&app, &actor, altered).await.result["findings"].clone();
        assert_eq!(findings, json!([{ "kind": "changed_entry", "seq": 1 }]));
        let page = (KINDS[0].show)(Lang::ZhCn, &json!({ "entries": 3, "records": 0, "findings": findings }));
        assert!(page.into_string().contains("第 1 条审计记录的内容被改动"));
    }
}

/// Due until it was done once.
const DAILY_KIND: JobKind = JobKind {
    key: "daily",
    permission: "count.run",
    run: |ctx| Box::pin(async move { Ok(json!({ "by": ctx.actor.name })) }),
    show: nothing,
    due: Some(|app| {
        Box::pin(async move {
            let done: Option<(i64,)> = sql!(
                &mut app.db.read().await?,
                fetch_optional,
                "select cast(1 as bigint) from job where kind = 'daily' and state = 'done' limit 1"
            )?;
            Ok(done.is_none())
        })
    }),
};
static DAILY_MODULE: Module = Module {
    key: "daily",
    registers: &[],
    routes: Routes::none,
    measures: &[],
    kept: &[],
    jobs: &[DAILY_KIND],
    nav: &[],
};
static DAILY: &[&Module] = &[&DAILY_MODULE];

#[tokio::test]
async fn what_is_due_is_done_once_without_an_owner_and_what_somebody_asks_for_still_needs_the_right() {
    for test in engines().await {
        place(&test).await;
        let app = test.app(DAILY, ROLES);
        let all = async || -> Vec<(String, Option<Uuid>, Option<String>)> {
            let mut tx = app.db.read().await.expect("reads");
            sql!(&mut tx, fetch_all, "select state, account_id, result from job order by created_at").expect("jobs")
        };
        due::ask(&app).await.expect("asks");
        due::ask(&app).await.expect("asks");
        assert_eq!(all().await, [("waiting".to_owned(), None, None)], "{}: one at a time", test.name);
        assert!(run_next(&app).await.expect("runs"));
        due::ask(&app).await.expect("asks");
        let done = ("done".to_owned(), None, Some(json!({ "by": "定时任务" }).to_string()));
        assert_eq!(all().await, [done], "{}: it is not due again", test.name);
        // A row that nobody owns of a kind that is never due by itself runs with nobody's rights: it is refused.
        let mut work = test.setup().await;
        let id = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into job (id, kind, args, state, created_at) values ($1, 'audit.verify', '{}', 'waiting', $2)",
            id,
            work.now
        )
        .expect("a row");
        work.commit().await.expect("commits");
        assert!(run_next(&app).await.expect("runs"));
        let refused = all().await.into_iter().filter(|(state, ..)| state == "failed").count();
        assert_eq!(refused, 1, "{}", test.name);
    }
}
