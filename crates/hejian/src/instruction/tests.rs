use axum::http::StatusCode;
use hejian_kernel::{
    access::Actor,
    audit,
    i18n::{self, Lang},
    lifecycle, sql,
};
use uuid::Uuid;

use super::{LIFECYCLE, MODULE, model};
use crate::stage::Stage;

#[test]
fn the_lifecycle_is_sound_and_whoever_answers_never_closes() {
    let findings: Vec<String> = lifecycle::check(&LIFECYCLE).iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("; "));
    for lang in Lang::ALL {
        assert_eq!(i18n::missing(lang, LIFECYCLE.label_keys()), Vec::<String>::new(), "{lang:?}");
        let states = model::STATES.map(|state| format!("instruction-state-{state}"));
        assert_eq!(i18n::missing(lang, states), Vec::<String>::new(), "{lang:?}");
    }
}

#[test]
fn a_title_is_one_line_and_says_when_words_are_left_out() {
    assert_eq!(model::title("抓紧办", "D02"), "抓紧办（D02）");
    assert_eq!(model::title("抓紧办\n限期三天", "D02"), "抓紧办…（D02）");
    assert_eq!(model::title(&"办".repeat(31), "D02"), format!("{}…（D02）", "办".repeat(30)));
}

struct Cast {
    leader: Actor,
    lead: Actor,
    worker: Actor,
    other: Actor,
}

async fn cast(s: &Stage) -> Cast {
    Cast {
        leader: s.officer(s.district, "leader", "分管副区长", "leader").await,
        lead: s.officer(s.bureau, "lead", "副局长", "department_lead").await,
        worker: s.officer(s.communities[0], "worker", "社区工作者", "community_worker").await,
        other: s.officer(s.communities[3], "other", "社区工作者", "community_worker").await,
    }
}

fn post(actor: &Actor) -> String {
    actor.post.expect("a post").to_string()
}

/// The instruction on the first community's page, to its worker; the addresses of the page and of the order.
async fn instructed(s: &Stage, cast: &Cast) -> (String, String) {
    let about = format!("unit:{}", s.communities[0]);
    let form = [
        ("about", about.as_str()),
        ("words", "请核实用房面积"),
        ("due_on", "2009-06-26"),
        ("post", &post(&cast.worker)),
    ];
    let (status, place) = s.send(&cast.leader, "/instructions", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{}: {place}", s.test.name);
    let page = place.split('?').next().expect("a path").to_owned();
    let (order,): (Uuid,) =
        sql!(&mut s.test.read().await, fetch_one, "select id from instruction_order").expect("one order");
    (page, format!("/instructions/orders/{order}"))
}

async fn open_todos(s: &Stage, actor: &Actor) -> Vec<String> {
    let rows: Vec<(String,)> = sql!(
        &mut s.test.read().await,
        fetch_all,
        "select kind from todo where post_id = $1 and state = 'open' order by created_at, id",
        actor.post
    )
    .expect("to-dos");
    rows.into_iter().map(|(kind,)| kind).collect()
}

#[tokio::test]
async fn an_instruction_is_answered_returned_answered_again_and_closed_by_whoever_gave_it() {
    for s in Stage::all().await {
        let cast = cast(&s).await;
        let (page, order) = instructed(&s, &cast).await;
        assert_eq!(open_todos(&s, &cast.worker).await, ["instruction"], "{}", s.test.name);
        let (_, desk) = s.get(&cast.worker, "/todo").await;
        assert!(desk.contains("请核实用房面积") && desk.contains(&page) && desk.contains("批示回复"), "{desk}");

        let (status, said) = s.send(&cast.worker, &format!("{order}/reply"), &[("version", "1")]).await;
        assert_eq!(status, StatusCode::CONFLICT, "an answer needs words: {said}");
        let wrong = [("version", "1"), ("words", "已核实"), ("link", "javascript:alert(1)")];
        let (status, said) = s.send(&cast.worker, &format!("{order}/reply"), &wrong).await;
        assert!(status == StatusCode::CONFLICT && said.contains("链接要以"), "{said}");
        let (status, said) = s.send(&cast.leader, &format!("{order}/reply"), &[("version", "1"), ("words", "x")]).await;
        assert!(status == StatusCode::CONFLICT && said.contains("不由本岗位办"), "{said}");
        let right = [("version", "1"), ("words", "已核实，492.0 平方米"), ("link", "/registers/premises")];
        let (status, _) = s.send(&cast.worker, &format!("{order}/reply"), &right).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", s.test.name);
        assert_eq!(open_todos(&s, &cast.worker).await, Vec::<String>::new());
        assert_eq!(open_todos(&s, &cast.leader).await, ["instruction_reply"]);

        let (_, shown) = s.get(&cast.leader, &page).await;
        for words in ["已核实，492.0 平方米", "href=\"/registers/premises\"", "退回重办", "办结"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let (status, _) = s.send(&cast.leader, &format!("{order}/close"), &[("version", "1")]).await;
        assert_eq!(status, StatusCode::CONFLICT, "the page was drawn before the answer");
        let back = [("version", "2"), ("words", "请附平面图")];
        let (status, _) = s.send(&cast.leader, &format!("{order}/return"), &back).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(open_todos(&s, &cast.worker).await, ["instruction"]);
        let again = [("version", "3"), ("words", "已附")];
        let (status, _) = s.send(&cast.worker, &format!("{order}/reply"), &again).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, _) = s.send(&cast.leader, &format!("{order}/close"), &[("version", "4")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(open_todos(&s, &cast.leader).await, Vec::<String>::new());
        let (_, list) = s.get(&cast.leader, "/instructions?side=given&state=closed").await;
        assert!(list.contains("请核实用房面积"), "{list}");

        let mut tx = s.test.read().await;
        let report =
            audit::verify_told(&mut tx, &s.test.keys, &[], MODULE.kept, None, |_, _| {}).await.expect("verifies");
        assert!(report.findings.is_empty(), "{}: {:?}", s.test.name, report.findings);
        drop(tx);
        let mut work = s.test.setup().await;
        sql!(&mut work.tx, execute, "update instruction_order set reply = '没有办'").expect("altered");
        work.commit().await.expect("commits");
        let mut tx = s.test.read().await;
        let report =
            audit::verify_told(&mut tx, &s.test.keys, &[], MODULE.kept, None, |_, _| {}).await.expect("verifies");
        assert_eq!(report.findings.len(), 1, "{}: an altered answer is found", s.test.name);
    }
}

#[tokio::test]
async fn whoever_both_gave_and_answered_does_not_close() {
    for s in Stage::all().await {
        let cast = cast(&s).await;
        let (_, order) = instructed(&s, &cast).await;
        // The same natural person in both posts.
        let mut worker = cast.worker.clone();
        worker.person = cast.leader.person;
        let (status, _) = s.send(&worker, &format!("{order}/reply"), &[("version", "1"), ("words", "已办")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, said) = s.send(&cast.leader, &format!("{order}/close"), &[("version", "2")]).await;
        assert!(status == StatusCode::CONFLICT, "{}: {said}", s.test.name);
        let (status, _) = s.send(&worker, &format!("{order}/recall"), &[("version", "2")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "but takes the answer back");
    }
}

#[tokio::test]
async fn only_posts_of_ones_units_that_can_open_the_page_are_written_to() {
    for s in Stage::all().await {
        let cast = cast(&s).await;
        let about = format!("unit:{}", s.communities[0]);
        let path = format!("/instructions/new?about={}", hejian_kernel::web::percent(&about));
        let (status, form) = s.get(&cast.leader, &path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(form.contains(&post(&cast.worker)), "{form}");
        // The bureau's lead has rights over the bureau only, the other worker over another community.
        assert!(!form.contains(&post(&cast.other)) && !form.contains(&post(&cast.lead)), "{}", s.test.name);
        for (to, due, words, why) in [
            (post(&cast.other), "2009-06-26", "x", "打不开批示的页面"),
            (String::new(), "2009-06-26", "x", "没有选回复岗位"),
            (post(&cast.worker), "2009-06-21", "x", "期限已经过去"),
            (post(&cast.worker), "明天", "x", "期限读不出来"),
            (post(&cast.worker), "2009-06-26", "", "批示内容"),
        ] {
            let mut form = vec![("about", about.as_str()), ("words", words), ("due_on", due)];
            if !to.is_empty() {
                form.push(("post", &to));
            }
            let (status, page) = s.send(&cast.leader, "/instructions", &form).await;
            assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(why), "{}: {why}\n{page}", s.test.name);
        }
        let (none,): (i64,) =
            sql!(&mut s.test.read().await, fetch_one, "select count(*) from instruction").expect("counts");
        assert_eq!(none, 0, "nothing was written");
        let north = s.officer(s.north, "north", "街道书记", "leader").await;
        let far = format!("/instructions/new?about=unit:{}", s.communities[3]);
        assert_eq!(s.get(&north, &far).await.0, StatusCode::NOT_FOUND, "a page outside one's scope");
        assert_eq!(s.get(&cast.leader, "/instructions/new?about=moon:1").await.0, StatusCode::NOT_FOUND);
        assert_eq!(s.get(&cast.worker, &path).await.0, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn an_instruction_is_seen_by_giver_receiver_and_supervisor_and_by_nobody_else() {
    for s in Stage::all().await {
        let cast = cast(&s).await;
        let (page, order) = instructed(&s, &cast).await;
        let office = s.officer(s.district, "office", "创建办主任", "campaign_office").await;
        let unit = format!("/organisation/units/{}", s.communities[0]);
        for (actor, sees) in
            [(&cast.leader, true), (&cast.worker, true), (&office, true), (&cast.lead, false), (&cast.other, false)]
        {
            let (status, _) = s.get(actor, &page).await;
            assert_eq!(status == StatusCode::OK, sees, "{}: {status} for {:?}", s.test.name, actor.grants[0].role.key);
            for side in ["received", "given", "watched"] {
                let (_, list) = s.get(actor, &format!("/instructions?side={side}")).await;
                assert!(sees || !list.contains("请核实用房面积"), "{}", s.test.name);
            }
            let (_, beside) = s.get(actor, &unit).await;
            assert_eq!(beside.contains("请核实用房面积"), sees, "{}: beside the unit", s.test.name);
            let (status, _) = s.send(actor, &format!("{order}/cancel"), &[("version", "9"), ("words", "x")]).await;
            assert_eq!(status, if sees { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND });
        }
    }
}
