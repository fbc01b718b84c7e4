use axum::http::StatusCode;
use hejian_kernel::{
    i18n::{self, Lang},
    message::{self, News},
    sql,
    testing::opening,
    work::Work,
};
use uuid::Uuid;

use crate::{modules::ROLES, stage::Stage};

#[test]
fn every_kind_has_a_word_in_both_languages() {
    for lang in Lang::ALL {
        let keys = News::ALL.map(|kind| format!("message-{}", kind.name()));
        assert_eq!(i18n::missing(lang, keys), Vec::<String>::new(), "{lang:?}");
    }
    assert!(News::ALL.into_iter().all(|kind| News::parse(kind.name()) == Some(kind)));
}

#[tokio::test]
async fn a_message_is_counted_until_it_is_opened_and_only_its_post_opens_it() {
    for s in Stage::all().await {
        let worker = s.officer(s.communities[0], "w", "社区工作者", "community_worker").await;
        let other = s.officer(s.communities[1], "o", "社区工作者", "community_worker").await;
        let lead = s.officer(s.bureau, "l", "股长", "department_lead").await;
        let post = worker.post.expect("a post");
        for n in 0..3 {
            let mut work = Work::begin(&s.test.db, &s.test.keys, ROLES, lead.clone(), opening()).await.expect("begins");
            let (news, title) = (if n == 0 { News::Returned } else { News::Nudged }, format!("事项 {n}"));
            let told = message::Message {
                news,
                post,
                title: title.as_str().into(),
                note: "请补平面图",
                href: Some("/registers/premises"),
                todo: None,
            };
            message::tell(&mut work, &told).await.expect("told");
            work.commit().await.expect("commits");
        }
        let (_, page) = s.get(&worker, "/todo").await;
        assert!(page.contains("消息，3 条未读"), "{}: {page}", s.test.name);
        let (_, page) = s.get(&worker, "/messages?kind=returned").await;
        assert!(page.contains("事项 0") && page.contains("请补平面图") && !page.contains("事项 1"), "{page}");
        let (_, page) = s.get(&other, "/messages?box=all").await;
        assert!(page.contains("还没有消息") && !page.contains("事项"), "{page}");
        let (_, english) = s.get_in(&worker, Lang::En, "/messages").await;
        assert!(english.contains("3 unread") && english.contains("Reminder"), "{english}");

        let (id,): (Uuid,) =
            sql!(&mut s.test.read().await, fetch_one, "select id from message where kind = 'returned'").expect("one");
        let path = format!("/messages/{id}/open");
        assert_eq!(s.send(&other, &path, &[]).await.0, StatusCode::NOT_FOUND);
        let (status, place) = s.send(&worker, &path, &[]).await;
        assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/registers/premises"));
        let (_, page) = s.get(&worker, "/messages").await;
        assert!(page.contains("消息，2 条未读") && !page.contains("事项 0"), "{page}");
        s.send(&worker, "/messages/read", &[("kind", "arrived")]).await;
        assert!(s.get(&worker, "/messages").await.1.contains("消息，2 条未读"));
        s.send(&worker, "/messages/read", &[]).await;
        let (_, page) = s.get(&worker, "/messages").await;
        assert!(page.contains("没有未读消息") && page.contains("消息，0 条未读"), "{page}");
    }
}

#[tokio::test]
async fn a_page_of_many_messages_is_found_and_what_one_did_oneself_is_no_news() {
    for s in Stage::all().await {
        let worker = s.officer(s.communities[0], "w", "社区工作者", "community_worker").await;
        let post = worker.post.expect("a post");
        let mut work = Work::begin(&s.test.db, &s.test.keys, ROLES, worker.clone(), opening()).await.expect("begins");
        for (news, n) in [(News::Nudged, 5), (News::Job, 25)] {
            for _ in 0..n {
                let told =
                    message::Message { news, post, title: "audit.verify".into(), note: "done", href: None, todo: None };
                message::tell(&mut work, &told).await.expect("told");
            }
        }
        work.commit().await.expect("commits");
        let (_, page) = s.get(&worker, "/messages?page=2").await;
        assert!(page.contains("第 21–25 行，共 25 行"), "{}: {page}", s.test.name);
        assert!(!page.contains("audit.verify"), "a job is named in words: {page}");
    }
}
