//! An error of the kernel in words for the command line: what, each field, and the remedy, in one line.

use hejian_kernel::{
    error::{Error, Message},
    i18n::{self, Lang},
};

/// In English: the command line speaks it, with Chinese hints in its help.
pub(super) fn of(error: &Error) -> String {
    let say = |message: &Message| i18n::message(Lang::En, message);
    if let Error::Invalid(problems) = error {
        let each: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.field, say(&p.message))).collect();
        return each.join(" ");
    }
    if let Error::Internal(cause) = error {
        return format!("internal error: {cause}");
    }
    let message = error.message();
    let remedy = format!("{}-remedy", message.key);
    let remedy = if i18n::has(Lang::En, &remedy) { format!(" {}", i18n::t(Lang::En, &remedy)) } else { String::new() };
    format!("{}{remedy}", say(&message))
}
