//! The whole way of a figure: from the score down to a record, corrected there, and up again into the score and the audit.

use super::visitor::Visitor;
use crate::support::browser::Window;

#[tokio::test(flavor = "multi_thread")]
async fn a_floor_area_corrected_in_its_record_raises_the_score_and_stands_in_the_audit() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("chuangjian").await;
    assert_eq!(visitor.place().await, "/todo", "the first page is the to-dos");
    visitor.inspect().await;
    visitor.photograph("todo").await;
    let hidden = "(() => { const head = document.querySelector('.todo-t thead').getBoundingClientRect().bottom; \
                  return document.querySelector('.todo-t tbody tr').getBoundingClientRect().top < head - 1 })()";
    assert_eq!(visitor.ask(hidden).await, "false", "the head of the table hides no row");

    visitor.click_words("细化任务 · 落实责任").await;
    visitor.click_words("评分与差距").await;
    visitor.inspect().await;
    visitor.reads(&["已评 100 / 100 分", "53 项合计"]).await;
    assert_eq!(visitor.ask("document.querySelectorAll('#list tbody tr').length").await, "53");
    visitor.photograph("score").await;

    visitor.click("#list a[href^='/score/D02']").await;
    visitor.inspect().await;
    visitor.reads(&["76.47", "39 / 51 个社区", "2.74"]).await;
    descend(&visitor, &["城北街道", "军民村社区"]).await;
    visitor.reads(&["39 ÷ 51 × 100", "军民村社区"]).await;
    visitor.photograph("D02-tree").await;
    visitor.click("[data-way='军民村社区'] a[href^='/registers/premises/']").await;
    visitor.inspect().await;
    visitor.reads(&["军民村社区", "459.0 m²"]).await;
    visitor.photograph("record").await;
    let record = visitor.ask("location.pathname").await;

    visitor.click(&format!("a[href='{record}/edit']")).await;
    visitor.inspect().await;
    assert_eq!(visitor.value("f-floor_area").await, "459.0");
    visitor.fill("f-floor_area", "492.0").await;
    visitor.photograph("form").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    assert_eq!(visitor.place().await, format!("{record}?saved=edit"));
    visitor.inspect().await;
    let history = visitor.text("#history").await;
    assert!(history.contains("459.0 → 492.0"), "{history}");
    visitor.photograph("record-corrected").await;

    visitor.open("/score/D02").await;
    visitor.reads(&["78.43", "40 / 51 个社区", "2.88"]).await;
    visitor.photograph("D02-corrected").await;
    visitor.open("/score/D02?on=2009-06-21").await;
    visitor.reads(&["76.47", "39 / 51 个社区", "2.74"]).await;

    visitor.sign_out().await;
    visitor.sign_in("shenji").await;
    visitor.open("/system/audit?kind=premises&action=update").await;
    visitor.photograph("audit").await;
    visitor.click_path("//*[@id='list']//tr[contains(., '军民村社区用房')]//a").await;
    visitor.inspect().await;
    let id = record.rsplit('/').next().expect("the record's id");
    visitor.reads(&["459.0", "492.0", id]).await;
    visitor.photograph("audit-entry").await;
    visitor.open(&format!("/system/audit?kind=premises&subject={id}")).await;
    let entries = visitor.list("Array.from(document.querySelectorAll('#list tbody tr'), (row) => row.innerText)").await;
    assert!(entries.len() == 2 && entries.iter().all(|row| row.contains("军民村社区用房")), "{entries:?}");
    visitor.leave().await;
}

/// Opens the branches of the tree with these names, one below the other, brings the last one into view and marks them.
async fn descend(visitor: &Visitor, names: &[&str]) {
    for name in names {
        let opened = visitor
            .ask(&format!(
                "(() => {{ for (const branch of document.querySelectorAll('.hj-tree details')) {{
                     const title = branch.querySelector(':scope > summary > span');
                     if (!title.firstChild.textContent.startsWith('{name}')) continue;
                     if (!branch.open) branch.querySelector(':scope > summary').click();
                     branch.dataset.way = '{name}';
                     branch.scrollIntoView({{ block: 'center' }});
                     return true;
                 }} return false }})()"
            ))
            .await;
        assert_eq!(opened, "true", "{name} is a branch of the tree");
        visitor.browser.wait_for(&format!("document.querySelector('.hj-tree').innerText.includes('{name}')")).await;
    }
}
