//! Accounts: a login and a password for a person. Rights come from the person's posts, never from the account.
//!
//! The rule that matters: one account a person, one password that only its owner knows; whoever sets it for them sets one that
//! must be changed at the first sign-in. Every change is audited.

mod change;
mod create;
mod list;
mod sign_in;

pub use change::{change_own_password, disable, enable, reset, unlock};
pub use create::{FirstPassword, create, create_many};
pub use list::{AccountQuery, AccountRow, State, WithoutAccount, find, list, may_have_account, without_account};
pub use sign_in::{SignedIn, sign_in, sign_out};

use serde_json::Value;
use uuid::Uuid;

use crate::{
    audit::Entry,
    error::{Error, FieldProblem, Message},
    work::Work,
};

/// A login as it is stored and compared: without spaces around it, in small letters.
#[must_use]
pub fn normal_login(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// What is wrong with a login, if anything: 3 to 32 of `a-z 0-9 . _ -`, a letter or digit first.
fn login_problem(login: &str) -> Option<Message> {
    let fits = (3..=32).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
    (!fits).then(|| Message::new("account-login-form"))
}

fn invalid(field: &str, message: Message) -> Error {
    Error::Invalid(vec![FieldProblem { field: field.to_owned(), message }])
}

fn record(work: &mut Work, action: &'static str, account: Option<Uuid>, detail: Value) {
    let subject_kind = "account".to_owned();
    work.record(Entry { action, subject_kind, subject_id: account, detail, digest: None });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_small_letters_and_digits_however_it_is_typed() {
        assert_eq!(normal_login("  ZhouMing "), "zhouming");
        for good in ["zhouming", "sq-07", "13800000000", "a.b_c"] {
            assert_eq!(login_problem(good), None, "{good}");
        }
        for bad in ["", "ab", "周明", "-abc", "a b c", "A12", &"x".repeat(33)] {
            assert!(login_problem(bad).is_some(), "{bad}");
        }
    }
}
