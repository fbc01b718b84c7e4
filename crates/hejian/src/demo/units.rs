//! Units, their boundaries, and what became of the 86 committees.

use hejian_demo::{DepartmentKind, District, Status, Unit, UnitKind, geometry};
use hejian_kernel::{
    error::Result,
    unit::{self, Lineage, NewUnit},
    work::Work,
};

use super::Ids;

pub(super) async fn write(work: &mut Work, plan: &District, ids: &mut Ids) -> Result<()> {
    for planned in &plan.units {
        let parent = planned.parent.as_ref().map(|key| ids.unit(key)).transpose()?;
        let id = unit::add(
            work,
            &NewUnit {
                // A department is known by its short code, as the standard names it.
                key: planned.department.as_ref().map_or_else(|| planned.key.clone(), |d| d.code.clone()),
                kind: kind(planned.kind).to_owned(),
                name: planned.name.clone(),
                official_order: order(plan, planned),
                code: planned.nbs_code.clone(),
                section: planned.department.as_ref().map(|d| section(d.kind).to_owned()),
                parent,
                valid_from: planned.valid_from,
                valid_to: planned.valid_to,
                geometry: boundary(planned),
                is_key: planned.key_community,
                is_model: planned.model_community,
                name_status: status(planned.marks.name.as_ref().map(|m| m.status)).to_owned(),
                value_status: status(planned.marks.value.as_ref().map(|m| m.status)).to_owned(),
                note: (!planned.note.is_empty()).then(|| planned.note.clone()),
            },
        )
        .await?;
        ids.units.insert(planned.key.clone(), id);
    }
    for line in &plan.lineage {
        let lineage = Lineage {
            from: ids.unit(&line.from)?,
            to: ids.unit(&line.to)?,
            kind: "merge".to_owned(),
            effective_on: line.on,
            document: Some(line.document.clone()),
        };
        unit::succeed(work, &lineage).await?;
    }
    Ok(())
}

fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::District => "district",
        UnitKind::Subdistrict => "subdistrict",
        UnitKind::ResidentsCommittee => "residents_committee",
        UnitKind::Community => "community",
        UnitKind::Department => "department",
    }
}

fn section(kind: DepartmentKind) -> &'static str {
    match kind {
        DepartmentKind::Party => "party",
        DepartmentKind::Government => "government",
        DepartmentKind::Office => "office",
        DepartmentKind::MassOrg => "mass_org",
        DepartmentKind::Vertical => "vertical",
        DepartmentKind::Other => "other",
    }
}

fn status(status: Option<Status>) -> &'static str {
    match status {
        None | Some(Status::Real) => "real",
        Some(Status::Inferred) => "inferred",
        Some(Status::Synthetic) => "synthetic",
    }
}

/// One order for the whole district: the district, then each subdistrict followed by its communities, then departments.
fn order(plan: &District, planned: &Unit) -> i64 {
    let own = i64::from(planned.order);
    let above = || {
        planned.parent.as_ref().and_then(|key| plan.units.iter().find(|u| u.key == *key)).map_or(0, |u| order(plan, u))
    };
    match planned.kind {
        UnitKind::District => 0,
        UnitKind::Subdistrict => own * 10_000,
        UnitKind::Community => above() + own * 10,
        UnitKind::ResidentsCommittee => above() + 5_000 + own * 10,
        UnitKind::Department => 1_000_000 + own * 10,
    }
}

fn boundary(planned: &Unit) -> Option<String> {
    if planned.geometry.is_empty() {
        return None;
    }
    // Polygons of polygons: the map wants rings; a community of the demonstration is one polygon.
    let rings: Vec<_> = geometry::degrees(&planned.geometry).into_iter().flatten().collect();
    serde_json::to_string(&rings).ok()
}
