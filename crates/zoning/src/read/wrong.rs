//! What can be wrong with a map, kind by kind, in words, and what to do about it.

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Wrong {
    /// Nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no text.
    #[error("byte {byte} is not UTF-8")]
    NotText {
        /// 0-based.
        byte: usize,
    },
    /// Text that is no JSON.
    #[error("it is not JSON: {0}")]
    NotJson(String),
    /// JSON of another form.
    #[error("it is neither GeoJSON (`\"type\": \"FeatureCollection\"`) nor a graph (`nodes` and `edges`)")]
    Form,
    /// Nothing to merge.
    #[error("there is no unit in it")]
    NoUnits,
    /// A property that is not there or null.
    #[error("{property} is missing; there is {}", listed(.has))]
    Missing {
        /// Its name.
        property: String,
        /// Those that are there.
        has: Vec<String>,
    },
    /// A property that no unit has.
    #[error("no feature has the property {property}; there is {}", listed(.has))]
    Absent {
        /// Its name.
        property: String,
        /// Those of the first unit.
        has: Vec<String>,
    },
    /// Text where a number belongs.
    #[error("{property} is the text {text:?} and not a number")]
    TextForNumber {
        /// Its name.
        property: String,
        /// The text.
        text: String,
    },
    /// Something else of the wrong kind.
    #[error("{property} is {found}; wanted is {wanted}")]
    Kind {
        /// Its name.
        property: String,
        /// What stands there, as JSON, shortened.
        found: String,
        /// What belongs there.
        wanted: &'static str,
    },
    /// Below 0.
    #[error("{property} is {value}, which is below 0")]
    Negative {
        /// Its name.
        property: String,
        /// Its value.
        value: f64,
    },
    /// Too many decimals or digits to add up exactly.
    #[error("{property} is {value}, which cannot be added up exactly")]
    Inexact {
        /// Its name.
        property: String,
        /// Its value.
        value: f64,
    },
    /// All sizes together.
    #[error("all sizes together pass what can be added up exactly")]
    TooMuch,
    /// An id that another unit has, too.
    #[error("its id {id:?} is also that of {first}")]
    TwoIds {
        /// The id.
        id: String,
        /// The unit that had it first.
        first: String,
    },
    /// As many attributes as others.
    #[error("it has {found} attributes, and the first unit has {wanted}")]
    Attributes {
        /// Its own.
        found: usize,
        /// The first unit's.
        wanted: usize,
    },
    /// An edge that is not of the form.
    #[error("it is {0}, and not [node, node, length]")]
    Edge(String),
    /// An edge to a node that is not there.
    #[error("it names node {node}, and there are nodes 0 to {last}")]
    NoNode {
        /// The number.
        node: i64,
        /// The last there is.
        last: usize,
    },
    /// An edge from a node to itself.
    #[error("it joins node {0} with itself")]
    Loop(i64),
    /// An edge listed before.
    #[error("it joins the same nodes as edge {0}")]
    Twice(usize),
    /// No outline.
    #[error("its geometry is {0}; a unit is a Polygon or a MultiPolygon")]
    Geometry(String),
    /// A ring that is none.
    #[error("ring {ring} has {points} different points; a ring has three or more")]
    Short {
        /// 1-based.
        ring: usize,
        /// How many.
        points: usize,
    },
    /// A ring that does not end where it begins.
    #[error("ring {ring} does not end where it begins")]
    Open {
        /// 1-based.
        ring: usize,
    },
    /// A ring without an inside.
    #[error("ring {ring} encloses no area")]
    Flat {
        /// 1-based.
        ring: usize,
    },
    /// A boundary that crosses itself.
    #[error("its boundary crosses itself at [{}, {}]", .at[0], .at[1])]
    Crosses {
        /// Where, as the file writes places.
        at: [f64; 2],
    },
    /// Two units over each other.
    #[error("it lies over {other} at [{}, {}], in an area of {area}", .at[0], .at[1])]
    Overlap {
        /// The other.
        other: String,
        /// A corner of what both cover.
        at: [f64; 2],
        /// How large.
        area: String,
    },
    /// A place between units that belongs to none.
    #[error("beside it, at [{}, {}], there is a gap of {area}, bordered by {}", .at[0], .at[1], listed(.around))]
    Gap {
        /// Units around it.
        around: Vec<String>,
        /// A corner.
        at: [f64; 2],
        /// How large.
        area: String,
    },
    /// A barrier that is not of the form.
    #[error("its barrier is {0}")]
    Barrier(String),
}

impl Wrong {
    /// The kind in one word.
    pub fn key(&self) -> &'static str {
        match self {
            Wrong::Empty => "empty",
            Wrong::NotText { .. } => "not-text",
            Wrong::NotJson(_) => "not-json",
            Wrong::Form => "form",
            Wrong::NoUnits => "no-units",
            Wrong::Missing { .. } | Wrong::Absent { .. } => "missing",
            Wrong::TextForNumber { .. } => "text-for-number",
            Wrong::Kind { .. } => "kind",
            Wrong::Negative { .. } => "negative",
            Wrong::Inexact { .. } | Wrong::TooMuch => "inexact",
            Wrong::TwoIds { .. } => "two-ids",
            Wrong::Attributes { .. } => "attributes",
            Wrong::Edge(_) | Wrong::NoNode { .. } | Wrong::Loop(_) | Wrong::Twice(_) => "edge",
            Wrong::Geometry(_) => "geometry",
            Wrong::Short { .. } | Wrong::Open { .. } | Wrong::Flat { .. } => "ring",
            Wrong::Crosses { .. } => "self-crossing",
            Wrong::Overlap { .. } => "overlap",
            Wrong::Gap { .. } => "gap",
            Wrong::Barrier(_) => "barrier",
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Wrong::Empty | Wrong::NoUnits => "Name a map with one feature (or node) for each unit.".to_owned(),
            Wrong::NotText { .. } => "Save it as UTF-8.".to_owned(),
            Wrong::NotJson(_) => "Export it again; a JSON checker shows the place.".to_owned(),
            Wrong::Form => "Export the units as a GeoJSON FeatureCollection.".to_owned(),
            Wrong::Missing { property, .. } => format!("Fill {property} in."),
            Wrong::Absent { .. } => {
                "Name the property that holds it (--id, --size, --population, --parent, --attributes).".to_owned()
            }
            Wrong::TextForNumber { .. } => "Write the number without quotation marks.".to_owned(),
            Wrong::Kind { wanted, .. } => format!("Write {wanted}."),
            Wrong::Negative { .. } => "Write 0 or more.".to_owned(),
            Wrong::Inexact { .. } => "Round it to six decimals or fewer.".to_owned(),
            Wrong::TooMuch => "Give sizes in a larger unit.".to_owned(),
            Wrong::TwoIds { .. } => "Give each unit an id of its own, or take one of them out.".to_owned(),
            Wrong::Attributes { .. } => "Give every unit the same attributes, in the same order.".to_owned(),
            Wrong::Edge(_) => "Write two numbers of nodes, from 0, and the length of their border.".to_owned(),
            Wrong::NoNode { .. } => "Nodes are numbered from 0 in the order of the list.".to_owned(),
            Wrong::Loop(_) | Wrong::Twice(_) => "Take it out.".to_owned(),
            Wrong::Geometry(_) => "Draw its outline, or take the feature out.".to_owned(),
            Wrong::Short { .. } | Wrong::Flat { .. } => "Take the ring out or draw it anew.".to_owned(),
            Wrong::Open { .. } => "Repeat its first point as its last.".to_owned(),
            Wrong::Crosses { .. } => "Redraw it there; GIS programs offer this as \"fix geometries\".".to_owned(),
            Wrong::Overlap { .. } => {
                "Decide which unit the area belongs to, or pass a larger --tolerance when it is a sliver.".to_owned()
            }
            Wrong::Gap { .. } => {
                "Give it to a unit, pass --allow-gaps when it is a lake or another district, or a larger --tolerance \
                 when it is a sliver."
                    .to_owned()
            }
            Wrong::Barrier(_) => "Write \"forbids\", or a price of 0 or more.".to_owned(),
        }
    }
}

/// A few names in words.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    match names {
        [] => "none".to_owned(),
        [one] => one.clone(),
        names if names.len() > SHOWN => format!("{} and {} more", names[..SHOWN].join(", "), names.len() - SHOWN),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
