use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use hejian_kernel::{access::Actor, error::Error, sql, testing::opening};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use uuid::Uuid;

use super::super::{
    MANAGE,
    handover::{Successor, Wish, appoint_deputy, end_deputy, hand_over},
    store::posts,
};
use crate::stage::{Stage, day};

async fn admin(s: &Stage) -> Actor {
    s.officer(s.district, "sys", "系统管理员", "system_admin").await
}

async fn terms(s: &Stage, post: Uuid) -> Vec<posts::Term> {
    posts::terms(&mut s.test.read().await, post).await.expect("terms")
}

#[tokio::test]
async fn a_hand_over_ends_one_term_begins_the_next_and_takes_the_to_dos_along() {
    for s in Stage::all().await {
        let admin = admin(&s).await;
        let officer = s.officer(s.north, "p1", "民政专干", "subdistrict_officer").await;
        let post = officer.post.expect("a post");
        s.todo(post, "军民村社区用房", s.communities[0], Some("2009-06-30")).await;
        let term = terms(&s, post).await[0].id.to_string();
        let at = format!("/organisation/posts/{post}/handover");
        let (status, form) = s.get(&admin, &at).await;
        assert!(status == StatusCode::OK && form.contains("还有 1 件待办，随岗位转给接任人"), "{}", s.test.name);

        // Vacating it is refused with the remedy, and nothing is written.
        let fields = [("term", term.as_str()), ("ends_on", "2009-07-01"), ("from", "2009-07-01"), ("who", "nobody")];
        let (status, page) = s.send(&admin, &at, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}", s.test.name);
        assert!(page.contains("2009-07-01 起岗位无人任职，还有 1 件待办。请指定接任人"), "{}", s.test.name);
        assert_eq!(terms(&s, post).await.len(), 1);

        let fields = [
            ("term", term.as_str()),
            ("ends_on", "2009-07-01"),
            ("from", "2009-07-01"),
            ("who", "new"),
            ("new_name", "孙新任"),
        ];
        let (status, to) = s.send(&admin, &at, &fields).await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/organisation/posts/{post}?done=handover&n=1")));
        let now = terms(&s, post).await;
        assert_eq!((now[0].name.as_str(), now[0].from, now[0].to), ("孙新任", day("2009-07-01"), None));
        assert_eq!(now[1].to, Some(day("2009-07-01")));
        let (_, page) = s.get(&admin, &format!("/organisation/posts/{post}?done=handover&n=1")).await;
        assert!(page.contains("交接已办，1 件待办随岗位转交") && page.contains("未到任"), "{}", s.test.name);
        let (entries,): (i64,) = sql!(
            &mut s.test.read().await,
            fetch_one,
            "select count(*) from audit_entry where action in ('hand_over', 'end_term', 'appoint', 'create') and subject_kind in ('post', 'term', 'person')"
        )
        .expect("counts");
        assert_eq!(entries, 4, "{}", s.test.name);
        // The same form a second time: the term was ended already.
        let (status, _) = s.send(&admin, &at, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn what_is_missing_or_excluded_stands_beside_its_field() {
    for s in Stage::all().await {
        let admin = admin(&s).await;
        let officer = s.officer(s.north, "p1", "民政专干", "subdistrict_officer").await;
        let post = officer.post.expect("a post");
        let term = terms(&s, post).await[0].id.to_string();
        let at = format!("/organisation/posts/{post}/handover");
        let me = admin.person.expect("a person").to_string();
        for (fields, words) in [
            (vec![("term", term.as_str()), ("ends_on", "7月1日"), ("from", ""), ("who", "known")], "不是日期"),
            (
                vec![("term", term.as_str()), ("ends_on", "2009-07-01"), ("from", "2009-07-01"), ("who", "known")],
                "必填",
            ),
            (
                vec![
                    ("term", &term),
                    ("ends_on", "2009-07-01"),
                    ("from", "2009-07-01"),
                    ("who", "known"),
                    ("person", &me),
                ],
                "三员互斥",
            ),
            (
                vec![
                    ("term", &term),
                    ("ends_on", "2007-01-01"),
                    ("from", "2009-07-01"),
                    ("who", "new"),
                    ("new_name", "孙新任"),
                ],
                "任期要晚于 2008-01-01 结束",
            ),
            (
                vec![
                    ("term", &term),
                    ("ends_on", "2009-07-01"),
                    ("from", "2009-06-30"),
                    ("who", "new"),
                    ("new_name", "孙新任"),
                ],
                "一个岗位同时只有一位 A 角",
            ),
            (vec![("ends_on", "2009-07-01"), ("from", "2009-07-01"), ("who", "new"), ("new_name", "")], "必填"),
        ] {
            let (status, page) = s.send(&admin, &at, &fields).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}: {words}", s.test.name);
            assert!(page.contains(words), "{}: {words}", s.test.name);
        }
        assert_eq!(terms(&s, post).await.len(), 1, "{}", s.test.name);
        let (n,): (i64,) =
            sql!(&mut s.test.read().await, fetch_one, "select count(*) from person where name = '孙新任'")
                .expect("counts");
        assert_eq!(n, 0, "a refused hand-over leaves no new person behind");
        // Who does not manage the organisation has no such page.
        let leader = s.officer(s.district, "p2", "区长", "leader").await;
        assert_eq!(s.get(&leader, &at).await.0, StatusCode::FORBIDDEN);
        assert_eq!(s.send(&leader, &at, &[("who", "nobody")]).await.0, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_deputy_is_named_sees_the_post_and_ends() {
    for s in Stage::all().await {
        let admin = admin(&s).await;
        let post = s.officer(s.north, "p1", "民政专干", "subdistrict_officer").await.post.expect("a post");
        let who = s.person("李代理").await.to_string();
        let at = format!("/organisation/posts/{post}/deputy");
        assert_eq!(s.get(&admin, &at).await.0, StatusCode::OK);
        let (status, _) = s.send(&admin, &at, &[("person", &who), ("from", "2009-06-01"), ("to", "")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", s.test.name);
        let (_, again) = s.send(&admin, &at, &[("person", &who), ("from", "2009-06-01"), ("to", "")]).await;
        assert!(again.contains("请先结束前一位的代理"), "{}", s.test.name);
        let deputy = terms(&s, post).await[0].id.to_string();
        let (status, _) = s.send(&admin, &format!("{at}/end"), &[("term", &deputy)]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", s.test.name);
        assert_eq!(terms(&s, post).await[0].to, Some(day("2009-06-22")));
    }
}

/// What may happen to a post on a day.
#[derive(Debug, Clone)]
enum Event {
    Handover { out: i64, into: i64, who: usize, gap: bool },
    Deputy { who: usize, from: i64, to: Option<i64> },
    EndDeputy { on: i64 },
    Arrives,
}

fn events() -> impl Strategy<Value = Vec<(Event, i64)>> {
    let event = prop_oneof![
        (-2_i64..8, -2_i64..8, 0_usize..5, any::<bool>()).prop_map(|(out, into, who, gap)| Event::Handover {
            out,
            into,
            who,
            gap
        }),
        (0_usize..4, -2_i64..5, prop::option::of(1_i64..12)).prop_map(|(who, from, to)| Event::Deputy {
            who,
            from,
            to
        }),
        (-2_i64..5).prop_map(|on| Event::EndDeputy { on }),
        Just(Event::Arrives),
    ];
    prop::collection::vec((event, 0_i64..5), 40..41)
}

/// Hand-overs, absences and terms at random, in the database: on no day does an open to-do lie in a post without a person.
#[tokio::test]
async fn no_open_to_do_is_ever_left_in_a_post_without_a_person() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    for round in 0..3 {
        let story = events().new_tree(&mut runner).expect("a story").current();
        for s in Stage::all().await {
            play(&s, round, &story).await;
        }
    }
}

async fn play(s: &Stage, round: usize, story: &[(Event, i64)]) {
    let admin = admin(s).await;
    let post = s.officer(s.north, "p1", "民政专干", "subdistrict_officer").await.post.expect("a post");
    let mut people = Vec::new();
    for name in ["甲", "乙", "丙", "丁"] {
        people.push(s.person(name).await);
    }
    let mut today = day("2009-06-22");
    let (mut refused, mut done) = (0, 0);
    for (event, wait) in story {
        let here = terms(s, post).await;
        let at = |d: &i64| today + TimeDelta::days(*d);
        let mut work = s.test.work_at(&admin, opening() + (today - day("2009-06-22"))).await;
        work.roles = s.app.roles;
        let seen = admin.scoped(MANAGE, post).expect("the administrator manages");
        let of = |part: &str| here.iter().find(|t| t.part.name() == part).map(|t| t.id);
        let result = match event {
            Event::Handover { out, into, who, gap } => {
                let successor = people.get(*who).map_or(Successor::Nobody, |p| Successor::Known(*p));
                let from = if *gap { at(into) } else { at(out) };
                let wish = Wish { leaving: of("holder"), ends_on: at(out), from, successor };
                hand_over(&mut work, &seen, &wish).await.map(|_| ())
            }
            Event::Deputy { who, from, to } => {
                let to = to.map(|d| at(from) + TimeDelta::days(d));
                appoint_deputy(&mut work, &seen, people[*who], at(from), to).await
            }
            Event::EndDeputy { on } => end_deputy(&mut work, &seen, of("deputy").unwrap_or_default(), at(on)).await,
            Event::Arrives => Ok(()),
        };
        match result {
            Ok(()) => {
                work.commit().await.expect("commits");
                done += 1;
            }
            Err(Error::Invalid(_) | Error::Refused(_)) => {
                drop(work);
                refused += 1;
            }
            Err(error) => panic!("{}: {event:?}: {error}", s.test.name),
        }
        let covered = |terms: &[posts::Term], day: NaiveDate| terms.iter().any(|t| t.holds_on(day));
        let now = terms(s, post).await;
        if matches!(event, Event::Arrives) && covered(&now, today) {
            s.todo(post, "事项", s.communities[0], None).await;
        }
        let open = posts::get(&mut s.test.read().await, &seen).await.expect("the post").open;
        for _ in 0..=*wait {
            assert!(open == 0 || covered(&now, today), "{} round {round}, {today}: {now:?}", s.test.name);
            today = today.succ_opt().expect("a day");
        }
    }
    assert!(refused > 0 && done > 0, "round {round}: {done} done, {refused} refused");
}
