//! Which indicators a reader looks for: filters and words, all from the address; and where the words stand in a text.

use hejian_kernel::{
    i18n::{Lang, t},
    ui::{Markup, controls::Choice, filter::FilterBar, html, query::Query},
};
use hejian_scoring::pack::Indicator;

use super::{BUILT, Leads, Standard, rules};

/// A reader's wish over a standard.
pub(super) struct Find<'a> {
    pub standard: &'a Standard,
    pub leads: &'a Leads,
    pub lang: Lang,
    pub query: &'a Query,
}

impl Find<'_> {
    /// What is looked for, in lower case; empty when nothing is.
    pub fn words(&self) -> String {
        self.query.get("q").unwrap_or_default().trim().to_lowercase()
    }

    /// The indicators wished for, in the order of the standard.
    pub fn found(&self) -> Vec<&Indicator> {
        self.standard.pack.indicators.iter().filter(|indicator| self.passes(indicator)).collect()
    }

    fn passes(&self, indicator: &Indicator) -> bool {
        let is =
            |name: &str, value: &str| self.query.get(name).is_none_or(|wanted| wanted.is_empty() || wanted == value);
        let who = indicator.attainable_by.map_or("", |who| who.word());
        let words = self.words();
        is("area", &indicator.area)
            && is("lead", &indicator.lead)
            && is("who", who)
            && is("kind", kind(indicator))
            && is("registers", if is_built(indicator) { "yes" } else { "no" })
            && (words.is_empty() || self.texts(indicator).iter().any(|text| text.to_lowercase().contains(&words)))
    }

    /// Everything of an indicator that the search looks through.
    fn texts(&self, indicator: &Indicator) -> Vec<String> {
        let Self { standard, leads, lang, .. } = self;
        let mut texts = vec![
            indicator.code.clone(),
            standard.name(*lang, indicator),
            indicator.name_zh.clone(),
            asks(standard, *lang, indicator),
            rules::in_words(standard, *lang, indicator),
            rules::condition(standard, *lang, indicator).unwrap_or_default(),
            leads.name(&indicator.lead).to_owned(),
            standard.measure(*lang, &indicator.measure.id),
        ];
        texts.extend(indicator.co.iter().map(|code| leads.name(code).to_owned()));
        texts.extend(indicator.evidence.iter().map(|paper| paper.kind.clone()));
        texts.extend(indicator.register.iter().map(|key| standard.register(*lang, key)));
        texts
    }

    /// The bar over the tree.
    pub fn bar(&self) -> Markup {
        let Self { standard, leads, lang, query } = *self;
        let area = |area: &hejian_scoring::pack::Area| {
            Choice::new(area.code.clone(), format!("{} {}", area.code, standard.area(lang, area)))
        };
        let areas: Vec<Choice> = standard.pack.areas.iter().map(area).collect();
        let here = ["yes", "no"].map(|key| Choice::new(key, t(lang, &format!("standard-registers-{key}"))));
        let mut kinds: Vec<&str> = standard.pack.indicators.iter().map(kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kinds: Vec<Choice> =
            kinds.into_iter().map(|kind| Choice::new(kind, t(lang, &format!("standard-kind-{kind}")))).collect();
        html! {
            (FilterBar::new(lang, query)
                .select("area", &t(lang, "standard-area"), &areas)
                .select("lead", &t(lang, "standard-lead"), &lead_choices(standard, leads))
                .select("kind", &t(lang, "standard-kind"), &kinds)
                .select("who", &t(lang, "standard-who"), &who_choices(lang))
                .select("registers", &t(lang, "standard-registers"), &here)
                .search("q", &t(lang, "standard-search"), &t(lang, "standard-search-hint")))
        }
    }

    /// A text with what is looked for marked.
    pub fn marked(&self, text: &str) -> Markup {
        marked(text, &self.words())
    }
}

/// What an indicator is for, in the words of the filter; one with a veto is found as a veto whatever else it is.
pub(super) fn kind(indicator: &Indicator) -> &'static str {
    if indicator.veto.is_some() { "veto" } else { indicator.kind.word() }
}

/// A text with every place of `words` (in lower case) marked.
fn marked(text: &str, words: &str) -> Markup {
    let low = text.to_lowercase();
    // Letters whose lower case has another length would shift the places: such a text stays unmarked.
    if words.is_empty() || low.len() != text.len() {
        return html! { (text) };
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for (place, found) in low.match_indices(words) {
        if text.is_char_boundary(place) && text.is_char_boundary(place + found.len()) {
            parts.push((&text[at..place], &text[place..place + found.len()]));
            at = place + found.len();
        }
    }
    html! { @for (before, found) in &parts { (before) mark { (found) } } (text[at..]) }
}

/// The departments that lead, in official order.
pub fn lead_choices(standard: &Standard, leads: &Leads) -> Vec<Choice> {
    let mut codes: Vec<&str> = standard.pack.indicators.iter().map(|i| i.lead.as_str()).collect();
    codes.sort_by_key(|code| (leads.place(code), *code));
    codes.dedup();
    codes.into_iter().map(|code| Choice::new(code, leads.name(code))).collect()
}

/// Who can bring an indicator about.
pub fn who_choices(lang: Lang) -> Vec<Choice> {
    ["district", "city", "province"]
        .map(|who| Choice::new(who, t(lang, &format!("standard-attainable-{who}"))))
        .to_vec()
}

/// Whether every register an indicator needs is there.
pub fn is_built(indicator: &Indicator) -> bool {
    indicator.available_in.as_deref().is_some_and(|part| BUILT.contains(&part))
}

/// What an indicator asks, in words.
pub fn asks(standard: &Standard, lang: Lang, indicator: &Indicator) -> String {
    standard.words(lang, "asks", &indicator.code, &indicator.words)
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_is_looked_for_is_marked_wherever_it_stands_and_nothing_else_is_html() {
        assert_eq!(
            marked("社区用房 <D02> 用房", "用房").into_string(),
            "社区<mark>用房</mark> &lt;D02&gt; <mark>用房</mark>"
        );
        assert_eq!(marked("GDP growth", "gdp").into_string(), "<mark>GDP</mark> growth");
        assert_eq!(marked("İx", "x").into_string(), "İx");
    }
}
