//! What the cards of a day are made of, and one card.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use hejian_kernel::{
    access::Scoped,
    error::{Error, Result},
    i18n::t,
    ui::{lamp::LampKind, query::Query},
    unit::{self, Unit, UnitQuery},
    web::Ctx,
};
use hejian_scoring::{Exact, evaluate::IndicatorScore, evaluate::UnitScore, pack::Indicator};
use hejian_workdays::{Beyond, Calendar};
use uuid::Uuid;

use super::{
    READ,
    item::{Age, Item, Kind, Tally},
    store::{self, Reminded},
};
use crate::{
    campaign::{
        duty::{
            gaps::{Gap, gaps},
            here::Here,
            model::Part,
        },
        score::{Asked, Scored, scores},
    },
    instruction::{self, Owed},
};

/// The kinds of unit that have a card, in the order of the tabs.
pub(super) const KINDS: [&str; 2] = ["department", "subdistrict"];

/// Everything that the cards of a day are counted from.
pub(super) struct Ground {
    pub here: Here,
    pub asked: Asked,
    pub scored: Arc<Scored>,
    pub calendar: Calendar,
    /// The units with a card that the reader may look at.
    pub units: Vec<Unit>,
    pub gaps: Vec<Gap>,
    pub orders: Vec<Owed>,
    pub reminders: Vec<Reminded>,
    items: HashMap<Uuid, Vec<Item>>,
}

impl Ground {
    /// Reads it for the day and the campaign of the page's address.
    ///
    /// # Errors
    /// [`Error::Bad`] for a day that is none, [`Error::NotFound`] for a campaign there is not, the engine's own.
    pub async fn read(ctx: &Ctx) -> Result<Self> {
        let asked = Asked::read(ctx, &Query::parse(&ctx.place)).await?;
        let (day, campaign) = (asked.day, asked.campaign.id());
        let scored = scores(&ctx.app, campaign, day).await?;
        let mut read = ctx.read().await?;
        let here = Here::read(ctx, &mut read.tx, day).await?;
        let units = cards_of(&mut read.tx, ctx, day).await?;
        let began = store::began(&mut read.tx, campaign).await?;
        let mut all = store::todos(&mut read.tx, &ctx.actor, campaign, day, ctx.lang).await?;
        let orders = instruction::owed(&mut read.tx, &ctx.actor).await?;
        let reminders = store::reminders(&mut read.tx, campaign, day).await?;
        drop(read);
        all.extend(
            orders.iter().filter(|order| !(order.cancelled && order.settled.is_some_and(|on| on <= day))).map(of_order),
        );
        all.extend(here.board.duties.iter().map(|duty| Item {
            kind: Kind::Duty,
            id: duty.line,
            unit: duty.content.unit,
            post: duty.content.post,
            seen: None,
            began: began.get(&duty.line).copied().unwrap_or(day),
            due: duty.content.due,
            done: duty.content.done,
        }));
        let mut items: HashMap<Uuid, Vec<Item>> = HashMap::new();
        for item in all {
            items.entry(item.unit).or_default().push(item);
        }
        let gaps = gaps(&here.board, &here.standard.pack);
        let calendar = Calendar::builtin().beyond(Beyond::WeekendsOnly);
        Ok(Self { here, asked, scored, calendar, units, gaps, orders, reminders, items })
    }

    /// A word of the room.
    pub fn t(&self, key: &str) -> String {
        t(self.here.lang, key)
    }

    /// The day.
    pub fn day(&self) -> NaiveDate {
        self.asked.day
    }

    /// The card of a unit by its key.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none or the reader may not look at it.
    pub fn card(&self, key: &str) -> Result<Card<'_>> {
        let unit = self.units.iter().find(|unit| unit.key == key).ok_or(Error::NotFound { what: "thing-unit" })?;
        Ok(Card::of(self, unit))
    }

    /// What one unit itself owes.
    pub fn owed_by(&self, unit: Uuid) -> &[Item] {
        self.items.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Code and name of an indicator, for what is about a duty; its page.
    pub fn title(&self, item: &Item) -> Option<(String, String)> {
        if item.kind != Kind::Duty {
            return item.seen.clone();
        }
        let code = &self.here.board.line(item.id)?.content.indicator;
        Some((format!("{code} {}", self.here.name(code)), self.here.link(&format!("/duty/lines/{}", item.id))))
    }
}

fn of_order(order: &Owed) -> Item {
    Item {
        kind: Kind::Instruction,
        id: order.id,
        unit: order.unit,
        post: Some(order.post),
        seen: order.seen.clone(),
        began: order.given,
        due: Some(order.due),
        done: order.replied,
    }
}

/// The departments and subdistricts of a day within the reader's scope, in official order.
async fn cards_of(tx: &mut hejian_kernel::db::Tx, ctx: &Ctx, day: NaiveDate) -> Result<Vec<Unit>> {
    let asked: Scoped<UnitQuery> =
        ctx.actor.scoped(READ, UnitQuery { on: Some(day), kinds: KINDS.to_vec(), under: None })?;
    unit::list(tx, &asked).await
}

/// An indicator that the unit leads, as it was scored.
pub(super) type Led<'g> = (&'g Indicator, &'g IndicatorScore);

/// One unit's card.
pub(super) struct Card<'g> {
    pub unit: &'g Unit,
    /// The unit and, of a subdistrict, its communities.
    pub whole: Vec<Uuid>,
    pub items: Vec<&'g Item>,
    pub tally: Tally,
    pub gaps: Vec<&'g Gap>,
    /// What a department leads.
    pub led: Vec<Led<'g>>,
    /// A subdistrict's own score.
    pub score: Option<&'g UnitScore>,
    /// Instructions that are not closed.
    pub orders: Vec<&'g Owed>,
    /// Indicators of communities that are known there, and all of them.
    pub known: (usize, usize),
}

impl<'g> Card<'g> {
    pub fn of(ground: &'g Ground, unit: &'g Unit) -> Self {
        let (here, day) = (&ground.here, ground.day());
        let below = here.board.communities(unit.id).map(|of| of.id).filter(|_| unit.kind == "subdistrict");
        let whole: Vec<Uuid> = std::iter::once(unit.id).chain(below).collect();
        let items: Vec<&Item> = whole.iter().flat_map(|id| ground.owed_by(*id)).collect();
        let tally = Tally::of(items.iter().copied(), &ground.calendar, day);
        let gaps = ground.gaps.iter().filter(|gap| gap.unit.is_some_and(|of| whole.contains(&of))).collect();
        let leads = |code: &str| here.board.lead(code).is_some_and(|duty| duty.content.unit == unit.id);
        let pairs = ground.scored.standard.pack.indicators.iter().zip(&ground.scored.scores.indicators);
        let led: Vec<Led<'_>> = pairs.filter(|(indicator, _)| leads(&indicator.code)).collect();
        let id = unit.id.to_string();
        let score = ground.scored.scores.breakdown.iter().find(|of| of.unit == id && unit.kind == "subdistrict");
        let open = |order: &&Owed| order.given <= day && order.settled.is_none_or(|on| on > day);
        let orders = ground.orders.iter().filter(|order| whole.contains(&order.unit)).filter(open).collect();
        let mut card = Self { unit, whole, items, tally, gaps, led, score, orders, known: (0, 0) };
        card.known = card.reported(ground);
        card
    }

    /// Of how many places where communities have a value of the indicators that the unit answers for, how many are known.
    fn reported(&self, ground: &Ground) -> (usize, usize) {
        let department = self.unit.kind == "department";
        let mine = |code: &str| !department || self.led.iter().any(|(indicator, _)| indicator.code == code);
        let id = |unit: &UnitScore| Uuid::try_parse(&unit.unit).unwrap_or_default();
        let communities = ground.scored.scores.breakdown.iter().filter(|unit| unit.level == "community");
        let counted = communities.filter(|unit| department || self.whole.contains(&id(unit)));
        let cells = counted.flat_map(|unit| &unit.indicators).filter(|own| mine(&own.code));
        cells.fold((0, 0), |(known, all), own| (known + usize::from(own.outcome.points().is_some()), all + 1))
    }

    /// Points got, points of what is assessed, and points there are, over the indicators it leads.
    pub fn points(&self) -> (Exact, Exact, Exact) {
        let assessed = || self.led.iter().filter_map(|(_, score)| Some((score.outcome.points()?, &score.max_points)));
        let got = assessed().map(|(got, _)| got).sum();
        (got, assessed().map(|(_, most)| most).sum(), self.led.iter().map(|(_, score)| &score.max_points).sum())
    }

    /// Points lost on what is assessed.
    pub fn lost(&self) -> Option<Exact> {
        if let Some(score) = self.score {
            return score.score.as_ref().map(|_| &score.assessed_points - &score.points);
        }
        let (got, assessed, _) = self.points();
        (!assessed.is_zero()).then(|| &assessed - &got)
    }

    /// Whether nothing was ever given to it.
    pub fn is_idle(&self) -> bool {
        self.items.is_empty() && self.led.is_empty() && self.gaps.is_empty()
    }

    /// The lamp: something is over, something is near or missing, all is well, or there is nothing.
    pub fn lamp(&self) -> (LampKind, &'static str) {
        match () {
            () if self.is_idle() => (LampKind::Grey, "idle"),
            () if self.tally.over(None) > 0 => (LampKind::Red, "over"),
            () if self.tally.count(None, Age::Near) > 0 => (LampKind::Yellow, "near"),
            () if !self.gaps.is_empty() => (LampKind::Yellow, "gap"),
            () => (LampKind::Green, "normal"),
        }
    }

    /// How many indicators the unit has a part in.
    pub fn parts(&self, ground: &Ground, part: Part) -> usize {
        ground.here.board.find(|of| of.unit == self.unit.id && of.part == part).count()
    }
}
