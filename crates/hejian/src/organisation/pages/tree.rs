//! `/organisation`: the tree of units in official order, as of a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use hejian_kernel::{
    access::Part,
    error::Result,
    pages::{Frame, page as framed},
    ui::{Markup, map::Ring, query::Query},
    unit::{self, Unit, UnitQuery},
    web::Ctx,
};
use uuid::Uuid;

use super::{
    super::{
        READ,
        store::{posts, units},
    },
    tree_view,
};

/// All that the page shows.
pub(super) struct Tree {
    pub query: Query,
    pub today: NaiveDate,
    /// The day asked.
    pub on: NaiveDate,
    /// What was typed as a day but is none.
    pub not_a_day: Option<String>,
    /// Units of the scope in being on the day.
    pub units: Vec<Unit>,
    pub names: HashMap<Uuid, String>,
    pub boundaries: HashMap<Uuid, Vec<Ring>>,
    pub changes: Vec<units::Change>,
    /// Who leads each unit: post and name.
    pub heads: HashMap<Uuid, (Uuid, String)>,
    /// Posts of each unit: how many, how many of them held.
    pub posts: HashMap<Uuid, (usize, usize)>,
}

impl Tree {
    /// Whether the filter of the address leaves the unit in.
    pub(super) fn shows(&self, unit: &Unit) -> bool {
        let kind = self.query.get("kind").unwrap_or_default();
        let under = self.query.get("under").and_then(|t| Uuid::try_parse(t).ok());
        let text = self.query.get("q").unwrap_or_default().trim().to_lowercase();
        let found = |text: &str| {
            let code = unit.code.as_deref().unwrap_or_default();
            [unit.name.as_str(), code, unit.key.as_str()].iter().any(|t| t.to_lowercase().contains(text))
        };
        (kind.is_empty() || unit.kind == kind)
            && under.is_none_or(|u| unit.parent == Some(u) || unit.id == u)
            && text.split_whitespace().all(found)
    }
}

/// The page.
pub(in crate::organisation) async fn page(ctx: Ctx) -> Result<Markup> {
    let query = Query::parse(&ctx.place);
    let typed = query.get("on").map(str::trim).filter(|t| !t.is_empty());
    let asked: Option<NaiveDate> = typed.and_then(|t| t.parse().ok());
    let mut read = ctx.read().await?;
    let today = read.today();
    let tx = &mut read.tx;
    let on = asked.unwrap_or(today);
    let not_a_day = typed.filter(|_| asked.is_none()).map(ToOwned::to_owned);
    let seen = ctx.actor.scoped(READ, UnitQuery { on: Some(on), ..UnitQuery::default() })?;
    let units = unit::list(tx, &seen).await?;
    let held: Vec<Uuid> =
        posts::terms_on(tx, on).await?.iter().filter(|t| t.part == Part::Holder).map(|t| t.post).collect();
    let mut posts_of: HashMap<Uuid, (usize, usize)> = HashMap::new();
    for post in posts::all(tx, &seen.with(())).await? {
        let count = posts_of.entry(post.unit).or_default();
        count.0 += 1;
        count.1 += usize::from(held.contains(&post.id));
    }
    let tree = Tree {
        today,
        on,
        not_a_day,
        units,
        names: unit::names(tx).await?,
        boundaries: units::boundaries(tx).await?,
        changes: units::changes(tx).await?,
        heads: units::heads(tx, on).await?,
        posts: posts_of,
        query,
    };
    drop(read);
    framed(&ctx, Frame::new(ctx.t("nav-organisation"), Vec::new()), tree_view::body(&ctx, &tree)).await
}
