//! What to-dos and messages about duties are called, in both languages.
//!
//! The rule that matters: what is sent is kept as data, for readers of either language.

use hejian_kernel::{i18n::Lang, message::Title};

use crate::campaign::standard::Standard;

/// A title in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Words {
    zh: String,
    en: String,
}

impl Words {
    /// What is said in each language.
    pub fn of(said: impl Fn(Lang) -> String) -> Self {
        Words { zh: said(Lang::ZhCn), en: said(Lang::En) }
    }

    /// `D02 社区办公服务用房达标率`
    pub fn indicator(standard: &Standard, code: &str) -> Self {
        let of = standard.pack.indicator(code);
        Self::of(|lang| format!("{code} {}", of.map(|of| standard.name(lang, of)).unwrap_or_default()))
    }

    /// As a title.
    pub fn title(&self) -> Title<'_> {
        Title { zh: &self.zh, en: Some(&self.en) }
    }
}
