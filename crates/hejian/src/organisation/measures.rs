//! What the organisation tells the indicators: how many approvals a community's set-up has.

use hejian_kernel::register::Register as _;

use super::SetupApproval;
use crate::campaign_facts::{Collect, Fact};

/// `organisation.setup_approvals`: approvals of communities, zero where the register is reported complete.
///
/// # Errors
/// The engine's own error.
pub async fn facts(collect: &mut Collect<'_>) -> hejian_kernel::error::Result<Vec<Fact>> {
    collect.count_by_unit(SetupApproval::DEF, "organisation.setup_approvals", |_| true).await
}
