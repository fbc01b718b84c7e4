//! `hejian user`: what the console may do with accounts. Audited as console.
//!
//! The rule that matters: the console makes no powerful account. It gives one to a person who is there already and whose
//! posts hold no right; everybody else is given one by the system administrator, in the product.

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand};
use hejian_kernel::{
    access::{
        Scoped,
        account::{self, AccountQuery, AccountRow, FirstPassword},
        create_account, posts_of,
    },
    clock::local_day,
    db::Tx,
    sql,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    failure::Failure,
    place::{Place, Secret, print_secrets},
};
use crate::boot;

/// List, create, reset and disable accounts 账号
#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List accounts 列出账号
    List {
        #[command(flatten)]
        place: Place,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Give an account to an existing person whose posts hold no right 新建账号
    ///
    /// The first three accounts, those of the administrators, are made by `hejian init`. A person with rights is given an
    /// account by the system administrator, in the product.
    Create {
        #[command(flatten)]
        place: Place,
        /// Name of the person, or the stable key where several have that name 人员
        #[arg(long, value_name = "NAME")]
        person: String,
        /// Sign-in name 登录名
        #[arg(long)]
        login: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Set a fresh password, lift a lock, end all sessions 重置口令
    Reset {
        #[command(flatten)]
        place: Place,
        /// Sign-in name 登录名
        login: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Disable an account and end its sessions 停用账号
    Disable {
        #[command(flatten)]
        place: Place,
        /// Sign-in name 登录名
        login: String,
    },
}

impl User {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self.what {
            What::List { place, json } => list(&place, json).await,
            What::Create { place, person, login, json } => create(&place, &person, &login, json).await,
            What::Reset { place, login, json } => reset(&place, &login, json).await,
            What::Disable { place, login } => disable(&place, &login).await,
        }
    }
}

/// All accounts, or those whose login or name holds the text.
async fn accounts(tx: &mut Tx, text: &str, now: DateTime<Utc>, today: NaiveDate) -> Result<Vec<AccountRow>, Failure> {
    let query = AccountQuery { text: text.to_owned(), limit: i64::MAX, ..AccountQuery::default() };
    let query = Scoped::for_engine(query, "the console of the server: accounts by login, no business record");
    Ok(account::list(tx, &query, now, today).await?.0)
}

/// The account of that login.
pub(super) async fn by_login(tx: &mut Tx, now: DateTime<Utc>, login: &str) -> Result<AccountRow, Failure> {
    let login = account::normal_login(login);
    let found = accounts(tx, &login, now, local_day(now)).await?.into_iter().find(|row| row.login == login);
    found.ok_or_else(|| Failure::Failed(format!("there is no account `{login}`. `hejian user list` shows all.")))
}

async fn list(place: &Place, json: bool) -> Result<(), Failure> {
    let app = place.open().await?;
    let mut read = app.read(&boot::console()).await?;
    let (now, today) = (read.now, read.today());
    let rows = accounts(&mut read.tx, "", now, today).await?;
    if json {
        let rows: Vec<_> = rows
            .iter()
            .map(|r| {
                json!({ "login": r.login, "name": r.name, "post": r.post, "state": r.state.name(),
                        "locked_until": r.locked_until, "last_sign_in": r.last_sign_in, "created_at": r.created_at })
            })
            .collect();
        say!("{}", json!({ "accounts": rows }));
        return Ok(());
    }
    for row in &rows {
        say!("{}\t{}\t{}\t{}", row.login, row.state.name(), row.name, row.post.as_deref().unwrap_or("—"));
    }
    say!("{} accounts.", rows.len());
    Ok(())
}

async fn create(place: &Place, person: &str, login: &str, json: bool) -> Result<(), Failure> {
    let app = place.open().await?;
    let mut work = app.work(&boot::console()).await?;
    let (id, key, name) = the_person(&mut work.tx, person).await?;
    let today = work.today();
    if posts_of(&mut work.tx, id, today).await?.iter().any(|post| !post.grants.is_empty()) {
        return Err(Failure::Failed(format!(
            "{name} holds a post with rights: the system administrator gives the account, in the product. The console makes only accounts without rights."
        )));
    }
    let first = create_account(&mut work, &key, login).await?;
    work.commit().await?;
    shown(Secret { login: account::normal_login(login), password: first.text().to_owned(), of: name }, json)
}

/// The person of that name or key: id, key, name.
async fn the_person(tx: &mut Tx, person: &str) -> Result<(Uuid, String, String), Failure> {
    let mut found: Vec<(Uuid, String, String)> =
        sql!(tx, fetch_all, "select id, key, name from person where key = $1 or name = $1 order by key", person)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::Failed(format!(
            "there is no person `{person}`. Persons are entered in the product, under organisation; the first three administrators are made by `hejian init`."
        ))),
        n => {
            let keys: Vec<String> = found.into_iter().map(|(_, key, _)| key).collect();
            Err(Failure::Failed(format!("{n} persons are called {person}: name one by its key ({}).", keys.join(", "))))
        }
    }
}

async fn reset(place: &Place, login: &str, json: bool) -> Result<(), Failure> {
    let app = place.open().await?;
    // Hashing takes a moment: before the transaction, which holds the write lock.
    let first = FirstPassword::generate().await?;
    let mut work = app.work(&boot::console()).await?;
    let row = by_login(&mut work.tx, work.now, login).await?;
    account::reset(&mut work, row.id, &first).await?;
    work.commit().await?;
    shown(Secret { login: row.login, password: first.text().to_owned(), of: row.name }, json)
}

async fn disable(place: &Place, login: &str) -> Result<(), Failure> {
    let app = place.open().await?;
    let mut work = app.work(&boot::console()).await?;
    let row = by_login(&mut work.tx, work.now, login).await?;
    account::disable(&mut work, row.id).await?;
    work.commit().await?;
    say!("{} ({}) is disabled; its sessions are ended.", row.login, row.name);
    Ok(())
}

fn shown(secret: Secret, json: bool) -> Result<(), Failure> {
    if json {
        say!("{}", json!(secret));
    } else {
        print_secrets(&[secret]);
    }
    Ok(())
}
