//! `hejian token`: tokens for programs, from the console. Audited as console.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use hejian_kernel::{
    access::{issue_token, token},
    sql,
};
use serde_json::json;
use uuid::Uuid;

use super::{failure::Failure, place::Place, user};
use crate::boot;

/// Create, list and revoke tokens for programs 访问令牌
#[derive(Debug, Args)]
pub(super) struct Token {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Create a token; it is shown once 新建令牌
    Create {
        #[command(flatten)]
        place: Place,
        /// Sign-in name of the account it acts for 账号
        #[arg(long)]
        login: String,
        /// What it is for 用途
        #[arg(long)]
        name: String,
        /// Permissions it may use, with commas between; each must be one the post holds 权限
        #[arg(long, value_delimiter = ',', required = true, value_name = "RIGHT,…")]
        rights: Vec<String>,
        /// Stable key of the post it acts in [default: the person's first] 岗位
        #[arg(long, value_name = "KEY")]
        post: Option<String>,
        /// Its life in days, at most 365 有效天数
        #[arg(long, default_value_t = 90)]
        days: i64,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// List the tokens of an account 列出令牌
    List {
        #[command(flatten)]
        place: Place,
        /// Sign-in name 登录名
        #[arg(long)]
        login: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token 吊销令牌
    Revoke {
        #[command(flatten)]
        place: Place,
        /// Id of the token, as `hejian token list` shows it 令牌编号
        id: Uuid,
    },
}

impl Token {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self.what {
            What::Create { place, login, name, rights, post, days, json } => {
                let app = place.open().await?;
                let mut work = app.work(&boot::console()).await?;
                let row = user::by_login(&mut work.tx, work.now, &login).await?;
                let secret = issue_token(&mut work, &row.login, post.as_deref(), &name, &rights, days).await?;
                work.commit().await?;
                if json {
                    say!("{}", json!({ "login": row.login, "name": name, "token": secret }));
                } else {
                    say!("{secret}");
                    eprintln!("This token is shown only now. 令牌只显示这一次。");
                }
                Ok(())
            }
            What::List { place, login, json } => list(&place, &login, json).await,
            What::Revoke { place, id } => revoke(&place, id).await,
        }
    }
}

async fn list(place: &Place, login: &str, json: bool) -> Result<(), Failure> {
    let app = place.open().await?;
    let mut read = app.read(&boot::console()).await?;
    let now = read.now;
    let row = user::by_login(&mut read.tx, now, login).await?;
    let tokens = token::list(&mut read.tx, row.id).await?;
    if json {
        let tokens: Vec<_> = tokens
            .iter()
            .map(|t| {
                json!({ "id": t.id, "name": t.name, "rights": t.rights, "post": t.post, "unit": t.unit,
                        "created_at": t.created_at, "expires_at": t.expires_at, "revoked_at": t.revoked_at,
                        "last_used_at": t.last_used_at })
            })
            .collect();
        say!("{}", json!({ "tokens": tokens }));
        return Ok(());
    }
    for t in &tokens {
        say!("{}\t{}\t{}\t{}\t{} {}", t.id, state(t.revoked_at, t.expires_at, now), t.name, t.rights, t.unit, t.post);
    }
    say!("{} tokens of {}.", tokens.len(), row.login);
    Ok(())
}

fn state(revoked: Option<DateTime<Utc>>, expires: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match revoked {
        Some(at) => format!("revoked {}", at.date_naive()),
        None if expires <= now => format!("expired {}", expires.date_naive()),
        None => format!("until {}", expires.date_naive()),
    }
}

async fn revoke(place: &Place, id: Uuid) -> Result<(), Failure> {
    let app = place.open().await?;
    let mut work = app.work(&boot::console()).await?;
    let owner: Option<(Uuid,)> =
        sql!(&mut work.tx, fetch_optional, "select account_id from api_token where id = $1", id)?;
    let missing = || Failure::Failed(format!("there is no token {id}. `hejian token list` shows those of an account."));
    let (account,) = owner.ok_or_else(missing)?;
    token::revoke(&mut work, account, id).await?;
    work.commit().await?;
    say!("The token {id} is revoked.");
    Ok(())
}
