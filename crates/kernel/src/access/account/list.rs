//! Accounts as their administrators see them.
//!
//! The rule that matters: a person belongs to a scope when none of their terms lies outside it, so that the administrator of a
//! part never holds the account of somebody who also works above or elsewhere.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::Scoped;
use crate::{
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
    error::{Error, Result},
};

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In use.
    Active,
    /// Waits for its first sign-in or the change of a password that was set for it.
    Waiting,
    /// Locked after wrong passwords, until a moment.
    Locked,
    /// Disabled.
    Disabled,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Active, Self::Waiting, Self::Locked, Self::Disabled];

    /// The name in addresses; the label key is `account-state-<name>`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Waiting => "waiting",
            Self::Locked => "locked",
            Self::Disabled => "disabled",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// Which accounts are asked for.
#[derive(Debug, Clone, Default)]
pub struct AccountQuery {
    /// Part of a login or name; empty for all.
    pub text: String,
    /// In this state.
    pub state: Option<State>,
    /// How many to pass over, and how many to answer.
    pub offset: i64,
    /// How many to answer.
    pub limit: i64,
}

/// An account.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountRow {
    /// Its id.
    pub id: Uuid,
    /// Its login.
    pub login: String,
    /// Its person's name.
    pub name: String,
    /// The first of the person's posts today, with its unit.
    pub post: Option<String>,
    /// How it stands.
    pub state: State,
    /// Until when it is locked, if it is.
    pub locked_until: Option<DateTime<Utc>>,
    /// When its password was last proved.
    pub last_sign_in: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A person who may be given an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutAccount {
    /// The person.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// The first of their posts today, with its unit.
    pub post: Option<String>,
}

/// The accounts asked for, by login, and how many there are beyond the page.
///
/// # Errors
/// The engine's own error.
pub async fn list(
    tx: &mut Tx,
    query: &Scoped<AccountQuery>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(Vec<AccountRow>, i64)> {
    let q = query.query();
    let mut filter = in_scope(query, today);
    if !q.text.trim().is_empty() {
        matching(&mut filter, &q.text);
        filter.push(" or lower(a.login) like ").bind(Param::Text(Some(pattern(&q.text)))).push(" escape '\\')");
    }
    let locked = |filter: &mut Sql| {
        filter.push("a.locked_until > ").bind(Param::Time(Some(now)));
    };
    match q.state {
        None => {}
        Some(State::Disabled) => {
            filter.push(" and a.disabled");
        }
        Some(State::Locked) => {
            filter.push(" and not a.disabled and ");
            locked(&mut filter);
        }
        Some(state) => {
            filter.push(" and not a.disabled and (a.locked_until is null or not ");
            locked(&mut filter);
            filter.push(if state == State::Waiting { ") and a.must_change" } else { ") and not a.must_change" });
        }
    }
    let mut count = Sql::new("select count(*) from account a join person p on p.id = a.person_id where 1 = 1");
    count.append(&filter);
    let total = count.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0);
    filter.push(" order by a.login limit ").bind(Param::Int(Some(q.limit)));
    filter.push(" offset ").bind(Param::Int(Some(q.offset)));
    Ok((select(tx, &filter, now, today).await?, total))
}

/// One account within the reader's scope.
///
/// # Errors
/// [`Error::NotFound`] when there is none there.
pub async fn find(tx: &mut Tx, account: &Scoped<Uuid>, now: DateTime<Utc>, today: NaiveDate) -> Result<AccountRow> {
    let mut filter = in_scope(account, today);
    filter.push(" and a.id = ").bind(Param::Id(Some(*account.query())));
    select(tx, &filter, now, today).await?.into_iter().next().ok_or(Error::NotFound { what: "thing-account" })
}

/// Persons in the scope without an account whose name holds the text, at most 50.
///
/// # Errors
/// The engine's own error.
pub async fn without_account(tx: &mut Tx, text: &Scoped<String>, today: NaiveDate) -> Result<Vec<WithoutAccount>> {
    let mut sql = Sql::new("select p.id, p.name, ");
    first_post(&mut sql, today);
    sql.push(" from person p where not exists (select 1 from account a where a.person_id = p.id)");
    sql.append(&in_scope(text, today));
    if !text.query().trim().is_empty() {
        matching(&mut sql, text.query());
        sql.push(")");
    }
    sql.push(" order by p.key limit 50");
    let rows = sql.fetch_all(tx).await?;
    let read = |row: AnyRow| -> Result<WithoutAccount> {
        Ok(WithoutAccount {
            id: row.id(0)?.unwrap_or_default(),
            name: row.text(1)?.unwrap_or_default(),
            post: row.text(2)?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// ` and …`: no term of today or later outside the reader's scope.
fn in_scope<Q>(scoped: &Scoped<Q>, today: NaiveDate) -> Sql {
    let mut sql = Sql::new(
        " and not exists (select 1 from term t join post o on o.id = t.post_id
          where t.person_id = p.id and (t.valid_to is null or t.valid_to > ",
    );
    sql.bind(Param::Date(Some(today))).push(") and not (1 = 1");
    scoped.restrict(&mut sql, "o.unit_id");
    sql.push("))");
    sql
}

/// ` and (lower(p.name) like …`, left open.
fn matching(sql: &mut Sql, text: &str) {
    sql.push(" and (lower(p.name) like ").bind(Param::Text(Some(pattern(text)))).push(" escape '\\'");
}

/// What `like` looks for; its own signs mean themselves.
fn pattern(text: &str) -> String {
    let text = text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{text}%")
}

fn first_post(sql: &mut Sql, today: NaiveDate) {
    sql.push(
        "(select u.name || ' · ' || o.name from term t join post o on o.id = t.post_id join unit u on u.id = o.unit_id
          where t.person_id = p.id and t.valid_from <= ",
    );
    sql.bind(Param::Date(Some(today))).push(" and (t.valid_to is null or t.valid_to > ");
    sql.bind(Param::Date(Some(today))).push(
        ") order by case when t.part = 'holder' then 0 else 1 end, u.official_order, o.official_order, o.key limit 1)",
    );
}

async fn select(tx: &mut Tx, filter: &Sql, now: DateTime<Utc>, today: NaiveDate) -> Result<Vec<AccountRow>> {
    let mut sql = Sql::new("select a.id, a.login, p.name, a.disabled, a.must_change, a.locked_until, a.created_at, ");
    first_post(&mut sql, today);
    sql.push(
        ", (select e.at from audit_entry e where e.subject_kind = 'account' and e.subject_id = a.id and e.action = 'sign_in'
            order by e.seq desc limit 1)
         from account a join person p on p.id = a.person_id where 1 = 1",
    );
    sql.append(filter);
    let read = |row: AnyRow| -> Result<AccountRow> {
        let locked_until = row.time(5)?.filter(|until| *until > now);
        let state = match (row.bool(3)?, locked_until, row.bool(4)?) {
            (Some(true), ..) => State::Disabled,
            (_, Some(_), _) => State::Locked,
            (.., Some(true)) => State::Waiting,
            _ => State::Active,
        };
        Ok(AccountRow {
            id: row.id(0)?.unwrap_or_default(),
            login: row.text(1)?.unwrap_or_default(),
            name: row.text(2)?.unwrap_or_default(),
            post: row.text(7)?,
            state,
            locked_until,
            last_sign_in: row.time(8)?,
            created_at: row.time(6)?.unwrap_or_default(),
        })
    };
    sql.fetch_all(tx).await?.into_iter().map(read).collect()
}

/// Refuses a person outside the reader's scope.
///
/// # Errors
/// [`Error::NotFound`] when there is none there.
pub async fn may_have_account(tx: &mut Tx, person: &Scoped<Uuid>, today: NaiveDate) -> Result<()> {
    let mut sql = Sql::new("select p.id from person p where p.id = ");
    sql.bind(Param::Id(Some(*person.query()))).append(&in_scope(person, today));
    sql.fetch_optional(tx).await?.map(|_| ()).ok_or(Error::NotFound { what: "thing-person" })
}
