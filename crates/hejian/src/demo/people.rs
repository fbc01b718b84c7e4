//! Persons, posts, what posts may do, terms, and the sign-ins of the demonstration.

use hejian_demo::{District, Post};
use hejian_kernel::{
    access::{
        self, Grant, Part,
        account::{self, FirstPassword},
    },
    error::{Error, Result},
    sql,
    web::App,
    work::Work,
};
use serde_json::json;

use super::{Credential, Ids, begin, maker, morning, taken_over};

/// The post that opens with a sign-in.
pub(super) fn post_of<'p>(plan: &'p District, login: &str) -> Option<&'p str> {
    plan.accounts.iter().find(|a| a.login == login).map(|a| a.post.as_str())
}

/// The sign-ins whose posts approve and accept premises projects: the campaign office's section head, and the deputy head of
/// the civil affairs bureau.
pub(super) const APPROVES: &str = "chuangjian";
pub(super) const ACCEPTS: &str = "minzheng";
/// The sign-in whose post signs standards: the deputy head of the district in charge of the campaign.
const SIGNS: &str = "quling";

/// The roles of a post: its own, and the approval or acceptance of projects and the signing of standards where they belong to it.
fn roles_of(plan: &District, post: &Post) -> Vec<&'static str> {
    let mut roles = vec![post.role.key()];
    for (login, role) in [(APPROVES, "approval"), (ACCEPTS, "acceptance"), (SIGNS, "standard_issue")] {
        if post_of(plan, login) == Some(post.key.as_str()) {
            roles.push(role);
        }
    }
    roles
}

pub(super) fn grants_of(app: &App, plan: &District, ids: &Ids, post: &Post) -> Result<Vec<Grant>> {
    let unit = ids.unit(&post.scope)?;
    roles_of(plan, post)
        .into_iter()
        .map(|key| {
            let role = app.role(key).ok_or_else(|| Error::Internal(format!("no role `{key}`")))?;
            Ok(Grant { role, unit })
        })
        .collect()
}

pub(super) async fn write(work: &mut Work, plan: &District, ids: &mut Ids) -> Result<()> {
    for person in &plan.persons {
        let id = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into person (id, key, name, status) values ($1, $2, $3, 'synthetic')",
            id,
            &person.key,
            &person.name
        )?;
        ids.persons.insert(person.key.clone(), id);
    }
    for post in &plan.posts {
        let id = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into post (id, key, unit_id, name, official_order) values ($1, $2, $3, $4, $5)",
            id,
            &post.key,
            ids.unit(&post.unit)?,
            &post.title,
            i64::from(post.order)
        )?;
        ids.posts.insert(post.key.clone(), id);
    }
    for post in &plan.posts {
        let (id, unit) = (ids.posts[&post.key], ids.unit(&post.scope)?);
        for role in roles_of(plan, post) {
            access::grant(work, id, role, unit).await?;
        }
    }
    for term in &plan.terms {
        let (Some(post), Some(person)) = (ids.posts.get(&term.post), ids.persons.get(&term.person)) else {
            return Err(Error::Internal(format!(
                "a term names {} and {}, of which one is missing",
                term.post, term.person
            )));
        };
        let id = access::appoint(work, *post, *person, Part::Holder, term.from, term.to).await?;
        if !term.main {
            sql!(&mut work.tx, execute, "update term set is_main = $1 where id = $2", false, id)?;
        }
    }
    let counts = json!({ "persons": plan.persons.len(), "posts": plan.posts.len(), "terms": plan.terms.len() });
    work.record(hejian_kernel::audit::Entry {
        action: "load",
        subject_kind: "organisation".to_owned(),
        subject_id: None,
        detail: counts,
        digest: None,
    });
    Ok(())
}

/// Makes the sign-ins with fresh passwords, in one unit of work.
pub(super) async fn accounts(app: &App, plan: &District, ids: &Ids) -> Result<Vec<Credential>> {
    let mut work = begin(app, maker(), morning(taken_over(), 30)).await?;
    let mut credentials = Vec::new();
    for planned in &plan.accounts {
        let person = plan.persons.iter().find(|p| p.key == planned.person);
        let post = plan.posts.iter().find(|p| p.key == planned.post);
        let (Some(person), Some(post)) = (person, post) else {
            return Err(Error::Internal(format!("the sign-in {} names nobody", planned.login)));
        };
        let unit = plan.units.iter().find(|u| u.key == post.unit);
        let unit = unit.map_or_else(String::new, |u| u.alias.clone().unwrap_or_else(|| u.name.clone()));
        let first = FirstPassword::generate().await?;
        account::create(&mut work, ids.persons[&person.key], &planned.login, &first).await?;
        credentials.push(Credential {
            login: planned.login.clone(),
            password: first.text().to_owned(),
            person: person.name.clone(),
            post: format!("{unit} {}", post.title),
        });
    }
    // The demonstration is for looking around: its passwords are fresh and known to nobody else, so no change is forced.
    sql!(&mut work.tx, execute, "update account set must_change = $1", false)?;
    work.commit().await?;
    Ok(credentials)
}
