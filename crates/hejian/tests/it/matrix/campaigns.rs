//! The campaign to be tried with. It has no unit of its own: a right over the whole district reaches it, one over a part does not.

use axum::http::Method;
use hejian::campaign::record::store;
use hejian_kernel::web::Route;

use super::{
    ground::{Ground, Subject},
    packs,
    samples::Try,
    visitor::Sent,
};

/// What to try a route about the first campaign with.
pub async fn tries(ground: &Ground, route: &Route, who: &Subject) -> Result<Try, String> {
    let path = route.path.as_str();
    let mut tx = ground.test.read().await;
    let main = store::default_campaign(&mut tx).await.map_err(|_| "there is no campaign".to_owned())?;
    let date = store::dates(&mut tx, main.id).await.expect("read").pop().map(|date| date.id).unwrap_or_default();
    let cost = store::costs(&mut tx, main.id).await.expect("read").pop().map(|cost| cost.id).unwrap_or_default();
    let version = main.row_version.to_string();
    // Everybody who may makes one of their own.
    let own = who.job.simple().to_string();
    let form: Vec<(&str, &str)> = match path {
        "/campaigns/new" => vec![
            ("template", "main"),
            ("title", "matrix"),
            ("key", own.get(own.len() - 12..).unwrap_or_default()),
            ("level", "district"),
            ("cycle_from", "2011-10-01"),
        ],
        "/campaign/edit" => {
            vec![("version", &version), ("title", "matrix"), ("level", "national"), ("state", "running")]
        }
        "/campaign/dates" => vec![("kind", "other"), ("on_day", "2009-07-01"), ("title", "matrix")],
        "/campaign/dates/{id}/done" => vec![("done", "true")],
        "/campaign/costs" => vec![("spent_on", "2009-06-01"), ("amount", "1.00"), ("purpose", "matrix")],
        // The months of the first campaign are frozen; those of the second are not.
        "/score/snapshots" => vec![("day", "2009-05-31")],
        "/score/snapshots/all" => Vec::new(),
        "/campaign/dates/{id}/remove" | "/campaign/costs/{id}/remove" => Vec::new(),
        _ => return Err(format!("{path}: say in tests/it/matrix/campaigns.rs what to try it with")),
    };
    let id = if path.contains("/costs/") { cost } else { date };
    let form = form.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Try {
        path: match path.starts_with("/score/snapshots") {
            true => format!("{path}?campaign=blocks"),
            false => path.replace("{id}", &id.to_string()),
        },
        sent: if route.method == Method::GET { Sent::Nothing } else { Sent::Form(form) },
        lies: packs::lies(ground, route, who),
        record: None,
        also: None,
    })
}
