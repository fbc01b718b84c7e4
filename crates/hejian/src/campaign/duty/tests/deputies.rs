//! Deputies that a workbook names: to-dos of whoever appoints, closed by the appointment.

use axum::http::StatusCode;
use hejian_kernel::sql;
use hejian_scoring::workbook::Value;

use super::{super::import_plan::plan, support::District, workbook::row};
use crate::campaign::standard::built_in;

#[tokio::test]
async fn a_deputy_of_the_file_becomes_a_to_do_of_whoever_appoints_and_the_appointment_closes_it() {
    for district in District::drafted().await {
        let admin = district.stage.officer(district.stage.district, "admin", "系统管理员", "system_admin").await;
        let mut sheets = district.laid().await;
        let post_of = |board: &super::super::model::Board| board.lead("A06").and_then(|duty| duty.content.post);
        let post = post_of(&district.board().await).expect("drafted to a post");
        // The other of the bureau's two persons; nobody of that name; the holder; a deputy without a post.
        let other = district
            .board()
            .await
            .posts_of(district.stage.bureau)
            .find(|of| of.id != post)
            .expect("two")
            .holder
            .clone();
        let other = other.expect("held").name;
        row(&mut sheets, "A06")[5] = Value::text(&other);
        row(&mut sheets, "A01")[5] = Value::text("查无此人");
        let holder = row(&mut sheets, "A02")[4].shown();
        row(&mut sheets, "A02")[5] = Value::text(holder.split('（').next().unwrap_or_default());
        row(&mut sheets, "A03")[4] = Value::Empty;
        row(&mut sheets, "A03")[5] = Value::text(&other);
        let preview = district.upload(&sheets).await;
        let (_, page) = district.get(&preview).await;
        for says in ["没有叫“查无此人”的人", "就是这个岗位的责任人", "没有写责任人（岗位）", "指定 B 角 1"]
        {
            assert!(page.contains(says), "{}: {says}: {page}", district.name());
        }
        let (status, to) = district.write(&preview).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/duty/acts"));
        let waiting = || async {
            let mut tx = district.stage.test.read().await;
            let rows: Vec<(String,)> =
                sql!(&mut tx, fetch_all, "select title from todo where kind = 'post.deputy' and state = 'open'")
                    .expect("read");
            rows.into_iter().map(|(title,)| title).collect::<Vec<_>>()
        };
        assert_eq!(waiting().await.len(), 1);
        assert!(waiting().await[0].ends_with(&format!("→ {other}")));
        let (_, page) = district.stage.get(&admin, "/todo").await;
        assert!(page.contains("指定 B 角"), "{page}");
        let mut tx = district.stage.test.read().await;
        let (person,): (uuid::Uuid,) =
            sql!(&mut tx, fetch_one, "select id from person where name = $1", &other).expect("a person");
        drop(tx);
        let form = [("person", person.to_string()), ("from", "2009-06-22".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (status, page) = district.stage.send(&admin, &format!("/organisation/posts/{post}/deputy"), &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        assert!(waiting().await.is_empty(), "the appointment closes it");
        // The same file asks for nothing any more.
        let again = plan(&district.board().await, &built_in(), &sheets).expect("its heads are found");
        assert!(again.deputies.iter().all(|of| of.name != other), "{:?}", again.deputies);
        district.verify().await;
    }
}
