//! What premises tell the indicators. Only accepted projects count (验收 is the rule of the register).

use std::pin::Pin;

use hejian_kernel::{
    error::Result,
    measure::{Collect, Fact},
    register::{Record, Register as _},
};

use super::{Premises, PremisesKind};

/// Usable floor area by community, service centres by subdistrict and district.
#[must_use]
pub fn facts<'c>(collect: &'c mut Collect<'_>) -> Pin<Box<dyn Future<Output = Result<Vec<Fact>>> + Send + 'c>> {
    Box::pin(async move {
        let accepted = |record: &Record, kind: PremisesKind| {
            let premises = Premises::from_record(record)?;
            (record.meta.state == "accepted" && premises.kind == kind).then_some(premises)
        };
        let mut facts = collect
            .sum_by_unit(Premises::DEF, "premises.usable_floor_area", "community", 1, |r| {
                accepted(r, PremisesKind::CommunityOffice).and_then(|p| p.floor_area).map(|a| a.0)
            })
            .await?;
        for (measure, level, kind) in [
            ("premises.subdistrict_service_centres", "subdistrict", PremisesKind::SubdistrictCentre),
            ("premises.district_service_centres", "district", PremisesKind::DistrictCentre),
        ] {
            facts.extend(collect.count_by_unit(Premises::DEF, measure, level, |r| accepted(r, kind).is_some()).await?);
        }
        Ok(facts)
    })
}
