//! How an indicator is examined, in words: vetoes, ways of examination, papers.

use hejian_kernel::i18n::{Lang, t, ta};
use hejian_scoring::pack::{Evidence, Indicator, Method, Veto, VetoEffect};

use super::words::number;

/// What a veto does to the total.
#[must_use]
pub fn veto(lang: Lang, veto: &Veto) -> String {
    let cap = veto.cap.as_ref().map(|cap| number(&cap.to_string())).unwrap_or_default();
    let key = match veto.effect {
        VetoEffect::Zero => "standard-veto-zero",
        VetoEffect::Block => "standard-veto-block",
        VetoEffect::Cap => "standard-veto-cap",
    };
    ta(lang, key, &[("cap", cap.into())])
}

/// A way of examination, with its weight where it has one.
#[must_use]
pub fn method(lang: Lang, method: &Method) -> String {
    let name = t(lang, &format!("score-method-{}", method.method.word()));
    match &method.weight {
        None => name,
        Some(weight) => format!("{name} {}%", number(&weight.to_string())),
    }
}

/// Every way of examination.
#[must_use]
pub fn methods(lang: Lang, indicator: &Indicator) -> String {
    let all: Vec<String> = indicator.methods.iter().map(|way| method(lang, way)).collect();
    all.join(&t(lang, "score-list-comma"))
}

/// Every paper.
#[must_use]
pub fn papers(lang: Lang, indicator: &Indicator) -> String {
    let all: Vec<String> = indicator.evidence.iter().map(|evidence| paper(lang, evidence)).collect();
    all.join(&t(lang, "score-list-comma"))
}

/// A paper: what, how many, what each covers, who keeps it, original or copy.
fn paper(lang: Lang, evidence: &Evidence) -> String {
    let details: Vec<String> = [
        evidence.count.map(|count| ta(lang, "standard-paper-count", &[("n", count.into())])),
        evidence.period.map(|grain| {
            let grain = t(lang, &format!("score-grain-{}", grain.word()));
            ta(lang, "standard-paper-covers", &[("grain", grain.into())])
        }),
        evidence.holder.map(|holder| {
            let holder = t(lang, &format!("standard-holder-{}", holder.word()));
            ta(lang, "standard-paper-kept", &[("holder", holder.into())])
        }),
        evidence.form.map(|form| t(lang, &format!("standard-paper-{}", form.word()))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if details.is_empty() {
        return evidence.kind.clone();
    }
    let details = details.join(&t(lang, "standard-paper-join"));
    ta(lang, "standard-paper", &[("type", evidence.kind.clone().into()), ("details", details.into())])
}
