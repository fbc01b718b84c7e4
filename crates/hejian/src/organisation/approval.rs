//! 设立批复: the documents by which the district government approved a community.

use chrono::NaiveDate;
use hejian_kernel::register::Register;

/// A document that approved a community's set-up.
#[derive(Debug, Clone, Register)]
#[register(
    table = "setup_approval",
    title = "document_number",
    level = "community",
    coverage = "month",
    merge = "stay",
    unique = "document_number",
    attachment = "document",
    attachment = "boundary_map"
)]
pub struct SetupApproval {
    /// 发文字号
    #[field(search)]
    pub document_number: String,
    /// Its title.
    #[field(list, search)]
    pub document_title: String,
    /// Who issued it.
    #[field(list)]
    pub issuer: String,
    /// When.
    #[field(list)]
    pub issued_on: NaiveDate,
    /// A remark.
    #[field(long)]
    pub note: Option<String>,
}
