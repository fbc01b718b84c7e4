//! The permissions themselves: declared, held, exclusive.

use std::collections::BTreeSet;

use hejian::modules::{MODULES, ROLES};
use hejian_kernel::{
    access::exclusive_roles_problems,
    testing::TestDb,
    web::{App, Need},
};

/// What anybody may open without signing in, and why.
const PUBLIC: &[(&str, &str)] = &[
    ("GET /healthz", "a proxy asks whether the service is ready; it says no more"),
    ("GET /assets/{*path}", "style sheets and scripts of the sign-in page"),
    ("GET /sign-in", "signing in"),
    ("POST /sign-in", "signing in"),
    ("POST /preferences", "language and look of the sign-in page"),
];

/// Permissions that a role holds and no route names, and where they count.
const INSIDE: &[(&str, &str)] = &[
    ("premises.approve", "a transition of the lifecycle of premises"),
    ("premises.accept", "a transition of the lifecycle of premises"),
    ("instruction.answer", "a step of the lifecycle of instructions, and who may be written to"),
    ("instruction.supervise", "which instructions of others the list and their pages show"),
    ("todo.supervise", "the drawer of to-dos that are watched over, within the landing page"),
];

async fn app() -> (TestDb, App) {
    let test = TestDb::sqlite().await;
    let app = test.app(MODULES, ROLES);
    (test, app)
}

#[tokio::test]
async fn no_route_is_public_but_those_named_here() {
    let (_test, app) = app().await;
    let public: BTreeSet<String> = app
        .routes()
        .into_vec()
        .iter()
        .filter(|r| r.need == Need::Public)
        .map(|r| format!("{} {}", r.method, r.path))
        .collect();
    assert_eq!(public, PUBLIC.iter().map(|(route, _)| (*route).to_owned()).collect());
}

#[test]
fn no_role_mixes_what_may_not_be_in_one_hand() {
    assert_eq!(exclusive_roles_problems(ROLES), Vec::<String>::new());
}

#[tokio::test]
async fn every_permission_of_a_route_is_held_and_every_permission_held_opens_something() {
    let (_test, app) = app().await;
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for route in app.routes().into_vec() {
        if let Need::Right(permission) = route.need {
            named.insert(permission);
            let held = ROLES.iter().any(|r| r.allows(permission));
            assert!(held, "{} {}: no role holds {permission}", route.method, route.path);
        }
    }
    for def in app.registers() {
        // The lifecycle's own rights are asked for inside the route of an act.
        named.extend(def.lifecycle.iter().flat_map(|l| l.transitions).map(|t| t.right));
    }
    for entry in app.modules.iter().flat_map(|m| m.nav) {
        if let Need::Right(permission) = entry.need {
            assert!(named.contains(permission), "{}: no page behind {permission}", entry.href);
        }
    }
    let mut dead = BTreeSet::new();
    for role in ROLES {
        for permission in role.permissions {
            let opens = match permission.strip_suffix(".*") {
                Some(module) => named.iter().any(|n| n.strip_prefix(module).is_some_and(|rest| rest.starts_with('.'))),
                None => named.contains(permission),
            };
            let excused = INSIDE.iter().any(|(p, _)| p == permission);
            if !opens && !excused {
                dead.insert(*permission);
            }
        }
    }
    assert_eq!(dead, BTreeSet::new(), "permissions that are held and open nothing");
}
