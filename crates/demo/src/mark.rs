//! How far a figure or a name can be believed. Every record of the demonstration district carries such a mark, and a page
//! that shows a figure which is not real says 演示数据.

use serde::{Deserialize, Serialize};

/// Real, inferred or synthetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Found in a source.
    Real,
    /// Concluded from what was found.
    Inferred,
    /// Invented for the demonstration.
    Synthetic,
}

/// A status with the words the source file uses for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The weakest claim the words make.
    pub status: Status,
    /// The words as they stand in the file.
    pub text: String,
}

impl Mark {
    /// Reads the words of a status column; `none` and an empty cell mean that there is nothing to mark.
    ///
    /// The weakest word wins ("real name 2021; as old committee synthetic" is synthetic), so a mark never promises more
    /// than the file does.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text == "none" {
            return None;
        }
        let lower = text.to_lowercase();
        let status = if lower.contains("synthetic") {
            Status::Synthetic
        } else if lower.starts_with("real") && !lower.contains("inferred") {
            Status::Real
        } else {
            Status::Inferred
        };
        Some(Self { status, text: text.to_owned() })
    }

    /// The mark of everything this crate invents itself.
    pub fn invented() -> Self {
        Self { status: Status::Synthetic, text: "synthetic".to_owned() }
    }
}

/// The marks of a unit, one for each thing that may be believed apart from the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Of the name.
    pub name: Option<Mark>,
    /// Of households, population and groups.
    pub value: Option<Mark>,
    /// Of the mapping to the successor.
    pub mapping: Option<Mark>,
    /// Of the boundary.
    pub geometry: Option<Mark>,
}

impl Marks {
    /// True when a page that shows this unit must say 演示数据.
    pub fn any_not_real(&self) -> bool {
        [&self.name, &self.value, &self.mapping, &self.geometry]
            .into_iter()
            .flatten()
            .any(|mark| mark.status != Status::Real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weakest_word_decides_the_status() {
        for (text, status) in [
            ("real (2011 list)", Status::Real),
            ("real(2010)", Status::Real),
            ("real (2011 list name; earlier existence inferred)", Status::Inferred),
            ("real name 2021; as old committee synthetic", Status::Synthetic),
            ("synthetic, sum calibrated to real subdistrict households 2010", Status::Synthetic),
            ("typical for a Chinese district of 2008-2009; the real Wuling list was not found", Status::Inferred),
        ] {
            assert_eq!(Mark::read(text).map(|mark| mark.status), Some(status), "{text}");
        }
        assert_eq!(Mark::read(" "), None);
        assert_eq!(Mark::read("none"), None);
    }
}
