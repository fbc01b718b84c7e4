//! 缺口: what the breakdown of duties lacks. Pure: a board and a standard in, gaps out.
//!
//! The rule that matters: a gap names the place where it is mended.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use hejian_scoring::{Pack, pack::Level};
use uuid::Uuid;

use super::model::{Board, Content, Duty, Part};

/// More open duties than this in one post are too many for one person: a lead bureau's eighteen still pass.
pub const MOST: usize = 20;

/// A kind of gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Nobody leads the indicator.
    NoLead,
    /// More than one unit leads it.
    TwoLeads,
    /// No post is named, or nobody ever was in it.
    NoPerson,
    /// Whoever was in the post is gone.
    Left,
    /// The term ends before the duty is due, and nobody follows.
    Ends,
    /// No deadline.
    NoDeadline,
    /// The post has too many open duties.
    Overload,
    /// A community of a subdistrict has no share of what the subdistrict carries.
    NotCascaded,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::NoLead,
        Self::TwoLeads,
        Self::NoPerson,
        Self::Left,
        Self::Ends,
        Self::NoDeadline,
        Self::Overload,
        Self::NotCascaded,
    ];

    /// Its word in addresses; its label is `duty-gap-<key>`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoLead => "no-lead",
            Self::TwoLeads => "two-leads",
            Self::NoPerson => "no-person",
            Self::Left => "left",
            Self::Ends => "ends",
            Self::NoDeadline => "no-deadline",
            Self::Overload => "overload",
            Self::NotCascaded => "not-cascaded",
        }
    }
}

/// A gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is missing.
    pub kind: Kind,
    /// The indicator, where it is of one.
    pub code: String,
    /// The unit, where it is of one.
    pub unit: Option<Uuid>,
    /// The post.
    pub post: Option<Uuid>,
    /// The line of the duty.
    pub line: Option<Uuid>,
    /// The communities without a share.
    pub missing: Vec<Uuid>,
    /// How many duties wait in the post.
    pub count: usize,
    /// The last day on which somebody is there.
    pub day: Option<NaiveDate>,
}

impl Gap {
    fn new(kind: Kind, code: &str) -> Self {
        let (unit, post, line, day) = (None, None, None, None);
        Self { kind, code: code.to_owned(), unit, post, line, missing: Vec::new(), count: 0, day }
    }

    fn of(kind: Kind, duty: &Duty) -> Self {
        let of = &duty.content;
        Self { unit: Some(of.unit), post: of.post, line: Some(duty.line), ..Self::new(kind, &of.indicator) }
    }
}

/// Whether the standard measures the indicator in the communities, so that subdistricts and communities carry a share of it.
#[must_use]
pub fn is_shared(pack: &Pack, code: &str) -> bool {
    pack.indicator(code).is_some_and(|indicator| indicator.level == Level::Community)
}

/// All gaps, by kind and in the order of the standard.
#[must_use]
pub fn gaps(board: &Board, pack: &Pack) -> Vec<Gap> {
    let mut all = Vec::new();
    let mut leads: HashMap<&str, Vec<&Duty>> = HashMap::new();
    for duty in board.duties.iter().filter(|duty| duty.content.part == Part::Lead) {
        leads.entry(duty.content.indicator.as_str()).or_default().push(duty);
    }
    for indicator in &pack.indicators {
        match leads.get(indicator.code.as_str()).map_or(&[][..], Vec::as_slice) {
            [] => all.push(Gap::new(Kind::NoLead, &indicator.code)),
            [_] => {}
            [first, rest @ ..] => {
                all.push(Gap { count: rest.len() + 1, ..Gap::of(Kind::TwoLeads, first) });
            }
        }
    }
    let open = |of: &Content| of.done.is_none();
    for duty in board.find(open) {
        all.extend(of_duty(board, duty));
    }
    let mut load: BTreeMap<Uuid, usize> = BTreeMap::new();
    for duty in board.find(open) {
        if let Some(post) = duty.content.post {
            *load.entry(post).or_default() += 1;
        }
    }
    for (post, count) in load.into_iter().filter(|(_, count)| *count > MOST) {
        let unit = board.post(post).map(|post| post.unit);
        all.push(Gap { post: Some(post), unit, count, ..Gap::new(Kind::Overload, "") });
    }
    all.extend(uncovered(board));
    let place: HashMap<&str, usize> =
        pack.indicators.iter().enumerate().map(|(at, indicator)| (indicator.code.as_str(), at)).collect();
    all.sort_by_key(|gap| (gap.kind, place.get(gap.code.as_str()).copied().unwrap_or(usize::MAX)));
    all
}

fn of_duty(board: &Board, duty: &Duty) -> Vec<Gap> {
    let mut found = Vec::new();
    let of = &duty.content;
    match of.post.and_then(|post| board.post(post)) {
        None => found.push(Gap::of(Kind::NoPerson, duty)),
        Some(post) if post.person().is_none() => {
            found.push(Gap::of(if post.known { Kind::Left } else { Kind::NoPerson }, duty));
        }
        Some(post) => {
            let ends = post.empty_from.filter(|day| of.due.is_none_or(|due| *day <= due));
            found.extend(ends.map(|day| Gap { day: Some(day), ..Gap::of(Kind::Ends, duty) }));
        }
    }
    if of.due.is_none() {
        found.push(Gap::of(Kind::NoDeadline, duty));
    }
    found
}

/// Shares of subdistricts whose communities do not all have one.
fn uncovered(board: &Board) -> Vec<Gap> {
    let covered: HashSet<(&str, Uuid)> =
        board.duties.iter().map(|duty| (duty.content.indicator.as_str(), duty.content.unit)).collect();
    let mut found = Vec::new();
    let subdistricts: BTreeSet<Uuid> = board.of_kind("subdistrict").map(|unit| unit.id).collect();
    for duty in board.find(|of| of.part == Part::Carry && of.done.is_none()) {
        let of = &duty.content;
        if !subdistricts.contains(&of.unit) {
            continue;
        }
        let missing: Vec<Uuid> = board
            .communities(of.unit)
            .filter(|unit| !covered.contains(&(of.indicator.as_str(), unit.id)))
            .map(|unit| unit.id)
            .collect();
        if !missing.is_empty() {
            found.push(Gap { count: missing.len(), missing, ..Gap::of(Kind::NotCascaded, duty) });
        }
    }
    found
}
