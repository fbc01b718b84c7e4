//! The explanation of D02 in three communities, down to the records.

use std::fmt::Write;

use hejian_scoring::explain::{Label, Node, NodeKind};

use crate::support::{day, district, fact, real_pack, scores};

/// One line a node: kind, label, unit, operation, value, verdict, coverage, reasons, sources.
fn outline(node: &Node, depth: usize, text: &mut String) {
    let label = match &node.label {
        Label::Figure { name, measure, .. } => format!(" {name} {measure}"),
        Label::Measure { measure, name } => format!(" {} {measure}", name.as_deref().unwrap_or("-")),
        Label::Indicator { code } => format!(" {code}"),
        Label::Rule { form } => format!(" {form}"),
        _ => String::new(),
    };
    let _ = write!(text, "{}{}{label}", "  ".repeat(depth), node.kind.word());
    let mut part = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = write!(text, " | {name} {value}");
        }
    };
    part("at", node.unit.clone());
    part("in", node.period.map(|period| period.to_string()));
    part("op", node.operation.clone());
    part("value", node.value.as_ref().map(|value| format!("{}{}", value.text, value.unit.as_deref().unwrap_or(""))));
    part("verdict", node.verdict.map(|verdict| verdict.word().to_owned()));
    part(
        "known",
        node.coverage.map(|coverage| format!("{}/{} met {:?}", coverage.known, coverage.units, coverage.met)),
    );
    for reason in &node.reasons {
        part(
            "because",
            Some(format!("{} {} {:?}", reason.kind.word(), reason.measure.as_deref().unwrap_or("-"), reason.units)),
        );
    }
    for source in &node.sources {
        part("from", Some(format!("{}:{}@{}", source.register, source.record, source.version)));
    }
    text.push('\n');
    for child in &node.children {
        outline(child, depth + 1, text);
    }
}

fn d02(third: &[(&str, &str, &str)]) -> Node {
    let mut rows = vec![
        fact("C1", "2008", "series.households", "2446"),
        fact("C1", "2009-05", "premises.usable_floor_area", "489.2"),
        fact("C2", "2008", "series.households", "2446"),
        fact("C2", "2009-04", "premises.usable_floor_area", "459.0"),
    ];
    rows.extend(third.iter().map(|(period, measure, value)| fact("C3", period, measure, value)));
    scores(&real_pack(), &district(3), rows, day()).indicator("D02").unwrap().explanation.clone()
}

#[test]
fn premises_are_explained_from_the_points_down_to_the_records() {
    let node = d02(&[("2008", "series.households", "1000"), ("2009-06", "premises.usable_floor_area", "300")]);
    let mut text = String::new();
    outline(&node, 0, &mut text);
    insta::assert_snapshot!(text, @r###"
    indicator D02 | at D | value 2 | verdict partly
      rule proportional | op 3 * (66.6667 - 40) / (80 - 40) | value 2 | verdict partly
        figure value premises.meeting_share | op 2 / 3 * 100 | value 66.6667% | known 3/3 met Some(2)
          numerator | value 2
          denominator | value 3
          unit | at C1 | op 489.2 >= max(300, 2446 / 100 * 20) = 489.2 | verdict met
            reading floor_area premises.usable_floor_area | at C1 | in 2009-05 | value 489.2m² | from premises:premises.usable_floor_area@C1@1
            reading households series.households | at C1 | in 2008 | value 2446户 | from series:series.households@C1@1
          unit | at C2 | op 459 >= max(300, 2446 / 100 * 20) = 489.2 | verdict not_met
            reading floor_area premises.usable_floor_area | at C2 | in 2009-04 | value 459m² | from premises:premises.usable_floor_area@C2@1
            reading households series.households | at C2 | in 2008 | value 2446户 | from series:series.households@C2@1
          unit | at C3 | op 300 >= max(300, 1000 / 100 * 20) = 300 | verdict met
            reading floor_area premises.usable_floor_area | at C3 | in 2009-06 | value 300m² | from premises:premises.usable_floor_area@C3@1
            reading households series.households | at C3 | in 2008 | value 1000户 | from series:series.households@C3@1
    "###);
}

#[test]
fn an_unknown_community_is_named_and_the_share_is_not_made_without_it() {
    let node = d02(&[("2008", "series.households", "1000")]);
    let mut text = String::new();
    outline(&node, 0, &mut text);
    insta::assert_snapshot!(text, @r###"
    indicator D02 | at D | verdict unknown | because missing_fact premises.usable_floor_area ["C3"]
      rule proportional | verdict unknown | because missing_fact premises.usable_floor_area ["C3"]
        figure value premises.meeting_share | verdict unknown | known 2/3 met Some(1) | because missing_fact premises.usable_floor_area ["C3"]
          numerator
          denominator | value 3
          unit | at C1 | op 489.2 >= max(300, 2446 / 100 * 20) = 489.2 | verdict met
            reading floor_area premises.usable_floor_area | at C1 | in 2009-05 | value 489.2m² | from premises:premises.usable_floor_area@C1@1
            reading households series.households | at C1 | in 2008 | value 2446户 | from series:series.households@C1@1
          unit | at C2 | op 459 >= max(300, 2446 / 100 * 20) = 489.2 | verdict not_met
            reading floor_area premises.usable_floor_area | at C2 | in 2009-04 | value 459m² | from premises:premises.usable_floor_area@C2@1
            reading households series.households | at C2 | in 2008 | value 2446户 | from series:series.households@C2@1
          unit | at C3 | op ? >= max(300, 1000 / 100 * 20) = 300 | verdict unknown | because missing_fact premises.usable_floor_area ["C3"]
            reading floor_area premises.usable_floor_area | at C3 | because missing_fact premises.usable_floor_area ["C3"]
            reading households series.households | at C3 | in 2008 | value 1000户 | from series:series.households@C3@1
    "###);
}

#[test]
fn an_explanation_is_data_that_reads_back_equal() {
    let node = d02(&[]);
    let json = serde_json::to_string(&node).unwrap();
    assert_eq!(serde_json::from_str::<Node>(&json).unwrap(), node);
    let first = node.walk().find(|node| node.kind == NodeKind::Reading).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(first).unwrap(), @r###"
    {
      "kind": "reading",
      "label": {
        "key": "measure",
        "measure": "premises.usable_floor_area",
        "name": "floor_area"
      },
      "value": {
        "text": "489.2",
        "exact": true,
        "unit": "m²"
      },
      "unit": "C1",
      "period": "2009-05",
      "sources": [
        {
          "register": "premises",
          "record": "premises.usable_floor_area@C1",
          "version": 1
        }
      ]
    }
    "###);
}
