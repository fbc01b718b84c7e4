//! Catalogues of other tools as drafts. The samples are small and our own, in the shape of the formats.

use hejian_scoring::pack::import::{Imported, ciso, oscal};

const LIBRARY: &str = "\
urn: urn:example:risk:library:parks
locale: en
ref_id: PARKS
name: Parks
copyright: free for any use
version: 3
objects:
  framework:
    urn: urn:example:risk:framework:parks
    ref_id: PARKS-1
    name: Well-kept parks
    scores_definition: [{score: 1, name: poor}]
    requirement_nodes:
    - {urn: 'urn:example:parks:a', assessable: false, depth: 1, ref_id: A, name: Paths}
    - {urn: 'urn:example:parks:a.1', assessable: false, depth: 2, parent_urn: 'urn:example:parks:a', name: Surface}
    - urn: urn:example:parks:a.1.1
      assessable: true
      depth: 3
      parent_urn: urn:example:parks:a.1
      ref_id: A.1 (1)
      description: |
        Paths are even. Holes are filled within a week.
      annotation: A hole is deeper than 3 cm.
      typical_evidence: |
        - Log of repairs
        - Photographs
      implementation_groups: [basic, all]
      weight: 2
      questions:
        urn:example:parks:a.1.1:question:1:
          type: unique_choice
          text: 'Is the log kept?'
          choices: [{urn: x, value: 'Yes'}, {urn: y, value: 'No'}]
    - {urn: 'urn:example:parks:a.1.2', assessable: true, depth: 3, parent_urn: 'urn:example:parks:a.1', ref_id: same, name: Lamps}
    - {urn: 'urn:example:parks:a.1.3', assessable: true, depth: 4, parent_urn: 'urn:example:parks:a.1.2', ref_id: same, name: Lamps work}
    - {urn: 'urn:example:parks:b', assessable: true, depth: 1, name: A gardener}
    - {urn: 'urn:example:parks:c', assessable: false, depth: 1, name: Nothing here}
  threats: [{urn: t}]
";

const CATALOG: &str = r#"{"catalog": {
  "uuid": "0a", "metadata": {"title": "Safe Bridges", "version": "2"},
  "groups": [{"id": "br", "title": "Bridges", "groups": [{"id": "br-w", "title": "Wood", "controls": [
    {"id": "br-1", "title": "Inspection", "props": [{"name": "label", "value": "BR-1"}],
     "params": [{"id": "p1", "label": "how often"}, {"id": "p2", "select": {"choice": ["by eye", "with {{ insert: param, p3 }}"]}}, {"id": "p3", "label": "a tool"}],
     "links": [{"href": "x"}],
     "parts": [
      {"name": "statement", "prose": "Look {{ insert: param, p1 }}:", "parts": [
        {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "at the planks {{ p2 }};"},
        {"name": "item", "props": [{"name": "label", "value": "b."}], "prose": "at {{ insert: param, unknown }} {{ open"}]},
      {"name": "guidance", "prose": "Rot begins below."},
      {"name": "assessment-objective", "prose": "all", "parts": [{"name": "assessment-objective", "prose": "planks are looked at"}]},
      {"name": "assessment-method", "props": [{"name": "method", "value": "EXAMINE"}], "parts": [{"name": "assessment-objects", "prose": "[log of inspections;\n\nplan]"}]},
      {"name": "assessment-method", "props": [{"name": "method", "value": "INTERVIEW"}], "parts": [{"name": "assessment-objects", "prose": "the carpenter"}]},
      {"name": "history", "prose": "x"}],
     "controls": [{"id": "br-1.1", "title": "At night"}, {"id": "br-1.2", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]}]}]}]}],
  "controls": [{"id": "lone", "title": "Sign posts"}],
  "back-matter": {"resources": []}}}"#;

fn shown(imported: &Imported) -> String {
    let left = imported
        .left
        .iter()
        .map(|left| format!("left: {} x {} ({}) {:?}", left.count, left.what, left.why, left.examples));
    format!("{}{}", imported.draft(), left.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_library_becomes_a_draft_that_leaves_open_what_it_does_not_say() {
    let imported = ciso::read("parks.yaml", LIBRARY).unwrap_or_else(|errors| panic!("{errors}"));
    insta::assert_snapshot!(shown(&imported), @r###"
    standard:
      id: PARKS-1
      version: 1
      state: draft
      name_zh: Well-kept parks
      status: DRAFT - imported from a CISO Assistant library, version 3, urn:example:risk:framework:parks
      what_is_found: 'headings and words of the indicators; terms of their use: free for any use'
      what_is_inferred: 'nothing yet: points, leads, levels, measures and rules are open'
      total_points:
    areas:
    - code: A
      name_zh: Paths
      name_en: Paths
      indicators: 3
      points:
    - code: other
      name_zh: other requirements
      name_en: other requirements
      indicators: 1
      points:
    indicators:
    - code: A.1-1
      area: A
      name_zh: Paths are even
      name_en: Paths are even
      points:
      lead:
      words: "Paths are even. Holes are filled within a week.\nA hole is deeper than 3 cm."
      level:
      community_value:
      measure:
      aggregation:
      rule:
      evidence:
      - type: Log of repairs
      - type: Photographs
      checklist:
      - code: A.1-1.c1
        asks: Is the log kept?
        how: Yes / No
      was:
        headings: Surface
        implementation_groups: basic, all
        ref_id: A.1 (1)
        urn: urn:example:parks:a.1.1
        weight: '2'
    - code: a.1.2
      area: A
      name_zh: Lamps
      name_en: Lamps
      points:
      lead:
      words: Lamps
      level:
      community_value:
      measure:
      aggregation:
      rule:
      was:
        headings: Surface
        ref_id: same
        urn: urn:example:parks:a.1.2
    - code: a.1.3
      area: A
      name_zh: Lamps work
      name_en: Lamps work
      points:
      lead:
      words: Lamps work
      level:
      community_value:
      measure:
      aggregation:
      rule:
      was:
        headings: Surface / Lamps
        ref_id: same
        urn: urn:example:parks:a.1.3
    - code: b
      area: other
      name_zh: A gardener
      name_en: A gardener
      points:
      lead:
      words: A gardener
      level:
      community_value:
      measure:
      aggregation:
      rule:
      was:
        urn: urn:example:parks:b
    left: 1 x objects.threats (a standard has no place for it; keep the library) ["threats"]
    left: 1 x framework.scores_definition (a standard has no place for it; keep the library) ["scores_definition"]
    left: 1 x implementation_groups (kept with the indicator under `was`; a standard has no subsets) ["A.1-1"]
    left: 1 x assessable nodes below an assessable node (both are indicators of their own; decide which one carries points) ["a.1.3"]
    left: 1 x headings with nothing to assess below (not carried over) ["Nothing here"]
    "###);
}

#[test]
fn a_catalog_becomes_a_draft_with_parameters_written_into_the_words() {
    let imported = oscal::read("bridges.json", CATALOG).unwrap_or_else(|errors| panic!("{errors}"));
    insta::assert_snapshot!(shown(&imported), @r###"
    standard:
      id: safe-bridges
      version: 1
      state: draft
      name_zh: Safe Bridges
      status: DRAFT - imported from an OSCAL catalog, version 2, 0a
      what_is_inferred: 'nothing yet: points, leads, levels, measures and rules are open'
      total_points:
    areas:
    - code: br
      name_zh: Bridges
      name_en: Bridges
      indicators: 2
      points:
    - code: other
      name_zh: other controls
      name_en: other controls
      indicators: 1
      points:
    indicators:
    - code: lone
      area: other
      name_zh: Sign posts
      name_en: Sign posts
      points:
      lead:
      words: Sign posts
      level:
      community_value:
      measure:
      aggregation:
      rule:
      was:
        id: lone
    - code: br-1
      area: br
      name_zh: Inspection
      name_en: Inspection
      points:
      lead:
      words: "Look [how often]:\na. at the planks [by eye / with [a tool]];\nb. at [unknown] {{ open"
      level:
      community_value:
      measure:
      aggregation:
      rule:
      evidence:
      - type: log of inspections
      - type: plan
      checklist:
      - code: br-1.c1
        asks: planks are looked at
      - code: br-1.c2
        asks: the carpenter
        how: interview
      was:
        guidance: Rot begins below.
        headings: Wood
        id: br-1
        label: BR-1
    - code: br-1.1
      area: br
      name_zh: At night
      name_en: At night
      points:
      lead:
      words: At night
      level:
      community_value:
      measure:
      aggregation:
      rule:
      was:
        headings: Wood / Inspection
        id: br-1.1
    left: 1 x back-matter (a standard has no list of references; keep the catalog) ["back-matter"]
    left: 1 x withdrawn controls (not carried over) ["br-1.2"]
    left: 1 x links (related controls and references are not carried over) ["br-1"]
    left: 3 x parameters (written into the words by label or choices; set each value in words or rule) ["br-1", "br-1", "br-1"]
    left: 1 x parts of the name `history` (not carried over) ["br-1"]
    left: 1 x controls inside a control (indicators of their own; decide which carries points) ["br-1.1"]
    "###);
}

#[test]
fn what_is_no_catalogue_is_refused_with_place_and_remedy() {
    let library = |text: &str| ciso::read("x.yaml", text).unwrap_err().to_string();
    let catalog = |text: &str| oscal::read("x.json", text).unwrap_err().to_string();
    let twice = LIBRARY.replace("urn: 'urn:example:parks:b'", "urn: 'urn:example:parks:a'");
    let nameless = LIBRARY.replace("{urn: 'urn:example:parks:b', ", "{");
    let deep = format!("{{\"catalog\": {{\"groups\": {}", "[{\"groups\": ".repeat(100_000));
    let faults = [
        library("objects: {risk_matrix: []}"),
        library("a: [1"),
        library(&twice),
        library(&nameless),
        catalog("{\"profile\": {}}"),
        catalog("{\"catalog\": {}}"),
        catalog("{\"catalog\": {\"controls\": [{\"title\": 1}]}}"),
        catalog(&deep),
    ];
    insta::assert_snapshot!(faults.join("\n"), @r###"
    x.yaml:1:10: the file has no `objects.framework.requirement_nodes`; give a library file that holds a framework (mappings, matrices and presets hold none)
    x.yaml:2:1: the text is not YAML: while parsing a flow sequence, expected ',' or ']'; correct the indentation, quotes or colon at this place
    x.yaml:36:7: urn `urn:example:parks:a` is used twice; give each urn its own name
    x.yaml:36:7: the key `urn` is missing; add `urn: ...`
    x.json:1:15: the text is not an OSCAL catalog in JSON: missing field `catalog` at line 1 column 15; correct the JSON at this place, or give a catalog (not a profile or plan)
    x.json:1:1: the catalog holds no control; give a catalog with controls (not a profile)
    x.json:1:37: the text is not an OSCAL catalog in JSON: invalid type: integer `1`, expected a string at line 1 column 37; correct the JSON at this place, or give a catalog (not a profile or plan)
    x.json:1:769: the text is not an OSCAL catalog in JSON: recursion limit exceeded at line 1 column 769; correct the JSON at this place, or give a catalog (not a profile or plan)
    "###);
}

#[test]
fn parents_in_a_ring_end_in_a_draft_and_not_in_a_loop() {
    let ring = "objects: {framework: {requirement_nodes: [{urn: a, assessable: true, parent_urn: b}, {urn: b, parent_urn: a}]}}";
    assert_eq!(ciso::read("ring.yaml", ring).unwrap().indicators.len(), 1);
}

#[test]
fn parameters_that_name_each_other_do_not_blow_the_words_up() {
    let choices = "\"{{ insert: param, p }} {{ insert: param, p }}\",".repeat(200);
    let text = format!(
        "{{\"catalog\": {{\"controls\": [{{\"id\": \"a\", \"params\": [{{\"id\": \"p\", \"select\": {{\"choice\": [{}]}}}}],
          \"parts\": [{{\"name\": \"statement\", \"prose\": \"{}\"}}]}}]}}}}",
        choices.trim_end_matches(','),
        "{{p}}".repeat(1000)
    );
    let words = oscal::read("a.json", &text).unwrap().indicators[0].words.len();
    assert!(words < 3 * text.len(), "{words} bytes of words from {} bytes", text.len());
}

#[test]
fn reading_the_same_file_again_gives_the_same_draft() {
    let read = || ciso::read("parks.yaml", LIBRARY).unwrap();
    assert_eq!(read(), read());
    let json = serde_json::to_string(&read()).unwrap();
    assert_eq!(serde_json::from_str::<Imported>(&json).unwrap(), read());
}
