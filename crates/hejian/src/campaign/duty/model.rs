//! What a duty is, and the district it is read in. Values only: no database.
//!
//! The rule that matters: a duty is a line; each change ends its row and begins the next, so what held on a day can be told.

use std::collections::HashMap;

use chrono::NaiveDate;
use hejian_kernel::unit::Unit;
use uuid::Uuid;

/// What a unit has to do with an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 牵头: answers for it. One an indicator.
    Lead,
    /// 配合: supports the lead.
    Support,
    /// 承办: a subdistrict's or a community's share.
    Carry,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Support, Self::Carry];

    /// Its word in the database and in addresses; its label is `duty-part-<key>`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Support => "support",
            Self::Carry => "carry",
        }
    }

    /// The part of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == text)
    }
}

/// What a duty says: who, what part, in which post, by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Code of the indicator.
    pub indicator: String,
    /// The unit that has it.
    pub unit: Uuid,
    /// Its part.
    pub part: Part,
    /// The post that answers; the person is whoever holds it.
    pub post: Option<Uuid>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// The line it is a share of.
    pub parent: Option<Uuid>,
    /// A remark.
    pub note: String,
}

impl Content {
    /// A duty of a unit without post, day or remark.
    #[must_use]
    pub fn new(indicator: impl Into<String>, unit: Uuid, part: Part) -> Self {
        let (post, due, done, parent) = (None, None, None, None);
        Self { indicator: indicator.into(), unit, part, post, due, done, parent, note: String::new() }
    }
}

/// A duty as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The row.
    pub id: Uuid,
    /// The line it is a version of.
    pub line: Uuid,
    /// Which version, from 1.
    pub version: i64,
    /// What it says.
    pub content: Content,
}

/// A person in a post until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// The name.
    pub name: String,
    /// The first day out of office.
    pub to: Option<NaiveDate>,
}

/// A post on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub id: Uuid,
    /// Its unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// A 角.
    pub holder: Option<Present>,
    /// B 角.
    pub deputy: Option<Present>,
    /// Whether anybody ever was in it.
    pub known: bool,
    /// Whether its roles let it report on duties: those who inspect or review carry none.
    pub acts: bool,
    /// The first day from today on that nobody covers.
    pub empty_from: Option<NaiveDate>,
}

impl Post {
    /// Who acts in it on the day: the holder, otherwise the deputy.
    #[must_use]
    pub fn person(&self) -> Option<&Present> {
        self.holder.as_ref().or(self.deputy.as_ref())
    }
}

/// The duties of a campaign with the units and posts of a day.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// The duties that stand.
    pub duties: Vec<Duty>,
    /// Units in being, in official order.
    pub units: Vec<Unit>,
    /// Posts, in official order of their units and within them.
    pub posts: Vec<Post>,
    by_unit: HashMap<Uuid, usize>,
    by_post: HashMap<Uuid, usize>,
    by_line: HashMap<Uuid, usize>,
    at: HashMap<Uuid, Vec<usize>>,
}

impl Board {
    /// From what was read.
    #[must_use]
    pub fn new(duties: Vec<Duty>, units: Vec<Unit>, posts: Vec<Post>) -> Self {
        let by_unit = units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let by_post = posts.iter().enumerate().map(|(at, post)| (post.id, at)).collect();
        let by_line = duties.iter().enumerate().map(|(at, duty)| (duty.line, at)).collect();
        let mut at: HashMap<Uuid, Vec<usize>> = HashMap::new();
        for (place, duty) in duties.iter().enumerate() {
            at.entry(duty.content.unit).or_default().push(place);
        }
        Self { duties, units, posts, by_unit, by_post, by_line, at }
    }

    /// The same district with other duties.
    #[must_use]
    pub fn with(&self, duties: Vec<Duty>) -> Self {
        Self::new(duties, self.units.clone(), self.posts.clone())
    }

    /// A unit in being.
    #[must_use]
    pub fn unit(&self, id: Uuid) -> Option<&Unit> {
        self.by_unit.get(&id).map(|at| &self.units[*at])
    }

    /// A unit's name.
    #[must_use]
    pub fn unit_name(&self, id: Uuid) -> &str {
        self.unit(id).map_or("", |unit| unit.name.as_str())
    }

    /// The unit of a key.
    #[must_use]
    pub fn unit_of_key(&self, key: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.key == key)
    }

    /// Units of a kind.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Unit> {
        self.units.iter().filter(move |unit| unit.kind == kind)
    }

    /// The communities of a subdistrict.
    pub fn communities(&self, of: Uuid) -> impl Iterator<Item = &Unit> {
        self.of_kind("community").filter(move |unit| unit.parent == Some(of))
    }

    /// A post.
    #[must_use]
    pub fn post(&self, id: Uuid) -> Option<&Post> {
        self.by_post.get(&id).map(|at| &self.posts[*at])
    }

    /// The posts of a unit.
    pub fn posts_of(&self, unit: Uuid) -> impl Iterator<Item = &Post> {
        self.posts.iter().filter(move |post| post.unit == unit)
    }

    /// Those duties that satisfy a condition.
    pub fn find<'a>(&'a self, wanted: impl Fn(&Content) -> bool + 'a) -> impl Iterator<Item = &'a Duty> {
        self.duties.iter().filter(move |duty| wanted(&duty.content))
    }

    /// The lead of an indicator.
    #[must_use]
    pub fn lead(&self, code: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.content.part == Part::Lead && duty.content.indicator == code)
    }

    /// The duty of a unit for an indicator.
    #[must_use]
    pub fn at(&self, code: &str, unit: Uuid) -> Option<&Duty> {
        let own = self.at.get(&unit)?.iter().map(|at| &self.duties[*at]);
        own.into_iter().find(|duty| duty.content.indicator == code)
    }

    /// The duty that stands in a line.
    #[must_use]
    pub fn line(&self, line: Uuid) -> Option<&Duty> {
        self.by_line.get(&line).map(|at| &self.duties[*at])
    }

    /// The first post of the unit in which somebody is, passing over `skip` of them while there are more.
    #[must_use]
    pub fn held_post(&self, unit: Uuid, skip: usize) -> Option<&Post> {
        let held = self.able(unit);
        held.get(skip).or_else(|| held.last()).copied()
    }

    /// The posts of the unit in which somebody is, in turn: so that many duties do not all fall to one.
    #[must_use]
    pub fn post_in_turn(&self, unit: Uuid, turn: usize) -> Option<&Post> {
        let held = self.able(unit);
        held.get(turn % held.len().max(1)).copied()
    }

    /// The posts in which somebody is and that may act on duties; where none may yet, those in which somebody is.
    fn able(&self, unit: Uuid) -> Vec<&Post> {
        let held: Vec<&Post> = self.posts_of(unit).filter(|post| post.person().is_some()).collect();
        let acting: Vec<&Post> = held.iter().copied().filter(|post| post.acts).collect();
        if acting.is_empty() { held } else { acting }
    }
}
