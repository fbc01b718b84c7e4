//! Forms: two people at one record, a form left half filled, a form with everything wrong.

use super::visitor::Visitor;
use crate::support::browser::Window;

#[tokio::test(flavor = "multi_thread")]
async fn who_saves_second_sees_both_values_chooses_and_loses_nothing() {
    let (Some(first), Some(second)) = (Visitor::come(Window::Desktop).await, Visitor::come(Window::Desktop).await)
    else {
        return;
    };
    first.sign_in("chengbei").await;
    second.sign_in("chuangjian").await;
    let record = find(&first, "柳堤社区用房").await;
    for visitor in [&first, &second] {
        visitor.open(&format!("{record}/edit")).await;
    }
    let was = first.value("f-address").await;
    first.fill("f-address", "柳堤路 12 号").await;
    first.fill("f-note", "门牌已换").await;
    first.click(".hj-savebar button.btn-primary").await;
    assert_eq!(first.place().await, format!("{record}?saved=edit"));

    second.fill("f-address", "柳堤路 21 号").await;
    second.fill("f-title_number", "武房权证字第00-2009号").await;
    second.click(".hj-savebar button.btn-primary").await;
    second.browser.expect_problem("409").await;
    second.inspect().await;
    second.reads(&["何勇", &was, "柳堤路 12 号", "柳堤路 21 号", "门牌已换", "武房权证字第00-2009号"]).await;
    second.photograph("two-values").await;
    // Without a choice nothing is written.
    second.click(".hj-savebar button.btn-primary").await;
    second.browser.expect_problem("409").await;
    second.reads(&["柳堤路 12 号", "柳堤路 21 号"]).await;
    second.click("input[name='pick.address'][value=mine]").await;
    second.click(".hj-savebar button.btn-primary").await;
    assert_eq!(second.place().await, format!("{record}?saved=edit"));
    second.inspect().await;
    second.reads(&["柳堤路 21 号", "门牌已换", "武房权证字第00-2009号", "第 3 版"]).await;
    let history = second.text("#history").await;
    assert!(
        history.contains(&format!("{was} → 柳堤路 12 号")) && history.contains("柳堤路 12 号 → 柳堤路 21 号"),
        "{history}"
    );
    second.leave().await;
    first.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_left_half_filled_is_there_again_and_gone_once_saved() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("junmincun").await;
    let record = find(&visitor, "二楼活动室扩建").await;
    let edit = format!("{record}/edit");
    visitor.open(&edit).await;
    let (was, note) = (visitor.value("f-note").await, "居民代表会议已通过");
    assert_ne!(was, note);
    visitor.fill("f-note", note).await;
    visitor.click("select[name='rooms[0].purpose'] option[value=reading_room]").await;
    visitor.open("/todo").await;
    visitor.open(&edit).await;
    assert_eq!(visitor.value("f-note").await, note);
    assert_eq!(visitor.value("f-rooms-0--purpose").await, "reading_room");
    assert_eq!(visitor.ask("document.querySelectorAll('[data-draft-note]').length").await, "1", "it is said");
    visitor.photograph("draft").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    assert_eq!(visitor.place().await, format!("{record}?saved=edit"));
    visitor.reads(&[note]).await;
    visitor.open(&edit).await;
    assert_eq!(visitor.value("f-note").await, note, "this is the record now");
    assert_eq!(visitor.ask("document.querySelectorAll('[data-draft-note]').length").await, "0");
    assert_eq!(visitor.ask("localStorage.length").await, "0");
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_everything_wrong_names_each_field_beside_it_and_in_the_summary() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("chengbei").await;
    visitor.open("/registers/premises/new").await;
    let wrong = [
        ("f-floor_area", "约四百"),
        ("f-approved_on", "2009-02-30"),
        ("f-completed_on", "去年"),
        ("f-rooms-0--floor_area", "-3"),
        ("f-money-0--amount", "12.345"),
    ];
    for (field, text) in wrong {
        visitor.fill(field, text).await;
    }
    visitor.click(".hj-savebar button.btn-primary").await;
    visitor.browser.expect_problem("422").await;
    visitor.inspect().await;
    let missing = ["f-unit", "f-number", "f-name", "f-kind", "f-works", "f-rooms-0--purpose", "f-money-0--source"];
    for field in wrong.iter().map(|(field, _)| *field).chain(missing) {
        let beside = visitor.text(&format!("[id='{field}e']")).await;
        let above = visitor.text(&format!("#errors a[href='#{field}']")).await;
        assert!(beside.len() > 6 && above.contains(&beside), "{field}: {beside} / {above}");
        assert_eq!(visitor.ask(&format!("document.getElementById('{field}').ariaInvalid")).await, "true", "{field}");
    }
    for (field, text) in wrong {
        assert_eq!(visitor.value(field).await, text, "what was typed stands there still");
        if field.contains("--") {
            continue;
        }
        let says = visitor.text(&format!("[id='{field}e']")).await;
        assert!(says.contains(text), "{says}");
    }
    assert_eq!(visitor.ask("document.querySelectorAll('#errors li').length").await, "12");
    visitor.photograph("form-wrong").await;
    visitor.click("#errors a[href='#f-floor_area']").await;
    assert_eq!(visitor.ask("document.activeElement.id").await, "f-floor_area", "the summary leads to the field");
    visitor.leave().await;
}

/// The address of the record with this name.
async fn find(visitor: &Visitor, name: &str) -> String {
    visitor.open("/registers/premises").await;
    visitor.fill_at("#main input[name=q]", name).await;
    visitor.browser.wait_for(&format!("document.querySelectorAll('#list tbody tr').length === 1 && document.querySelector('#list tbody').innerText.includes('{name}')")).await;
    visitor.click("#list tbody a").await;
    visitor.ask("location.pathname").await
}
