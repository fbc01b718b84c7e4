//! What the organisation tells the indicators: how many approvals a community's set-up has.

use std::pin::Pin;

use hejian_kernel::{
    error::Result,
    measure::{Collect, Fact},
    register::{Record, Register as _},
};

use super::SetupApproval;

/// `organisation.setup_approvals`: approvals of communities issued by the day, zero where the register is reported complete.
#[must_use]
pub fn facts<'c>(collect: &'c mut Collect<'_>) -> Pin<Box<dyn Future<Output = Result<Vec<Fact>>> + Send + 'c>> {
    Box::pin(async move {
        let day = collect.day;
        let issued =
            |record: &Record| SetupApproval::from_record(record).is_some_and(|approval| approval.issued_on <= day);
        collect.count_by_unit(SetupApproval::DEF, "organisation.setup_approvals", "community", issued).await
    })
}
