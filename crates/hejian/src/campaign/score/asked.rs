//! The day a page is asked for, and how its links keep it.

use chrono::NaiveDate;
use hejian_kernel::{
    error::{Error, Message, Result},
    ui::query::Query,
};

/// The day asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The day scored.
    pub day: NaiveDate,
    /// The business day.
    pub today: NaiveDate,
    /// Whether the address names the day.
    pub named: bool,
}

impl Asked {
    /// Reads `?on=2009-06-22`; without it, today. A day to come is scored as today.
    ///
    /// # Errors
    /// [`Error::Bad`] when the text is no day.
    pub fn read(query: &Query, today: NaiveDate) -> Result<Self> {
        let text = query.get("on").map(str::trim).filter(|text| !text.is_empty());
        let day = match text {
            None => today,
            Some(text) => text.parse().map_err(|_| Error::Bad(Message::new("score-bad-day").arg("text", cut(text))))?,
        };
        Ok(Self { day: day.min(today), today, named: text.is_some() && day < today })
    }

    /// An address on the same day.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        if self.named { Query::parse(path).with("on", self.day.to_string()).href() } else { path.to_owned() }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
