//! Loads a pack from the texts of its two files. All faults that can be found are found in one run: faults of form first,
//! and where an entry can be read, faults of meaning too ([`super::check`]).

use std::collections::BTreeMap;

use super::error::{PackErrors, Problem};
use super::reader::{Faults, Mapping};
use super::tree::{self, Node};
use super::{Area, Indicator, Measure, Pack, Standard, check, decode};

/// What could be read of the standard file, each entry with its node for places of later faults.
pub(super) struct Read<'n> {
    pub standard: Option<(Standard, &'n Node)>,
    pub areas: Vec<(Area, &'n Node)>,
    pub indicators: Vec<(Indicator, &'n Node)>,
    /// Whether every entry could be read; sums and counts are only compared then.
    pub complete: bool,
}

impl Pack {
    /// Reads and checks a pack.
    ///
    /// `standard_name` and `measures_name` are what errors call the two files; nothing is opened. The format is described
    /// in the header comments of `standard.yaml` and `measures.yaml` of the built-in packs.
    ///
    /// # Errors
    /// Every fault found (at most 200 a file), each with place, subject and remedy.
    pub fn load(standard_name: &str, standard: &str, measures_name: &str, measures: &str) -> Result<Pack, PackErrors> {
        let mut measure_faults = Faults::new(measures_name);
        let mut faults = Faults::new(standard_name);
        let measures_tree = parse(measures, &mut measure_faults);
        let standard_tree = parse(standard, &mut faults);
        let read_measures =
            measures_tree.as_ref().map(|root| read_measures(root, &mut measure_faults)).unwrap_or_default();
        let all_measures_read = measure_faults.errors.is_empty();
        check::measures(&read_measures, &mut measure_faults);
        let known: BTreeMap<String, Measure> =
            read_measures.into_iter().map(|(measure, _)| (measure.id.clone(), measure)).collect();
        let pack = standard_tree.as_ref().and_then(|root| {
            let read = read_standard(root, &mut faults)?;
            check::standard(&read, &known, all_measures_read, &mut faults);
            Some(Pack {
                standard: read.standard?.0,
                areas: read.areas.into_iter().map(|(area, _)| area).collect(),
                indicators: read.indicators.into_iter().map(|(indicator, _)| indicator).collect(),
                measures: known,
            })
        });
        let errors = [measure_faults.errors, faults.errors].concat();
        match pack {
            Some(pack) if errors.is_empty() => Ok(pack),
            _ => Err(PackErrors(errors)),
        }
    }
}

fn parse(text: &str, faults: &mut Faults) -> Option<Node> {
    // A byte-order mark is what editors on some desks write first; it is no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    tree::read(text).map_err(|(spot, problem)| faults.add(spot, problem)).ok()
}

fn read_measures<'n>(root: &'n Node, faults: &mut Faults) -> Vec<(Measure, &'n Node)> {
    let Some(map) = Mapping::new(root, "the file", faults) else { return Vec::new() };
    map.required("measures", faults);
    let list = map.list("measures", faults);
    map.finish(faults);
    let read = list.iter().filter_map(|node| {
        let measure = decode::measure(node, faults);
        faults.subject = None;
        Some((measure?, node))
    });
    read.collect()
}

fn read_standard<'n>(root: &'n Node, faults: &mut Faults) -> Option<Read<'n>> {
    let map = Mapping::new(root, "the file", faults)?;
    let standard = map.required("standard", faults);
    map.required("areas", faults);
    map.required("indicators", faults);
    let (areas, indicators) = (map.list("areas", faults), map.list("indicators", faults));
    map.finish(faults);
    let standard = standard.and_then(|node| Some((decode::standard(node, faults)?, node)));
    let read_areas: Vec<_> = areas.iter().filter_map(|node| Some((decode::area(node, faults)?, node))).collect();
    let read_indicators: Vec<_> = indicators
        .iter()
        .filter_map(|node| {
            let indicator = decode::indicator(node, faults);
            faults.subject = None;
            Some((indicator?, node))
        })
        .collect();
    if indicators.is_empty() {
        let write = "list at least one indicator".to_owned();
        faults
            .add(root.spot_of(&["indicators"]), Problem::Unfit { says: "the standard has no indicator".into(), write });
    }
    let complete = read_areas.len() == areas.len() && read_indicators.len() == indicators.len();
    Some(Read { standard, areas: read_areas, indicators: read_indicators, complete })
}
