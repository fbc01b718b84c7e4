//! The three administrators (三员) exclude each other and every business role, in one natural person at one time.
//!
//! The rule that matters: the exclusion binds the person, not the post or the account. It is checked when a grant or a term is
//! written, and again whenever somebody is identified; a person who holds an excluded combination has no rights at all.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Admin, Role};
use crate::{
    db::Tx,
    error::{Error, Message, Result},
    sql,
};

/// What is about to be added.
#[derive(Debug, Clone, Copy)]
pub enum Added<'a> {
    /// A term of the person in a post, `[from, to)`.
    Term {
        /// The post.
        post: Uuid,
        /// The first day.
        from: NaiveDate,
        /// The first day after.
        to: Option<NaiveDate>,
    },
    /// A role of a post in which the person has a term.
    Grant {
        /// The post.
        post: Uuid,
        /// The role's key.
        role: &'a str,
    },
}

/// A role in the hands of a person, for a time `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    role: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

/// Whether two roles may not be in one hand. A role that no module declares counts as business.
fn excludes(roles: &[Role], a: &str, b: &str) -> bool {
    let admin = |key: &str| roles.iter().find(|r| r.key == key).and_then(|r| r.admin);
    match (admin(a), admin(b)) {
        (None, None) => false,
        (x, y) => x != y,
    }
}

/// Two of these roles that may not be in one hand, if there are any.
#[must_use]
pub(super) fn conflict_now<'a>(roles: &[Role], held: &[&'a str]) -> Option<(&'a str, &'a str)> {
    held.iter().enumerate().find_map(|(n, a)| held[n + 1..].iter().find(|b| excludes(roles, a, b)).map(|b| (*a, *b)))
}

fn conflict(roles: &[Role], spans: &[Span]) -> Option<(Span, Span)> {
    let meet = |a: &Span, b: &Span| a.to.is_none_or(|to| b.from < to) && b.to.is_none_or(|to| a.from < to);
    spans.iter().enumerate().find_map(|(n, a)| {
        let other = spans[n + 1..].iter().find(|b| meet(a, b) && excludes(roles, &a.role, &b.role))?;
        Some((a.clone(), other.clone()))
    })
}

/// Refuses an addition that would put an excluded combination into one person's hands at any time.
///
/// # Errors
/// [`Error::Refused`] naming the person and the two roles; the engine's own error.
pub async fn check_exclusion(tx: &mut Tx, roles: &[Role], person: Uuid, added: Added<'_>) -> Result<()> {
    let rows: Vec<(String, NaiveDate, Option<NaiveDate>)> = sql!(
        tx,
        fetch_all,
        "select g.role, t.valid_from, t.valid_to from term t join post_grant g on g.post_id = t.post_id
         where t.person_id = $1",
        person
    )?;
    let mut spans: Vec<Span> = rows.into_iter().map(|(role, from, to)| Span { role, from, to }).collect();
    match added {
        Added::Term { post, from, to } => {
            let held: Vec<(String,)> = sql!(tx, fetch_all, "select role from post_grant where post_id = $1", post)?;
            spans.extend(held.into_iter().map(|(role,)| Span { role, from, to }));
        }
        Added::Grant { post, role } => {
            let terms: Vec<(NaiveDate, Option<NaiveDate>)> = sql!(
                tx,
                fetch_all,
                "select valid_from, valid_to from term where person_id = $1 and post_id = $2",
                person,
                post
            )?;
            spans.extend(terms.into_iter().map(|(from, to)| Span { role: role.to_owned(), from, to }));
        }
    }
    let Some((a, b)) = conflict(roles, &spans) else { return Ok(()) };
    let name: Option<(String,)> = sql!(tx, fetch_optional, "select name from person where id = $1", person)?;
    Err(Error::Refused(
        Message::new("exclusion-conflict")
            .arg("person", name.map(|(n,)| n).unwrap_or_default())
            .arg("one", format!("role-{}", a.role))
            .arg("other", format!("role-{}", b.role)),
    ))
}

/// Rights of the administrators and whose they are. A probe stands for every other right of its module.
const PROBES: &[(&str, &[Admin])] = &[
    ("account.read", &[Admin::System, Admin::Security]),
    ("account.manage", &[Admin::System]),
    ("account.secure", &[Admin::Security]),
    ("account.probe", &[Admin::System]),
    ("settings.probe", &[Admin::System]),
    ("backup.probe", &[Admin::System]),
    ("grant.probe", &[Admin::Security]),
    ("token.probe", &[Admin::Security]),
    ("audit.probe", &[Admin::Audit]),
];

/// Modules whose rights an administrator needs as well: who sits where is nobody's business record.
const SHARED: &[&str] = &["organisation", "unit", "post", "person", "term", "job", "search", "todo"];

/// For each right of an administrator that a permission carries, whose it is; nothing for a right of the business.
fn owners(permission: &str) -> Vec<&'static [Admin]> {
    let module = permission.split('.').next().unwrap_or_default();
    let of_module = PROBES.iter().filter(|(probe, _)| probe.split('.').next() == Some(module));
    if permission.ends_with(".*") {
        return of_module.map(|(_, admins)| *admins).collect();
    }
    let exact = PROBES.iter().find(|(probe, _)| *probe == permission);
    let rest = || PROBES.iter().find(|(probe, _)| probe.strip_suffix(".probe") == Some(module));
    exact.or_else(rest).map(|(_, admins)| *admins).into_iter().collect()
}

/// Why these roles, taken one by one, make somebody too powerful. Empty when no role joins the rights of two administrators,
/// or of an administrator and the business. For a test over the roles of the product.
#[must_use]
pub fn exclusive_roles_problems(roles: &[Role]) -> Vec<String> {
    let mut problems = Vec::new();
    for role in roles {
        for permission in role.permissions {
            let (module, verb) = permission.split_once('.').unwrap_or((permission, ""));
            if module.is_empty() || verb.is_empty() || module.contains('*') {
                problems.push(format!("{}: `{permission}` is not of the form module.verb or module.*", role.key));
                continue;
            }
            let owners = owners(permission);
            match role.admin {
                None if !owners.is_empty() => problems.push(format!(
                    "{}: `{permission}` belongs to an administrator ({owners:?}), the role is of the business",
                    role.key
                )),
                Some(admin) if owners.iter().any(|o| !o.contains(&admin)) => problems.push(format!(
                    "{}: `{permission}` holds what is not the {admin:?} administrator's ({owners:?})",
                    role.key
                )),
                Some(admin) if owners.is_empty() && !SHARED.contains(&module) => problems.push(format!(
                    "{}: `{permission}` is a right of the business, the role is the {admin:?} administrator's",
                    role.key
                )),
                _ => {}
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn role(key: &'static str, permissions: &'static [&'static str], admin: Option<Admin>) -> Role {
        Role { key, permissions, admin }
    }

    const ROLES: &[Role] = &[
        role("officer", &["premises.read", "premises.write"], None),
        role("leader", &["premises.read"], None),
        role("system", &["account.read", "account.manage", "unit.*"], Some(Admin::System)),
        role("security", &["account.read", "account.secure", "grant.manage"], Some(Admin::Security)),
        role("audit", &["audit.read"], Some(Admin::Audit)),
    ];

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn one_administrator_or_the_business_but_never_two_of_them() {
        assert_eq!(conflict_now(ROLES, &["officer", "leader"]), None);
        assert_eq!(conflict_now(ROLES, &["system", "system"]), None);
        assert_eq!(conflict_now(ROLES, &["system", "audit"]), Some(("system", "audit")));
        assert_eq!(conflict_now(ROLES, &["leader", "officer", "security"]), Some(("leader", "security")));
        assert_eq!(conflict_now(ROLES, &["audit", "unknown"]), Some(("audit", "unknown")));
    }

    #[test]
    fn only_what_is_held_at_the_same_time_excludes() {
        let span =
            |role: &str, from: &str, to: Option<&str>| Span { role: role.to_owned(), from: day(from), to: to.map(day) };
        let then = span("system", "2008-01-01", Some("2009-01-01"));
        assert_eq!(conflict(ROLES, &[then.clone(), span("officer", "2009-01-01", None)]), None);
        assert!(conflict(ROLES, &[then, span("officer", "2008-12-31", None)]).is_some());
    }

    #[test]
    fn a_role_with_the_rights_of_two_is_named() {
        assert_eq!(exclusive_roles_problems(ROLES), Vec::<String>::new());
        for bad in [
            role("root", &["*"], None),
            role("root", &[".*"], Some(Admin::System)),
            role("all-accounts", &["account.*"], Some(Admin::System)),
            role("business", &["premises.read", "account.manage"], None),
            role("business", &["audit.read"], None),
            role("business", &["account.read"], None),
            role("system", &["account.manage", "audit.read"], Some(Admin::System)),
            role("system", &["account.secure"], Some(Admin::System)),
            role("security", &["account.manage"], Some(Admin::Security)),
            role("audit", &["audit.read", "premises.read"], Some(Admin::Audit)),
        ] {
            assert!(!exclusive_roles_problems(&[bad]).is_empty(), "{bad:?}");
        }
    }
}
