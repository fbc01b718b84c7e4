//! Library files of CISO Assistant (YAML): `objects.framework.requirement_nodes`, a flat list of nodes joined by
//! `parent_urn`. Top nodes become areas, assessable nodes indicators; headings in between are kept with the indicator.
//!
//! Met in the format's own libraries and therefore handled: assessable nodes at the top or below other assessable ones,
//! nodes without `ref_id` or name, a `ref_id` used by several nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{fit, unique};
use super::{DraftArea, DraftCheck, DraftIndicator, Imported, Left, Origin, headline};
use crate::pack::PackErrors;
use crate::pack::error::Problem;
use crate::pack::reader::Faults;
use crate::pack::tree::{self, Data, Node};

/// Code and heading of the area of assessable nodes that stand under no heading.
const LOOSE: (&str, &str) = ("other", "other requirements");
/// Headings are followed upward so far; a ring of parents ends here too.
const MAX_DEPTH: usize = 32;

/// Reads a library.
///
/// # Errors
/// The text is not YAML in the limits of a pack file, is not a library with a framework, or a node has no `urn` or one
/// used before; each with file, line and remedy.
pub fn read(name: &str, text: &str) -> Result<Imported, PackErrors> {
    let mut faults = Faults::new(name);
    let tree = Node::read(text).map_err(|(spot, problem)| faults.add(spot, problem)).ok();
    match tree.and_then(|root| library(&root, &mut faults)) {
        Some(imported) if faults.errors.is_empty() => Ok(imported),
        _ => Err(PackErrors(faults.errors)),
    }
}

/// A node of the framework.
struct Requirement<'n> {
    node: &'n Node,
    urn: &'n str,
    parent: Option<&'n str>,
    ref_id: &'n str,
    assessable: bool,
}

fn scalar<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.get(key)?.data {
        Data::Scalar { text, plain } if !(*plain && tree::is_null(text)) => Some(text.trim()),
        _ => None,
    }
}

fn library(root: &Node, faults: &mut Faults) -> Option<Imported> {
    let objects = root.get("objects");
    let framework = objects.and_then(|objects| {
        objects.get("framework").or_else(|| objects.get("frameworks").and_then(|list| list.items().first()))
    });
    let nodes = framework.and_then(|framework| framework.get("requirement_nodes")).map(Node::items);
    let (Some(framework), Some(nodes @ [_, ..])) = (framework, nodes) else {
        let says = "the file has no `objects.framework.requirement_nodes`".to_owned();
        let write = "give a library file that holds a framework (mappings, matrices and presets hold none)".to_owned();
        faults.add(root.spot_of(&["objects", "framework"]), Problem::Unfit { says, write });
        return None;
    };
    let requirements: Vec<_> = nodes.iter().filter_map(|node| requirement(node, faults)).collect();
    let mut by_urn = BTreeMap::new();
    for found in &requirements {
        if by_urn.insert(found.urn, found).is_some() {
            let problem = Problem::Twice { what: "urn".into(), name: super::codes::clipped(found.urn, 200) };
            faults.add(found.node.spot, problem);
        }
    }
    let mut left = Left::default();
    beside(objects, framework, &mut left);
    let origin = origin(root, framework);
    let (areas, indicators) = catalogue(&requirements, &by_urn, &mut left);
    Some(Imported { origin, areas, indicators, left: left.0 })
}

fn requirement<'n>(node: &'n Node, faults: &mut Faults) -> Option<Requirement<'n>> {
    let Some(urn) = scalar(node, "urn") else {
        faults.add(node.spot, Problem::MissingKey { name: "urn".into() });
        return None;
    };
    let (parent, ref_id) = (scalar(node, "parent_urn"), scalar(node, "ref_id").unwrap_or_default());
    Some(Requirement { node, urn, parent, ref_id, assessable: scalar(node, "assessable") == Some("true") })
}

fn origin(root: &Node, framework: &Node) -> Origin {
    let text = |node: &Node, key: &str| scalar(node, key).map(str::to_owned);
    let name = text(framework, "name").or_else(|| text(root, "name")).unwrap_or_else(|| "imported framework".into());
    let id = text(framework, "ref_id").or_else(|| text(root, "ref_id")).map(|id| fit(&id)).filter(|id| !id.is_empty());
    Origin {
        format: "a CISO Assistant library".into(),
        id: id.unwrap_or_else(|| "imported".into()),
        name,
        version: text(root, "version"),
        identifier: text(framework, "urn"),
        copyright: text(root, "copyright"),
    }
}

/// What a library holds beside the requirements.
fn beside(objects: Option<&Node>, framework: &Node, left: &mut Left) {
    let why = "a standard has no place for it; keep the library";
    if let Some(Node { data: Data::Mapping(entries), .. }) = objects {
        for entry in entries.iter().filter(|entry| entry.key != "framework") {
            left.add(&format!("objects.{}", super::codes::clipped(&entry.key, 60)), why, &entry.key);
        }
    }
    let more = objects.and_then(|objects| objects.get("frameworks")).map_or(0, |list| list.items().len());
    for _ in 1..more {
        left.add("further frameworks of the file", "only the first is read", "frameworks");
    }
    for key in ["scores_definition", "implementation_groups_definition", "translations"] {
        if framework.get(key).is_some() {
            left.add(&format!("framework.{key}"), why, key);
        }
    }
}

type ByUrn<'r, 'n> = BTreeMap<&'n str, &'r Requirement<'n>>;

/// The nodes above one, nearest first.
fn above<'r, 'n>(requirement: &Requirement<'n>, by_urn: &ByUrn<'r, 'n>) -> Vec<&'r Requirement<'n>> {
    let mut found: Vec<&Requirement> = Vec::new();
    let mut parent = requirement.parent;
    while let Some(next) = parent.and_then(|urn| by_urn.get(urn)) {
        if found.len() == MAX_DEPTH {
            break;
        }
        found.push(next);
        parent = next.parent;
    }
    found
}

fn name_of(requirement: &Requirement) -> String {
    let name = scalar(requirement.node, "name").map(str::to_owned);
    let words = || scalar(requirement.node, "description").map(headline);
    let name = name.or_else(words).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| {
        if requirement.ref_id.is_empty() { tail(requirement.urn) } else { requirement.ref_id }.to_owned()
    })
}

/// What follows the framework in a URN: unique inside it.
fn tail(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or(urn)
}

fn catalogue(requirements: &[Requirement], by_urn: &ByUrn, left: &mut Left) -> (Vec<DraftArea>, Vec<DraftIndicator>) {
    let assessable: Vec<&Requirement> = requirements.iter().filter(|found| found.assessable).collect();
    let paths: Vec<Vec<&Requirement>> = assessable.iter().map(|found| above(found, by_urn)).collect();
    // An area is the topmost heading; an assessable top node is an indicator itself and heads nothing.
    let tops: Vec<Option<&str>> =
        paths.iter().map(|path| path.last().filter(|top| !top.assessable).map(|top| top.urn)).collect();
    let used: BTreeSet<&str> = tops.iter().flatten().copied().collect();
    let heads: Vec<&Requirement> = requirements.iter().filter(|found| used.contains(found.urn)).collect();
    let wishes: Vec<_> = heads.iter().map(|head| (head.ref_id, tail(head.urn))).collect();
    let loose = tops.iter().any(Option::is_none);
    let wishes: Vec<_> = wishes.into_iter().chain(loose.then_some((LOOSE.0, LOOSE.0))).collect();
    let area_codes = unique(&wishes);
    let mut areas: Vec<DraftArea> = Vec::new();
    let mut area_of: BTreeMap<Option<&str>, &str> = BTreeMap::new();
    for (i, code) in area_codes.iter().enumerate() {
        let head = heads.get(i);
        area_of.insert(head.map(|head| head.urn), code);
        areas.push(DraftArea { code: code.clone(), name: head.map_or_else(|| LOOSE.1.into(), |head| name_of(head)) });
    }
    let wishes: Vec<_> = assessable.iter().map(|found| (found.ref_id, tail(found.urn))).collect();
    let codes = unique(&wishes);
    let mut indicators = Vec::with_capacity(codes.len());
    for (((found, path), top), code) in assessable.iter().zip(&paths).zip(&tops).zip(codes) {
        let area = area_of.get(top).map(|area| (*area).to_owned()).unwrap_or_default();
        indicators.push(indicator(found, path, area, code, left));
    }
    let kept: BTreeSet<&str> = paths.iter().flatten().map(|found| found.urn).collect();
    for found in requirements.iter().filter(|found| !found.assessable && !kept.contains(found.urn)) {
        left.add("headings with nothing to assess below", "not carried over", &name_of(found));
    }
    (areas, indicators)
}

fn indicator(
    found: &Requirement,
    path: &[&Requirement],
    area: String,
    code: String,
    left: &mut Left,
) -> DraftIndicator {
    let text = |key: &str| scalar(found.node, key).map(str::to_owned);
    let name = name_of(found);
    let words: Vec<String> = [text("description"), text("annotation")].into_iter().flatten().collect();
    let mut was = BTreeMap::from([("urn".to_owned(), found.urn.to_owned())]);
    // The area itself is the last of the path; an assessable node above is named like a heading.
    let top_is_area = path.last().is_some_and(|top| !top.assessable);
    let between = &path[..path.len() - usize::from(top_is_area)];
    if !between.is_empty() {
        let names: Vec<String> = between.iter().rev().map(|node| name_of(node)).collect();
        was.insert("headings".into(), names.join(" / "));
    }
    if between.iter().any(|node| node.assessable) {
        let why = "both are indicators of their own; decide which one carries points";
        left.add("assessable nodes below an assessable node", why, &code);
    }
    for key in ["ref_id", "weight"] {
        was.extend(text(key).map(|value| (key.to_owned(), value)));
    }
    for (key, why) in [
        ("implementation_groups", "kept with the indicator under `was`; a standard has no subsets"),
        ("threats", "kept with the indicator under `was`"),
        ("reference_controls", "kept with the indicator under `was`"),
    ] {
        let items: Vec<&str> =
            found.node.get(key).map(Node::items).unwrap_or_default().iter().filter_map(word).collect();
        if !items.is_empty() {
            was.insert(key.into(), items.join(", "));
            left.add(key, why, &code);
        }
    }
    if found.node.get("translations").is_some() {
        left.add("translations", "only the file's own language is read", &code);
    }
    DraftIndicator {
        words: if words.is_empty() { name.clone() } else { words.join("\n") },
        evidence: text("typical_evidence").map(|text| lines(&text)).unwrap_or_default(),
        checklist: questions(found.node),
        code,
        area,
        name,
        was,
    }
}

fn word(node: &Node) -> Option<&str> {
    match &node.data {
        Data::Scalar { text, .. } => Some(text.trim()),
        _ => None,
    }
}

/// The lines of a text without their list marks.
fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim().trim_start_matches(['-', '*', '•']).trim());
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// `questions` is a mapping of URN to a text and, often, choices.
fn questions(node: &Node) -> Vec<DraftCheck> {
    let Some(Node { data: Data::Mapping(entries), .. }) = node.get("questions") else { return Vec::new() };
    let check = |question: &Node| {
        let asks = scalar(question, "text")?.to_owned();
        let choices: Vec<&str> = question
            .get("choices")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|choice| scalar(choice, "value"))
            .collect();
        Some(DraftCheck { asks, how: (!choices.is_empty()).then(|| choices.join(" / ")) })
    };
    entries.iter().filter_map(|entry| check(&entry.value)).collect()
}
