//! Attachments and completeness.

use super::*;
use crate::register::attached;

#[tokio::test]
async fn a_file_is_known_by_its_content_served_safely_and_taken_out_with_a_reason() {
    for house in houses().await {
        let id = house.plant(full(house.a, "附")).await.meta.id;
        let place = format!("/registers/sample/{id}");
        let picture = b"\xFF\xD8\xFF\xE0 a picture".as_slice();
        let added = house.upload(&house.keeper, &format!("{place}/files"), "..\\室内 1.jpg", picture).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
        let text = house.upload(&house.keeper, &format!("{place}/files"), "说明.txt", "一行说明".as_bytes()).await;
        assert_eq!(text.status, StatusCode::SEE_OTHER, "{}", text.text);
        for (name, bytes) in [
            ("a.jpg", b"<svg onload=alert(1)>".as_slice()),
            ("a.txt", b"<!doctype html><script>"),
            ("a.pdf", b"MZ\x90\0"),
            ("a.txt", b""),
        ] {
            let refused = house.upload(&house.keeper, &format!("{place}/files"), name, bytes).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{name} {bytes:?}");
        }
        let files = attached::list(&mut house.test.read().await, "sample", id).await.expect("reads");
        assert_eq!(files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["室内 1.jpg", "说明.txt"]);
        let page = house.get(&house.reader, &place).await.text;
        assert!(page.contains("<figure>") && page.contains("说明.txt"), "{page}");
        let served = house.get(&house.reader, &format!("{place}/files/{}", files[0].id)).await;
        assert_eq!(served.bytes, picture);
        assert_eq!(served.headers["content-type"], "image/jpeg");
        assert_eq!(served.headers["x-content-type-options"], "nosniff");
        assert!(served.headers["content-security-policy"].to_str().is_ok_and(|v| v.contains("sandbox")));
        let served = house.get(&house.reader, &format!("{place}/files/{}", files[1].id)).await;
        assert!(served.headers["content-disposition"].to_str().is_ok_and(|v| v.starts_with("attachment")));
        let remove = format!("{place}/files/{}/remove", files[0].id);
        assert_eq!(house.get(&house.reader, &remove).await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            house.post(&house.keeper, &remove, &[("reason", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(house.post(&house.keeper, &remove, &[("reason", "拍错了")]).await.status, StatusCode::SEE_OTHER);
        assert!(!house.get(&house.reader, &place).await.text.contains("室内 1.jpg"));
        let gone = house.get(&house.reader, &format!("{place}/files/{}", files[0].id)).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_with_the_limit_named() {
    for house in houses().await {
        let id = house.plant(full(house.a, "大")).await.meta.id;
        let mut large = b"\xFF\xD8\xFF\xE0".to_vec();
        large.resize(51 * 1_048_576, 7);
        let refused = house.upload(&house.keeper, &format!("/registers/sample/{id}/files"), "大.jpg", &large).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(refused.text.contains("50 MB"), "{}", refused.text);
        assert!(attached::list(&mut house.test.read().await, "sample", id).await.expect("reads").is_empty());
    }
}

#[tokio::test]
async fn a_period_is_open_until_it_is_reported_complete_and_can_be_reopened() {
    for house in houses().await {
        let page = house.get(&house.keeper, "/registers/sample/coverage").await.text;
        let cell = format!("{}|2009-03|true", house.a);
        assert!(page.contains(&cell) && page.contains("没有记录不等于零"), "{page}");
        let done = house.post(&house.keeper, "/registers/sample/coverage", &[("cell", &cell)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        let page = house.get(&house.reader, &done.location()).await.text;
        assert!(
            page.contains("已完成，陈芳 2009-06-22 08:00") && !page.contains("<button class=\"btn btn-sm btn-quiet\""),
            "{page}"
        );
        let again =
            house.post(&house.keeper, "/registers/sample/coverage", &[("cell", &cell.replace("true", "false"))]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        assert!(!house.get(&house.reader, "/registers/sample/coverage?year=2009").await.text.contains("已完成"));
        for (cell, status) in [
            (format!("{}|2009-07|true", house.a), StatusCode::CONFLICT),
            (format!("{}|2009-7|true", house.a), StatusCode::BAD_REQUEST),
            ("x|2009-03|true".to_owned(), StatusCode::BAD_REQUEST),
        ] {
            assert_eq!(
                house.post(&house.keeper, "/registers/sample/coverage", &[("cell", &cell)]).await.status,
                status,
                "{cell}"
            );
        }
        assert_eq!(
            house.post(&house.neighbour, "/registers/sample/coverage", &[("cell", &cell)]).await.status,
            StatusCode::FORBIDDEN
        );
    }
}
