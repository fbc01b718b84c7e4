//! Catalogs of OSCAL (JSON): `catalog.groups` and `controls`, both nested. Groups at the top become areas, every control
//! that is not withdrawn an indicator, controls inside a control too. Of the parts the statement becomes the words, the
//! objects of an examination the evidence, objectives and other assessments the checklist, guidance stays under `was`.
//! Parameters are written into the words by their label or their choices, in brackets: a value is for the author to set.

mod prose;
mod shape;

use std::collections::BTreeMap;

use super::codes::{fit, unique};
use super::{DraftArea, DraftIndicator, Imported, Left, MAX_BYTES, Origin};
use crate::pack::PackErrors;
use crate::pack::error::Problem;
use crate::pack::reader::Faults;
use crate::pack::tree::Spot;
use prose::Params;
use shape::{Catalog, Control, File, Group};

/// Area of controls that stand in no group.
const LOOSE: (&str, &str) = ("other", "other controls");

/// Reads a catalog.
///
/// # Errors
/// The text is larger than [`MAX_BYTES`], is not JSON, or holds no catalog with a control; with file, line and remedy.
/// Nesting beyond 128 levels counts as not JSON.
pub fn read(name: &str, text: &str) -> Result<Imported, PackErrors> {
    let mut faults = Faults::new(name);
    let imported = catalog(text, &mut faults);
    imported.ok_or(PackErrors(faults.errors))
}

fn catalog(text: &str, faults: &mut Faults) -> Option<Imported> {
    let start = Spot { line: 1, column: 1 };
    let unfit = |says: String, write: &str| Problem::Unfit { says, write: write.to_owned() };
    if text.len() > MAX_BYTES {
        faults.add(start, unfit("the file is larger than 32 MB".into(), "import a part of the catalog"));
        return None;
    }
    let file: Result<File, _> = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let catalog = match file {
        Ok(file) => file.catalog,
        Err(error) => {
            let spot = Spot { line: error.line().max(1), column: error.column().max(1) };
            let says =
                format!("the text is not an OSCAL catalog in JSON: {}", super::codes::clipped(&error.to_string(), 200));
            faults.add(spot, unfit(says, "correct the JSON at this place, or give a catalog (not a profile or plan)"));
            return None;
        }
    };
    let imported = carried(&catalog, text.len());
    if imported.indicators.is_empty() {
        faults.add(start, unfit("the catalog holds no control".into(), "give a catalog with controls (not a profile)"));
        return None;
    }
    Some(imported)
}

/// A control on its way, with where it stands.
struct Found<'c> {
    control: &'c Control,
    /// Place of its top group in the catalog.
    group: Option<usize>,
    /// Titles of groups and controls between the area and it, outermost first.
    between: Vec<&'c str>,
    /// Id of the control it stands in.
    inside: Option<&'c str>,
    params: Params<'c>,
}

fn carried(catalog: &Catalog, growth: usize) -> Imported {
    let mut left = Left::default();
    let mut found = Vec::new();
    let none = Params::new(growth);
    for control in &catalog.controls {
        gather(control, None, &[], None, &none, &mut found);
    }
    for (i, group) in catalog.groups.iter().enumerate() {
        descend(group, i, &[], &none, &mut found, &mut left);
    }
    if catalog.back_matter.is_some() {
        left.add("back-matter", "a standard has no list of references; keep the catalog", "back-matter");
    }
    found.retain(|found| {
        let gone = found.control.withdrawn();
        if gone {
            left.add("withdrawn controls", "not carried over", &found.control.id);
        }
        !gone
    });
    let (areas, area_of) = areas(catalog, &found);
    // A control's id is unique by the format; it is its own reserve.
    let codes = unique(&found.iter().map(|found| (&*found.control.id, &*found.control.id)).collect::<Vec<_>>());
    let indicators = (found.iter().zip(codes))
        .map(|(found, code)| indicator(found, code, area_of.get(&found.group), &mut left))
        .collect();
    Imported { origin: origin(catalog), areas, indicators, left: left.0 }
}

fn origin(catalog: &Catalog) -> Origin {
    let metadata = &catalog.metadata;
    let rights = metadata.props.iter().find(|prop| prop.name == "marking").map(|prop| prop.value.clone());
    Origin {
        format: "an OSCAL catalog".into(),
        id: Some(fit(&metadata.title).to_lowercase()).filter(|id| !id.is_empty()).unwrap_or_else(|| "imported".into()),
        name: if metadata.title.trim().is_empty() { "imported catalog".into() } else { metadata.title.clone() },
        version: metadata.version.clone(),
        identifier: catalog.uuid.clone(),
        copyright: rights,
    }
}

/// The depth is bounded by the reader of the JSON, at 128 levels.
fn descend<'c>(
    group: &'c Group,
    top: usize,
    path: &[&'c str],
    params: &Params<'c>,
    found: &mut Vec<Found<'c>>,
    left: &mut Left,
) {
    let params = params.with(&group.params);
    if group.parts.iter().any(|part| part.prose.is_some()) {
        left.add("words of a group", "an area has a heading only", &group.title);
    }
    for control in &group.controls {
        gather(control, Some(top), path, None, &params, found);
    }
    for inner in &group.groups {
        let path: Vec<&str> = path.iter().copied().chain([inner.title.as_str()]).collect();
        descend(inner, top, &path, &params, found, left);
    }
}

fn gather<'c>(
    control: &'c Control,
    group: Option<usize>,
    path: &[&'c str],
    inside: Option<&'c str>,
    params: &Params<'c>,
    found: &mut Vec<Found<'c>>,
) {
    let params = params.with(&control.params);
    found.push(Found { control, group, between: path.to_vec(), inside, params: params.clone() });
    let path: Vec<&str> = path.iter().copied().chain([control.title.as_str()]).collect();
    for inner in &control.controls {
        gather(inner, group, &path, Some(&control.id), &params, found);
    }
}

type AreaOf = BTreeMap<Option<usize>, String>;

fn areas(catalog: &Catalog, found: &[Found]) -> (Vec<DraftArea>, AreaOf) {
    let mut used: Vec<Option<usize>> = found.iter().map(|found| found.group).collect();
    used.sort_by_key(|group| group.unwrap_or(usize::MAX));
    used.dedup();
    let group = |i: &Option<usize>| i.and_then(|i| catalog.groups.get(i));
    let wishes: Vec<(&str, &str)> = (used.iter())
        .map(|i| group(i).map_or(LOOSE, |group| (group.id.as_deref().unwrap_or(&group.title), group.title.as_str())))
        .collect();
    let codes = unique(&wishes);
    let areas = used.iter().zip(&codes).map(|(i, code)| DraftArea {
        code: code.clone(),
        name: group(i).map_or(LOOSE.1, |group| group.title.as_str()).to_owned(),
    });
    (areas.collect(), used.iter().copied().zip(codes.iter().cloned()).collect())
}

fn indicator(found: &Found, code: String, area: Option<&String>, left: &mut Left) -> DraftIndicator {
    let control = found.control;
    let mut was = BTreeMap::from([("id".to_owned(), control.id.clone())]);
    was.extend(control.label().map(|label| ("label".to_owned(), label.to_owned())));
    if !found.between.is_empty() {
        was.insert("headings".into(), found.between.join(" / "));
    }
    if found.inside.is_some() {
        left.add("controls inside a control", "indicators of their own; decide which carries points", &code);
    }
    if !control.links.is_empty() {
        left.add("links", "related controls and references are not carried over", &code);
    }
    for _ in &control.params {
        left.add("parameters", "written into the words by label or choices; set each value in words or rule", &code);
    }
    let read = prose::of(control, &found.params, left);
    if let Some(guidance) = read.guidance {
        was.insert("guidance".into(), guidance);
    }
    let name = if control.title.trim().is_empty() { code.clone() } else { control.title.trim().to_owned() };
    DraftIndicator {
        area: area.cloned().unwrap_or_default(),
        words: if read.statement.is_empty() { name.clone() } else { read.statement },
        evidence: read.evidence,
        checklist: read.checklist,
        code,
        name,
        was,
    }
}
