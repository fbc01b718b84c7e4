//! A standard changed from the copy to the pin: what is wrong is said beside its line, and the score follows the version in force.

use std::sync::Arc;

use super::district::District;
use super::visitor::Visitor;
use crate::support::browser::Window;

/// Puts a text in place of another, the first after a sign, in the text of the editor, as if it had been typed.
fn typed_after(sign: &str, from: &str, to: &str) -> String {
    format!(
        "const area = document.getElementById('f-text');
         const at = area.value.indexOf('{from}', area.value.indexOf('{sign}'));
         if (at < 0) return 'not there';
         area.value = area.value.slice(0, at) + '{to}' + area.value.slice(at + '{from}'.length);
         area.dispatchEvent(new Event('input', {{ bubbles: true }}));
         return 'typed'"
    )
}

/// The same within the indicator D02.
fn typed(from: &str, to: &str) -> String {
    typed_after("code: D02", from, to)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standard_is_copied_broken_mended_published_compared_played_through_and_pinned() {
    if !Visitor::can_come() {
        return;
    }
    // The standard in force is everybody's: this journey has a district of its own.
    let district = tokio::task::spawn_blocking(|| Arc::new(District::begin())).await.expect("the district is served");
    let Some(visitor) = Visitor::come_to(district, Window::Desktop).await else { return };
    visitor.sign_in("chuangjian").await;
    visitor.open("/standard").await;
    visitor.fill_at("#main input[name=q]", "面积").await;
    visitor.browser.wait_for("document.querySelectorAll('#list mark').length > 0").await;
    assert!(visitor.place().await.starts_with("/standard?"), "what is looked for stands in the address");
    visitor.inspect().await;
    visitor.photograph("standard-search").await;

    visitor.open("/standard/packs").await;
    visitor.photograph("standard-versions").await;
    visitor.click_words("复制为新草稿").await;
    visitor.inspect().await;
    visitor.reads(&["第 3 版", "草稿", "没有发现错误"]).await;
    let edit = visitor.ask("location.pathname").await;
    let draft = edit.trim_end_matches("/edit").to_owned();

    assert_eq!(visitor.js(&typed("full_at: 80", "full_at: eighty")).await, "typed");
    visitor.browser.wait_for("document.querySelector('#problems [data-line]') !== null").await;
    visitor.reads(&["1 处错误", "D02", "eighty", "应写"]).await;
    let marked = "document.querySelector('.gutter .bad').textContent.trim().replace('✕ ', '')";
    let line = visitor.ask("document.querySelector('#problems [data-line]').dataset.line").await;
    assert_eq!(visitor.ask(marked).await, line, "the line itself is marked");
    // A click that stays on the page; without script the same link opens the editor at the line.
    visitor.js("document.querySelector('#problems [data-line]').click()").await;
    let chosen = "(() => { const area = document.getElementById('f-text'); \
                  return area.value.slice(area.selectionStart, area.selectionEnd).trim() })()";
    assert_eq!(visitor.ask(chosen).await, "full_at: eighty", "its place leads to it");
    visitor.photograph("standard-fault").await;

    // Half done, left, and come back to.
    visitor.browser.wait_for("localStorage.length > 0").await;
    visitor.open(&edit).await;
    assert!(visitor.value("f-text").await.contains("full_at: eighty"), "what was typed is there again");
    visitor.browser.wait_for("document.querySelector('#problems [data-line]') !== null").await;
    assert_eq!(visitor.js(&typed("full_at: eighty", "full_at: 60")).await, "typed");
    // The rule is sound, but a case of the standard's own tests was computed with the old one.
    visitor.browser.wait_for("document.querySelector('#problems').textContent.includes('tests.yaml')").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    visitor.inspect().await;
    visitor.reads(&["1 处错误", "D02", "1.5", "3"]).await;
    visitor.photograph("standard-own-test").await;
    visitor.open(&format!("{edit}?file=tests.yaml")).await;
    let half_way = "three of five communities are half way";
    assert_eq!(visitor.js(&typed_after(half_way, "D02: 1.5", "D02: 3")).await, "typed");
    visitor.browser.wait_for("document.querySelector('#problems [data-line]') === null").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    visitor.inspect().await;
    visitor.reads(&["没有发现错误"]).await;
    assert_eq!(visitor.ask("localStorage.length").await, "0");
    visitor.sign_out().await;

    visitor.sign_in("quling").await;
    visitor.open(&draft).await;
    visitor.click(&format!("a[href='{draft}/publish']")).await;
    visitor.inspect().await;
    visitor.reads(&["1 处影响得分"]).await;
    visitor.fill("f-reason", "用房标准分步到位").await;
    visitor.photograph("standard-publish").await;
    visitor.click("form button.btn-primary").await;
    visitor.inspect().await;
    visitor.reads(&["已发布", "试算"]).await;
    visitor.open(&format!("{draft}/compare")).await;
    visitor.reads(&["D02", "80", "60", "影响得分"]).await;
    visitor.photograph("standard-compare").await;

    visitor.open(&format!("{draft}/pin")).await;
    visitor.reads(&["采用前先看试算"]).await;
    visitor.open(&format!("{draft}/dry-run")).await;
    visitor.reads(&["D02", "2.74", "3.00", "+0.26"]).await;
    visitor.photograph("standard-dry-run").await;
    visitor.click_words("记下试算，去采用").await;
    visitor.inspect().await;
    visitor.fill("f-reason", "用房标准分步到位").await;
    visitor.photograph("standard-pin").await;
    visitor.click("form button.btn-primary").await;
    visitor.inspect().await;
    visitor.reads(&["第 3 版"]).await;
    visitor.open("/score/D02").await;
    visitor.reads(&["3.00", "第 3 版"]).await;
    visitor.open("/score/D02?on=2009-06-21").await;
    visitor.reads(&["2.74", "第 2 版"]).await;
    visitor.leave().await;
}
