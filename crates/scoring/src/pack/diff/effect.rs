//! What a change of a field alters: points, work, or only words. Owns the two lists of fields that cannot alter points;
//! whatever is in neither, known or not, is taken to alter them.

use serde::{Deserialize, Serialize};

/// What a change alters, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Names, reasons, marks and references: nobody's points and nobody's work.
    Words,
    /// Who leads and supports, what is reported, proved and inspected: work, not points.
    Work,
    /// Points, or whether an indicator is assessed.
    Scores,
}

/// Fields that say who does what and what is shown to whom. Everything under them is work too.
const WORK: &[&str] = &[
    "lead",
    "co",
    "support",
    "evidence",
    "checklist",
    "methods",
    "cadence",
    "attainable_by",
    "award_cycle_years",
    "validity",
    "community_breakdown",
    "register",
    "fact",
];

/// Fields that only say something. Everything under them is words too.
const WORDS: &[&str] = &[
    "name_zh",
    "name_en",
    "words",
    "why",
    "source",
    "confidence",
    "status",
    "state",
    "what_is_found",
    "what_is_inferred",
    "document_no",
    "issued",
    "id_of_document",
    "version",
    "scoring_defaults",
    "available_in",
    "used_by",
    "unit",
    "was",
];

impl Effect {
    /// The effect of a change at a path below an entry: the segments after its code. The first segment that is in a
    /// list decides, so that `evidence[1].words` is work and `rule.then.points` is scores.
    pub(super) fn of(segments: &[&str]) -> Effect {
        // In a rule, `methods` with their weights give points; only words inside it are words.
        let in_rule = segments.first() == Some(&"rule");
        for segment in segments {
            let name = segment.split('[').next().unwrap_or(segment);
            if WORDS.contains(&name)
                || name.ends_with("_why")
                || name.ends_with("_reason")
                || name.ends_with("_confidence")
            {
                return Effect::Words;
            }
            if !in_rule && WORK.contains(&name) {
                return Effect::Work;
            }
        }
        // The name of a condition or tier is what it asks in words; the name of a further value is bound in expressions.
        if in_rule && segments.last() == Some(&"name") {
            return Effect::Words;
        }
        Effect::Scores
    }

    /// The effect of a whole entry coming or going: only an indicator that counts carries points of its own.
    pub(super) fn of_entry(kind: super::EntryKind, value: &serde_json::Value) -> Effect {
        match kind {
            super::EntryKind::Indicator if value["kind"] == "reference" => Effect::Work,
            super::EntryKind::Indicator | super::EntryKind::Standard => Effect::Scores,
            super::EntryKind::Measure => Effect::Work,
            super::EntryKind::Area => Effect::Words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_nobody_knows_counts_as_one_that_alters_scores() {
        assert_eq!(Effect::of(&["some_later_field"]), Effect::Scores);
    }

    #[test]
    fn the_first_known_segment_of_a_path_decides() {
        for (path, effect) in [
            (&["rule", "full_at"][..], Effect::Scores),
            (&["points"], Effect::Scores),
            (&["rule", "each", "D03.1", "points"], Effect::Scores),
            (&["rule", "each", "D03.1", "name"], Effect::Words),
            (&["also", "city", "name"], Effect::Scores),
            (&["rule", "methods[1]", "weight"], Effect::Scores),
            (&["evidence[1]", "words"], Effect::Work),
            (&["methods[1]", "weight"], Effect::Work),
            (&["rule_confidence"], Effect::Words),
            (&["community_value_why"], Effect::Words),
            (&["measure", "numerator", "words"], Effect::Words),
            (&["measure", "stale_after"], Effect::Scores),
        ] {
            assert_eq!(Effect::of(path), effect, "{path:?}");
        }
    }
}
