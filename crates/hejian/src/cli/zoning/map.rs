//! The map of a zoning command: how it is to be read, and what is wrong with it.

use std::path::Path;

use clap::{Args, ValueEnum};
use hejian_zoning::read::{self, Contiguity, Coordinates, Fault, Faults, Read, Reading};
use serde_json::Value;

use crate::cli::{
    failure::Failure,
    trouble::{self, Trouble, Troubles},
};

/// How a GeoJSON file is to be read; a graph needs none of this.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading GeoJSON 读取")]
pub(super) struct Flags {
    /// Property with the id of a unit 编号字段
    #[arg(long, value_name = "NAME", default_value = "unit_id")]
    id: String,
    /// Property with its size 规模（户数）字段
    #[arg(long, value_name = "NAME", default_value = "households")]
    size: String,
    /// Property with its population 人口字段
    #[arg(long, value_name = "NAME", default_value = "population")]
    population: String,
    /// Property with its parent 上级字段
    #[arg(long, value_name = "NAME", default_value = "subdistrict_id")]
    parent: String,
    /// Properties that units of a region should share, for the objective wss 属性字段
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    attributes: Vec<String>,
    /// What makes two units adjoin: a border of some length, or a point 邻接
    #[arg(long, value_enum, default_value_t = Adjoin::Rook)]
    contiguity: Adjoin,
    /// Whether coordinates are degrees or lengths in a plane [default: degrees where all of them can be] 坐标
    #[arg(long, value_enum)]
    coordinates: Option<Numbers>,
    /// Width up to which a gap or an overlap is a sliver and nothing, in metres or units of the map [default: 1/1000 of the
    /// side of a square as large as the median unit] 容差
    #[arg(long, value_name = "WIDTH")]
    tolerance: Option<f64>,
    /// How far from a border a line with the property `barrier` may lie that bars it [default: 50 times the tolerance] 障碍距离
    #[arg(long, value_name = "WIDTH")]
    barrier_reach: Option<f64>,
    /// Let places between units be that belong to none: lakes, another district 允许空隙
    #[arg(long)]
    allow_gaps: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Adjoin {
    Rook,
    Queen,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Numbers {
    Degrees,
    Planar,
}

impl Flags {
    /// The flags as the engine takes them.
    pub(super) fn reading(self, nested: bool) -> Result<Reading, Failure> {
        for (flag, width) in [("--tolerance", self.tolerance), ("--barrier-reach", self.barrier_reach)] {
            if let Some(width) = width.filter(|width| !(width.is_finite() && *width >= 0.0)) {
                return Err(Failure::Usage(format!("{flag} is {width}. Give a width of 0 or more.")));
            }
        }
        Ok(Reading {
            id: self.id,
            size: self.size,
            population: self.population,
            parent: self.parent,
            attributes: self.attributes,
            nested,
            contiguity: match self.contiguity {
                Adjoin::Rook => Contiguity::Rook,
                Adjoin::Queen => Contiguity::Queen,
            },
            coordinates: match self.coordinates {
                None => Coordinates::Auto,
                Some(Numbers::Degrees) => Coordinates::Degrees,
                Some(Numbers::Planar) => Coordinates::Planar,
            },
            tolerance: self.tolerance,
            reach: self.barrier_reach,
            allow_gaps: self.allow_gaps,
        })
    }
}

/// Reads the map, or says all that is wrong with it.
pub(super) fn read(path: &Path, reading: &Reading, json: bool, nothing: &str) -> Result<Read, Failure> {
    let bytes = trouble::bytes(path)?;
    read::read(&bytes, reading).map_err(|faults| troubles(path, faults).end(json, nothing))
}

fn troubles(path: &Path, faults: Faults) -> Troubles {
    let file = path.display().to_string();
    let of = |fault: Fault| Trouble {
        line_of_text: format!("{file}: {fault}"),
        file: file.clone(),
        line: fault.line.map(|line| line as u64),
        column: Value::Null,
        cell: Value::Null,
        fault: fault.wrong.key().to_owned(),
        message: fault.wrong.to_string(),
        remedy: fault.wrong.remedy(),
        code: (!fault.thing.is_empty()).then_some(fault.thing),
    };
    Troubles { list: faults.list.into_iter().map(of).collect(), more: faults.more }
}
