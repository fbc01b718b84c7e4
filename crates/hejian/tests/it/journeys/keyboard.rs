//! Everything without a mouse: order of the focus, skip link, menus.

use thirtyfour::prelude::*;

use super::visitor::Visitor;
use crate::support::browser::Window;

/// Where the focus is, whether it can be seen, and whether it came after the last place.
const FOCUS: &str = "
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const last = window.lastFocus;
    window.lastFocus = at;
    return {
        name: at.id || at.getAttribute('name') || at.className || at.tagName,
        words: (at.innerText || at.getAttribute('aria-label') || '').trim().slice(0, 40),
        seen: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight
            && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'),
        onward: !last || Boolean(last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
    };";

/// Presses Tab and answers what has the focus now; it must be visible and further on than before.
async fn tab(visitor: &Visitor) -> (String, String) {
    visitor.press(Key::Tab + "").await;
    let focus = visitor.js(FOCUS).await;
    assert_eq!(focus["seen"], true, "the focus can be seen: {focus}");
    assert_eq!(focus["onward"], true, "the focus goes onward: {focus}");
    let text = |name: &str| focus[name].as_str().unwrap_or_default().to_owned();
    (text("name"), text("words"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_page_and_a_list_are_walked_with_the_keyboard_alone() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.open("/sign-in").await;
    assert_eq!(visitor.ask("document.activeElement.id").await, "f-login", "one may type at once");
    visitor.press("tongji").await;
    assert_eq!(tab(&visitor).await.0, "f-password");
    visitor.press(visitor.district().password("tongji")).await;
    visitor.press(Key::Enter + "").await;
    visitor.browser.wait_for("location.pathname === '/todo'").await;

    visitor.open("/registers/series").await;
    assert!(tab(&visitor).await.0.contains("hj-skip"), "the first stop leads past the frame");
    visitor.press(Key::Enter + "").await;
    visitor.browser.wait_for("location.hash === '#main'").await;
    let (name, _) = tab(&visitor).await;
    let inside = visitor.ask("document.getElementById('main').contains(document.activeElement)").await;
    assert_eq!(inside, "true", "{name} stands in the main part");

    visitor.open("/registers/series").await;
    let mut stops = Vec::new();
    for _ in 0..40 {
        let (name, words) = tab(&visitor).await;
        stops.push(if words.is_empty() { name } else { words });
    }
    let at = |words: &str| {
        let found = stops.iter().position(|stop| stop.starts_with(words));
        found.unwrap_or_else(|| panic!("the focus passes by `{words}`: {stops:?}"))
    };
    // The frame, the way, the acts, the filter, the head of the table.
    let order = ["跳到正文", "显示设置", "待办", "部门数据", "新增", "全部", "更多条件", "时期"].map(at);
    assert!(order.is_sorted(), "{stops:?}");
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_closes_each_menu_and_gives_the_focus_back() {
    let Some(visitor) = Visitor::come(Window::Desktop).await else { return };
    visitor.sign_in("caizheng").await;
    visitor.open("/registers/series").await;
    for menu in ["details.hj-optm > summary", "summary.hj-post", ".hj-filter details.hj-menu > summary"] {
        visitor.js(&format!("document.querySelector(\"{menu}\").focus()")).await;
        visitor.press(Key::Enter + "").await;
        visitor.browser.wait_for("document.querySelectorAll('details.hj-menu[open]').length === 1").await;
        visitor.press(Key::Tab + "").await;
        let inside = visitor.ask("Boolean(document.activeElement.closest('details.hj-menu[open]'))").await;
        assert_eq!(inside, "true", "the next stop is in the menu of {menu}");
        visitor.press(Key::Escape + "").await;
        visitor.browser.wait_for("!document.querySelector('details.hj-menu[open]')").await;
        let back = visitor.ask(&format!("document.activeElement === document.querySelector(\"{menu}\")")).await;
        assert_eq!(back, "true", "the focus is back at {menu}");
    }
    visitor.leave().await;
}
