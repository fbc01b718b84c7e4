use axum::http::StatusCode;
use hejian_kernel::{
    i18n::Lang,
    sql,
    unit::{self, Lineage, NewUnit},
};

use crate::stage::{Stage, day};

/// Two committees that became the first community on 2002-06-01.
async fn merged(s: &Stage) -> [uuid::Uuid; 2] {
    let mut work = s.test.setup().await;
    let mut old = [uuid::Uuid::nil(); 2];
    for (n, name) in ["军民居委会", "村头居委会"].into_iter().enumerate() {
        let new = NewUnit {
            key: format!("O{n}"),
            kind: "residents_committee".to_owned(),
            name: name.to_owned(),
            official_order: 8,
            code: None,
            section: None,
            parent: Some(s.north),
            valid_from: day("1988-01-01"),
            valid_to: Some(day("2002-06-01")),
            geometry: Some("[[[111.6,29.0],[111.7,29.0],[111.7,29.1],[111.6,29.0]]]".to_owned()),
            is_key: false,
            is_model: false,
            name_status: "inferred".to_owned(),
            value_status: "synthetic".to_owned(),
            note: None,
        };
        old[n] = unit::add(&mut work, &new).await.expect("a committee");
        let lineage = Lineage {
            from: old[n],
            to: s.communities[0],
            kind: "merge".to_owned(),
            effective_on: day("2002-06-01"),
            document: Some("常武政发〔2002〕9号".to_owned()),
        };
        unit::succeed(&mut work, &lineage).await.expect("a successor");
    }
    let shape = "[[[111.6,29.0],[111.8,29.0],[111.8,29.2],[111.6,29.0]]]";
    sql!(&mut work.tx, execute, "update unit set geometry = $1 where id = $2", shape, s.communities[0])
        .expect("a shape");
    work.commit().await.expect("commits");
    old
}

#[tokio::test]
async fn the_tree_shows_the_units_of_the_day_within_the_scope_of_the_post() {
    for s in Stage::all().await {
        merged(&s).await;
        let leader = s.officer(s.district, "p1", "区长", "leader").await;
        let (status, page) = s.get(&leader, "/organisation").await;
        assert_eq!(status, StatusCode::OK, "{}", s.test.name);
        for words in ["城北街道", "半边街社区", "区民政局", "<path", "合并：2 个变为 1 个", "某区长"]
        {
            assert!(page.contains(words), "{}: {words}", s.test.name);
        }
        assert!(!page.contains("军民居委会"));
        let (_, then) = s.get(&leader, "/organisation?on=2001-06-01").await;
        assert!(then.contains("军民居委会") && then.contains("推定") && then.contains("这是 2001-06-01 的机构"));
        let (_, found) = s.get(&leader, "/organisation?q=%E5%8D%8A%E8%BE%B9").await;
        let list = &found[found.find(r#"id="list""#).expect("a list")..];
        assert!(list.contains("半边街社区") && !list.contains("丝瓜井社区"));
        let (status, odd) = s.get(&leader, "/organisation?on=yesterday&kind=x&under=y").await;
        assert!(status == StatusCode::OK && odd.contains("不是日期"));
        let (_, english) = s.get_in(&leader, Lang::En, "/organisation").await;
        assert!(english.contains("Community") && !english.contains("[unit") && !english.contains("[organisation"));

        let worker = s.officer(s.communities[2], "p2", "社区工作者", "community_worker").await;
        let (_, own) = s.get(&worker, "/organisation").await;
        assert!(own.contains("体育东路社区") && !own.contains("半边街社区") && !own.contains("区民政局"));
        let reviewer = s.officer(s.district, "p3", "评审组组员", "reviewer").await;
        assert_eq!(s.get(&reviewer, "/organisation").await.0, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_unit_shows_its_lineage_both_ways_its_posts_and_its_records() {
    for s in Stage::all().await {
        let old = merged(&s).await;
        let leader = s.officer(s.district, "p1", "区长", "leader").await;
        s.officer(s.communities[0], "p2", "社区主任", "community_worker").await;
        let (status, page) = s.get(&leader, &format!("/organisation/units/{}", s.communities[0])).await;
        assert_eq!(status, StatusCode::OK, "{}", s.test.name);
        for words in [
            "军民居委会",
            "村头居委会",
            "合并自",
            "常武政发〔2002〕9号",
            "某社区主任",
            "/registers/premises?unit=C0",
            "城北街道",
        ] {
            assert!(page.contains(words), "{}: {words}", s.test.name);
        }
        let (_, before) = s.get(&leader, &format!("/organisation/units/{}", old[0])).await;
        assert!(before.contains("合并为") && before.contains("已撤并") && before.contains("1988-01-01 至 2002-05-31"));
        let worker = s.officer(s.communities[2], "p3", "社区工作者", "community_worker").await;
        assert_eq!(s.get(&worker, &format!("/organisation/units/{}", s.communities[0])).await.0, StatusCode::NOT_FOUND);
        assert_eq!(s.get(&leader, "/organisation/units/nonsense").await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_post_and_a_person_show_terms_rights_and_what_waits() {
    for s in Stage::all().await {
        let leader = s.officer(s.district, "p1", "区长", "leader").await;
        let officer = s.officer(s.north, "p2", "民政专干", "subdistrict_officer").await;
        let (post, person) = (officer.post.expect("a post"), officer.person.expect("a person"));
        let before = s.person("王前任").await;
        s.term(post, before, "holder", "2006-03-01", Some("2008-01-01")).await;
        let deputy = s.person("李代理").await;
        s.term(post, deputy, "deputy", "2009-01-01", None).await;
        s.todo(post, "军民村社区用房", s.communities[0], None).await;
        let (status, page) = s.get(&leader, &format!("/organisation/posts/{post}")).await;
        assert_eq!(status, StatusCode::OK, "{}", s.test.name);
        for words in
            ["某民政专干", "李代理", "王前任", "2006-03-01 至 2007-12-31", "街道干部", "范围：城北街道及下级", "1 件"]
        {
            assert!(page.contains(words), "{}: {words}", s.test.name);
        }
        assert!(!page.contains("岗位交接"), "a leader manages nothing");
        let (_, list) = s.get(&leader, "/organisation/persons").await;
        assert!(list.contains("王前任") && list.contains("城北街道 民政专干"), "{}", s.test.name);
        let (_, found) = s.get(&leader, "/organisation/persons?q=%E6%9D%8E%E4%BB%A3").await;
        assert!(found.contains("李代理") && !found.contains("王前任"));
        let (_, one) = s.get(&leader, &format!("/organisation/persons/{person}")).await;
        assert!(one.contains("民政专干") && one.contains("2008-01-01 至今"));

        // A worker of another community sees neither the post nor the person.
        let worker = s.officer(s.communities[2], "p3", "社区工作者", "community_worker").await;
        assert_eq!(s.get(&worker, &format!("/organisation/posts/{post}")).await.0, StatusCode::NOT_FOUND);
        assert_eq!(s.get(&worker, &format!("/organisation/persons/{person}")).await.0, StatusCode::NOT_FOUND);
        let (_, few) = s.get(&worker, "/organisation/persons").await;
        assert!(few.contains("某社区工作者") && !few.contains("王前任"));
        // Somebody with a post inside and one outside is seen with the one inside; the other is only counted.
        s.term(worker.post.expect("a post"), person, "deputy", "2009-01-01", None).await;
        let (_, half) = s.get(&worker, &format!("/organisation/persons/{person}")).await;
        assert!(half.contains("另有 1 个任期") && !half.contains("民政专干</a>"), "{}", s.test.name);
    }
}
