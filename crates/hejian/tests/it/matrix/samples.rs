//! What each route is tried with. The rule that matters: a route whose parameters or body nobody has described here fails the
//! matrix, so that a new page cannot come without being visited.

use axum::http::Method;
use hejian_kernel::web::{Need, Route};
use uuid::Uuid;

use super::{
    campaigns, duties,
    ground::{Ground, Rec, Subject},
    office, packs, registers,
    visitor::Sent,
};

/// Where what is asked for lies, seen from the one who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// It names no record: a list, a page of one's own.
    Anywhere,
    Inside,
    Outside,
}

/// One request to try.
pub struct Try {
    pub path: String,
    pub sent: Sent,
    pub lies: Where,
    /// The record it names.
    pub record: Option<Rec>,
    /// What is asked for beyond the route's own need: the right of a lifecycle's transition.
    pub also: Option<&'static str>,
}

impl Try {
    /// Whether it asks for a further right that this subject does not hold over the record's unit.
    pub fn lacks(&self, ground: &Ground, who: &Subject) -> bool {
        let lacks = |right, record: &Rec| !ground.reach(who, right).contains(&record.unit);
        self.also.zip(self.record.as_ref()).is_some_and(|(right, record)| lacks(right, record))
    }
}

/// Parameters that mean the same for everybody who may open the route at all.
const FIXED: &[(&str, &[(&str, &str)])] = &[
    ("/standard/{code}", &[("code", "D02")]),
    ("/score/{code}", &[("code", "D02")]),
    ("/score/snapshots/{day}", &[("day", "2009-05-31")]),
    ("/score/snapshots/{day}/compare", &[("day", "2009-05-31")]),
    ("/api/v1/score/snapshots/{day}", &[("day", "2009-05-31")]),
    ("/score/units/{key}", &[("key", "C-S4-07")]),
    ("/api/v1/score/{code}", &[("code", "D02")]),
    ("/system/audit/{seq}", &[("seq", "1")]),
];

/// Writing routes without a record, with a body that would write if it were let in.
const BODIES: &[(&str, &[(&str, &str)])] = &[
    ("/system/audit/verify", &[]),
    ("/api/v1/audit/verify", &[]),
    ("/account/sessions/end", &[]),
    ("/messages/read", &[]),
    ("/account/tokens", &[("name", "matrix"), ("rights", "premises.read"), ("days", "30")]),
    // Wrong on purpose: this must never change anybody's password.
    ("/account/password", &[("current", "x"), ("password", "red lantern over the river"), ("again", "y")]),
];

/// Routes that are not tried inside, with the reason.
pub const NOT_INSIDE: &[(&str, &str)] = &[
    ("/session/end", "it ends the very session that the rest of the matrix needs; the stories of sign-in use it"),
    ("/messages/{id}/open", "it marks a message as read, which is neither a row nor an entry; its stories use it"),
    ("/messages/read", "it marks messages as read, which is neither a row nor an entry; its stories use it"),
    ("/account/sessions/end", "nobody here has a second session; the stories of sign-in use it"),
    ("/standard/packs/{id}/indicators/{code}/check", "it says what is wrong with a form and writes nothing"),
    ("/standard/packs/{id}/check", "it says what is wrong with a text and writes nothing"),
    ("/duty/grid/{key}/remind", "every community of the demonstration has reported; the story of reminders sends them"),
    ("/duty/import/{sha256}", "what is written must have been seen; the stories of the workbook do both"),
    ("/duty/acts/{id}/undo", "there must be an import to undo; the stories of the workbook do both"),
    ("/duty/reminders/{id}/done", "only the post that was reminded answers; the story of reminders does"),
    ("/account/password", "a right answer changes the password; the stories of sign-in use it"),
];

/// What to try a route with, for this subject. An error says what is missing in the table.
pub async fn tries(ground: &Ground, route: &Route, who: &Subject) -> Result<Vec<Try>, String> {
    let path = route.path.as_str();
    if let Some(def) = ground.app.registers().into_iter().find(|d| registers::of_register(path, d.key).is_some()) {
        let rest = registers::of_register(path, def.key).unwrap_or_default();
        return registers::register(ground, route, who, def, rest).await;
    }
    let one = |path: &str, sent: Sent, lies: Where| Try { path: path.to_owned(), sent, lies, record: None, also: None };
    if path.ends_with("/jobs/{id}") || path == "/jobs/{id}/events" {
        let strange = ground.overseers[0].job;
        return Ok(vec![
            one(&path.replace("{id}", &who.job.to_string()), Sent::Nothing, Where::Inside),
            one(&path.replace("{id}", &strange.to_string()), Sent::Nothing, Where::Outside),
        ]);
    }
    if path == "/account/tokens/{id}/revoke" {
        let strange = ground.overseers[0].token;
        return Ok(vec![
            one(&path.replace("{id}", &who.token.to_string()), Sent::Form(Vec::new()), Where::Inside),
            one(&path.replace("{id}", &strange.to_string()), Sent::Form(Vec::new()), Where::Outside),
        ]);
    }
    let own = ["/todo/{id}", "/messages/{id}", "/instructions/"].iter().any(|start| path.starts_with(start));
    let written = ["/todo/batch", "/instructions"].contains(&path) && route.method == Method::POST;
    if own || written {
        return office::on_desks(ground, route, who);
    }
    if path == "/scorecards/{key}" {
        let one = |key: &str| {
            let inside = ground.reach(who, "scorecard.read").contains(&ground.unit(key));
            let lies = if inside { Where::Inside } else { Where::Outside };
            Try { path: path.replace("{key}", key), sent: Sent::Nothing, lies, record: None, also: None }
        };
        return Ok(vec![one("S1"), one("S4"), one("mzj")]);
    }
    if let Some(tries) = duties::tries(ground, route).await {
        return Ok(tries);
    }
    if path.starts_with("/standard/packs/{id}") {
        return packs::on_versions(ground, route, who).await;
    }
    if path == "/standard/packs/import" {
        // The standard is the whole district's: a right over a part of it imports nothing.
        let lies = packs::lies(ground, route, who);
        let file = Sent::File { kind: "x".to_owned(), bytes: b"standard:".to_vec() };
        let sent = if route.method == Method::GET { Sent::Nothing } else { file };
        return Ok(vec![one(path, sent, lies)]);
    }
    let campaign = path.starts_with("/campaign/") || path == "/campaigns/new";
    if campaign || path.starts_with("/score/snapshots") && route.method == Method::POST {
        return Ok(vec![campaigns::tries(ground, route, who).await?]);
    }
    let people = path.starts_with("/system/accounts") || path.starts_with("/organisation");
    if people && (path.contains("{id}") || route.method == Method::POST) {
        return on_people(ground, route, who);
    }
    if path == "/session/post" {
        let strange = vec![("post".to_owned(), ground.strange_post.to_string())];
        return Ok(vec![one(path, Sent::Form(strange), Where::Outside)]);
    }
    if let Some((_, body)) = BODIES.iter().find(|(p, _)| *p == path)
        && route.method == Method::POST
    {
        let body = body.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        return Ok(vec![one(path, Sent::Form(body), Where::Anywhere)]);
    }
    if path == "/session/end" {
        return Ok(vec![one(path, Sent::Nothing, Where::Anywhere)]);
    }
    let mut filled = path.to_owned();
    if let Some((_, values)) = FIXED.iter().find(|(p, _)| *p == path) {
        for (name, value) in *values {
            filled = filled.replace(&format!("{{{name}}}"), value);
        }
    }
    match (route.method == Method::GET, filled.contains('{')) {
        (true, false) => Ok(vec![one(&filled, Sent::Nothing, Where::Anywhere)]),
        _ => Err(unknown(route)),
    }
}

/// Accounts, units, posts and persons: one of each inside and one outside.
fn on_people(ground: &Ground, route: &Route, who: &Subject) -> Result<Vec<Try>, String> {
    let path = route.path.as_str();
    let Need::Right(permission) = route.need else { return Err(format!("{path} needs no right of its own")) };
    let reach = ground.reach(who, permission);
    let mut all = Vec::new();
    for target in &ground.targets {
        let id = match path {
            _ if path.starts_with("/system/accounts") => target.account,
            _ if path.starts_with("/organisation/units/") => target.unit,
            _ if path.ends_with("/deputy/end") => target.assisted,
            _ if path.starts_with("/organisation/posts/") => target.post,
            _ if path.starts_with("/organisation/persons/") => target.person,
            _ => return Err(unknown(route)),
        };
        let text = |id: Uuid| id.to_string();
        let form: Vec<(&str, String)> = match path.rsplit('/').next().unwrap_or_default() {
            _ if route.method == Method::GET => Vec::new(),
            "disable" | "enable" | "unlock" | "reset" => Vec::new(),
            "accounts" => vec![("person", text(target.person)), ("login", target.login.to_owned())],
            "handover" => vec![
                ("term", text(target.holder)),
                ("who", "new".to_owned()),
                ("new_name", "矩阵".to_owned()),
                ("from", "2009-07-01".to_owned()),
                ("ends_on", "2009-07-01".to_owned()),
            ],
            "deputy" => vec![("person", text(target.spare)), ("from", "2009-07-01".to_owned())],
            "end" => vec![("term", text(target.deputy))],
            "grants" => {
                vec![("role", "leader".to_owned()), ("unit", text(target.unit)), ("reason", "matrix".to_owned())]
            }
            "remove" => {
                vec![("role", target.role.to_owned()), ("unit", text(target.unit)), ("reason", "matrix".to_owned())]
            }
            _ => return Err(unknown(route)),
        };
        let form = form.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        all.push(Try {
            path: path.replace("{id}", &id.to_string()),
            sent: if route.method == Method::GET { Sent::Nothing } else { Sent::Form(form) },
            lies: if reach.contains(&target.unit) { Where::Inside } else { Where::Outside },
            record: None,
            also: None,
        });
    }
    Ok(all)
}

fn unknown(route: &Route) -> String {
    format!(
        "{} {}: the permission matrix does not know how to try this route. Add its parameters or its body to \
         tests/it/matrix/samples.rs: FIXED for parameters that mean the same for everybody, BODIES for a form, `on_people` or \
         a branch of `tries` for what lies inside or outside somebody's scope.",
        route.method, route.path
    )
}
