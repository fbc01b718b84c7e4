mod verbs;

use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use hejian_kernel::{
    i18n::{self, Lang},
    lifecycle::Owner,
};
use proptest::prelude::*;

use super::{
    model::{Day, Drawer, Lamp, Wish},
    store,
};
use crate::{
    modules::MODULES,
    stage::{Stage, day},
};

#[test]
fn every_state_that_somebody_must_act_on_has_words_in_both_languages() {
    let mut keys = Vec::new();
    for def in MODULES.iter().flat_map(|m| m.registers) {
        let states = def.lifecycle.iter().flat_map(|l| l.states).filter(|s| !s.end && s.owner != Owner::Nobody);
        keys.extend(states.map(|s| super::kind_label(&format!("{}.{}", def.key, s.key))));
    }
    assert!(keys.contains(&"todo-premises-completed".to_owned()));
    for lang in Lang::ALL {
        assert_eq!(i18n::missing(lang, &keys), Vec::<String>::new(), "{lang:?}");
    }
}

#[test]
fn every_drawer_and_lamp_has_words_in_both_languages() {
    let mut keys = vec!["todo-copy".to_owned(), "todo-lamp-read".to_owned(), "todo-lamp-unread".to_owned()];
    for drawer in Drawer::ALL {
        keys.extend([format!("todo-{}", drawer.key()), format!("todo-none-{}", drawer.key())]);
    }
    for lamp in Lamp::ALL {
        keys.extend(["", "-about"].map(|end| format!("todo-lamp-{}{end}", lamp.key())));
        keys.push(format!("todo-group-{}", lamp.key()));
    }
    for lang in Lang::ALL {
        assert_eq!(i18n::missing(lang, &keys), Vec::<String>::new(), "{lang:?}");
    }
}

proptest! {
    #[test]
    fn the_days_by_which_the_list_is_filtered_are_those_by_which_lamps_are_lit(start in 0_i64..6500, ahead in -400_i64..400) {
        let today = NaiveDate::from_ymd_opt(2008, 6, 1).expect("a day") + TimeDelta::days(start);
        let (day, due) = (Day::new(today), today + TimeDelta::days(ahead));
        let by_dates = if due < day.today { Lamp::Over } else if due < day.normal_from { Lamp::Near } else { Lamp::Normal };
        prop_assert_eq!(day.lamp(Some(due)), by_dates);
        prop_assert_eq!(day.lamp(None), Lamp::Undated);
    }

    #[test]
    fn nothing_that_falls_due_soon_is_lost_from_the_drawing(start in 0_i64..6500, ahead in prop::collection::vec(-5_i64..30, 0..20)) {
        let today = NaiveDate::from_ymd_opt(2008, 6, 1).expect("a day") + TimeDelta::days(start);
        let day = Day::new(today);
        let days = day.coming(10);
        let due: Vec<_> = ahead.iter().map(|n| (Some(today + TimeDelta::days(*n)), 1)).collect();
        let last = *days.last().expect("ten days");
        let expected = due.iter().filter(|(d, _)| d.is_some_and(|d| d >= today && d <= last)).count();
        prop_assert!(day.load(&days, &due).iter().sum::<i64>() >= i64::try_from(expected).expect("small"));
    }
}

#[tokio::test]
async fn a_post_sees_its_own_to_dos_under_the_right_lamps_and_a_hint_of_the_others() {
    for s in Stage::all().await {
        let clerk = s.officer(s.bureau, "p1", "社区股股长", "department_lead").await;
        let post = clerk.post.expect("a post");
        let other = s.post(s.district, "p2", "创建办联络员").await;
        s.term(other, clerk.person.expect("a person"), "holder", "2009-01-01", None).await;
        s.todo(post, "军民村社区用房", s.communities[0], Some("2009-06-18")).await;
        s.todo(post, "丝瓜井社区用房", s.communities[1], Some("2009-06-25")).await;
        s.todo(post, "半边街社区用房", s.communities[3], Some("2009-07-22")).await;
        s.todo(post, "体育东路社区用房", s.communities[2], None).await;
        s.todo(other, "别的岗位的事", s.communities[2], None).await;
        let (status, page) = s.get(&clerk, "/todo").await;
        assert_eq!(status, StatusCode::OK, "{}", s.test.name);
        for words in [
            "军民村社区用房",
            "逾期 2 个工作日",
            "剩 3 个工作日",
            "待验收",
            "最长逾期 2 个工作日",
            "另有 1 件在其他岗位",
        ] {
            assert!(page.contains(words), "{}: {words}", s.test.name);
        }
        assert!(!page.contains("别的岗位的事") && page.contains("切换到武陵区 创建办联络员（1 件）"));
        let at = |title: &str| page.find(title).unwrap_or(usize::MAX);
        assert!(at("军民村社区用房") < at("丝瓜井社区用房") && at("半边街社区用房") < at("体育东路社区用房"));

        let (_, near) = s.get(&clerk, "/todo?lamp=near").await;
        assert!(near.contains("丝瓜井社区用房") && !near.contains("军民村社区用房"), "{}", s.test.name);
        let (_, north) = s.get(&clerk, &format!("/todo?under={}", s.north)).await;
        assert!(north.contains("军民村社区用房") && !north.contains("半边街社区用房"), "{}", s.test.name);
        let (_, found) = s.get(&clerk, "/todo?q=%E5%8D%8A%E8%BE%B9%E8%A1%97").await;
        assert!(found.contains("半边街社区用房") && !found.contains("军民村社区用房"), "{}", s.test.name);
        let (_, none) = s.get(&clerk, "/todo?q=%25").await;
        assert!(none.contains("没有符合条件的事项"), "{}", s.test.name);
        let (status, english) = s.get_in(&clerk, Lang::En, "/todo").await;
        assert!(status == StatusCode::OK && english.contains("To accept") && !english.contains("[todo"));
    }
}

#[tokio::test]
async fn what_one_post_sends_the_other_has_to_do_and_each_sees_its_side() {
    for s in Stage::all().await {
        let lead = s.officer(s.bureau, "p1", "社区股股长", "department_lead").await;
        let worker = s.officer(s.communities[0], "p2", "社区工作者", "community_worker").await;
        s.todo_from(worker.post.expect("a post"), lead.post, "补报平面图", s.communities[0], Some("2009-06-30")).await;
        let (_, mine) = s.get(&worker, "/todo").await;
        assert!(mine.contains("补报平面图") && mine.contains("办理"), "{}", s.test.name);
        let (_, sent) = s.get(&lead, "/todo?box=sent").await;
        assert!(sent.contains("补报平面图") && sent.contains("军民村社区 社区工作者"), "{}", s.test.name);
        let (_, desk) = s.get(&lead, "/todo").await;
        assert!(desk.contains("没有待办") && desk.contains("我发起的，等别人"), "{}", s.test.name);
        let (status, _) = s.get(&lead, "/todo?box=nonsense&page=999999&per=7&lamp=x&under=x&sort=y").await;
        assert_eq!(status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_page_beyond_the_end_is_the_last_one_and_counts_stay_whole() {
    for s in Stage::all().await {
        let clerk = s.officer(s.bureau, "p1", "社区股股长", "department_lead").await;
        let post = clerk.post.expect("a post");
        for n in 0..23 {
            s.todo(post, &format!("事项 {n:02}"), s.communities[0], Some("2009-07-01")).await;
        }
        let mut tx = s.test.read().await;
        let mut wish = Wish::all(Drawer::Open);
        wish.page = 9;
        let (todos, total) =
            store::list(&mut tx, &store::Eyes { post, watched: None }, &wish, Day::new(day("2009-06-22")))
                .await
                .expect("a list");
        assert_eq!((todos.len(), total), (3, 23), "{}", s.test.name);
        drop(tx);
        let (_, page) = s.get(&clerk, "/todo?page=2").await;
        assert!(page.contains("第 21–23 行，共 23 行"), "{}", s.test.name);
    }
}
