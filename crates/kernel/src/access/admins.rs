//! The first three administrators, and what the command line does with accounts.
//!
//! The rule that matters: there is no default password and no all-powerful user. The first run makes three persons, one for each
//! of the three administrators, with fresh passwords that are shown once.

use serde_json::json;
use uuid::Uuid;

use super::{
    Admin, Part,
    account::{self, FirstPassword},
    appoint, posts, token,
};
use crate::{
    audit::Entry,
    error::{Error, Message, Result},
    sql, unit,
    work::Work,
};

impl Admin {
    /// The three.
    pub const ALL: [Self; 3] = [Self::System, Self::Security, Self::Audit];

    /// The stable name: part of the key of the post and person made first.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Security => "security",
            Self::Audit => "audit",
        }
    }

    /// The title of the post.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::System => "系统管理员",
            Self::Security => "安全管理员",
            Self::Audit => "审计管理员",
        }
    }
}

/// Makes the three administrators over the whole district: person, post, term, role and account of each. Answers login and
/// password, in the order given. The work should be of the channel console.
///
/// # Errors
/// [`Error::Refused`] when somebody holds an administrator's role already, or the three are not one of each;
/// [`Error::NotFound`] before the district was made; [`Error::Invalid`] for a login that does not fit.
pub async fn create_first_administrators(
    work: &mut Work,
    three: &[(String, String, Admin); 3],
) -> Result<Vec<(String, FirstPassword)>> {
    if !Admin::ALL.iter().all(|admin| three.iter().any(|(.., a)| a == admin)) {
        return Err(Error::Refused(Message::new("administrators-one-of-each")));
    }
    let held: Vec<(String,)> =
        sql!(&mut work.tx, fetch_all, "select distinct g.role from post_grant g join term t on t.post_id = g.post_id")?;
    let roles = work.roles;
    let is_admin = |key: &str| roles.iter().any(|r| r.key == key && r.admin.is_some());
    if held.iter().any(|(key,)| is_admin(key)) {
        return Err(Error::Refused(Message::new("administrators-exist")));
    }
    let root = unit::root(&mut work.tx).await?;
    let today = work.today();
    let mut made = Vec::with_capacity(3);
    for (n, (login, name, admin)) in (1_i64..).zip(three) {
        let role = roles.iter().find(|r| r.admin == Some(*admin)).ok_or_else(|| {
            Error::Internal(format!("no role of the product is the {} administrator's", admin.name()))
        })?;
        let (person, post) = (work.new_id(), work.new_id());
        sql!(
            &mut work.tx,
            execute,
            "insert into person (id, key, name, status) values ($1, $2, $3, 'real')",
            person,
            format!("admin-{}", admin.name()),
            name.trim()
        )?;
        sql!(
            &mut work.tx,
            execute,
            "insert into post (id, key, unit_id, name, official_order) values ($1, $2, $3, $4, $5)",
            post,
            format!("post-admin-{}", admin.name()),
            root.id,
            admin.title(),
            900 + n
        )?;
        for (kind, id, detail) in [
            ("person", person, json!({ "name": name.trim() })),
            ("post", post, json!({ "name": admin.title(), "unit": root.id })),
        ] {
            let subject_kind = kind.to_owned();
            work.record(Entry { action: "create", subject_kind, subject_id: Some(id), detail, digest: None });
        }
        appoint::grant(work, post, role.key, root.id).await?;
        appoint::appoint(work, post, person, Part::Holder, today, None).await?;
        let first = FirstPassword::generate().await?;
        account::create(work, person, login, &first).await?;
        made.push((account::normal_login(login), first));
    }
    Ok(made)
}

/// Gives the person of that key an account with a fresh password.
///
/// # Errors
/// As [`account::create`].
pub async fn create_account(work: &mut Work, person_key: &str, login: &str) -> Result<FirstPassword> {
    let person: Option<(Uuid,)> =
        sql!(&mut work.tx, fetch_optional, "select id from person where key = $1", person_key)?;
    let (person,) = person.ok_or(Error::NotFound { what: "thing-person" })?;
    let first = FirstPassword::generate().await?;
    account::create(work, person, login, &first).await?;
    Ok(first)
}

/// Issues a token to the account of that login, in the post of that key or, without one, the first of the person's posts;
/// the secret.
///
/// # Errors
/// As [`token::issue`].
pub async fn issue_token(
    work: &mut Work,
    login: &str,
    post_key: Option<&str>,
    name: &str,
    rights: &[String],
    days: i64,
) -> Result<String> {
    let account: Option<(Uuid, Uuid)> = sql!(
        &mut work.tx,
        fetch_optional,
        "select id, person_id from account where login = $1",
        account::normal_login(login)
    )?;
    let (account, person) = account.ok_or(Error::NotFound { what: "thing-account" })?;
    let post: Option<Uuid> = match post_key {
        Some(key) => {
            let row: Option<(Uuid,)> = sql!(&mut work.tx, fetch_optional, "select id from post where key = $1", key)?;
            row.map(|(id,)| id)
        }
        None => {
            let today = work.today();
            posts::posts_of(&mut work.tx, person, today).await?.first().map(|p| p.id)
        }
    };
    let post = post.ok_or(Error::NotFound { what: "thing-post" })?;
    let new = token::NewToken { account, post, name: name.to_owned(), rights: rights.to_vec(), days };
    Ok(token::issue(work, &new, &mut rand::make_rng::<rand::rngs::StdRng>()).await?.1)
}
