//! Somebody at a browser: opens pages, reads, clicks and types as a person does.
//!
//! The rule that matters: every page a visitor opens is inspected ([`Visitor::inspect`]): one heading, words for every label,
//! a name for every control, nothing wider than the window.

use std::sync::Arc;

use serde_json::Value;
use thirtyfour::prelude::*;

use super::district::District;
use crate::support::browser::{Browser, Window};
use crate::support::{site, wanted};

/// Somebody at a browser.
pub struct Visitor {
    /// The browser.
    pub browser: Browser,
    district: Arc<District>,
}

impl Visitor {
    /// Whether there is a browser and the bundle; says what is skipped where not.
    pub fn can_come() -> bool {
        site::has_bundle() && wanted("HEJIAN_TEST_CHROMEDRIVER", "journeys").is_some()
    }

    /// A visitor of the shared district; `None` where there is no browser or no bundle.
    pub async fn come(window: Window) -> Option<Visitor> {
        if !Self::can_come() {
            return None;
        }
        // Making the district blocks for some seconds.
        let district = tokio::task::spawn_blocking(District::shared).await.expect("the district is served");
        Self::come_to(district, window).await
    }

    /// A visitor of this district.
    pub async fn come_to(district: Arc<District>, window: Window) -> Option<Visitor> {
        Some(Visitor { browser: Browser::start(window).await?, district })
    }

    /// The district visited.
    pub fn district(&self) -> &District {
        &self.district
    }

    /// Opens an address of the district and inspects the page.
    pub async fn open(&self, path: &str) {
        self.go(path).await;
        self.inspect().await;
    }

    /// Opens an address of the district.
    pub async fn go(&self, path: &str) {
        self.page().goto(format!("{}{path}", self.district.address)).await.expect("the page is loaded");
    }

    /// Signs in from the sign-in page, wherever it leads.
    pub async fn sign_in(&self, login: &str) {
        self.open("/sign-in").await;
        self.enter(login, self.district.password(login)).await;
        assert!(!self.place().await.starts_with("/sign-in"), "{login} is let in: {}", self.main().await);
    }

    /// Fills the sign-in page at hand in and sends it.
    pub async fn enter(&self, login: &str, password: &str) {
        self.fill("f-login", login).await;
        self.fill("f-password", password).await;
        self.click("form.lg-f button[type=submit]").await;
    }

    /// Signs out through the menu of the header.
    pub async fn sign_out(&self) {
        self.click("summary.hj-post").await;
        self.click("form[action='/session/end'] button").await;
        assert!(self.place().await.starts_with("/sign-in"), "signed out");
    }

    /// Picks something in the display menu of the header: `("lang", "en")`, `("theme", "dark")`, `("size", "large")`.
    pub async fn choose(&self, name: &str, value: &str) {
        self.click("details.hj-optm > summary").await;
        self.click(&format!(".hj-optm button[name={name}][value='{value}']")).await;
        self.inspect().await;
    }

    /// Fails with everything that is wrong with the page at hand.
    pub async fn inspect(&self) {
        let wrong = self.faults().await;
        assert!(wrong.is_empty(), "{}:\n{}", self.place().await, wrong.join("\n"));
    }

    /// Everything that is wrong with the page at hand.
    pub async fn faults(&self) -> Vec<String> {
        let found = self.js(include_str!("inspect.js")).await;
        serde_json::from_value(found).expect("lines")
    }

    /// What a script of the test answers.
    pub async fn js(&self, script: &str) -> Value {
        let answer = self.page().execute(script, vec![]).await;
        answer.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// What a JavaScript expression answers, as text.
    pub async fn ask(&self, expression: &str) -> String {
        match self.js(&format!("return {expression}")).await {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    /// The texts a JavaScript expression answers.
    pub async fn list(&self, expression: &str) -> Vec<String> {
        serde_json::from_value(self.js(&format!("return {expression}")).await).expect("a list of texts")
    }

    /// Path and query of the page.
    pub async fn place(&self) -> String {
        self.ask("location.pathname + location.search").await
    }

    /// What the main part of the page says.
    pub async fn main(&self) -> String {
        self.ask("document.querySelector('main').innerText").await
    }

    /// What the first element of this kind says.
    pub async fn text(&self, css: &str) -> String {
        self.one(css).await.text().await.expect("an element has text")
    }

    /// The value of a control.
    pub async fn value(&self, id: &str) -> String {
        self.one(&format!("#{id}")).await.prop("value").await.expect("a control has a value").unwrap_or_default()
    }

    /// Fails unless the main part of the page says all of this.
    pub async fn reads(&self, parts: &[&str]) {
        let main = self.main().await;
        for part in parts {
            assert!(main.contains(part), "`{part}` is not on {}:\n{main}", self.place().await);
        }
    }

    /// Clicks the first element of this kind.
    pub async fn click(&self, css: &str) {
        self.press_button(&self.one(css).await, css).await;
    }

    /// Clicks the first link or button with these words.
    pub async fn click_words(&self, words: &str) {
        self.click_path(&format!("//*[self::a or self::button or self::summary][normalize-space()='{words}']")).await;
    }

    /// Clicks the first element at this XPath.
    pub async fn click_path(&self, path: &str) {
        match self.page().find(By::XPath(path)).await {
            Ok(element) => self.press_button(&element, path).await,
            Err(_) => panic!("nothing to click at {path} on {}:\n{}", self.place().await, self.main().await),
        }
    }

    /// Clicks in the middle of the window, where nothing that sticks to its edges lies over it; whatever leads to another
    /// page is waited for.
    async fn press_button(&self, element: &WebElement, name: &str) {
        let before = "const act = arguments[0];
            act.scrollIntoView({ block: 'center', behavior: 'instant' });
            const sends = act.type === 'submit' && act.form && !act.form.matches('[hx-post]');
            window.isLeft = Boolean(sends || act.closest('a[href]:not([href^=\"#\"], [data-open])'));
            return window.isLeft";
        let argument = element.to_json().expect("an element can be named");
        let leads = self.page().execute(before, vec![argument]).await.expect("it can be brought into view");
        element.click().await.unwrap_or_else(|error| panic!("`{name}` can be clicked: {error}"));
        if leads.json() == &Value::Bool(true) {
            self.browser.wait_for("window.isLeft === undefined && document.readyState === 'complete'").await;
        }
    }

    /// Puts a text into a control in place of what it holds.
    pub async fn fill(&self, id: &str, text: &str) {
        self.fill_at(&format!("#{id}"), text).await;
    }

    /// The same for the first control of this kind.
    pub async fn fill_at(&self, css: &str, text: &str) {
        let control = self.one(css).await;
        control.clear().await.expect("a control can be emptied");
        control.send_keys(text).await.expect("a control takes keys");
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let focus = self.page().active_element().await.expect("something has the focus");
        focus.send_keys(keys).await.expect("it takes keys");
    }

    /// Photographs the window: `target/screenshots/journey-NAME.png`.
    pub async fn photograph(&self, name: &str) {
        self.browser.screenshot(&format!("journey-{name}")).await;
    }

    /// The first element of this kind.
    pub async fn one(&self, css: &str) -> WebElement {
        match self.page().find(By::Css(css)).await {
            Ok(element) => element,
            Err(_) => panic!("there is no {css} on {}:\n{}", self.place().await, self.main().await),
        }
    }

    /// Ends the visit; fails on any error of the console or report of the policy.
    pub async fn leave(self) {
        self.browser.finish().await;
    }

    fn page(&self) -> &WebDriver {
        self.browser.page()
    }
}
