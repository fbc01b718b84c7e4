//! From the rows of the data files to units, lineage, approvals and snapshots.
//!
//! The rule that matters: communities and subdistricts get their boundaries by dissolving those of the old committees,
//! never from a second map, so that the areas of all three levels agree.

use crate::dates::{self, COMMITTEES_SINCE, KNOWN_UNTIL, MERGE_DECIDED_ON, MERGED_ON};
use crate::geometry::{Polygon, dissolve};
use crate::mark::{Mark, Marks};
use crate::source::{self, Boundary, COMMITTEES, DepartmentRow, Sources, UnitRow};
use crate::{Department, Lineage, LineageKind, Problem, SetupApproval, Snapshot, Unit, UnitKind};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Key of the district itself.
pub const DISTRICT: &str = "D430702";

/// Everything the files say about units, in write order: parents before children.
pub(crate) struct Units {
    pub units: Vec<Unit>,
    pub lineage: Vec<Lineage>,
    pub approvals: Vec<SetupApproval>,
    pub snapshots: Vec<Snapshot>,
    /// Premises columns of the communities: key, works word, m².
    pub premises: Vec<(String, String, u32)>,
}

pub(crate) fn read(sources: Sources<'_>) -> Result<Units, Problem> {
    let rows = source::unit_rows(sources.units)?;
    let boundaries = source::boundaries(sources.committees)?;
    let of = |level: &'static str| rows.iter().filter(move |row| row.level == level);
    let mut found = Units { units: vec![], lineage: vec![], approvals: vec![], snapshots: vec![], premises: vec![] };
    let mut orders: BTreeMap<(UnitKind, String), u32> = BTreeMap::new();
    let mut add = |units: &mut Vec<Unit>, mut unit: Unit| {
        let order = orders.entry((unit.kind, unit.parent.clone().unwrap_or_default())).or_default();
        *order += 1;
        unit.order = *order;
        units.push(unit);
    };
    for row in of("district") {
        add(&mut found.units, unit(row, UnitKind::District)?);
    }
    for row in of("subdistrict").filter(|row| row.valid_from.starts_with("1988")) {
        add(&mut found.units, Unit { households: None, population: None, ..unit(row, UnitKind::Subdistrict)? });
    }
    // Within a kind the number in the key is the official order; the file lists committees by successor.
    let mut old: Vec<&UnitRow> = of("residents_committee_old").collect();
    old.sort_by(|a, b| a.unit_id.cmp(&b.unit_id));
    for row in &old {
        let mut unit = unit(row, UnitKind::ResidentsCommittee)?;
        if let Some((polygon, status)) = boundaries.get(&row.unit_id) {
            unit.geometry = vec![polygon.clone()];
            unit.marks.geometry = Mark::read(status);
        }
        add(&mut found.units, unit);
    }
    for row in of("community") {
        let parts: Vec<&UnitRow> = old.iter().filter(|o| o.successor_id == row.unit_id).copied().collect();
        if parts.is_empty() {
            return Err(row.problem("no old committee names it as successor", "Fill successor_id of its committees"));
        }
        let mut community = unit(row, UnitKind::Community)?;
        (community.geometry, community.marks.geometry) = joined(&parts, &boundaries)?;
        let number = found.approvals.len() + 11;
        found.approvals.push(SetupApproval {
            unit: row.unit_id.clone(),
            document: format!("常武政函〔2002〕{number}号"),
            title: format!("关于设立{}的批复", row.name_zh),
            on: MERGE_DECIDED_ON,
            mark: Mark::invented(),
        });
        if let (Some(m2), works) = (row.premises_m2, &row.premises_project) {
            found.premises.push((row.unit_id.clone(), works.clone(), m2));
        }
        add(&mut found.units, community);
    }
    for subdistrict in found.units.iter_mut().filter(|u| u.kind == UnitKind::Subdistrict) {
        let parts: Vec<&UnitRow> = old.iter().filter(|o| o.parent_id == subdistrict.key).copied().collect();
        (subdistrict.geometry, subdistrict.marks.geometry) = joined(&parts, &boundaries)?;
    }
    found.lineage = old.iter().map(|row| lineage(row, &found.units)).collect::<Result<_, _>>()?;
    found.snapshots = rows.iter().filter_map(snapshot).collect();
    for row in source::department_rows(sources.departments)? {
        add(&mut found.units, department(row));
    }
    check(&found.units)?;
    Ok(found)
}

fn unit(row: &UnitRow, kind: UnitKind) -> Result<Unit, Problem> {
    let (name, alias) = split_name(&row.name_zh);
    Ok(Unit {
        key: row.unit_id.clone(),
        kind,
        name,
        name_en: None,
        alias,
        parent: (!row.parent_id.is_empty()).then(|| row.parent_id.clone()),
        valid_from: when(row, kind, &row.valid_from)?.unwrap_or(COMMITTEES_SINCE),
        valid_to: when(row, kind, &row.valid_to)?.filter(|end| *end <= KNOWN_UNTIL),
        order: 0,
        nbs_code: (!row.nbs_code.is_empty()).then(|| row.nbs_code.clone()),
        households: row.households,
        population: row.population,
        groups: row.groups,
        area_tenths_km2: row.area_km2.map(|area| (area * 10.0).round() as u32),
        key_community: row.key_community == "1",
        model_community: row.model_community == "1",
        charity_shop: row.charity_shop == "1",
        department: None,
        marks: Marks {
            name: Mark::read(&row.name_status),
            value: Mark::read(&row.value_status),
            mapping: Mark::read(&row.mapping_status),
            geometry: None,
        },
        source: row.source.clone(),
        note: row.note.clone(),
        geometry: vec![],
    })
}

/// A date cell; the bare year of the consolidation is its assumed day.
fn when(row: &UnitRow, kind: UnitKind, text: &str) -> Result<Option<NaiveDate>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text == "2002" && matches!(kind, UnitKind::ResidentsCommittee | UnitKind::Community) {
        return Ok(Some(MERGED_ON));
    }
    let fault = || row.problem(format!("“{text}” is not a date"), "Write 2002, 2002-06 or 2002-06-01");
    dates::read(text).map(Some).ok_or_else(fault)
}

/// Name and second name: 区社区建设工作办公室(区社区办).
fn split_name(text: &str) -> (String, Option<String>) {
    match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((name, alias)) => (name.to_owned(), Some(alias.to_owned())),
        None => (text.to_owned(), None),
    }
}

/// The union of the parts' boundaries, with the mark of the weakest.
fn joined(
    parts: &[&UnitRow],
    boundaries: &BTreeMap<String, Boundary>,
) -> Result<(Vec<Polygon>, Option<Mark>), Problem> {
    let mut polygons = Vec::new();
    let mut mark: Option<Mark> = None;
    for part in parts {
        let (polygon, status) = boundaries.get(&part.unit_id).ok_or_else(|| {
            let place = format!("feature {}", part.unit_id);
            Problem::new(COMMITTEES, place, "it is missing, but the units name it", "Draw its boundary")
        })?;
        polygons.push(polygon);
        mark = mark.max_by_status(Mark::read(status));
    }
    let names = || parts.iter().map(|part| part.unit_id.as_str()).collect::<Vec<_>>().join(", ");
    let union = dissolve(polygons)
        .map_err(|what| Problem::new(COMMITTEES, format!("features {}", names()), what, "Correct the borders"))?;
    Ok((union, mark))
}

trait Weaker {
    fn max_by_status(self, other: Self) -> Self;
}

impl Weaker for Option<Mark> {
    fn max_by_status(self, other: Self) -> Self {
        if other.as_ref().map(|m| m.status) > self.as_ref().map(|m| m.status) { other } else { self }
    }
}

fn lineage(row: &UnitRow, units: &[Unit]) -> Result<Lineage, Problem> {
    let known = units.iter().any(|u| u.kind == UnitKind::Community && u.key == row.successor_id);
    if !known {
        return Err(row.problem(
            format!("its successor “{}” is no community of the file", row.successor_id),
            "Name a community's unit_id in successor_id",
        ));
    }
    Ok(Lineage {
        from: row.unit_id.clone(),
        to: row.successor_id.clone(),
        kind: LineageKind::Merge,
        on: MERGED_ON,
        document: "常武政发〔2002〕9号".to_owned(),
        mark: Mark::invented(),
    })
}

/// Dated figures of whole subdistricts: the snapshot rows and the subdistricts' own row.
fn snapshot(row: &UnitRow) -> Option<Snapshot> {
    let unit = match row.level.as_str() {
        "subdistrict_snapshot" => row.unit_id.split('-').next()?.to_owned(),
        "subdistrict" if row.valid_from.starts_with("1988") => row.unit_id.clone(),
        _ => return None,
    };
    let mark = Mark::read(&row.value_status)?;
    let digits: String = mark.text.chars().filter(char::is_ascii_digit).collect();
    let (households, population) = (row.households, row.population);
    Some(Snapshot { unit, year: digits.parse().ok()?, households, population, mark, source: row.source.clone() })
}

fn department(row: DepartmentRow) -> Unit {
    let (name, alias) = split_name(&row.name_zh);
    let mark = Mark::read(&row.confidence);
    Unit {
        key: format!("dept-{}", row.id),
        kind: UnitKind::Department,
        name,
        name_en: Some(row.name_en.replace('_', " ")),
        alias,
        parent: Some(DISTRICT.to_owned()),
        valid_from: dates::day(1988, 1, 1),
        valid_to: None,
        order: 0,
        nbs_code: None,
        households: None,
        population: None,
        groups: None,
        area_tenths_km2: None,
        key_community: false,
        model_community: false,
        charity_shop: false,
        department: Some(Department {
            code: row.id,
            kind: row.kind,
            vertical_line: row.vertical_line,
            campaign_role: row.campaign_role,
            duties_zh: row.duties_zh,
            duties_en: row.duties_en,
        }),
        marks: Marks { name: mark, value: None, mapping: None, geometry: None },
        source: "departments.yaml".to_owned(),
        note: String::new(),
        geometry: vec![],
    }
}

/// Keys are unique, parents exist and stand before their children.
fn check(units: &[Unit]) -> Result<(), Problem> {
    let mut seen: Vec<&str> = Vec::with_capacity(units.len());
    for unit in units {
        let fault =
            |what: String, remedy: &str| Problem::new(source::UNITS, format!("unit {}", unit.key), what, remedy);
        if seen.contains(&unit.key.as_str()) {
            return Err(fault("its key stands twice".to_owned(), "Give every unit a key of its own"));
        }
        if let Some(parent) = unit.parent.as_deref().filter(|parent| !seen.contains(parent)) {
            return Err(fault(format!("its parent “{parent}” is unknown"), "Name an existing unit in parent_id"));
        }
        if unit.valid_to.is_some_and(|end| end <= unit.valid_from) {
            return Err(fault("it ends before it begins".to_owned(), "Correct valid_from or valid_to"));
        }
        seen.push(&unit.key);
    }
    Ok(())
}
