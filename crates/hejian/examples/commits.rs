//! Audited commits per second with eight writers, on every engine at hand. `cargo xtask bench audit` runs it.
//!
//! Two kinds of work: an entry alone, which shows what the one chain costs, and a new project with its version, its to-do
//! and its entry, which is what a save costs. A line is `what<tab>commits per second`.

use std::time::{Duration, Instant};

use hejian::{foundations::premises::Premises, modules::ROLES};
use hejian_kernel::{
    access::{Actor, Channel, Grant},
    audit::Entry,
    register::{Draft, Register as _, Value, store},
    testing::{TestDb, engines, opening, plant},
    work::Work,
};
use uuid::Uuid;

const WRITERS: usize = 8;
const LASTING: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() {
    for test in engines().await {
        let mut work = test.setup_with(ROLES).await;
        let district = plant::unit(&mut work, "D", "district", "武陵区", None).await;
        let community = plant::unit(&mut work, "C1", "community", "军民村社区", Some(district)).await;
        plant::post(&mut work, district, "office", "科长", 1, "campaign_office").await;
        work.commit().await.expect("the ground is laid");
        for saves in [false, true] {
            let rate = rate(&test, district, community, saves).await;
            println!(
                "{}, {}\t{rate:.1}",
                test.name,
                if saves { "a new project with history and to-do" } else { "an audit entry" }
            );
        }
    }
}

/// Commits per second of all writers together.
async fn rate(test: &TestDb, district: Uuid, community: Uuid, saves: bool) -> f64 {
    let role = ROLES.iter().find(|r| r.key == "campaign_office").expect("a role of the product");
    let nobody = Actor::without_rights(Channel::Web, "commits");
    let actor = Actor { grants: vec![Grant { role, unit: district }], ..nobody };
    let started = Instant::now();
    let writers = (0..WRITERS).map(|writer| {
        let (db, keys, actor) = (test.db.clone(), test.keys.clone(), actor.clone());
        tokio::spawn(async move {
            let mut done = 0_u32;
            while started.elapsed() < LASTING {
                let work = Work::begin(&db, &keys, ROLES, actor.clone(), opening()).await;
                let mut work = work.expect("a unit of work begins");
                if saves {
                    let draft = Draft::empty(Premises::DEF, community)
                        .with(Premises::DEF, "number", Value::Text(format!("YF-{writer}-{done}")))
                        .with(Premises::DEF, "name", Value::Text("军民村社区用房".into()))
                        .with(Premises::DEF, "kind", Value::Text("community_office".into()))
                        .with(Premises::DEF, "works", Value::Text("rebuild".into()));
                    store::create(&mut work, Premises::DEF, draft).await.expect("it is sound");
                } else {
                    work.record(Entry {
                        action: "create",
                        subject_kind: "measurement".to_owned(),
                        subject_id: None,
                        detail: serde_json::json!({ "writer": writer, "n": done }),
                        digest: None,
                    });
                }
                work.commit().await.expect("it is kept");
                done += 1;
            }
            done
        })
    });
    let mut total = 0;
    for writer in writers.collect::<Vec<_>>() {
        total += writer.await.expect("a writer ends well");
    }
    f64::from(total) / started.elapsed().as_secs_f64()
}
