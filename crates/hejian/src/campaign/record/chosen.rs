//! Which campaign a page is about, and how its links keep that.

use hejian_kernel::{
    db::Tx,
    error::Result,
    i18n::{Lang, t},
    ui::{
        Markup,
        form::hidden,
        head::{Tab, tabs},
        html,
        query::Query,
    },
};
use uuid::Uuid;

use super::{
    MAIN,
    store::{self, Campaign},
};

/// The campaign asked for, and those that could be.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The one.
    pub campaign: Campaign,
    /// All, in their order.
    pub all: Vec<Campaign>,
}

impl Chosen {
    /// Reads `?campaign=KEY`; without it, the district's first.
    ///
    /// # Errors
    /// [`hejian_kernel::error::Error::NotFound`] when there is no such campaign.
    pub async fn read(tx: &mut Tx, query: &Query) -> Result<Self> {
        let key = query.get("campaign").map(str::trim).filter(|key| !key.is_empty()).unwrap_or(MAIN);
        let all = store::list(tx).await?;
        let campaign = all.iter().find(|campaign| campaign.key == key).cloned().ok_or_else(store::gone)?;
        Ok(Self { campaign, all })
    }

    /// The row of the campaign.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.campaign.id
    }

    /// The same query about this campaign.
    #[must_use]
    pub fn keep(&self, query: &Query) -> Query {
        let bare = query.without("campaign");
        if self.campaign.is_main() { bare } else { bare.with("campaign", self.campaign.key.clone()) }
    }

    /// An address about this campaign; a place within the page stays at its end.
    #[must_use]
    pub fn link(&self, address: &str) -> String {
        carry(&self.keep(&Query::default()), address)
    }

    /// What a form carries so that its answer is about the same campaign; nothing for the first.
    #[must_use]
    pub fn field(&self) -> Markup {
        html! { @if !self.campaign.is_main() { (hidden("campaign", &self.campaign.key)) } }
    }

    /// The other campaigns to go to, each on the same page; nothing where there is one.
    #[must_use]
    pub fn chooser(&self, lang: Lang, query: &Query) -> Markup {
        let one = |of: &Campaign| {
            let to = Self { campaign: of.clone(), all: Vec::new() }.keep(&query.without("page"));
            Tab::new(of.title.clone(), to.href(), of.key == self.campaign.key)
        };
        let all: Vec<Tab> = self.all.iter().map(one).collect();
        html! { @if all.len() > 1 { (tabs(&t(lang, "campaign-choose"), &all)) } }
    }
}

/// An address about the campaign that a page's own address names, if it names one.
#[must_use]
pub fn carry(from: &Query, address: &str) -> String {
    let Some(key) = from.get("campaign").filter(|key| !key.is_empty() && *key != MAIN) else {
        return address.to_owned();
    };
    let (address, place) = address.split_once('#').map_or((address, None), |(to, place)| (to, Some(place)));
    let to = Query::parse(address).with("campaign", key).href();
    place.map_or_else(|| to.clone(), |place| format!("{to}#{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_campaign_and_a_place_within_the_page_stays_last() {
        let from = Query::parse("/score?campaign=blocks&on=2009-03-31");
        assert_eq!(carry(&from, "/score/D02#definition"), "/score/D02?campaign=blocks#definition");
        assert_eq!(carry(&from, "/score?view=gaps"), "/score?view=gaps&campaign=blocks");
        for plain in ["/score", "/score?campaign=main", "/score?campaign="] {
            assert_eq!(carry(&Query::parse(plain), "/score/D02#x"), "/score/D02#x");
        }
    }
}
