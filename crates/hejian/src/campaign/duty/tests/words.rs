//! To-dos and messages about duties, for readers of either language.

use hejian_kernel::{i18n::Lang, sql, ui::query::Query};

use super::support::District;

#[tokio::test]
async fn what_is_to_be_done_is_called_in_the_reader_s_language_and_found_by_either() {
    for district in District::drafted().await {
        let (head, s) = (&district.head, &district.stage);
        let mut tx = s.test.read().await;
        let (zh, en): (String, Option<String>) = sql!(
            &mut tx,
            fetch_one,
            "select title, title_en from todo where kind = 'duty.lead' and post_id = $1 order by title limit 1",
            head.post
        )
        .expect("a lead has duties");
        drop(tx);
        let en = en.expect("an indicator has a name in English");
        assert_ne!(zh, en);
        let asked_for = |title: &str| {
            let (_, name) = title.split_once(' ').expect("a code and a name");
            Query::new("/todo").with("q", name).href()
        };
        for (lang, shown, other) in [(Lang::ZhCn, &zh, &en), (Lang::En, &en, &zh)] {
            for asked in [&zh, &en] {
                let (_, page) = s.get_in(head, lang, &asked_for(asked)).await;
                assert!(page.contains(shown.as_str()), "{}: {page}", district.name());
                assert!(!page.contains(&format!(">{other}<")), "{page}");
            }
        }
    }
}

#[tokio::test]
async fn a_reminder_says_in_either_language_what_was_not_reported() {
    for district in District::drafted().await {
        let (worker, s) = (&district.worker, &district.stage);
        s.send(&district.head, "/duty/grid/mzj/remind", &[]).await;
        for path in ["/todo", "/messages"] {
            let (_, page) = s.get_in(worker, Lang::En, path).await;
            assert!(page.contains("Not reported: ") && !page.contains("催报："), "{path}: {page}");
            let (_, page) = s.get(worker, path).await;
            assert!(page.contains("催报：") && !page.contains("Not reported"), "{path}: {page}");
        }
    }
}
