//! The demonstration district 武陵区 in 2008–2010: embedded data files and a seed in, plain structs out.
//!
//! It owns the data of `demo/` and what is invented beside it. The rule that matters: **no name and no figure goes without
//! its mark, real, inferred or synthetic** (posts, terms, sign-ins and coverage are invented as a whole and carry none). No
//! input or output, no clock, no ids: records name each other by stable keys (`C-S2-01`, `post-mzj-head`), and whoever writes
//! them gives them ids.
//!
//! The seed draws names, addresses and the days of terms. Figures do not depend on it, so every seed tells the same story:
//! 39 of 51 communities meet the premises norm.

mod accounts;
mod dates;
mod figure;
pub mod geometry;
mod mark;
mod names;
mod people;
mod person;
mod premises;
mod problem;
mod projects;
mod series;
mod source;
mod stories;
mod story;
mod summary;
mod timeline;
mod unit;
mod units;

pub use dates::{
    COMMITTEES_SINCE, KNOWN_UNTIL, MERGE_DECIDED_ON, MERGED_ON, OPENS_ON, RECOUNTED_ON, STORY_BEGINS_ON, STORY_ENDS_ON,
};
pub use figure::{Correction, Figure, Number};
pub use mark::{Mark, Marks, Status};
pub use person::{Account, Person, Post, Role, Term};
pub use premises::{
    AreaRow, Coverage, Function, MoneyLine, MoneySource, Paper, PaperKind, PendingStep, Premises, PremisesKind, Stage,
    Step, Works,
};
pub use problem::Problem;
pub use source::Sources;
pub use summary::Summary;
pub use timeline::{TimelineEvent, timeline};
pub use unit::{
    CampaignRole, Department, DepartmentKind, Lineage, LineageKind, SetupApproval, Snapshot, Unit, UnitKind,
};
pub use units::DISTRICT;

use serde::{Deserialize, Serialize};

/// The whole district, its parts in the order in which they can be written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct District {
    /// The seed it was drawn from.
    pub seed: u64,
    /// Units, parents before children: district, subdistricts, old committees, communities, departments.
    pub units: Vec<Unit>,
    /// 86 → 51.
    pub lineage: Vec<Lineage>,
    /// One approval for each community.
    pub approvals: Vec<SetupApproval>,
    /// Dated figures of whole subdistricts, for reading.
    pub snapshots: Vec<Snapshot>,
    /// Invented office-holders.
    pub persons: Vec<Person>,
    /// Posts.
    pub posts: Vec<Post>,
    /// Who held which post when.
    pub terms: Vec<Term>,
    /// Sign-ins to make.
    pub accounts: Vec<Account>,
    /// Premises projects, by number.
    pub premises: Vec<Premises>,
    /// Months the premises register was reported complete for.
    pub coverage: Vec<Coverage>,
    /// Figures of 2007–2010; those entered after [`OPENS_ON`] are for later.
    pub figures: Vec<Figure>,
}

/// Makes the district from the embedded files. Fails only when a file was damaged by editing.
pub fn district(seed: u64) -> Result<District, Problem> {
    district_from(Sources::embedded(), seed)
}

/// Makes the district from other texts of the same three files.
pub fn district_from(sources: Sources<'_>, seed: u64) -> Result<District, Problem> {
    let units::Units { units, lineage, approvals, snapshots, premises: columns } = units::read(sources)?;
    let premises = projects::premises(&units, &columns, seed)?;
    let (coverage, mut figures) = (projects::coverage(&units), series::figures(&units));
    figures.extend(story::figures(&units));
    let people::People { persons, posts, terms, accounts } = people::people(&units, seed);
    Ok(District {
        seed,
        units,
        lineage,
        approvals,
        snapshots,
        persons,
        posts,
        terms,
        accounts,
        premises,
        coverage,
        figures,
    })
}
