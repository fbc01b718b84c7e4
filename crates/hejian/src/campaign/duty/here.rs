//! What every page of this room stands on: the campaign, the standard in force, the board of today, and what the reader may do.

use std::sync::Arc;

use chrono::NaiveDate;
use hejian_kernel::{
    db::Tx,
    error::{Error, Message, Result},
    i18n::{Lang, format, t, ta},
    lifecycle::held_by,
    pages::{Frame, page},
    ui::{
        Markup, html,
        lamp::{LampKind, lamp},
        query::Query,
        shell::Crumb,
    },
    unit::Unit,
    web::Ctx,
    work::Work,
};
use hejian_scoring::pack::Indicator;
use hejian_workdays::{Beyond, Calendar, Standing};
use uuid::Uuid;

use super::{
    lamps,
    model::{Board, Content, Duty, Post},
    store::{self, Titles, Words},
};
use crate::campaign::{
    record::Chosen,
    standard::{Standard, guard, pinned},
};

/// The right to give and change duties.
pub(super) const ASSIGN: &str = "duty.assign";
/// The right to break a subdistrict's share down.
pub(super) const CASCADE: &str = "duty.cascade";
/// The right to report on, plan and remind for what one's own unit has.
pub(super) const ACT: &str = "duty.act";

/// The ground of a page.
pub(crate) struct Here {
    pub lang: Lang,
    pub query: Query,
    pub campaign: Uuid,
    pub chosen: Chosen,
    pub standard: Arc<Standard>,
    pub board: Board,
    pub today: NaiveDate,
    pub demo: bool,
    /// Whether the reader gives duties in the whole district.
    pub assigns: bool,
    /// The unit of the reader's post.
    pub own: Option<Uuid>,
    calendar: Calendar,
}

impl Here {
    /// Reads it.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn open(ctx: &Ctx) -> Result<Self> {
        let mut read = ctx.read().await?;
        let today = read.today();
        Self::read(ctx, &mut read.tx, today).await
    }

    /// The same for whoever is about to change duties.
    ///
    /// # Errors
    /// The engine's own error; a refusal where the reader does not assign.
    pub async fn assigning(ctx: &Ctx, work: &mut Work) -> Result<Self> {
        let today = work.today();
        let here = Self::read(ctx, &mut work.tx, today).await?;
        if here.assigns { Ok(here) } else { Err(not_yours()) }
    }

    /// The same within a transaction; of a day that is over, as it was then.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn read(ctx: &Ctx, tx: &mut Tx, today: NaiveDate) -> Result<Self> {
        let query = Query::parse(&ctx.place);
        let chosen = Chosen::read(tx, &query).await?;
        let campaign = chosen.id();
        let standard = pinned::in_force(tx, campaign, today).await?;
        let past = today < ctx.app.clock.today();
        let board = if past {
            store::board_then(tx, campaign, today).await?
        } else {
            store::board(tx, campaign, today).await?
        };
        let own = ctx.actor.post.and_then(|post| board.post(post)).map(|post| post.unit);
        Ok(Self {
            lang: ctx.lang,
            query,
            campaign,
            chosen,
            standard,
            board,
            today,
            demo: ctx.app.district.read().is_ok_and(|district| district.demo),
            assigns: guard::may(ctx, tx, ASSIGN).await?,
            own,
            // A year whose holidays are not published yet counts weekends only.
            calendar: Calendar::builtin().beyond(Beyond::WeekendsOnly),
        })
    }

    /// A word of the room.
    pub fn t(&self, key: &str) -> String {
        t(self.lang, key)
    }

    /// The same with a figure.
    pub fn n(&self, key: &str, n: usize) -> String {
        ta(self.lang, key, &[("n", n.into())])
    }

    /// An indicator of the standard in force.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn indicator(&self, code: &str) -> Result<&Indicator> {
        self.standard.pack.indicator(code).ok_or(Error::NotFound { what: "thing-indicator" })
    }

    /// The name of an indicator; its code where the standard in force has none of that code.
    pub fn name(&self, code: &str) -> String {
        self.standard.pack.indicator(code).map_or_else(|| code.to_owned(), |of| self.standard.name(self.lang, of))
    }

    /// The place of an indicator in the standard.
    pub fn place(&self, code: &str) -> usize {
        self.standard.pack.indicators.iter().position(|of| of.code == code).unwrap_or(usize::MAX)
    }

    /// A unit by its key.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn unit(&self, key: &str) -> Result<&Unit> {
        self.board.unit_of_key(key).ok_or(Error::NotFound { what: "thing-unit" })
    }

    /// Whether the reader reports, plans and reminds for the unit.
    pub fn acts_for(&self, ctx: &Ctx, unit: Uuid) -> bool {
        self.assigns || (ctx.actor.may(ACT) && self.own == Some(unit))
    }

    /// Lamp and word of a duty.
    pub fn lamp(&self, of: &Content) -> (LampKind, String) {
        match (of.done, of.due) {
            (Some(_), _) => (LampKind::Green, self.t("duty-lamp-done")),
            (None, None) => (LampKind::Grey, self.t("duty-lamp-undated")),
            (None, due) => {
                let kind = self.colour(due);
                (kind, kind.word(self.lang))
            }
        }
    }

    /// The lamp of a deadline on working days.
    pub fn colour(&self, due: Option<NaiveDate>) -> LampKind {
        lamps::colour(&self.calendar, due, self.today)
    }

    /// The lamp of a duty with its word.
    pub fn lit(&self, of: &Content) -> Markup {
        let (kind, word) = self.lamp(of);
        lamp(kind, &word)
    }

    /// The day some working days from today.
    pub fn workdays(&self, n: i32) -> NaiveDate {
        self.calendar.add_workdays(self.today, n).unwrap_or(self.today)
    }

    /// 06-30, 剩 3 个工作日; a dash without a deadline.
    pub fn due(&self, of: &Content) -> Markup {
        let left = |due| Standing::on(&self.calendar, due, self.today).ok().map(|s| format::due(self.lang, s.signed()));
        html! {
            @match of.due {
                None => span.hj-cellgap { (self.t("duty-no-due")) },
                Some(due) => { (format::date_near(due, self.today)) @if of.done.is_none() { " " span.sub { (left(due).unwrap_or_default()) } } },
            }
        }
    }

    /// The person in a post with the deputy, as text.
    pub fn person(&self, post: Option<Uuid>) -> String {
        let Some(post) = post.and_then(|id| self.board.post(id)) else { return String::new() };
        post.person().map(|person| person.name.clone()).unwrap_or_default()
    }

    /// The person with a link to their duties, the post and the deputy under it.
    pub fn who(&self, post: Option<Uuid>) -> Markup {
        let found = post.and_then(|id| self.board.post(id));
        html! {
            @match found {
                None => span.hj-cellgap { (self.t("duty-no-post")) },
                Some(post) => {
                    @match post.person() {
                        Some(person) => a href=(self.link(&format!("/duty/posts/{}", post.id))) { (person.name) },
                        None => a.hj-cellgap href=(self.link(&format!("/duty/posts/{}", post.id))) { (self.t("duty-nobody")) },
                    }
                    " " span.sub { (post.name) (self.deputy(post)) }
                }
            }
        }
    }

    fn deputy(&self, post: &Post) -> String {
        let deputy = post.deputy.as_ref().filter(|_| post.holder.is_some());
        deputy.map(|person| ta(self.lang, "duty-deputy", &[("name", person.name.clone().into())])).unwrap_or_default()
    }

    /// An address of the same campaign.
    pub fn link(&self, path: &str) -> String {
        self.chosen.link(path)
    }

    /// Name of a unit with a link to its duties.
    pub fn unit_link(&self, id: Uuid) -> Markup {
        html! {
            @if let Some(unit) = self.board.unit(id) { a href=(self.link(&format!("/duty/units/{}", unit.key))) { (unit.name) } }
        }
    }

    /// Code and name of an indicator with a link to its duties.
    pub fn indicator_link(&self, code: &str) -> Markup {
        html! { a.title href=(self.link(&format!("/duty/indicators/{code}"))) { (code) " " (self.name(code)) } }
    }

    /// Duties in the order of the standard.
    pub fn sorted<'a>(&self, duties: impl Iterator<Item = &'a Duty>) -> Vec<&'a Duty> {
        let mut all: Vec<&Duty> = duties.collect();
        all.sort_by_key(|duty| (duty.content.part, self.place(&duty.content.indicator)));
        all
    }

    /// The whole page, under this room.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn page(&self, ctx: &Ctx, title: &str, wide: bool, body: Markup) -> Result<Markup> {
        let crumbs = vec![Crumb::to(self.t("nav-duty"), self.link("/duty")), Crumb::here(title.to_owned())];
        let mut frame = Frame::new(title, if title == self.t("nav-duty") { Vec::new() } else { crumbs });
        if wide {
            frame.body_class = "p-wide".to_owned();
        }
        page(ctx, frame, body).await
    }
}

impl Titles for Here {
    fn title(&self, code: &str) -> Words {
        Words::indicator(&self.standard, code)
    }

    fn place(&self, path: &str) -> String {
        self.link(path)
    }
}

/// Refuses what is not the reader's to do.
pub(super) fn not_yours() -> Error {
    Error::Refused(Message::new("duty-not-yours"))
}

/// Whether the reader breaks down the share of a subdistrict.
///
/// # Errors
/// The engine's own error.
pub(super) async fn cascades(ctx: &Ctx, tx: &mut Tx, unit: Uuid) -> Result<bool> {
    Ok(!held_by(tx, &ctx.actor, unit, std::iter::once(CASCADE)).await?.is_empty())
}
