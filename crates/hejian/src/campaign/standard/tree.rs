//! The standard as a tree: area → indicator → condition. Every branch is a `<details>`: it opens without script and prints open.

use hejian_kernel::{
    i18n::{Lang, t, ta},
    ui::{
        Markup,
        detail::definitions,
        html,
        lamp::{Tone, tag},
    },
};
use hejian_scoring::pack::{Area, Indicator};

use super::{
    examine,
    find::{self, Find, asks, is_built},
    rules,
    words::{figure, mark, number},
};
use crate::campaign::record::carry;

/// What stands beside a definition.
pub(super) struct Tree<'a> {
    pub find: Find<'a>,
    /// Whether indicators lead to their scores: only those of the standard in force have some.
    pub scored: bool,
    /// Where an indicator is edited, of a draft.
    pub edit: Option<String>,
}

impl Tree<'_> {
    fn t(&self, key: &str) -> String {
        t(self.find.lang, key)
    }

    /// The tree of what was found.
    pub fn of(&self, found: &[&Indicator]) -> Markup {
        html! {
            div.hj-tree.std role="group" aria-label=(self.t("standard-caption")) {
                @for area in &self.find.standard.pack.areas {
                    @let inside: Vec<&Indicator> = found.iter().copied().filter(|i| i.area == area.code).collect();
                    @if !inside.is_empty() { (self.area(area, &inside)) }
                }
            }
        }
    }

    fn area(&self, area: &Area, inside: &[&Indicator]) -> Markup {
        let (lang, standard) = (self.find.lang, self.find.standard);
        let count = ta(lang, "standard-items", &[("n", inside.len().into())]);
        html! {
            details.area open {
                summary {
                    span { b { (area.code) " " (self.find.marked(&standard.area(lang, area))) } }
                    span.how { (count) }
                    span.val { (figure(lang, &area.points.to_string(), "")) " " small { (self.t("standard-points-unit")) } }
                }
                ul { @for indicator in inside { li id={ "i-" (indicator.code) } { (self.indicator(indicator)) } } }
            }
        }
    }

    fn indicator(&self, indicator: &Indicator) -> Markup {
        let (lang, find, standard) = (self.find.lang, &self.find, self.find.standard);
        // A word found in the small print opens the branch, so that the mark can be seen.
        let deep = !find.words().is_empty();
        html! {
            details open[deep] {
                summary {
                    span {
                        b { (find.marked(&indicator.code)) } " " (find.marked(&standard.name(lang, indicator)))
                        @if find::kind(indicator) != "basic" { " " (tag(Tone::Red, &self.t(&format!("standard-kind-{}", find::kind(indicator))))) }
                        @if !is_built(indicator) { " " (tag(Tone::Line, &self.t("standard-registers-no"))) }
                        " " span.op { (rules::target(lang, indicator)) }
                    }
                    span.how { (find.marked(find.leads.name(&indicator.lead))) }
                    span.val { (number(&indicator.points.to_string())) }
                }
                ul { @for (text, points) in self.conditions(indicator) {
                    li { div.leaf { span { (find.marked(&text)) } span.how {} span.val { (points) } } }
                } }
                (self.body(indicator))
            }
        }
    }

    /// The conditions that carry points or that each unit must meet, with their points.
    fn conditions(&self, indicator: &Indicator) -> Vec<(String, String)> {
        let (lang, standard) = (self.find.lang, self.find.standard);
        let mut all: Vec<(String, String)> = rules::conditions(standard, lang, indicator);
        if let Some(condition) = rules::condition(standard, lang, indicator) {
            let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
            let each = ta(lang, "standard-each-unit", &[("level", level.into()), ("condition", condition.into())]);
            all.push((each, String::new()));
        }
        all
    }

    fn body(&self, indicator: &Indicator) -> Markup {
        let (lang, find, standard) = (self.find.lang, &self.find, self.find.standard);
        let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
        let by = t(lang, &format!("score-by-{}", indicator.aggregation.word()));
        let supporters: Vec<&str> = indicator.co.iter().map(|code| find.leads.name(code)).collect();
        let registers: Vec<String> = indicator.register.iter().map(|key| standard.register(lang, key)).collect();
        let join = t(lang, "standard-list-join");
        let named = |key: &str, text: String| (self.t(key), html! { (find.marked(&text)) });
        let mut items = vec![
            named("standard-asks", asks(standard, lang, indicator)),
            named("standard-rule", rules::in_words(standard, lang, indicator)),
            named("standard-measure", format!("{} · {level} · {by}", standard.measure(lang, &indicator.measure.id))),
            named("standard-lead", find.leads.name(&indicator.lead).to_owned()),
        ];
        if !supporters.is_empty() {
            items.push(named("standard-co", supporters.join(&join)));
        }
        if let Some(who) = indicator.attainable_by {
            items.push(named("standard-who", t(lang, &format!("standard-attainable-{}", who.word()))));
        }
        if let Some(veto) = &indicator.veto {
            items.push(named("standard-veto", examine::veto(lang, veto)));
        }
        items.push(named("standard-methods", examine::methods(lang, indicator)));
        items.push(named("standard-evidence", examine::papers(lang, indicator)));
        items.push(named("standard-registers", registers.join(&join)));
        let marks: Vec<String> = [
            ("standard-threshold", &indicator.threshold_confidence),
            ("standard-rule-mark", &indicator.rule_confidence),
        ]
        .into_iter()
        .filter_map(|(key, given)| Some(format!("{} {}", t(lang, key), mark(lang, given.as_deref()?))))
        .collect();
        items.push(named("standard-marks", marks.join(&join)));
        items.retain(|(_, text)| !text.0.is_empty());
        let items: Vec<(&str, Markup)> = items.iter().map(|(term, text)| (term.as_str(), text.clone())).collect();
        html! {
            div.std-body {
                (definitions(&items))
                @if self.scored { a.btn.btn-sm.no-print href=(carry(self.find.query, &format!("/score/{}", indicator.code))) { (self.t("standard-to-score")) } }
                @if let Some(edit) = &self.edit { a.btn.btn-sm.no-print href=(format!("{edit}/{}", indicator.code)) { (self.t("standard-edit-here")) } }
            }
        }
    }
}

/// The buttons that open and close all branches, for the panel's heading (they need script).
pub(super) fn buttons(lang: Lang) -> Markup {
    hejian_kernel::ui::tree::tree_buttons(lang)
}
