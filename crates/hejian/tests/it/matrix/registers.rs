//! What the routes of a register are tried with: records inside and outside, and bodies as the register's own form makes them.

use axum::http::Method;
use hejian_kernel::{
    lifecycle::{Requirement, Transition},
    register::{FieldDef, FieldKind, RegisterDef},
    web::{Need, Route},
};
use serde_json::json;

use super::{
    ground::{Ground, Rec, Subject},
    samples::{Try, Where},
    visitor::{Sent, controls},
};

/// What follows the register in a path of its pages, its files or its JSON.
pub fn of_register<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    let rest = path.strip_prefix("/api/v1").unwrap_or(path).strip_prefix("/registers/")?.strip_prefix(key)?;
    (rest.is_empty() || rest.starts_with(['/', '.'])).then_some(rest)
}

pub async fn register(
    ground: &Ground,
    route: &Route,
    who: &Subject,
    def: &'static RegisterDef,
    rest: &str,
) -> Result<Vec<Try>, String> {
    let Need::Right(permission) = route.need else {
        return Err(format!("{} {}: a register's route without a right of its own", route.method, route.path));
    };
    let reach = ground.reach(who, permission);
    let is_get = route.method == Method::GET;
    let live = |r: &&Rec| r.def.key == def.key && !r.removed;
    let picked = |want: &dyn Fn(&&Rec) -> bool| {
        let of = ground.records.iter().filter(|r| r.def.key == def.key).filter(want);
        let (inside, outside): (Vec<&Rec>, Vec<&Rec>) = of.partition(|r| reach.contains(&r.unit));
        // What the program removes is another record than what the page removes.
        let one = |all: Vec<&Rec>| {
            if route.method == Method::DELETE { all.last().copied().cloned() } else { all.first().copied().cloned() }
        };
        [(one(inside), Where::Inside), (one(outside), Where::Outside)]
    };
    let outside_unit = ground.records.iter().filter(live).map(|r| r.unit).find(|u| !reach.contains(u));
    let anywhere = |path: String| Try { path, sent: Sent::Nothing, lies: Where::Anywhere, record: None, also: None };
    if is_get && !rest.contains('{') {
        let mut all = vec![anywhere(route.path.clone())];
        if rest.is_empty() || rest == ".csv" {
            all.push(anywhere(format!("{}?per=100", route.path)));
            all.push(anywhere(format!("{}?removed=1&per=100", route.path)));
            let key = outside_unit.and_then(|u| ground.units.get(&u)).map(|(_, key)| key);
            all.extend(key.map(|key| anywhere(format!("{}?unit={key}&per=100", route.path))));
        }
        return Ok(all);
    }
    if rest.starts_with("/import") {
        return Ok(import(route, rest));
    }
    let sides = match rest {
        "/{id}/restore" => picked(&|r| r.removed),
        "/{id}/act/{act}" => picked(&|r| live(r) && def.lifecycle.is_some_and(|l| l.start() == r.state)),
        "/{id}/files/{file}" | "/{id}/files/{file}/remove" => picked(&|r| r.file.is_some()),
        _ => picked(&|r| live(r)),
    };
    let mut all = Vec::new();
    for (record, lies) in sides {
        let Some(record) = record else { continue };
        let mut path = route.path.replace("{id}", &record.id.to_string());
        if let Some(file) = record.file {
            path = path.replace("{file}", &file.to_string());
        }
        let mut also = None;
        if let Some(lifecycle) = def.lifecycle.filter(|_| path.contains("{act}")) {
            // The newest record stands where a lifecycle begins; a reason is all this one asks for.
            let easy = |t: &&Transition| {
                t.from.contains(&lifecycle.start()) && t.requires.iter().all(|r| *r == Requirement::Reason)
            };
            let transition = lifecycle.transitions.iter().find(easy);
            let transition = transition
                .ok_or_else(|| format!("{}: no transition leaves the first state with a reason only", def.key))?;
            path = path.replace("{act}", transition.key);
            also = Some(transition.right);
        }
        let sent =
            if is_get { Sent::Nothing } else { body(ground, route, permission, &record, rest, &mut path).await? };
        if path.contains('{') {
            return Err(format!(
                "{} {}: no value for a parameter. Add it to `register` in tests/it/matrix/registers.rs.",
                route.method, route.path
            ));
        }
        all.push(Try { path, sent, lies, record: Some(record), also });
    }
    Ok(all)
}

/// A file and an import that are nobody's. What somebody may do with their own, and what nobody may do with another's, the
/// register engine's own tests tell.
fn import(route: &Route, rest: &str) -> Vec<Try> {
    let path = route.path.replace("{file}", &"0".repeat(64)).replace("{id}", &uuid::Uuid::nil().to_string());
    let (sent, lies) = match (&route.method, rest) {
        (&Method::GET, _) => (Sent::Nothing, Where::Outside),
        (_, "/import") => (Sent::File { kind: String::new(), bytes: b"a,b\r\n1,2\r\n".to_vec() }, Where::Anywhere),
        _ => (Sent::Form(vec![("mode".to_owned(), "sound".to_owned())]), Where::Outside),
    };
    vec![Try { path, sent, lies, record: None, also: None }]
}

/// A body that would write, made as somebody would who may: from the form that the page offers.
async fn body(
    ground: &Ground,
    route: &Route,
    permission: &str,
    record: &Rec,
    rest: &str,
    path: &mut String,
) -> Result<Sent, String> {
    let def = record.def;
    let unknown =
        || format!("{} {}: no body. Add one to `body` in tests/it/matrix/registers.rs.", route.method, route.path);
    let overseer = ground.overseers.iter().find(|o| o.may(permission));
    let overseer = overseer.ok_or_else(|| format!("{} {}: no role holds {permission}", route.method, route.path))?;
    let version = ground.version(record).await;
    let own =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
    let (page, edit) =
        (format!("/registers/{}/{}", def.key, record.id), format!("/registers/{}/{}/edit", def.key, record.id));
    let form = async || {
        let pairs = controls(&overseer.visitor.get(&edit).await.text, &edit);
        if pairs.len() > 2 { Ok(pairs) } else { Err(format!("{edit}: no form that posts to itself was found")) }
    };
    let is_api = route.path.starts_with("/api/");
    match (rest, is_api) {
        ("/new", false) => {
            let mut pairs = form().await?;
            pairs.retain(|(name, _)| name != "version" && !name.ends_with(".id"));
            pairs.iter_mut().for_each(|(name, value)| *value = fresh(def, name, value, 1));
            Ok(Sent::Form(pairs))
        }
        ("/{id}/edit", false) => {
            let mut pairs = form().await?;
            let name = changeable(def)?;
            pairs.iter_mut().filter(|(n, _)| *n == name).for_each(|(_, v)| *v = format!("{v} matrix"));
            Ok(Sent::Form(pairs))
        }
        ("/{id}/remove" | "/{id}/restore" | "/{id}/act/{act}", false) => {
            Ok(Sent::Form(own(&[("version", &version.to_string()), ("reason", "matrix")])))
        }
        ("/{id}/files/{file}/remove", false) => Ok(Sent::Form(own(&[("reason", "matrix")]))),
        ("/{id}/files", false) => {
            let kind = def.attachments.first().ok_or_else(unknown)?;
            Ok(Sent::File { kind: (*kind).to_owned(), bytes: b"a paper of the matrix".to_vec() })
        }
        ("/coverage", false) => {
            let period = if def.coverage == Some("year") {
                "2007"
            } else if def.coverage == Some("quarter") {
                "2007-Q3"
            } else {
                "2007-07"
            };
            Ok(Sent::Form(own(&[("cell", &format!("{}|{period}|true", record.unit))])))
        }
        ("", true) => {
            let text = overseer.visitor.get(&format!("/api/v1{page}")).await.text;
            let was: serde_json::Value = serde_json::from_str(&text).map_err(|e| format!("/api/v1{page}: {e}"))?;
            let mut values = was["values"].as_object().cloned().unwrap_or_default();
            values.retain(|name, value| {
                !value.is_null() && def.field(name).is_some_and(|(_, f)| f.kind != FieldKind::Secret)
            });
            for (name, value) in &mut values {
                if let Some(text) = value.as_str() {
                    *value = json!(fresh(def, name, text, 2));
                }
            }
            Ok(Sent::Json(json!({ "unit": was["unit"]["key"], "values": values })))
        }
        ("/{id}", true) if route.method == Method::PUT => {
            let name = changeable(def)?;
            Ok(Sent::Json(json!({ "version": version, "values": { name: format!("matrix {version}") } })))
        }
        ("/{id}", true) if route.method == Method::DELETE => {
            path.push_str(&format!("?version={version}&reason=matrix"));
            Ok(Sent::Nothing)
        }
        _ => Err(unknown()),
    }
}

/// The value of a field in a record of its own: what must be unique is.
pub fn fresh(def: &RegisterDef, name: &str, value: &str, salt: u32) -> String {
    let is_key = def.unique.iter().any(|list| list.contains(&name));
    let text = def.field(name).is_some_and(|(_, f)| f.kind == FieldKind::Text);
    match (is_key && text, name) {
        // A period is no free text; no record of the demonstration is so old.
        (true, "period") => format!("{}", 1990 + salt),
        (true, _) => format!("{value}-{salt}"),
        _ => value.to_owned(),
    }
}

/// A field of free text that may change without touching any rule.
fn changeable(def: &'static RegisterDef) -> Result<&'static str, String> {
    let free = |kind| move |f: &&FieldDef| f.kind == kind && !def.unique.iter().any(|l| l.contains(&f.name));
    let found = def.fields.iter().find(free(FieldKind::LongText)).or(def.fields.iter().find(free(FieldKind::Text)));
    found.map(|f| f.name).ok_or_else(|| format!("{}: no field of free text to change", def.key))
}
