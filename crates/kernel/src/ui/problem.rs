//! Pages that say what went wrong.
//!
//! The rule that matters: three things each time — what happened, why, and what to do — in the reader's language; no apology, no
//! exclamation mark, nothing of the machine's insides. A 500 shows a reference that is also in the log.

use maud::{Markup, html};

use super::buttons::{Kind, link_button};
use super::icon;
use super::shell::{Shell, bare_page, page};
use crate::i18n::{Lang, t, ta};

/// Statuses that have their own words; others take those of 400 or 500.
pub const STATUSES: [u16; 10] = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];

/// What went wrong, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// Status of the answer.
    pub status: u16,
    /// What happened: 记录已被他人改过.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub remedy: String,
    /// A reference for whoever is called; may be empty.
    pub reference: String,
}

impl Problem {
    /// The general words of a status.
    pub fn of(lang: Lang, status: u16) -> Problem {
        let known = match status {
            s if STATUSES.contains(&s) => s,
            s if s < 500 => 400,
            _ => 500,
        };
        let words = |part: &str| t(lang, &format!("problem-{known}{part}"));
        Problem { status, what: words(""), why: words("-why"), remedy: words("-how"), reference: String::new() }
    }
    /// A reason closer to the case.
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }
    /// A remedy closer to the case.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }
    /// The reference under which the log has it.
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = reference.into();
        self
    }
}

/// The page: within the shell for somebody signed in, bare otherwise. The caller sets the status of the answer.
pub fn problem_page(shell: &Shell, problem: &Problem) -> Markup {
    let shell = Shell { title: problem.what.clone(), ..shell.clone() };
    let body = problem_panel(&shell, problem);
    if shell.user.is_some() { page(&shell, body) } else { bare_page(&shell, body) }
}

/// The same as a part of a page, for an answer that swaps a part.
pub fn problem_panel(shell: &Shell, problem: &Problem) -> Markup {
    let lang = shell.lang;
    let home = if shell.home.is_empty() { "/" } else { &shell.home };
    html! {
        section.hj-panel.hj-problem role="alert" {
            header { h1 { (icon("warn")) (problem.what) } span.acts.dim { (problem.status) } }
            div.pad {
                p { (problem.why) }
                p { b { (problem.remedy) } }
                @if !problem.reference.is_empty() {
                    p.xs.dim { (ta(lang, "problem-where", &[("reference", problem.reference.clone().into())])) }
                }
                div.flex.mt {
                    (link_button(&t(lang, "problem-home"), home, "", Kind::Plain))
                    @if shell.user.is_none() { (link_button(&t(lang, "problem-sign-in"), "/sign-in", "", Kind::Primary)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_clean, sample_shell};
    use super::*;

    #[test]
    fn every_status_says_what_why_and_what_to_do_in_both_languages() {
        for lang in Lang::ALL {
            for status in STATUSES {
                let problem = Problem::of(lang, status);
                for words in [&problem.what, &problem.why, &problem.remedy] {
                    assert!(!words.starts_with('[') && !words.contains(['！', '!']), "{status} {words}");
                }
                let html = problem_page(&sample_shell(lang), &problem).into_string();
                assert_clean(&html);
                assert_eq!(html.matches("<h1").count(), 1);
            }
        }
    }

    #[test]
    fn a_status_without_words_takes_those_of_its_class() {
        assert_eq!(Problem::of(Lang::ZhCn, 418).what, Problem::of(Lang::ZhCn, 400).what);
        assert_eq!(Problem::of(Lang::ZhCn, 502).what, Problem::of(Lang::ZhCn, 500).what);
    }

    #[test]
    fn a_stranger_gets_the_bare_page_and_no_navigation() {
        let shell = Shell { user: None, ..sample_shell(Lang::ZhCn) };
        let problem = Problem::of(Lang::ZhCn, 500).reference("018f").why("<b>");
        let html = problem_page(&shell, &problem).into_string();
        assert!(html.contains("p-login") && !html.contains("hj-side"));
        assert!(html.contains("出错位置 018f") && html.contains("&lt;b&gt;"));
    }
}
