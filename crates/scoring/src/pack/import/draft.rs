//! An imported catalogue as a draft `standard.yaml`: every key a standard needs stands there, and the ones a person must
//! fill in stand empty, so that the check of a pack names each of them.

use std::collections::BTreeMap;

use super::{DraftCheck, DraftIndicator, Imported};
use crate::pack::block::Block;

impl Imported {
    /// The draft as text, keys in the order of a standard.
    pub fn draft(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for indicator in &self.indicators {
            *counts.entry(&indicator.area).or_default() += 1;
        }
        let areas = self.areas.iter().map(|area| {
            Block::Map(vec![
                ("code", text(&area.code)),
                ("name_zh", text(&area.name)),
                ("name_en", text(&area.name)),
                ("indicators", Block::Word(counts.get(area.code.as_str()).copied().unwrap_or_default().to_string())),
                ("points", Block::Open),
            ])
        });
        Block::Map(vec![
            ("standard", self.standard()),
            ("areas", Block::List(areas.collect())),
            ("indicators", Block::List(self.indicators.iter().map(indicator).collect())),
        ])
        .write()
    }

    fn standard(&self) -> Block {
        let origin = &self.origin;
        let version = origin.version.as_deref().map(|version| format!(", version {version}")).unwrap_or_default();
        let identifier = origin.identifier.as_deref().map(|id| format!(", {id}")).unwrap_or_default();
        let mut entries = vec![
            ("id", text(&origin.id)),
            ("version", Block::Word("1".into())),
            ("state", Block::Word("draft".into())),
            ("name_zh", text(&origin.name)),
            ("status", text(&format!("DRAFT - imported from {}{version}{identifier}", origin.format))),
        ];
        if let Some(terms) = &origin.copyright {
            entries.push((
                "what_is_found",
                text(&format!("headings and words of the indicators; terms of their use: {terms}")),
            ));
        }
        entries.push(("what_is_inferred", text("nothing yet: points, leads, levels, measures and rules are open")));
        entries.push(("total_points", Block::Open));
        Block::Map(entries)
    }
}

fn text(text: &str) -> Block {
    Block::Text(text.to_owned())
}

fn indicator(indicator: &DraftIndicator) -> Block {
    let mut entries = vec![
        ("code", text(&indicator.code)),
        ("area", text(&indicator.area)),
        ("name_zh", text(&indicator.name)),
        ("name_en", text(&indicator.name)),
        ("points", Block::Open),
        ("lead", Block::Open),
        ("words", text(&indicator.words)),
        ("level", Block::Open),
        ("community_value", Block::Open),
        ("measure", Block::Open),
        ("aggregation", Block::Open),
        ("rule", Block::Open),
    ];
    if !indicator.evidence.is_empty() {
        let papers = indicator.evidence.iter().map(|paper| Block::Map(vec![("type", text(paper))]));
        entries.push(("evidence", Block::List(papers.collect())));
    }
    if !indicator.checklist.is_empty() {
        let checks = indicator.checklist.iter().enumerate().map(|(i, check)| self::check(&indicator.code, i, check));
        entries.push(("checklist", Block::List(checks.collect())));
    }
    if !indicator.was.is_empty() {
        entries.push(("was", Block::Free(indicator.was.clone().into_iter().collect())));
    }
    Block::Map(entries)
}

fn check(code: &str, i: usize, check: &DraftCheck) -> Block {
    let mut entries = vec![("code", text(&format!("{code}.c{}", i + 1))), ("asks", text(&check.asks))];
    entries.extend(check.how.as_deref().map(|how| ("how", text(how))));
    Block::Map(entries)
}
