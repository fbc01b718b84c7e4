//! The permission matrix: every route of the real router, as every role, inside and outside its scope.
//!
//! The rule that matters: nothing is listed by hand but what a parameter or a body may be ([`samples`]). Routes come from the
//! modules, roles from the map of the product, records from the demonstration district; what must happen follows from the
//! route's declared need and the unit of the record.

mod campaigns;
mod duties;
mod ground;
mod office;
mod packs;
mod planted;
mod registers;
mod rights;
mod samples;
mod visitor;

use std::collections::HashSet;

use axum::http::Method;
use hejian_kernel::{
    testing::{POSTGRES, TestDb},
    web::{Need, Route},
};
use uuid::Uuid;

use self::{
    ground::{Ground, Subject},
    samples::{NOT_INSIDE, Try, Where},
    visitor::Answer,
};
use crate::support;

#[tokio::test]
async fn every_route_as_every_role_inside_and_outside_its_scope_on_sqlite() {
    walk(TestDb::sqlite().await).await;
}

#[tokio::test]
async fn every_route_as_every_role_inside_and_outside_its_scope_on_postgres() {
    let Some(admin) = support::wanted(POSTGRES, "the permission matrix on PostgreSQL") else { return };
    walk(TestDb::postgres(&admin).await).await;
}

/// What the walk has found so far.
#[derive(Default)]
struct Found {
    problems: Vec<String>,
    visits: usize,
    /// Role and route where a holder reached something of its own.
    reached: HashSet<(&'static str, String)>,
}

async fn walk(test: TestDb) {
    let started = std::time::Instant::now();
    let ground = Ground::make(test).await;
    let made = started.elapsed();
    let routes = ground.app.routes().into_vec();
    let mut found = Found::default();
    let before = ground.everything().await;
    for route in routes.iter().filter(|r| r.need != Need::Public) {
        for who in &ground.subjects {
            if let Err(problem) = look(&ground, route, who, &mut found).await {
                found.problems.push(problem);
                break;
            }
        }
    }
    let after = ground.everything().await;
    for row in after.iter().filter(|row| before.binary_search(row).is_err()) {
        found.problems.push(format!("something that may not write left {row}"));
    }
    assert!(after.len() == before.len() || !found.problems.is_empty(), "rows are gone");
    let mut writing: Vec<&Route> =
        routes.iter().filter(|r| r.need != Need::Public && r.method != Method::GET).collect();
    // What takes something away comes last: the others need it.
    writing
        .sort_by_key(|r| (r.method == Method::DELETE || r.path.ends_with("/remove"), r.path.ends_with("{id}/remove")));
    for route in writing {
        act(&ground, route, &mut found).await;
    }
    everybody_reaches_something(&ground, &routes, &mut found);
    println!(
        "{}: {} routes, {} subjects, {} visits, {:.1} s after {:.1} s for the district",
        ground.test.name,
        routes.len(),
        ground.subjects.len(),
        found.visits,
        (started.elapsed() - made).as_secs_f64(),
        made.as_secs_f64()
    );
    let n = found.problems.len();
    found.problems.truncate(40);
    assert!(found.problems.is_empty(), "{n} problems, the first of them:\n{}", found.problems.join("\n"));
}

/// What must come of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// To the sign-in page, or 401 for a program.
    SignIn,
    /// 403.
    Forbidden,
    /// 404: what lies outside is not told apart from what does not exist.
    Hidden,
    /// Refused in whatever words; nothing is written.
    Refused,
    /// The page, or a step to another one.
    Open,
}

/// Everything that must not write: all looks, and all writes that may not be done.
async fn look(ground: &Ground, route: &Route, who: &Subject, found: &mut Found) -> Result<(), String> {
    let tries = samples::tries(ground, route, who).await?;
    let is_get = route.method == Method::GET;
    for a_try in &tries {
        let due = match (route.need, a_try.lies) {
            _ if who.account.is_none() => Due::SignIn,
            (Need::Right(permission), _) if !who.may(permission) => Due::Forbidden,
            // A write without a record in its address says in its own words why the unit is none of theirs.
            (_, Where::Outside) if !is_get && !route.path.contains('{') => Due::Refused,
            (_, Where::Outside) => Due::Hidden,
            _ if is_get => Due::Open,
            _ if a_try.lacks(ground, who) => Due::Refused,
            _ => continue, // done in the second round
        };
        let marks = if is_get { None } else { Some(ground.marks().await) };
        let answer = who.visitor.send(&route.method, &a_try.path, &a_try.sent).await;
        found.visits += 1;
        let at = format!("{} {} as {}", route.method, a_try.path, who.name);
        if let Some(problem) = wrong(due, &answer) {
            found.problems.push(format!("{at} ({:?}): {problem}", a_try.lies));
        }
        found.problems.extend(leaks(ground, who, a_try, due, &answer).map(|leak| format!("{at}: {leak}")));
        if let Some(marks) = marks
            && marks != ground.marks().await
        {
            found.problems.push(format!("{at}: it may not write and did"));
        }
        if due == Due::Open && a_try.lies == Where::Inside {
            found.reached.extend(who.grants.iter().map(|g| (g.role.key, name(route))));
        }
    }
    Ok(())
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn wrong(due: Due, answer: &Answer) -> Option<String> {
    let status = answer.status;
    let right = match due {
        Due::SignIn => status == 401 || (status == 303 && answer.location.starts_with("/sign-in")),
        Due::Forbidden => status == 403,
        Due::Hidden => status == 404,
        Due::Refused => [400, 403, 404, 409, 422].contains(&status),
        Due::Open => status == 200 || (status == 303 && !answer.location.starts_with("/sign-in")),
    };
    (!right).then(|| format!("answered {status} {} where it must be {due:?}", answer.location))
}

/// What of other people's records stands in an answer.
fn leaks(ground: &Ground, who: &Subject, a_try: &Try, due: Due, answer: &Answer) -> impl Iterator<Item = String> {
    let mut out = Vec::new();
    let sees = |register: &'static hejian_kernel::register::RegisterDef| ground.reach(who, register.permissions.read);
    // The audit is there for those who keep it, whatever it is about.
    if due == Due::Open && !a_try.path.starts_with("/system/audit") {
        out.extend(strangers(ground, who, a_try, &answer.text));
        let ids = ids_in(&answer.text);
        for def in ground.app.registers() {
            let reach = sees(def);
            let (mine, others): (Vec<_>, Vec<_>) =
                ground.records.iter().filter(|r| r.def.key == def.key).partition(|r| reach.contains(&r.unit));
            let known: HashSet<&str> = mine.iter().map(|r| r.title.as_str()).collect();
            for r in others {
                if ids.contains(&r.id) {
                    out.push(format!("the id {} of a record of {} outside the scope", r.id, def.key));
                }
                if !r.title.is_empty() && !known.contains(r.title.as_str()) && answer.text.contains(&r.title) {
                    out.push(format!("the title {} of a record of {} outside the scope", r.title, def.key));
                }
            }
        }
    } else if let Some(record) = &a_try.record {
        let unit = ground.units.get(&record.unit).map(|(name, _)| name.as_str()).unwrap_or_default();
        let outside = !sees(record.def).contains(&record.unit);
        if outside && !record.title.is_empty() && answer.text.contains(&record.title) {
            out.push(format!("the refusal says the title {}", record.title));
        }
        // Every page says the name of the district in its head.
        let district = ground.app.district.read().map(|d| d.name.clone()).unwrap_or_default();
        if due == Due::Hidden && unit != district && answer.text.contains(unit) {
            out.push(format!("the refusal says the unit {unit}"));
        }
    }
    out.truncate(3);
    out.into_iter()
}

/// People outside the scope on the pages about people.
fn strangers(ground: &Ground, who: &Subject, a_try: &Try, text: &str) -> Vec<String> {
    let pages = [("/system/accounts", "account.read"), ("/organisation", "organisation.read")];
    let Some((_, permission)) = pages.iter().find(|(path, _)| a_try.path.starts_with(path)) else { return Vec::new() };
    let reach = ground.reach(who, permission);
    let others = ground.targets.iter().filter(|t| !reach.contains(&t.unit));
    // A post may be handed to anybody: these two forms offer everybody.
    let anybody = ["/handover", "/deputy"].iter().any(|form| a_try.path.ends_with(form));
    let ids = others.flat_map(|t| [("account", t.account), ("person", t.person), ("post", t.post)]);
    let ids = ids.filter(|(what, _)| !anybody || *what != "person");
    ids.filter(|(_, id)| text.contains(&id.to_string()))
        .map(|(what, id)| format!("the {what} {id} of another unit"))
        .collect()
}

/// Everything in a text that reads as an id.
fn ids_in(text: &str) -> HashSet<Uuid> {
    let dashes = text.match_indices('-').filter_map(|(at, _)| at.checked_sub(8));
    dashes.filter_map(|at| text.get(at..at + 36)).filter_map(|word| Uuid::try_parse(word).ok()).collect()
}

/// The second round: what may be written is written, by somebody of every role, so that the first round's bodies are known
/// to be bodies that write.
async fn act(ground: &Ground, route: &Route, found: &mut Found) {
    if NOT_INSIDE.iter().any(|(path, _)| *path == route.path) {
        return;
    }
    let mut wrote = false;
    let mut said = Vec::new();
    let may = |s: &&Subject| match route.need {
        Need::Right(permission) => s.may(permission),
        _ => s.account.is_some(),
    };
    for who in ground.subjects.iter().filter(may) {
        let Ok(tries) = samples::tries(ground, route, who).await else { return };
        for a_try in tries.iter().filter(|t| t.lies != Where::Outside) {
            let (before, strange) = (ground.marks().await, outside(ground, route, who).await);
            let answer = who.visitor.send(&route.method, &a_try.path, &a_try.sent).await;
            found.visits += 1;
            if strange != outside(ground, route, who).await {
                found
                    .problems
                    .push(format!("{} {} as {}: wrote outside its scope", route.method, a_try.path, who.name));
            }
            let did = before != ground.marks().await;
            let at = format!("{} {} as {}", route.method, a_try.path, who.name);
            // What the lifecycle, another version or a rule of the work refuses is no matter of the route's right.
            let inner = a_try.path.contains("/act/") && answer.status == 403;
            // What somebody has taken away just now is not there a second time.
            let gone = wrote && answer.status == 404 && a_try.path.ends_with("/remove");
            if ![200, 201, 202, 204, 303, 409, 422].contains(&answer.status) && !inner && !gone {
                found.problems.push(format!("{at}: answered {} for something of its own", answer.status));
            }
            if did && answer.status >= 400 {
                found.problems.push(format!("{at}: answered {} and wrote all the same", answer.status));
            }
            wrote |= did && answer.status < 400;
            said.push(format!("{} {}", who.name, answer.status));
            found.reached.extend(who.grants.iter().map(|g| (g.role.key, name(route))));
        }
    }
    let has_inside = !said.is_empty();
    // A file that was uploaded waits in the store; no row says so.
    let only_stores = route.path.ends_with("/import");
    if has_inside && !wrote && !only_stores {
        found.problems.push(format!(
            "{}: nobody's request wrote anything, so the refusals prove nothing: {}",
            name(route),
            said.join(", ")
        ));
    }
}

/// Versions of records outside the subject's scope for the route; none may come.
async fn outside(ground: &Ground, route: &Route, who: &Subject) -> i64 {
    let Need::Right(permission) = route.need else { return 0 };
    let reach = ground.reach(who, permission);
    ground.versions_by_unit().await.into_iter().filter(|(unit, _)| !reach.contains(unit)).map(|(_, n)| n).sum()
}

/// Each role reaches at least one record of its own on each route meant for it.
fn everybody_reaches_something(ground: &Ground, routes: &[Route], found: &mut Found) {
    for route in routes {
        let Need::Right(permission) = route.need else { continue };
        let of_record =
            ground.app.registers().iter().any(|d| route.path.contains(&format!("registers/{}/{{id}}", d.key)));
        if !of_record {
            continue;
        }
        for role in ground.app.roles.iter().filter(|r| r.allows(permission)) {
            if !found.reached.contains(&(role.key, name(route))) {
                found.problems.push(format!("{}: {} reached no record of its own", name(route), role.key));
            }
        }
    }
}
