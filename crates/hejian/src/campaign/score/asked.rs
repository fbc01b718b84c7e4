//! The day and the campaign a page is asked for, and how its links keep them.

use chrono::{Months, NaiveDate};
use hejian_kernel::{
    error::{Error, Message, Result},
    ui::query::Query,
    web::Ctx,
};

use hejian_scoring::Exact;

use crate::campaign::{record::Chosen, standard::Standard};

/// The day and the campaign asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The day scored.
    pub day: NaiveDate,
    /// The business day.
    pub today: NaiveDate,
    /// Whether the address names the day.
    pub named: bool,
    /// The campaign.
    pub campaign: Chosen,
}

impl Asked {
    /// Reads `?on=2009-06-22&campaign=KEY` of the page's address; without a day, today, without a campaign, the first. A day to
    /// come is scored as today.
    ///
    /// # Errors
    /// [`Error::Bad`] when the text is no day, [`Error::NotFound`] when there is no such campaign.
    pub async fn read(ctx: &Ctx, query: &Query) -> Result<Self> {
        let today = ctx.app.clock.today();
        let asked = day(query, "on")?;
        let campaign = Chosen::read(&mut ctx.read().await?.tx, query).await?;
        let named = asked.is_some_and(|day| day < today);
        Ok(Self { day: asked.map_or(today, |day| day.min(today)), today, named, campaign })
    }

    /// The first day of a run: that of the campaign's cycle; without one, a year back.
    #[must_use]
    pub fn begins(&self) -> NaiveDate {
        let year = || self.day.checked_sub_months(Months::new(11)).unwrap_or(self.day);
        self.campaign.campaign.cycle_from.unwrap_or_else(year)
    }

    /// The points needed: those of the campaign, else the pass mark of the standard.
    #[must_use]
    pub fn pass(&self, standard: &Standard) -> Option<Exact> {
        let own = self.campaign.campaign.pass_points.as_deref().and_then(|text| Exact::parse(text).ok());
        own.or_else(|| standard.pack.standard.pass_mark.as_ref().map(|mark| mark.value.clone()))
    }

    /// An address on the same day about the same campaign.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        let path = self.campaign.link(path);
        if self.named { Query::parse(&path).with("on", self.day.to_string()).href() } else { path }
    }
}

/// A day of an address; none where nothing stands there.
///
/// # Errors
/// [`Error::Bad`] when the text is no day.
pub fn day(query: &Query, name: &str) -> Result<Option<NaiveDate>> {
    let text = query.get(name).map(str::trim).filter(|text| !text.is_empty());
    let bad = |text: &str| Error::Bad(Message::new("score-bad-day").arg("text", cut(text)));
    text.map(|text| text.parse().map_err(|_| bad(text))).transpose()
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
