//! Loads a pack from the texts of its files, or from trees made elsewhere. All faults that can be found are found in one run:
//! faults of form first, and where an entry can be read, faults of meaning too ([`super::check`]); the pack's own tests are
//! run when everything else is right.

use std::collections::BTreeMap;

use super::error::{PackError, PackErrors, Problem};
use super::reader::{Faults, Mapping};
use super::{Area, Indicator, Measure, Node, Pack, PackTest, Standard, check, decode, migrate, schema};

/// The texts of a pack's files, as they stand in its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackTexts {
    /// The folder, as errors call it; empty for none.
    pub name: String,
    /// `standard.yaml`.
    pub standard: String,
    /// `measures.yaml`.
    pub measures: String,
    /// `migration.yaml`, where there is one.
    pub migration: Option<String>,
    /// `tests.yaml`, where there is one.
    pub tests: Option<String>,
}

/// The trees of a pack's files.
#[derive(Clone, Debug, PartialEq)]
pub struct PackNodes {
    /// `standard.yaml`.
    pub standard: Node,
    /// `measures.yaml`.
    pub measures: Node,
    /// `migration.yaml`, where there is one.
    pub migration: Option<Node>,
    /// `tests.yaml`, where there is one.
    pub tests: Option<Node>,
}

/// What could be read of the standard file, each entry with its node for places of later faults.
pub(super) struct Read<'n> {
    pub standard: Option<(Standard, &'n Node)>,
    pub areas: Vec<(Area, &'n Node)>,
    pub indicators: Vec<(Indicator, &'n Node)>,
    /// Whether every entry could be read; sums and counts are only compared then.
    pub complete: bool,
}

/// A file while it is read: its tree, if the text was one, and what is wrong with it.
struct File {
    root: Option<Node>,
    faults: Faults,
}

impl File {
    fn of_text(name: String, text: &str) -> File {
        let mut faults = Faults::new(&name);
        let root = Node::read(text).map_err(|(spot, problem)| faults.add(spot, problem)).ok();
        File { root, faults }
    }

    fn of_node(name: &str, root: &Node) -> File {
        File { root: Some(root.clone()), faults: Faults::new(name) }
    }
}

impl Pack {
    /// Reads and checks the two files a pack must have.
    ///
    /// `standard_name` and `measures_name` are what errors call the two files; nothing is opened. The format is the table
    /// [`schema`], which also stands in the comment at the head of every canonical file.
    ///
    /// # Errors
    /// Every fault found (at most 200 a file), each with place, subject and remedy.
    pub fn load(standard_name: &str, standard: &str, measures_name: &str, measures: &str) -> Result<Pack, PackErrors> {
        let standard = File::of_text(standard_name.to_owned(), standard);
        let measures = File::of_text(measures_name.to_owned(), measures);
        build(standard, measures, None, None)
    }

    /// Reads and checks a pack with all its files, and runs its tests.
    ///
    /// # Errors
    /// As [`Pack::load`], and every test that comes out otherwise.
    pub fn from_texts(texts: &PackTexts) -> Result<Pack, PackErrors> {
        let name = |file: &str| match texts.name.trim_end_matches('/') {
            "" => file.to_owned(),
            folder => format!("{folder}/{file}"),
        };
        let file = |name: String, text: &Option<String>| text.as_ref().map(|text| File::of_text(name, text));
        build(
            File::of_text(name("standard.yaml"), &texts.standard),
            File::of_text(name("measures.yaml"), &texts.measures),
            file(name("migration.yaml"), &texts.migration),
            file(name("tests.yaml"), &texts.tests),
        )
    }

    /// As [`Pack::from_texts`], from trees made elsewhere: each error carries the place its maker gave the node.
    ///
    /// # Errors
    /// As [`Pack::from_texts`].
    pub fn from_nodes(name: &str, nodes: &PackNodes) -> Result<Pack, PackErrors> {
        build(
            File::of_node(name, &nodes.standard),
            File::of_node(name, &nodes.measures),
            nodes.migration.as_ref().map(|node| File::of_node(name, node)),
            nodes.tests.as_ref().map(|node| File::of_node(name, node)),
        )
    }
}

fn build(
    mut standard: File,
    mut measures: File,
    mut migration: Option<File>,
    mut tests: Option<File>,
) -> Result<Pack, PackErrors> {
    let read = measures.root.as_ref().map(|root| read_measures(root, &mut measures.faults)).unwrap_or_default();
    let all_measures_read = measures.faults.errors.is_empty();
    check::measures(&read, &mut measures.faults);
    let known: BTreeMap<String, Measure> = read.into_iter().map(|(measure, _)| (measure.id.clone(), measure)).collect();
    let pack = standard.root.as_ref().and_then(|root| {
        let read = read_standard(root, &mut standard.faults)?;
        check::standard(&read, &known, all_measures_read, &mut standard.faults);
        Some(Pack {
            standard: read.standard?.0,
            areas: read.areas.into_iter().map(|(area, _)| area).collect(),
            indicators: read.indicators.into_iter().map(|(indicator, _)| indicator).collect(),
            measures: known,
            migration: None,
            tests: Vec::new(),
        })
    });
    let sound = standard.faults.errors.is_empty() && measures.faults.errors.is_empty();
    let migration_read = migration.as_mut().and_then(|file| {
        migrate::of_tree(file.root.as_ref()?, None, pack.as_ref().filter(|_| sound), &mut file.faults)
    });
    let tests_read = tests.as_mut().and_then(|file| read_tests(file, pack.as_ref().filter(|_| sound)));
    let files = [Some(measures), Some(standard), migration, tests];
    let errors: Vec<PackError> = files.into_iter().flatten().flat_map(|file| file.faults.errors).collect();
    match pack {
        Some(pack) if errors.is_empty() => {
            Ok(Pack { migration: migration_read, tests: tests_read.unwrap_or_default(), ..pack })
        }
        _ => Err(PackErrors(errors)),
    }
}

/// The cases; with a sound pack they are run too.
fn read_tests(file: &mut File, pack: Option<&Pack>) -> Option<Vec<PackTest>> {
    let read = decode::tests(file.root.as_ref()?, &mut file.faults)?;
    if let Some(pack) = pack {
        check::tests(&read, pack, &mut file.faults);
    }
    Some(read.into_iter().map(|(test, _)| test).collect())
}

fn read_measures<'n>(root: &'n Node, faults: &mut Faults) -> Vec<(Measure, &'n Node)> {
    let Some(map) = Mapping::new(root, &schema::MEASURES_FILE, faults) else { return Vec::new() };
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
    let map = Mapping::new(root, &schema::STANDARD_FILE, faults)?;
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
