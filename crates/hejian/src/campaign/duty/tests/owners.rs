//! Hand-overs, absences with deputies, and ends of terms at random: no open duty is left without an owner.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use hejian_kernel::{access::Actor, sql, testing::opening};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use uuid::Uuid;

use super::{
    super::{gaps::gaps, here, model::Board},
    support::District,
};
use crate::{
    campaign::standard::built_in,
    modules::{MODULES, ROLES},
    stage::day,
};

/// What happens.
#[derive(Debug, Clone)]
enum Step {
    /// A post is handed over: to somebody new or nobody, leaving and coming on days from now.
    HandOver { post: usize, leaves: i64, comes: i64, nobody: bool },
    /// A deputy stands in from a day for some days, or without end.
    Deputy { post: usize, from: i64, days: Option<i64> },
    /// The deputy goes.
    EndDeputy { post: usize, on: i64 },
    /// A duty goes to another post.
    Change { duty: usize, post: usize },
    /// A duty is finished or opened again.
    Finish { duty: usize },
    /// Days go by.
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_usize..8, 0_i64..12, 0_i64..14, prop::bool::weighted(0.3))
            .prop_map(|(post, leaves, comes, nobody)| Step::HandOver { post, leaves, comes, nobody }),
        3 => (0_usize..8, 0_i64..6, prop::option::of(1_i64..15)).prop_map(|(post, from, days)| Step::Deputy { post, from, days }),
        2 => (0_usize..8, 0_i64..8).prop_map(|(post, on)| Step::EndDeputy { post, on }),
        3 => (0_usize..200, 0_usize..8).prop_map(|(duty, post)| Step::Change { duty, post }),
        2 => (0_usize..200).prop_map(|duty| Step::Finish { duty }),
        2 => (1_i64..9).prop_map(Step::Wait),
    ]
}

struct Story {
    district: District,
    admin: Actor,
    posts: Vec<Uuid>,
    today: NaiveDate,
    accepted: usize,
}

impl Story {
    async fn begin(district: District) -> Self {
        let admin = district.stage.officer(district.stage.district, "sysadmin", "系统管理员", "system_admin").await;
        let mut posts = Vec::new();
        for unit in [district.stage.bureau, district.stage.north, district.stage.south, district.stage.communities[0]] {
            posts.extend(district.board().await.posts_of(unit).map(|post| post.id));
        }
        // One of them is held for a time only.
        let mut work = district.stage.test.setup().await;
        sql!(&mut work.tx, execute, "update term set valid_to = $1 where post_id = $2", day("2009-07-20"), posts[5])
            .expect("ends");
        work.commit().await.expect("commits");
        let today = district.stage.app.clock.today();
        Self { district, admin, posts, today, accepted: 0 }
    }

    async fn term(&self, post: Uuid, part: &str) -> Option<Uuid> {
        let mut tx = self.district.stage.test.read().await;
        let found: Option<(Uuid,)> = sql!(
            &mut tx,
            fetch_optional,
            "select id from term where post_id = $1 and part = $2 and valid_from <= $3 and (valid_to is null or valid_to > $3)",
            post,
            part,
            self.today
        )
        .expect("terms");
        found.map(|(id,)| id)
    }

    async fn take(&mut self, n: usize, step: &Step) {
        let at = |days: i64| (self.today + TimeDelta::days(days)).to_string();
        let id = |post: usize| self.posts[post];
        let answer = match step {
            Step::Wait(days) => {
                self.today += TimeDelta::days(*days);
                let now = opening() + (self.today - day("2009-06-22"));
                self.district.stage.app = self.district.stage.test.app_at(MODULES, ROLES, now);
                return;
            }
            Step::HandOver { post, leaves, comes, nobody } => {
                let term = self.term(id(*post), "holder").await.map(|id| id.to_string()).unwrap_or_default();
                let name = format!("接任{n}");
                let (ends, from) = (at(*leaves), at(*comes));
                let form = [
                    ("term", term.as_str()),
                    ("who", if *nobody { "nobody" } else { "new" }),
                    ("new_name", &name),
                    ("ends_on", &ends),
                    ("from", &from),
                ];
                let path = format!("/organisation/posts/{}/handover", id(*post));
                self.district.stage.send(&self.admin, &path, &form).await
            }
            Step::Deputy { post, from, days } => {
                let person = self.district.stage.person(&format!("代理{n}")).await.to_string();
                let (from, to) = (at(*from), days.map(|days| at(from + days)).unwrap_or_default());
                let form = [("person", person.as_str()), ("from", &from), ("to", &to)];
                let path = format!("/organisation/posts/{}/deputy", id(*post));
                self.district.stage.send(&self.admin, &path, &form).await
            }
            Step::EndDeputy { post, on } => {
                let term = self.term(id(*post), "deputy").await.unwrap_or_default().to_string();
                let on = at(*on);
                let path = format!("/organisation/posts/{}/deputy/end", id(*post));
                self.district.stage.send(&self.admin, &path, &[("term", &term), ("on", &on)]).await
            }
            Step::Change { duty, post } => {
                let board = self.district.board().await;
                let duty = &board.duties[duty % board.duties.len()];
                let (version, post) = (duty.version.to_string(), id(*post).to_string());
                let form = [("version", version.as_str()), ("post", &post), ("due", "2009-08-31"), ("reason", "调整")];
                self.district.send(&format!("/duty/lines/{}/change", duty.line), &form).await
            }
            Step::Finish { duty } => {
                let board = self.district.board().await;
                let duty = &board.duties[duty % board.duties.len()];
                let verb = if duty.content.done.is_some() { "reopen" } else { "finish" };
                let version = duty.version.to_string();
                self.district.send(&format!("/duty/lines/{}/{verb}", duty.line), &[("version", &version)]).await
            }
        };
        assert!(!answer.0.is_server_error(), "{step:?}: {}", answer.1);
        self.accepted += usize::from(answer.0.is_redirection());
    }

    /// Every open duty is one open to-do of its post; and somebody is there, or the gap is named with its line.
    async fn check(&self, before: &Board, step: &Step) -> Board {
        let board = self.district.board().await;
        let gaps = gaps(&board, &built_in().pack);
        let mut tx = self.district.stage.test.read().await;
        let rows: Vec<(Uuid, Uuid)> =
            sql!(&mut tx, fetch_all, "select record_id, post_id from todo where register = 'duty' and state = 'open'")
                .expect("to-dos");
        let mut waiting: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (line, post) in rows {
            waiting.entry(line).or_default().push(post);
        }
        for duty in &board.duties {
            let owed = waiting.remove(&duty.line).unwrap_or_default();
            let Some(post) = duty.content.post.filter(|_| duty.content.done.is_none()) else {
                assert!(owed.is_empty(), "{step:?}: what is done waits nowhere");
                continue;
            };
            assert_eq!(owed, [post], "{step:?}: one to-do in the post");
            let owner = board.post(post).and_then(|post| post.person());
            let named = gaps.iter().any(|gap| gap.line == Some(duty.line));
            assert!(owner.is_some() || named, "{step:?}: {} has no owner and no gap says so", duty.content.indicator);
        }
        assert!(waiting.is_empty(), "{step:?}: to-dos of duties that no longer stand");
        if !matches!(step, Step::Wait(_)) {
            // Whoever gave a post up without end of term was followed, or nothing waits there.
            let waits = |post: &Uuid| before.find(|of| of.post == Some(*post) && of.done.is_none()).next().is_some();
            for post in self.posts.iter().filter(|post| waits(post)) {
                let end = |board: &Board| board.post(*post).and_then(|post| post.empty_from);
                assert!(
                    end(before).is_some() || end(&board).is_none(),
                    "{step:?}: a post was left with nobody to come"
                );
            }
        }
        board
    }
}

#[tokio::test]
async fn no_open_duty_is_left_without_an_owner_by_hand_overs_absences_and_ends_of_terms() {
    assert!(ROLES.iter().any(|role| role.allows(here::ASSIGN)));
    let mut runner = TestRunner::deterministic();
    for district in District::drafted().await {
        let mut story = Story::begin(district).await;
        let mut board = story.district.board().await;
        let steps = prop::collection::vec(step(), 120..121).new_tree(&mut runner).expect("steps").current();
        for (n, step) in steps.iter().enumerate() {
            story.take(n, step).await;
            board = story.check(&board, step).await;
        }
        assert!(story.accepted > 30, "only {} steps were accepted", story.accepted);
        story.district.verify().await;
    }
}
