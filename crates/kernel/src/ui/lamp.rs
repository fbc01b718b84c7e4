//! Lamps and tags: the only colours on a page besides the accent.
//!
//! The rule that matters: a lamp says its state by colour, shape and word together; the word is never missing, at most hidden from the eye
//! in a column that is named 灯.

use maud::{Markup, html};

use crate::i18n::{Lang, t};

/// State of a matter against its deadline and orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LampKind {
    /// ● In time or met.
    Green,
    /// ▲ Near the deadline, or short of its target.
    Yellow,
    /// ⬣ Past the deadline.
    Red,
    /// ◆ An order of supervision was issued.
    Blue,
    /// A dashed ring: not assessed.
    Grey,
}

impl LampKind {
    /// Class of the lamp and name of its symbol (`#l-green`).
    pub fn tag(self) -> &'static str {
        match self {
            LampKind::Green => "green",
            LampKind::Yellow => "yellow",
            LampKind::Red => "red",
            LampKind::Blue => "blue",
            LampKind::Grey => "grey",
        }
    }

    /// The usual word: 正常, 临期, 逾期, 督办, 未评.
    pub fn word(self, lang: Lang) -> String {
        t(lang, &format!("lamp-{}", self.tag()))
    }
}

/// A lamp with its word.
pub fn lamp(kind: LampKind, word: &str) -> Markup {
    html! { span class={ "hj-lamp " (kind.tag()) } { svg aria-hidden="true" { use href={ "#l-" (kind.tag()) } {} } (word) } }
}

/// A lamp in a narrow column named 灯: the word is for screen readers and the pointer.
pub fn lamp_alone(kind: LampKind, word: &str) -> Markup {
    html! {
        span class={ "hj-lamp " (kind.tag()) } title=(word) {
            svg aria-hidden="true" { use href={ "#l-" (kind.tag()) } {} } span.sr { (word) }
        }
    }
}

/// Ground of a tag or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Grey.
    #[default]
    Plain,
    /// Done, met.
    Green,
    /// Attention.
    Yellow,
    /// Wrong, overdue.
    Red,
    /// Ordered, submitted upwards.
    Blue,
    /// The accent.
    Accent,
    /// An outline.
    Line,
}

impl Tone {
    /// Its class; empty for the plain one.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Green => "green",
            Tone::Yellow => "yellow",
            Tone::Red => "red",
            Tone::Blue => "blue",
            Tone::Accent => "accent",
            Tone::Line => "line",
        }
    }
}

/// A short word on a ground: 已验收, 面积不足.
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span class=(format!("hj-tag {}", tone.class()).trim_end()) { (text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lamp_is_colour_shape_and_word() {
        assert_eq!(
            lamp(LampKind::Yellow, "临期").into_string(),
            r##"<span class="hj-lamp yellow"><svg aria-hidden="true"><use href="#l-yellow"></use></svg>临期</span>"##
        );
        assert!(lamp_alone(LampKind::Red, "逾期").into_string().contains(r#"<span class="sr">逾期</span>"#));
    }

    #[test]
    fn every_lamp_has_a_word_in_both_languages() {
        for lang in Lang::ALL {
            for kind in [LampKind::Green, LampKind::Yellow, LampKind::Red, LampKind::Blue, LampKind::Grey] {
                assert!(!kind.word(lang).starts_with('['));
            }
        }
    }

    #[test]
    fn a_tag_escapes_its_text() {
        assert_eq!(tag(Tone::Plain, "<b>").into_string(), r#"<span class="hj-tag">&lt;b&gt;</span>"#);
    }
}
