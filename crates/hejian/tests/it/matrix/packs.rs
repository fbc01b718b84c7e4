//! Versions of the standard to be tried with. They have no unit of their own: a right over the whole district reaches them, a
//! right over a part of it reaches none but to read what is published.

use axum::http::Method;
use hejian::{
    campaign::{
        record,
        standard::{built_in_texts, keeping, pinned},
    },
    modules::ROLES,
};
use hejian_kernel::{
    sql,
    testing::TestDb,
    web::{Need, Route},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    ground::{Ground, Subject},
    samples::{Try, Where},
    visitor::Sent,
};

/// The versions.
#[derive(Default)]
pub struct Packs {
    /// Published and in force.
    pub in_force: Uuid,
    /// A draft without faults.
    pub draft: Uuid,
    /// A draft to be thrown away.
    pub spare: Uuid,
    /// Published, and not in force.
    pub next: Uuid,
}

impl Packs {
    /// Two drafts and a published version beside the version in force.
    pub async fn make(test: &TestDb) -> Self {
        let mut work = test.setup_with(ROLES).await;
        let now = work.now;
        let campaign = record::store::default_campaign(&mut work.tx).await.expect("the first campaign");
        let in_force = hejian::campaign::standard::store::pinned(&mut work.tx, campaign.id, now).await.expect("read");
        let (in_force, ..) = in_force.expect("the demonstration pins its standard");
        let mut packs = Self { in_force, ..Self::default() };
        for (version, place) in [(5, &mut packs.draft), (5, &mut packs.spare), (4, &mut packs.next)] {
            let mut texts = built_in_texts();
            texts.standard = texts.standard.replacen("\n  version: 2\n", &format!("\n  version: {version}\n"), 1);
            let read = pinned::read(texts.clone()).await.expect("read");
            let head = keeping::head(&texts, &read.as_ref());
            *place = keeping::draft(&mut work, "copied", &head, &texts, json!({})).await.expect("a draft");
            if version == 4 {
                keeping::publish(&mut work, *place, 1, &head, &texts, "matrix").await.expect("published");
            }
        }
        work.commit().await.expect("commits");
        packs
    }
}

/// Whether the subject's right for the route spans the district.
pub fn lies(ground: &Ground, route: &Route, who: &Subject) -> Where {
    match route.need {
        Need::Right("standard.read") => Where::Anywhere,
        Need::Right(permission) if ground.reach(who, permission).contains(&ground.unit("D430702")) => Where::Inside,
        _ => Where::Outside,
    }
}

/// What to try a route about a version with.
pub async fn on_versions(ground: &Ground, route: &Route, who: &Subject) -> Result<Vec<Try>, String> {
    let path = route.path.as_str();
    let packs = &ground.packs;
    let get = route.method == Method::GET;
    let mut lies = lies(ground, route, who);
    let (id, form): (Uuid, Vec<(&str, String)>) = match path.rsplit('/').next().unwrap_or_default() {
        "{id}" | "{name}" | "compare" | "copy" => (packs.in_force, Vec::new()),
        _ if path.contains("/indicators/") => {
            let form = vec![("version", version(ground, packs.draft).await), ("points", "3".to_owned())];
            (packs.draft, form)
        }
        "edit" | "check" => {
            let text = built_in_texts().standard.replacen("\n  version: 2\n", "\n  version: 5\n", 1);
            let form = vec![
                ("file", "standard.yaml".to_owned()),
                ("version", version(ground, packs.draft).await),
                ("text", text),
            ];
            (packs.draft, form)
        }
        "publish" => {
            let form = vec![("version", version(ground, packs.draft).await), ("reason", "matrix".to_owned())];
            (packs.draft, form)
        }
        "discard" => {
            let spare = packs.spare;
            (spare, vec![("version", version(ground, spare).await), ("reason", "matrix".to_owned())])
        }
        // A draft is there only for those who work on drafts.
        "dry-run" if get => {
            let works = ["standard.edit", "standard.publish", "standard.pin"];
            let district = ground.unit("D430702");
            let sees = works.iter().any(|right| ground.reach(who, right).contains(&district));
            lies = if sees { Where::Inside } else { Where::Outside };
            (packs.draft, Vec::new())
        }
        "dry-run" => (packs.next, Vec::new()),
        "pin" => (packs.next, vec![("reason", "matrix".to_owned())]),
        _ => return Err(format!("{path}: say in tests/it/matrix/packs.rs what to try it with")),
    };
    let form = form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let path = path.replace("{id}", &id.to_string()).replace("{name}", "standard.yaml").replace("{code}", "D02");
    let sent = if get { Sent::Nothing } else { Sent::Form(form) };
    Ok(vec![Try { path, sent, lies, record: None, also: None }])
}

/// The save that stands, as the form would send it.
async fn version(ground: &Ground, id: Uuid) -> String {
    let mut tx = ground.test.read().await;
    let found: Option<(i64,)> =
        sql!(&mut tx, fetch_optional, "select row_version from standard_pack where id = $1", id).expect("read");
    found.map_or(0, |(version,)| version).to_string()
}
