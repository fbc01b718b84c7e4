//! What the audit's words are in the reader's language. Modules may use words this list does not know: those show as they are.

use maud::{Markup, html};

use crate::{
    i18n::{self, Lang, t},
    ui::lamp::{Tone, tag},
    web::App,
};

/// The actions offered in the filter.
pub(in crate::pages) const ACTIONS: &[&str] = &[
    "create",
    "update",
    "remove",
    "restore",
    "act",
    "report_complete",
    "reopen",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "lock",
    "unlock",
    "disable",
    "enable",
    "reset_password",
    "change_password",
    "end_sessions",
    "exclusion_violated",
    "issue",
    "revoke",
    "grant",
    "revoke_grant",
    "appoint",
    "end_term",
    "enqueue",
    "finish",
];

/// What the kernel's own entries are about.
const KINDS: &[&str] =
    &["account", "token", "person", "post", "term", "unit", "coverage", "attachment", "todo", "job", "district"];

/// The kinds of subject offered in the filter: every register, what modules keep beside them, and the kernel's.
pub(super) fn kinds(app: &App) -> Vec<&'static str> {
    let kept = app.modules.iter().flat_map(|module| module.kept).map(|kept| kept.kind);
    app.registers().into_iter().map(|def| def.key).chain(kept).chain(KINDS.iter().copied()).collect()
}

fn label(lang: Lang, keys: &[String], plain: &str) -> String {
    keys.iter().find(|key| i18n::has(lang, key)).map_or_else(|| plain.to_owned(), |key| t(lang, key))
}

/// An action in words.
pub(super) fn action(lang: Lang, name: &str) -> String {
    label(lang, &[format!("audit-action-{}", name.replace('_', "-"))], name)
}

/// A kind of subject in words.
pub(super) fn kind(lang: Lang, name: &str) -> String {
    let dashed = name.replace('_', "-");
    label(lang, &[format!("register-{dashed}"), format!("audit-kind-{dashed}")], name)
}

/// A channel in words.
pub(super) fn channel(lang: Lang, name: &str) -> String {
    label(lang, &[format!("audit-channel-{name}")], name)
}

/// The name an entry gives its subject, if it does. Entries are kept in codes; a register whose records are named by a choice
/// gives the word for it.
pub(super) fn named(lang: Lang, app: &App, kind: &str, detail: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(detail).ok()?;
    let name = ["title", "login", "name", "role"].iter().find_map(|key| value.get(key)?.as_str())?;
    let label = app.register(kind).map(|def| def.choice_label(def.title, name));
    Some(label.filter(|key| i18n::has(lang, key)).map_or_else(|| name.to_owned(), |key| t(lang, &key)))
}

/// Whether an entry's hash fits its content.
pub(super) fn verdict(lang: Lang, sound: bool) -> Markup {
    let (tone, key) = if sound { (Tone::Green, "audit-sound") } else { (Tone::Red, "audit-unsound") };
    html! { (tag(tone, &t(lang, key))) }
}
