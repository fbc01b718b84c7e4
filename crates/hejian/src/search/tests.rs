use std::time::Instant;

use axum::http::StatusCode;
use hejian_kernel::{i18n::Lang, sql};

use super::{find::words, page::marked};
use crate::stage::Stage;

#[test]
fn what_is_looked_for_is_marked_and_markup_stays_text() {
    let asked = words(" 军民 D02 ");
    assert_eq!(asked, ["军民", "d02"]);
    assert_eq!(marked("D02 军民村", &asked).into_string(), "<mark>D02</mark> <mark>军民</mark>村");
    assert_eq!(marked("<b>", &asked).into_string(), "&lt;b&gt;");
    assert_eq!(marked("İ", &words("i")).into_string(), "İ");
}

#[tokio::test]
async fn only_what_lies_in_the_scope_is_found_and_counted() {
    for s in Stage::all().await {
        let worker = s.officer(s.communities[0], "w", "社区工作者", "community_worker").await;
        let office = s.officer(s.district, "o", "创建办主任", "campaign_office").await;
        let (status, page) = s.get(&office, "/search?q=%E7%A4%BE%E5%8C%BA").await;
        assert_eq!(status, StatusCode::OK, "{}", s.test.name);
        for words in ["军民村<mark>社区</mark>", "半边街<mark>社区</mark>", "单位 4", "某<mark>社区</mark>工作者"]
        {
            assert!(page.contains(words), "{}: {words}\n{page}", s.test.name);
        }
        let (_, page) = s.get(&worker, "/search?q=%E7%A4%BE%E5%8C%BA").await;
        assert!(
            page.contains("军民村<mark>社区</mark>") && page.contains("单位 1") && !page.contains("半边街"),
            "{page}"
        );
        let (_, page) = s.get(&office, "/search?q=d02").await;
        assert!(page.contains("<mark>D02</mark>") && page.contains("/score/D02"), "{page}");
        let (_, page) = s.get(&office, "/search?q=%25").await;
        assert!(page.contains("没有找到"), "a sign of the pattern is looked for as it is: {page}");
        let (_, page) = s.get(&worker, "/search").await;
        assert!(page.contains("单位") && page.contains("社区用房"), "{page}");
        let nobody = s.officer(s.communities[1], "x", "审计", "audit_admin").await;
        let (status, page) = s.get_in(&nobody, Lang::En, "/search?q=D02").await;
        assert!(status == StatusCode::OK && !page.contains("/score/D02"), "{page}");
    }
}

/// Says how long a search over ten thousand records takes.
#[tokio::test]
async fn ten_thousand_records_are_searched_in_no_time() {
    for s in Stage::all().await {
        let office = s.officer(s.district, "o", "创建办主任", "campaign_office").await;
        let mut work = s.test.setup().await;
        for n in 0..10_000_usize {
            let id = work.new_id();
            sql!(
                &mut work.tx,
                execute,
                "insert into premises (id, unit_id, state, version, created_at, created_by, updated_at, updated_by, title_key,
                     search_text, number, name, kind, works)
                 values ($1, $2, 'accepted', 1, $3, 'x', $3, 'x', $4, $5, $4, $5, 'community_office', 'new_build')",
                id,
                s.communities[n % 4],
                work.now,
                format!("YF-{n:05}"),
                format!("yf-{n:05}\u{1f}第 {n} 号社区用房\u{1f}武陵大道 {n} 号")
            )
            .expect("a record");
        }
        work.commit().await.expect("commits");
        let mut times = Vec::new();
        for _ in 0..5 {
            let before = Instant::now();
            let (status, page) = s.get(&office, "/search?q=yf-0999").await;
            times.push(before.elapsed());
            assert!(status == StatusCode::OK && page.contains("社区用房 10<"), "{}: {page}", s.test.name);
        }
        times.sort();
        println!("{}: a search over 10,000 records in {:?} (median of five, unoptimised)", s.test.name, times[2]);
        assert!(times[2].as_millis() < 2_000, "{}: {times:?}", s.test.name);
    }
}
