//! Giving persons an account.

use serde_json::json;
use uuid::Uuid;

use super::{super::password, invalid, login_problem, normal_login, record};
use crate::{
    error::{Error, FieldProblem, Message, Result},
    i18n::Lang,
    sql,
    web::App,
    work::Work,
};

/// A password somebody else sets, hashed before the transaction begins. Printing shows nothing of it.
#[derive(Clone)]
pub struct FirstPassword {
    text: String,
    hash: String,
    must_change: bool,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FirstPassword(…)")
    }
}

impl FirstPassword {
    /// A fresh one, to be handed over once and changed at the first sign-in.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn generate() -> Result<Self> {
        let text = password::generate(&mut rand::make_rng::<rand::rngs::StdRng>());
        Ok(Self { hash: password::hash(&text).await?, text, must_change: true })
    }

    /// A given one that stays: for the demonstration district and for tests only, since two people know it.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn shared(text: &str) -> Result<Self> {
        Ok(Self { hash: password::hash(text).await?, text: text.to_owned(), must_change: false })
    }

    /// The password in clear, to be shown once.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    pub(super) fn must_change(&self) -> bool {
        self.must_change
    }
}

/// Gives a person an account; its id.
///
/// # Errors
/// [`Error::NotFound`] without such a person; [`Error::Invalid`] when the login does not fit or is taken, or the person has an
/// account already.
pub async fn create(work: &mut Work, person: Uuid, login: &str, first: &FirstPassword) -> Result<Uuid> {
    let login = normal_login(login);
    if let Some(message) = login_problem(&login) {
        return Err(invalid("login", message));
    }
    let there: Option<(String,)> = sql!(&mut work.tx, fetch_optional, "select name from person where id = $1", person)?;
    let (name,) = there.ok_or(Error::NotFound { what: "thing-person" })?;
    let taken: Option<(Uuid,)> =
        sql!(&mut work.tx, fetch_optional, "select person_id from account where login = $1", &login)?;
    if taken.is_some() {
        return Err(invalid("login", Message::new("account-login-taken").arg("login", &login)));
    }
    let has: Option<(String,)> =
        sql!(&mut work.tx, fetch_optional, "select login from account where person_id = $1", person)?;
    if let Some((has,)) = has {
        return Err(invalid("person", Message::new("account-person-has-one").arg("person", name).arg("login", has)));
    }
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into account (id, person_id, login, password_hash, must_change, failures, disabled, lang, created_at)
         values ($1, $2, $3, $4, $5, 0, false, $6, $7)",
        id,
        person,
        &login,
        first.hash(),
        first.must_change(),
        Lang::default().tag(),
        work.now
    )?;
    record(work, "create", Some(id), json!({ "person": person, "name": name, "login": login }));
    Ok(id)
}

/// Gives many persons accounts in one unit of work; each with its own fresh password, in the same order.
///
/// # Errors
/// As [`create`], the field named `row[n].login`; nothing is written then.
pub async fn create_many(
    app: &App,
    actor: &crate::access::Actor,
    wanted: &[(Uuid, String)],
) -> Result<Vec<(Uuid, FirstPassword)>> {
    let passwords = futures::future::try_join_all(wanted.iter().map(|_| FirstPassword::generate())).await?;
    let mut work = app.work(actor).await?;
    let mut made = Vec::with_capacity(wanted.len());
    let mut problems = Vec::new();
    for (n, ((person, login), first)) in wanted.iter().zip(passwords).enumerate() {
        match create(&mut work, *person, login, &first).await {
            Ok(id) => made.push((id, first)),
            Err(Error::Invalid(found)) => problems.extend(
                found.into_iter().map(|p| FieldProblem { field: format!("row[{n}].{}", p.field), message: p.message }),
            ),
            Err(error) => return Err(error),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    work.commit().await?;
    Ok(made)
}
