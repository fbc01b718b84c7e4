//! Duties on both engines: drafted, changed, broken down, reminded of, and never without an owner.

mod deputies;
mod gaps;
mod owners;
mod support;
mod words;
mod workbook;

use axum::http::StatusCode;
use hejian_kernel::{audit, i18n::Lang, sql};

use super::model::Part;
use crate::modules::MODULES;
use support::District;

#[tokio::test]
async fn drafting_gives_every_indicator_exactly_one_lead_and_drafting_again_adds_nothing() {
    for district in District::all().await {
        let (status, page) = district.get("/duty/draft").await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let (status, to) = district.send("/duty/draft", &[("due", "2009-06-30")]).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/duty"), "{}", district.name());
        let board = district.board().await;
        let codes: Vec<String> =
            crate::campaign::standard::built_in().pack.indicators.iter().map(|i| i.code.clone()).collect();
        assert_eq!(codes.len(), 53);
        for code in &codes {
            let leads = board.find(|of| of.part == Part::Lead && of.indicator == *code).count();
            assert_eq!(leads, 1, "{code}");
        }
        let before = board.duties.len();
        district.send("/duty/draft", &[("due", "")]).await;
        assert_eq!(district.board().await.duties.len(), before, "nothing is there twice");
        for path in [
            "/duty",
            "/duty/gaps",
            "/duty/indicators/A06",
            "/duty/units/mzj",
            "/duty/units/S1",
            "/duty/units/C0",
            "/duty/grid/mzj",
            "/duty/plans/mzj",
        ] {
            for lang in [Lang::ZhCn, Lang::En] {
                let (status, page) = district.stage.get_in(&district.office, lang, path).await;
                assert_eq!(status, StatusCode::OK, "{path}: {page}");
            }
        }
        let (_, page) = district.get("/duty").await;
        assert_eq!(page.matches("<a class=\"mk lead\"").count(), 53, "a mark a lead");
        district.verify().await;
    }
}

#[tokio::test]
async fn a_change_ends_the_row_with_its_reason_moves_the_to_do_and_a_stale_one_writes_nothing() {
    for district in District::drafted().await {
        let board = district.board().await;
        let duty = board.lead("A06").expect("drafted").clone();
        let officer = board.posts_of(district.stage.bureau).nth(1).expect("a second post").id;
        let path = format!("/duty/lines/{}/change", duty.line);
        let post = officer.to_string();
        let form = [("version", "1"), ("post", post.as_str()), ("due", "2009-07-31")];
        let (status, page) = district.send(&path, &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "no reason, no change");
        assert!(page.contains("写明原因"));
        let form = [("version", "1"), ("post", &post), ("due", "2009-07-31"), ("reason", "局长外出学习")];
        let (status, _) = district.send(&path, &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, _) = district.send(&path, &form).await;
        assert_eq!(status, StatusCode::CONFLICT, "the second save read an old version");
        assert_eq!(district.open_todos(duty.line).await, [officer]);
        let (_, page) = district.get(&format!("/duty/lines/{}", duty.line)).await;
        assert!(page.contains("局长外出学习") && page.contains("按标准起草"), "the history stands");
        let (status, _) = district.send(&format!("/duty/lines/{}/end", duty.line), &[("reason", "x")]).await;
        assert_eq!(status, StatusCode::CONFLICT, "a lead is never ended without another");
        let form = [("indicator", "A06"), ("part", "lead"), ("post", &post), ("reason", "x")];
        let (status, page) = district.send("/duty/new", &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "there is no second lead");
        assert!(page.contains("已有牵头单位"));
        district.verify().await;
    }
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_lead() {
    for district in District::drafted().await {
        let mut work = district.stage.test.setup().await;
        let second = sql!(
            &mut work.tx,
            execute,
            "insert into duty (id, line_id, row_version, campaign_id, indicator, unit_id, part, note, valid_from, made_by_act)
             select $1, $1, 1, campaign_id, indicator, $2, part, note, valid_from, made_by_act from duty where indicator = 'A06' and part = 'lead'",
            uuid::Uuid::from_u128(7),
            district.stage.district
        );
        assert!(second.is_err(), "{}", district.name());
    }
}

#[tokio::test]
async fn a_lead_goes_to_a_supporting_unit_which_then_no_longer_supports() {
    for district in District::drafted().await {
        let board = district.board().await;
        let pack = &crate::campaign::standard::built_in().pack;
        let of = pack.indicators.iter().find(|of| !of.co.is_empty()).expect("somebody supports");
        let lead = board.lead(&of.code).expect("drafted");
        let other = board.unit_of_key(&of.co[0]).expect("a department").id;
        let post = board.held_post(other, 0).expect("somebody").id.to_string();
        let form = [("version", "1"), ("post", post.as_str()), ("reason", "三定调整")];
        let (status, page) = district.send(&format!("/duty/lines/{}/change", lead.line), &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let board = district.board().await;
        assert_eq!(board.lead(&of.code).map(|duty| duty.content.unit), Some(other));
        assert_eq!(board.find(|one| one.unit == other && one.indicator == of.code).count(), 1);
    }
}

#[tokio::test]
async fn a_subdistrict_breaks_its_share_down_and_what_is_left_is_a_gap() {
    for district in District::drafted().await {
        let (_, page) = district.get("/duty/cascade/S1/D02").await;
        assert!(page.contains("军民村社区") && page.contains("丝瓜井社区"));
        let worker =
            district.board().await.held_post(district.stage.communities[0], 0).expect("somebody").id.to_string();
        let form =
            [("typed", "yes"), ("unit", "C0"), ("post-C0", worker.as_str()), ("due-C0", "2009-06-15"), ("due", "")];
        let (status, page) = district.stage.send(&district.street, "/duty/cascade/S1/D02", &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let board = district.board().await;
        let share = board.at("D02", district.stage.communities[0]).expect("a share");
        assert_eq!(share.content.due, Some("2009-06-15".parse().expect("a day")));
        assert_eq!(share.content.parent, board.at("D02", district.stage.north).map(|duty| duty.line));
        let (_, page) = district.get("/duty/gaps?kind=not-cascaded").await;
        assert!(page.contains("1 个社区未分解：丝瓜井社区"), "the other one is missing");
        let (status, _) = district.stage.send(&district.street, "/duty/cascade/S2/D02", &form).await;
        assert_eq!(status, StatusCode::CONFLICT, "another subdistrict's share is none of theirs");
        let (status, _) = district.stage.send(&district.street, "/duty/cascade/S1/D02", &[("typed", "yes")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(district.board().await.at("D02", district.stage.communities[0]).is_none(), "what is unticked ends");
        district.verify().await;
    }
}

#[tokio::test]
async fn communities_that_did_not_report_are_reminded_once_a_day() {
    for district in District::drafted().await {
        let head = &district.head;
        let (status, page) = district.stage.get(head, "/duty/grid/mzj").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("一键催报") && page.contains("/score/units/C0#i-"), "each cell opens");
        let (_, to) = district.stage.send(head, "/duty/grid/mzj/remind", &[]).await;
        assert_eq!(to, "/duty/grid/mzj?reminded=4", "{}", district.name());
        let (_, to) = district.stage.send(head, "/duty/grid/mzj/remind", &[]).await;
        assert_eq!(to, "/duty/grid/mzj?reminded=0", "nobody is reminded twice a day");
        let (status, _) = district.stage.send(&district.street, "/duty/grid/mzj/remind", &[]).await;
        assert_eq!(status, StatusCode::CONFLICT, "only the lead unit reminds");
        let id = district.reminder(district.stage.communities[0]).await;
        let worker = &district.worker;
        let (_, page) = district.stage.get(worker, &format!("/duty/reminders/{id}")).await;
        assert!(page.contains("已报送"));
        let (status, _) = district.stage.send(worker, &format!("/duty/reminders/{id}/done"), &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(district.open_todos(id).await.is_empty());
    }
}

#[tokio::test]
async fn a_department_keeps_its_own_plan_and_nobody_else_does() {
    for district in District::drafted().await {
        let path = "/duty/plans/mzj/A06";
        let form = [
            ("version", "0"),
            ("target", "应保尽保"),
            ("what-0", "入户复核"),
            ("due-0", "2009-05-31"),
            ("progress-0", "40"),
        ];
        let (status, page) = district.stage.send(&district.head, path, &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let (_, page) = district.stage.get(&district.head, "/duty/plans/mzj").await;
        assert!(page.contains("应保尽保") && page.contains("入户复核"));
        let (status, _) = district.stage.send(&district.head, path, &form).await;
        assert_eq!(status, StatusCode::CONFLICT, "somebody saved first");
        let (status, _) = district.stage.send(&district.street, path, &form).await;
        assert_eq!(status, StatusCode::CONFLICT);
        let wrong = [("version", "1"), ("target", "x"), ("what-0", "y"), ("progress-0", "120")];
        let (status, _) = district.stage.send(&district.head, path, &wrong).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        district.verify().await;
    }
}

#[tokio::test]
async fn a_letter_is_signed_for_what_it_said_and_says_when_that_changed() {
    for district in District::drafted().await {
        let (head, path) = (&district.head, "/duty/letter/mzj");
        let (_, page) = district.stage.get(head, path).await;
        assert!(page.contains("未签") && page.contains("登记签订"), "{page}");
        let form = [("signed_by", "李建平"), ("given_by", "周明"), ("signed_on", "2009-06-23")];
        let (status, page) = district.stage.send(head, "/duty/letter/mzj/sign", &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "tomorrow");
        assert!(page.contains("签订日期还没有到") && page.contains("value=\"李建平\""), "what was typed stands");
        let (status, _) = district.stage.send(head, "/duty/letter/mzj/sign", &[("signed_on", "2009-06-20")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nobody signed");
        let form = [("signed_by", "李建平"), ("given_by", "周明"), ("signed_on", "2009-06-20")];
        let (status, _) = district.stage.send(&district.street, "/duty/letter/mzj/sign", &form).await;
        assert_eq!(status, StatusCode::CONFLICT, "another unit's letter");
        let (status, to) = district.stage.send(head, "/duty/letter/mzj/sign", &form).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, path), "{}", district.name());
        let (_, page) = district.stage.get(head, path).await;
        assert!(
            page.contains("已签") && page.contains("李建平 2009-06-20 签订") && !page.contains("登记签订"),
            "{page}"
        );
        for lang in [Lang::ZhCn, Lang::En] {
            let (status, list) = district.stage.get_in(&district.office, lang, "/duty/letters?state=signed").await;
            assert_eq!(status, StatusCode::OK, "{list}");
            assert!(list.contains("李建平") && list.contains("/duty/letter/mzj") && !list.contains("/duty/letter/tjj"));
            assert!(!list.contains("[duty-"), "{list}");
        }
        district.verify().await;
        // A deadline moves: what was signed is no longer what stands.
        let duty = district.board().await.lead("A06").expect("drafted").clone();
        let post = duty.content.post.expect("a post").to_string();
        let change = [("version", "1"), ("post", post.as_str()), ("due", "2009-07-31"), ("reason", "区里调整")];
        let (status, page) = district.send(&format!("/duty/lines/{}/change", duty.line), &change).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let (_, page) = district.stage.get(head, path).await;
        assert!(page.contains("签后有变") && page.contains("登记签订"), "{page}");
        let mut work = district.stage.test.setup().await;
        sql!(&mut work.tx, execute, "update duty_letter set signed_by = '别人'").expect("altered");
        work.commit().await.expect("commits");
        let mut tx = district.stage.test.read().await;
        let kept: Vec<_> =
            MODULES.iter().flat_map(|module| module.kept).map(|k| audit::Kept { kind: k.kind, rows: k.rows }).collect();
        let report = audit::verify_told(&mut tx, &district.stage.test.keys, &[], &kept, None, |_, _| {})
            .await
            .expect("verified");
        assert!(
            report.findings.iter().any(|finding| format!("{finding:?}").contains("duty_letter")),
            "{:?}",
            report.findings
        );
    }
}

#[tokio::test]
async fn a_row_altered_in_the_database_is_found() {
    for district in District::drafted().await {
        let mut work = district.stage.test.setup().await;
        sql!(&mut work.tx, execute, "update duty set due_on = null where indicator = 'A06' and part = 'lead'")
            .expect("altered");
        work.commit().await.expect("commits");
        let mut tx = district.stage.test.read().await;
        let kept: Vec<_> =
            MODULES.iter().flat_map(|module| module.kept).map(|k| audit::Kept { kind: k.kind, rows: k.rows }).collect();
        let registers: Vec<_> = MODULES.iter().flat_map(|module| module.registers).copied().collect();
        let report = audit::verify_told(&mut tx, &district.stage.test.keys, &registers, &kept, None, |_, _| {})
            .await
            .expect("verified");
        assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    }
}
