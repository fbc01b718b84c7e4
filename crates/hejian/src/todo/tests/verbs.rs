//! Passing on, asking after, copying, and one act on several.

use axum::http::StatusCode;
use hejian_kernel::{
    access::Actor,
    register::{Register as _, Scaled, store as records},
    sql,
    testing::opening,
    work::Work,
};
use uuid::Uuid;

use crate::{
    foundations::premises::{Premises, PremisesKind, Works},
    modules::ROLES,
    stage::{Stage, day},
};

/// A project that is said to be complete, so that somebody has to accept it; its to-do and its record.
async fn project(s: &Stage, n: usize, accepted_on: Option<&str>) -> (Uuid, Uuid) {
    let office = match office(s).await {
        Some(actor) => actor,
        None => s.officer(s.district, "office", "创建办主任", "campaign_office").await,
    };
    let premises = Premises {
        number: format!("YF-{n:04}"),
        name: format!("第 {n} 号用房"),
        kind: PremisesKind::CommunityOffice,
        works: Works::NewBuild,
        address: None,
        floor_area: Some(Scaled(4800)),
        title_paper: None,
        title_number: None,
        approved_on: Some(day("2009-01-05")),
        completed_on: Some(day("2009-06-01")),
        accepted_on: accepted_on.map(day),
        contact_phone: None,
        note: None,
        rooms: Vec::new(),
        money: Vec::new(),
    };
    let mut work = Work::begin(&s.test.db, &s.test.keys, ROLES, office, opening()).await.expect("begins");
    let draft = premises.to_draft(s.communities[n % 4]);
    let record = records::create_in(&mut work, Premises::DEF, draft, "completed", Some(day("2009-06-25"))).await;
    let record = record.expect("a project").meta.id;
    let (todo,): (Uuid,) =
        sql!(&mut work.tx, fetch_one, "select id from todo where record_id = $1", record).expect("a to-do");
    work.commit().await.expect("commits");
    (todo, record)
}

async fn office(s: &Stage) -> Option<Actor> {
    let mut tx = s.test.read().await;
    let row: Option<(Uuid, Uuid)> = sql!(
        &mut tx,
        fetch_optional,
        "select p.id, t.person_id from post p join term t on t.post_id = p.id where p.key = 'office'"
    )
    .expect("reads");
    row.map(|(post, person)| s.actor(post, person, "campaign_office", s.district))
}

async fn holder(s: &Stage, todo: Uuid) -> Uuid {
    let (post,): (Uuid,) =
        sql!(&mut s.test.read().await, fetch_one, "select post_id from todo where id = $1", todo).expect("a to-do");
    post
}

async fn messages(s: &Stage, post: Uuid) -> Vec<(String, String)> {
    sql!(
        &mut s.test.read().await,
        fetch_all,
        "select kind, coalesce(note, '') from message where post_id = $1 and read_at is null order by at, id",
        post
    )
    .expect("messages")
}

/// A post of the bureau that accepts projects of the whole district.
async fn accepts(s: &Stage, key: &str) -> Actor {
    let mut actor = s.officer(s.bureau, key, key, "acceptance").await;
    let post = actor.post.expect("a post");
    s.grant(post, "acceptance", s.district).await;
    actor.grants[0].unit = s.district;
    actor
}

#[tokio::test]
async fn one_act_on_several_does_what_can_be_done_and_says_of_each_other_row_why_not() {
    for s in Stage::all().await {
        let head = accepts(&s, "head").await;
        let mut rows = Vec::new();
        for (n, accepted_on) in
            [Some("2009-06-20"), None, Some("2009-06-20"), Some("2009-06-20")].into_iter().enumerate()
        {
            rows.push(project(&s, n, accepted_on).await);
        }
        let ask: Vec<String> = rows.iter().map(|(todo, _)| format!("id={todo}")).collect();
        let (status, page) = s.get(&head, &format!("/todo/batch?{}", ask.join("&"))).await;
        assert_eq!(status, StatusCode::OK, "{}: {page}", s.test.name);
        assert!(page.contains("验收（可办 3 / 4 件）") && page.contains("退回（可办 4 / 4 件）"), "{page}");

        // The third record is changed after the page was drawn.
        let mut form: Vec<(String, String)> =
            rows.iter().map(|(todo, _)| ("row".to_owned(), format!("{todo}:1"))).collect();
        form[2].1 = format!("{}:7", rows[2].0);
        form.push(("act".to_owned(), "step:accept".to_owned()));
        let (status, page) = s.send_all(&head, "/todo/batch", &form).await;
        assert_eq!(status, StatusCode::OK, "{}: {page}", s.test.name);
        assert!(page.contains("已办 2 件，未办 2 件。"), "{page}");
        let mut tx = s.test.read().await;
        let states: Vec<(String,)> =
            sql!(&mut tx, fetch_all, "select state from premises order by number").expect("states");
        let states: Vec<&str> = states.iter().map(|(s,)| s.as_str()).collect();
        assert_eq!(states, ["accepted", "completed", "completed", "accepted"], "{}", s.test.name);
        drop(tx);

        let (status, page) = s.send_all(&head, "/todo/batch", &form[..4]).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("没有选动作"), "{status} {page}");
        let (status, _) = s.get(&head, "/todo/batch?id=x&id=").await;
        assert_eq!(status, StatusCode::OK, "nothing chosen is a page that says so");
    }
}

#[tokio::test]
async fn a_to_do_is_passed_on_only_below_and_only_to_whom_the_step_is_open() {
    for s in Stage::all().await {
        let head = accepts(&s, "head").await;
        let clerk = accepts(&s, "clerk").await;
        let elsewhere = s.officer(s.north, "north", "民政专干", "acceptance").await;
        s.grant(elsewhere.post.expect("a post"), "acceptance", s.district).await;
        let reader = s.officer(s.bureau, "reader", "经办人", "department_officer").await;
        let (todo, _) = project(&s, 2, None).await;
        let first = holder(&s, todo).await;
        assert!([head.post, clerk.post].contains(&Some(first)));
        let (from, to) = if Some(first) == head.post { (head, clerk) } else { (clerk, head) };
        let post = |actor: &Actor| actor.post.expect("a post").to_string();
        let path = format!("/todo/{todo}/transfer");
        for (target, reason, why) in [
            (post(&to), "", "请写明理由"),
            (post(&elsewhere), "请代办", "所选岗位不在本单位和下级单位"),
            (post(&reader), "请代办", "所选岗位不在本单位和下级单位"),
            (post(&from), "请代办", "所选岗位不在本单位和下级单位"),
        ] {
            let (status, page) = s.send(&from, &path, &[("post", &target), ("reason", reason)]).await;
            assert!(status == StatusCode::CONFLICT, "{}: {status} {why}\n{page}", s.test.name);
            assert!(reason.is_empty() || page.contains(why), "{}: {why}\n{page}", s.test.name);
        }
        let (status, _) = s.send(&to, &path, &[("post", &post(&from)), ("reason", "x")]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "what another post has is none of one's own");
        let (status, place) = s.send(&from, &path, &[("post", &post(&to)), ("reason", "外出学习")]).await;
        assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/todo?done=transfer"), "{}", s.test.name);
        assert_eq!(Some(holder(&s, todo).await), to.post);
        let told = messages(&s, to.post.expect("a post")).await;
        assert_eq!(told, [("transferred".to_owned(), "外出学习".to_owned())], "{}", s.test.name);
        assert_eq!(messages(&s, from.post.expect("a post")).await, [], "what was told of it went with it");

        // Whoever passed it on asks after it, once a day.
        let (status, _) = s.send(&from, &format!("/todo/{todo}/nudge"), &[("words", "请抓紧")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, page) = s.send(&from, &format!("/todo/{todo}/nudge"), &[]).await;
        assert!(status == StatusCode::CONFLICT && page.contains("今天已经催过"), "{page}");
        let (_, page) = s.get(&to, "/todo").await;
        assert!(page.contains("催办 1 次"), "{page}");
        let (status, _) = s.get(&reader, &format!("/todo/{todo}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let (status, page) = s.get(&to, &format!("/todo/{todo}")).await;
        assert!(status == StatusCode::OK && page.contains("外出学习") && page.contains("请抓紧"), "{page}");
    }
}

#[tokio::test]
async fn a_step_that_needs_a_second_person_is_not_passed_to_the_first() {
    for s in Stage::all().await {
        let head = accepts(&s, "head").await;
        let (todo, record) = project(&s, 0, None).await;
        let clerk = accepts(&s, "clerk").await;
        let mut work = s.test.setup().await;
        let id = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into lifecycle_step (id, register, record_id, transition, from_state, to_state, person_id, post_id, at)
             values ($1, 'premises', $2, 'complete', 'building', 'completed', $3, $4, $5)",
            id,
            record,
            clerk.person,
            clerk.post,
            opening()
        )
        .expect("a step");
        work.commit().await.expect("commits");
        let to = clerk.post.expect("a post").to_string();
        // Returning is still open to whoever completed it, so the post can take it over for that; accepting stays closed.
        let (status, _) = s.send(&head, &format!("/todo/{todo}/transfer"), &[("post", &to), ("reason", "x")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", s.test.name);
        let (_, page) = s.get(&clerk, &format!("/todo/{todo}")).await;
        assert!(page.contains("/act/return") && !page.contains("/act/accept"), "{page}");
    }
}

#[tokio::test]
async fn a_copy_goes_only_to_whom_the_record_is_open_and_is_there_until_it_is_read() {
    for s in Stage::all().await {
        let head = accepts(&s, "head").await;
        let near = s.officer(s.communities[0], "near", "社区工作者", "community_worker").await;
        let far = s.officer(s.communities[3], "far", "社区工作者", "community_worker").await;
        let (todo, _) = project(&s, 0, Some("2009-06-20")).await;
        let path = format!("/todo/{todo}/copy");
        let post = |actor: &Actor| actor.post.expect("a post").to_string();
        let (status, page) = s.send(&head, &path, &[("post", &post(&far))]).await;
        assert!(status == StatusCode::CONFLICT && page.contains("没有查看这条记录的权限"), "{page}");
        let (status, _) = s.send(&head, &path, &[("post", &post(&near)), ("copy_words", "请知悉")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", s.test.name);
        let (_, page) = s.get(&near, "/todo?box=copied").await;
        assert!(page.contains("第 0 号用房") && page.contains("未阅"), "{page}");

        // The step itself closes what was to be done, not what is to be read.
        let form = [("row".to_owned(), format!("{todo}:1")), ("act".to_owned(), "step:accept".to_owned())];
        let (status, _) = s.send_all(&head, "/todo/batch", &form).await;
        assert_eq!(status, StatusCode::OK);
        let (copy,): (Uuid,) =
            sql!(&mut s.test.read().await, fetch_one, "select id from todo where kind = 'copy' and state = 'open'")
                .expect("the copy stays");
        let (status, _) = s.send(&far, &format!("/todo/{copy}/read"), &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let (status, _) = s.send(&near, &format!("/todo/{copy}/read"), &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(messages(&s, near.post.expect("a post")).await, [], "{}", s.test.name);
        let (_, page) = s.get(&near, "/todo?box=copied").await;
        assert!(page.contains("已阅"), "{page}");
    }
}

#[tokio::test]
async fn whoever_supervises_sees_and_asks_after_what_lies_in_its_scope_and_nothing_else() {
    for s in Stage::all().await {
        let worker = s.officer(s.communities[0], "w1", "社区工作者", "community_worker").await;
        let north = s.todo(worker.post.expect("a post"), "军民村的事", s.communities[0], Some("2009-06-18")).await;
        let south = s.todo(worker.post.expect("a post"), "半边街的事", s.communities[3], None).await;
        let leader = s.officer(s.north, "l1", "分管领导", "leader").await;
        let (_, page) = s.get(&leader, "/todo?box=watched&lamp=over").await;
        assert!(page.contains("军民村的事") && !page.contains("半边街的事"), "{page}");
        let (status, _) = s.send(&leader, &format!("/todo/{north}/nudge"), &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, _) = s.send(&leader, &format!("/todo/{south}/nudge"), &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{}", s.test.name);
        let (_, page) = s.get(&worker, "/todo?box=watched").await;
        assert!(!page.contains("督办"), "{page}");
    }
}
