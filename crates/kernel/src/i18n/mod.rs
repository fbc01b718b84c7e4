//! The product's words in two languages, Chinese first.
//!
//! Owns the lookup of a key in `locales/<language>/*.ftl` (one file a module) and the writing of figures, money and dates ([`mod@format`]).
//! The rule that matters: both languages have the same keys with the same variables, so that no page is half translated. A key that
//! does not exist is shown in brackets and counted ([`misses`]), never replaced by the other language or by nothing.

pub mod format;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use fluent_templates::{LanguageIdentifier, langid, static_loader};
use serde::{Deserialize, Serialize};

/// A value for a variable of a message: a number or a text (`3.into()`, `name.into()`).
pub use fluent_templates::fluent_bundle::FluentValue as Value;

static_loader! {
    static LOCALES = {
        locales: "../../locales",
        fallback_language: "zh-CN",
        // Isolation marks around variables would end up in exports, audit text and searches.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ZH_CN: LanguageIdentifier = langid!("zh-CN");
static EN: LanguageIdentifier = langid!("en");
static MISSES: AtomicU64 = AtomicU64::new(0);

/// A language of the user interface. Chinese is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both languages, the default first.
    pub const ALL: [Lang; 2] = [Lang::ZhCn, Lang::En];

    /// Reads a language tag as people and browsers write it (`zh-CN`, `zh_Hans`, `en-GB`, `EN`); `None` for any other language.
    pub fn parse(tag: &str) -> Option<Lang> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "zh" => Some(Lang::ZhCn),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that the product speaks; the default where there is none.
    /// Weights are not read: browsers list languages in order of preference.
    pub fn from_accept(header: &str) -> Lang {
        header.split(',').find_map(|part| Lang::parse(part.split(';').next().unwrap_or_default())).unwrap_or_default()
    }

    /// The BCP 47 tag, as used in `lang=`, in addresses and in the user's profile.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::ZhCn => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language to switch to.
    pub fn other(self) -> Lang {
        match self {
            Lang::ZhCn => Lang::En,
            Lang::En => Lang::ZhCn,
        }
    }

    /// The language's name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::ZhCn => "中文",
            Lang::En => "English",
        }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Lang::ZhCn => &ZH_CN,
            Lang::En => &EN,
        }
    }
}

/// The text of a message without variables. A missing key comes back as `[key]` and is counted.
pub fn t(lang: Lang, key: &str) -> String {
    look_up(lang, key, None)
}

/// The text of a message with variables: `ta(lang, "due-left", &[("n", 3.into())])`. A missing key, or a message whose variables were
/// not all given, comes back as `[key]` and is counted.
pub fn ta(lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> String {
    let args: HashMap<&str, Value<'_>> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    look_up(lang, key, Some(&args))
}

fn look_up(lang: Lang, key: &str, args: Option<&HashMap<&str, Value<'_>>>) -> String {
    LOCALES.lookup_single_language(lang.id(), key, args).unwrap_or_else(|problem| {
        MISSES.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(%problem, key, lang = lang.tag(), "label missing");
        format!("[{key}]")
    })
}

/// Whether the language has a label of this key: a message that needs no variables.
pub fn has(lang: Lang, key: &str) -> bool {
    LOCALES.lookup_single_language::<&str>(lang.id(), key, None).is_ok()
}

/// Those of `keys` that the language lacks, in their order; for tests that every label of a register exists.
pub fn missing<I>(lang: Lang, keys: I) -> Vec<String>
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    keys.into_iter().map(|key| key.as_ref().to_owned()).filter(|key| !has(lang, key)).collect()
}

/// How many lookups since the start of the process found no text.
pub fn misses() -> u64 {
    MISSES.load(Ordering::Relaxed)
}

/// Puts a [`crate::error::Message`] into words. Arguments that are themselves label keys (`thing-…`, `role-…`, a `field`, a `kind`) are
/// put into words first; whole numbers become numbers, so that plurals work.
pub fn message(lang: Lang, message: &crate::error::Message) -> String {
    let words: Vec<(&str, Value<'_>)> = message
        .args
        .iter()
        .map(|(name, value)| {
            let label = value.starts_with("thing-") || value.starts_with("role-");
            let names = label || matches!(name.as_str(), "field" | "kind");
            let value: Value<'_> = if names && has(lang, value) {
                t(lang, value).into()
            } else if let (Ok(n), true) = (value.parse::<i64>(), value.len() < 10) {
                n.into()
            } else {
                value.clone().into()
            };
            (name.as_str(), value)
        })
        .collect();
    if words.is_empty() { t(lang, &message.key) } else { ta(lang, &message.key, &words) }
}
