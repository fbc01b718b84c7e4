//! Every entry of the navigation, for every sign-in, in both languages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::district::District;
use super::visitor::Visitor;
use crate::support::browser::Window;

/// The addresses of the navigation, and those of one's own pages.
const ENTRIES: &str =
    "Array.from(document.querySelectorAll('#side a[href], .hj-pop a[href]'), (a) => a.getAttribute('href'))";
/// All addresses of the page.
const LINKS: &str = "Array.from(document.querySelectorAll('a[href]'), (a) => a.getAttribute('href'))";

#[tokio::test(flavor = "multi_thread")]
async fn every_sign_in_opens_every_entry_of_its_navigation_in_both_languages() {
    if !Visitor::can_come() {
        return;
    }
    // Languages are the accounts': these visitors have a district of their own.
    let district = tokio::task::spawn_blocking(|| Arc::new(District::begin())).await.expect("the district is served");
    let logins: Vec<String> = district.logins().into_iter().map(str::to_owned).collect();
    assert_eq!(logins.len(), 15);
    let (one, other) = logins.split_at(7);
    let (one, other) = tokio::join!(walk(&district, one), walk(&district, other));
    let wrong = [one, other].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

async fn walk(district: &Arc<District>, logins: &[String]) -> Vec<String> {
    let Some(visitor) = Visitor::come_to(district.clone(), Window::Desktop).await else { return Vec::new() };
    let mut wrong = Vec::new();
    for login in logins {
        visitor.sign_in(login).await;
        let entries: BTreeSet<String> = visitor.list(ENTRIES).await.into_iter().collect();
        assert!(entries.contains("/todo") && entries.contains("/account"), "{login}: {entries:?}");
        let mut links = BTreeSet::new();
        for lang in ["zh-CN", "en"] {
            visitor.choose("lang", lang).await;
            for entry in &entries {
                visitor.go(entry).await;
                let mut faults = visitor.faults().await;
                faults.extend(visitor.browser.problems().await);
                if visitor.ask("document.documentElement.lang").await != lang {
                    faults.push(format!("not in {lang}"));
                }
                if !faults.is_empty() {
                    wrong.push(format!("{login} {lang} {entry}:\n{}", faults.join("\n")));
                }
                if lang == "en" {
                    links.extend(visitor.list(LINKS).await);
                }
            }
        }
        let dead = dead(&visitor, links).await;
        if !dead.is_empty() {
            wrong.push(format!("{login}: links to nowhere:\n{}", dead.join("\n")));
        }
        visitor.browser.problems().await;
        visitor.open("/todo").await;
        visitor.sign_out().await;
    }
    visitor.leave().await;
    wrong
}

/// Which of these addresses are answered with an error. Of addresses that differ only in an id or a query, one is tried.
async fn dead(visitor: &Visitor, links: BTreeSet<String>) -> Vec<String> {
    let kind = |link: &str| -> String {
        let path = link.split(['?', '#']).next().unwrap_or(link);
        let part = |part: &str| if part.len() == 36 { "{id}".to_owned() } else { part.to_owned() };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    let mut known = BTreeSet::new();
    let tried: Vec<String> =
        links.into_iter().filter(|link| link.starts_with('/') && known.insert(kind(link))).collect();
    assert!(tried.len() > 5, "there are links to try: {tried:?}");
    let script = format!(
        "(async () => {{ const dead = []; for (const link of {}) {{ const answer = await fetch(link); \
         if (!answer.ok) dead.push(`${{answer.status}} ${{link}}`); }} return dead }})()",
        serde_json::json!(tried)
    );
    visitor.list(&script).await
}
