//! A day of each role: from signing in to the one thing it comes for, at a desk and on a phone, in both languages.
//!
//! The rule that matters: they go by what the pages show, the navigation and its links; whoever comes for a record counts clicks.

use std::sync::Arc;

use super::{district::District, visitor::Visitor};
use crate::support::browser::Window;

/// A role on its way: where it stands, how it reads, and how its pictures are named.
struct Day<'a> {
    visitor: &'a Visitor,
    window: Window,
    lang: &'a str,
    name: String,
}

impl<'a> Day<'a> {
    /// Signs in and takes the language.
    async fn begin(visitor: &'a Visitor, window: Window, lang: &'a str, login: &str) -> Day<'a> {
        visitor.sign_in(login).await;
        if visitor.ask("document.documentElement.lang").await != lang {
            visitor.choose("lang", lang).await;
        }
        let place = if window == Window::Phone { "phone" } else { "desk" };
        let day = Day { visitor, window, lang, name: format!("role-{login}-{place}-{}", &lang[..2]) };
        day.seen("1-todo").await;
        day
    }

    /// Looks at the page at hand and takes its picture.
    async fn seen(&self, what: &str) {
        self.visitor.inspect().await;
        assert_eq!(self.visitor.ask("document.documentElement.lang").await, self.lang);
        self.visitor.photograph(&format!("{}-{what}", self.name)).await;
    }

    /// Follows an entry of the navigation, which a phone has behind its last button.
    async fn nav(&self, href: &str) {
        if self.window == Window::Phone {
            self.visitor.click(".hj-tabbar button[data-toggle-side]").await;
            self.visitor.browser.wait_for("document.getElementById('side').getBoundingClientRect().left === 0").await;
        }
        let open = format!(
            "for (let at = document.querySelector(\"#side a[href='{href}']\"); at; at = at.parentElement)
                 if (at instanceof HTMLDetailsElement) at.open = true"
        );
        self.visitor.js(&open).await;
        self.visitor.click(&format!("#side a[href='{href}']")).await;
        assert_eq!(self.visitor.place().await, href);
    }

    /// How many elements there are of a kind.
    async fn count(&self, css: &str) -> usize {
        let n = self.visitor.ask(&format!("document.querySelectorAll({css:?}).length")).await;
        n.parse().expect("a number")
    }

    async fn end(self) {
        self.visitor.open("/todo").await;
        self.visitor.sign_out().await;
    }
}

/// 区社区办: from the score to what is lost most, and one gap of the duties closed.
async fn office(day: Day<'_>) {
    let visitor = day.visitor;
    day.nav("/dashboard").await;
    day.seen("2-dashboard").await;
    visitor.click("main a[href^='/score?view=gaps']").await;
    day.seen("3-gaps").await;
    visitor.click("#list a[href^='/score/']").await;
    day.seen("4-indicator").await;
    day.nav("/duty").await;
    day.seen("5-matrix").await;
    visitor.click("main a[href='/duty/gaps']").await;
    day.seen("6-missing").await;
    let missing = day.count("main a[href^='/duty/cascade/']").await;
    assert!(missing > 0, "a subdistrict has not broken an indicator down");
    visitor.click("main a[href^='/duty/cascade/']").await;
    visitor
        .js("for (const box of document.querySelectorAll('main input[name=unit]:not(:checked)')) { \
             box.scrollIntoView({ block: 'center' }); box.click() }")
        .await;
    visitor.fill("f-reason", "补齐社区分工").await;
    day.seen("7-cascade").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    visitor.inspect().await;
    visitor.open("/duty/gaps").await;
    assert_eq!(day.count("main a[href^='/duty/cascade/']").await, missing - 1, "the gap is closed");
    day.end().await;
}

/// 牵头部门: a red cell of the grid opens the record behind it in two clicks; the plan of an indicator is kept.
async fn department(day: Day<'_>) {
    let visitor = day.visitor;
    day.nav("/duty").await;
    visitor.click("main a.btn-primary[href^='/duty/units/']").await;
    day.seen("2-own").await;
    visitor.click("main a[href^='/duty/grid/']").await;
    assert_eq!(day.count("main th.v").await, 18, "the bureau leads eighteen");
    assert_eq!(day.count("main tbody th.f2").await, 51, "in every community");
    day.seen("3-grid").await;
    visitor.click("main td.v a:has(.hj-lamp.red)").await;
    visitor
        .browser
        .wait_for("document.querySelector('.hj-tree :target')?.getBoundingClientRect().top < innerHeight / 2")
        .await;
    day.seen("4-why").await;
    visitor.click(".hj-tree :target a[href^='/registers/']").await;
    day.seen("5-record").await;

    visitor.open("/duty/plans/mzj").await;
    day.seen("6-plans").await;
    visitor.click("main a[href='/duty/plans/mzj/C03']").await;
    visitor.fill("f-target", "51 个社区每年召开居民代表会议两次以上").await;
    visitor.fill("f-what-0", "逐个社区核对会议记录").await;
    visitor.fill("f-due-0", "2009-07-31").await;
    visitor.fill("f-progress-0", "40").await;
    day.seen("7-plan").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    visitor.inspect().await;
    visitor.reads(&["逐个社区核对会议记录"]).await;
    day.end().await;
}

/// 街道: what came from above, its own share, and one community's part of it put off with a reason.
async fn subdistrict(day: Day<'_>) {
    let visitor = day.visitor;
    day.nav("/instructions").await;
    day.seen("2-instructions").await;
    day.nav("/duty").await;
    visitor.click("main a.btn-primary[href^='/duty/units/']").await;
    day.seen("3-own").await;
    visitor.open("/duty/cascade/S4/D02").await;
    let due = if day.lang == "en" { "2009-07-10" } else { "2009-07-03" };
    visitor.fill("f-due-C-S4-01", due).await;
    visitor.fill("f-reason", "等房产移交手续").await;
    day.seen("4-cascade").await;
    visitor.click(".hj-savebar button.btn-primary").await;
    visitor.inspect().await;
    visitor.open("/duty/cascade/S4/D02").await;
    assert_eq!(visitor.value("f-due-C-S4-01").await, due);
    visitor.open("/registers/premises/coverage").await;
    day.seen("5-coverage").await;
    day.end().await;
}

/// 社区工作者: one to-do settled where it lies, and it is gone from the list.
async fn community(day: Day<'_>) {
    let visitor = day.visitor;
    let before = day.count("#list tbody tr[id]").await;
    visitor.click("#list tbody tr[id] a.title").await;
    day.seen("2-one").await;
    visitor.click("main a.btn-primary").await;
    day.seen("3-duty").await;
    visitor.click("form[action$='/finish'] button").await;
    visitor.inspect().await;
    visitor.open("/todo").await;
    assert_eq!(day.count("#list tbody tr[id]").await, before - 1);
    day.nav("/registers/premises").await;
    day.seen("4-premises").await;
    visitor.click("#list a[href^='/registers/premises/']").await;
    day.seen("5-record").await;
    day.end().await;
}

/// 分管领导: from a lamp of the first page to the record in three clicks at the most.
async fn leader(day: Day<'_>) {
    let visitor = day.visitor;
    day.nav("/dashboard").await;
    day.seen("2-dashboard").await;
    // One: the gap. Two: the community that is short of it. Three: the record that says so.
    visitor.click("main .gaps a[href^='/score/C16']").await;
    day.seen("3-indicator").await;
    visitor.click("#short a[href^='/score/units/']").await;
    visitor
        .browser
        .wait_for("document.querySelector('.hj-tree :target')?.getBoundingClientRect().top < innerHeight / 2")
        .await;
    day.seen("4-community").await;
    visitor.click(".hj-tree :target a[href^='/registers/']").await;
    day.seen("4-record").await;
    visitor.open("/dashboard").await;
    // An average names no community that is short: its lowest lie open. One: the gap. Two: the record of the lowest.
    visitor.click("main .gaps a[href^='/score/D04']").await;
    let lowest = ".hj-tree > details[open] > ul > li > details[open] > ul > li > details[open] > ul > li > .leaf a[href^='/registers/series/']";
    assert_eq!(day.count(lowest).await, 5, "the five lowest, and no subdistrict, lie open");
    day.seen("5-average").await;
    visitor.click(lowest).await;
    day.seen("5-figure").await;
    visitor.open("/dashboard?metric=C16").await;
    day.seen("5-map").await;
    // The same by the map. One: a community that got nothing. Two: the figure behind it.
    visitor.js("document.querySelector('.hj-map-svg a:has(.sw-y)').dispatchEvent(new MouseEvent('click', { bubbles: true }))").await;
    visitor
        .browser
        .wait_for("document.querySelector('.hj-tree :target')?.getBoundingClientRect().top < innerHeight / 2")
        .await;
    day.seen("6-why").await;
    visitor.click(".hj-tree :target a[href^='/registers/']").await;
    day.seen("7-figure").await;
    visitor.open("/dashboard?metric=lamp").await;
    day.seen("8-lamps").await;
    day.end().await;
}

/// 上级评审: the score and its arithmetic; the records below, outside of its scope, are counted and not named.
async fn reviewer(day: Day<'_>) {
    let visitor = day.visitor;
    day.nav("/score").await;
    day.seen("2-score").await;
    visitor.click("#list a[href^='/score/D02']").await;
    day.seen("3-indicator").await;
    assert_eq!(day.count("main a[href^='/registers/']").await, 0, "no record is named");
    day.nav("/campaign").await;
    day.seen("4-campaign").await;
    day.end().await;
}

/// 三员: accounts, rights, and what was done; none of them sees a figure.
async fn administrators(visitor: &Visitor, window: Window, lang: &str) {
    let day = Day::begin(visitor, window, lang, "xitong").await;
    day.nav("/system/accounts").await;
    day.seen("2-accounts").await;
    visitor.click("main a[href='/system/accounts/new']").await;
    day.seen("3-new").await;
    day.end().await;

    let day = Day::begin(visitor, window, lang, "anquan").await;
    day.nav("/organisation/grants").await;
    day.seen("2-grants").await;
    visitor.click("#list a[href$='/grants']").await;
    day.seen("3-post").await;
    day.end().await;

    let day = Day::begin(visitor, window, lang, "shenji").await;
    day.nav("/system/audit").await;
    day.seen("2-audit").await;
    let raw = "Array.from(document.querySelectorAll('#list td'), (cell) => cell.innerText).filter((text) => /[a-z]_[a-z]/.test(text))";
    visitor.open("/system/audit?per=100").await;
    assert_eq!(visitor.list(raw).await, [""; 0], "acts and their subjects have words");
    visitor.click("#list a[href^='/system/audit/']").await;
    day.seen("3-entry").await;
    assert_eq!(day.count("#side a[href^='/score'], #side a[href^='/registers/']").await, 0);
    day.end().await;
}

async fn all(window: Window) {
    if !Visitor::can_come() {
        return;
    }
    // Everybody does something: this district is theirs alone.
    let district = tokio::task::spawn_blocking(|| Arc::new(District::begin())).await.expect("the district is served");
    let Some(visitor) = Visitor::come_to(district, window).await else { return };
    for lang in ["zh-CN", "en"] {
        office(Day::begin(&visitor, window, lang, "chuangjian").await).await;
        department(Day::begin(&visitor, window, lang, "minzheng").await).await;
        subdistrict(Day::begin(&visitor, window, lang, "chengbei").await).await;
        community(Day::begin(&visitor, window, lang, "junmincun").await).await;
        leader(Day::begin(&visitor, window, lang, "quling").await).await;
        reviewer(Day::begin(&visitor, window, lang, "pingshen").await).await;
        administrators(&visitor, window, lang).await;
    }
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_does_its_days_work_at_a_desk_in_both_languages() {
    all(Window::Desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_does_its_days_work_on_a_phone_in_both_languages() {
    all(Window::Phone).await;
}
