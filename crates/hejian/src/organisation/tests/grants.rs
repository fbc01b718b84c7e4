use axum::http::StatusCode;
use hejian_kernel::sql;

use super::super::store::posts;
use crate::stage::Stage;

#[tokio::test]
async fn the_security_administrator_gives_and_takes_roles_with_a_reason() {
    for s in Stage::all().await {
        let admin = s.officer(s.district, "sec", "安全管理员", "security_admin").await;
        let post = s.officer(s.north, "p1", "民政专干", "subdistrict_officer").await.post.expect("a post");
        let at = format!("/organisation/posts/{post}/grants");
        let (status, page) = s.get(&admin, &at).await;
        assert!(status == StatusCode::OK && page.contains("街道干部") && page.contains("城北街道"), "{}", s.test.name);
        let (_, list) = s.get(&admin, "/organisation/grants?role=subdistrict_officer").await;
        assert!(list.contains("民政专干") && !list.contains(">安全管理员</a>"), "{}", s.test.name);

        let unit = s.south.to_string();
        let (status, page) = s.send(&admin, &at, &[("role", "inspector"), ("unit", &unit), ("reason", "")]).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("必填"), "{}", s.test.name);
        let fields = [("role", "inspector"), ("unit", unit.as_str()), ("reason", "参加督导组")];
        let (status, to) = s.send(&admin, &at, &fields).await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("{at}?done=given")), "{}", s.test.name);
        let held = posts::grants(&mut s.test.read().await, post).await.expect("grants");
        assert_eq!(held.len(), 2);
        let (status, _) = s.send(&admin, &format!("{at}/remove"), &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", s.test.name);
        let (reasons,): (i64,) = sql!(
            &mut s.test.read().await,
            fetch_one,
            "select count(*) from audit_entry where action in ('grant_reason', 'revoke_reason') and detail like '%参加督导组%'"
        )
        .expect("counts");
        assert_eq!(reasons, 2, "{}", s.test.name);
    }
}

#[tokio::test]
async fn nobody_becomes_two_administrators_or_changes_the_rights_of_their_own_post() {
    for s in Stage::all().await {
        let admin = s.officer(s.district, "sec", "安全管理员", "security_admin").await;
        let own = admin.post.expect("a post");
        let unit = s.district.to_string();
        let fields = [("role", "audit_admin"), ("unit", unit.as_str()), ("reason", "兼任")];
        let (status, page) = s.send(&admin, &format!("/organisation/posts/{own}/grants"), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("不能给本人任职的岗位授权"), "{}", s.test.name);
        let clerk = s.officer(s.bureau, "p1", "社区股股长", "department_lead").await.post.expect("a post");
        let (status, page) = s.send(&admin, &format!("/organisation/posts/{clerk}/grants"), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("三员互斥") && page.contains("审计管理员"), "{}", s.test.name);
        assert_eq!(posts::grants(&mut s.test.read().await, clerk).await.expect("grants").len(), 1);
        // The system administrator appoints, but gives no rights.
        let system = s.officer(s.district, "sys", "系统管理员", "system_admin").await;
        assert_eq!(s.get(&system, &format!("/organisation/posts/{clerk}/grants")).await.0, StatusCode::FORBIDDEN);
        assert_eq!(s.get(&system, "/organisation/grants").await.0, StatusCode::FORBIDDEN);
    }
}
