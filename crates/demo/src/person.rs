//! Persons, posts, terms and sign-ins as plain structs. Rights belong to posts; one person may hold several.

use crate::mark::Status;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the holder of a post does in the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 创建办.
    CampaignOffice,
    /// 部门负责人.
    DepartmentLead,
    /// 部门专干.
    DepartmentOfficer,
    /// 街道干部.
    SubdistrictOfficer,
    /// 社区工作者.
    CommunityWorker,
    /// 督导人员.
    Inspector,
    /// 区领导.
    Leader,
    /// 上级评审人员.
    Reviewer,
    /// 系统管理员.
    SystemAdmin,
    /// 安全管理员.
    SecurityAdmin,
    /// 审计管理员.
    AuditAdmin,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 11] = [
        Role::CampaignOffice,
        Role::DepartmentLead,
        Role::DepartmentOfficer,
        Role::SubdistrictOfficer,
        Role::CommunityWorker,
        Role::Inspector,
        Role::Leader,
        Role::Reviewer,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
    ];

    /// The key posts use (`campaign_office`).
    pub fn key(self) -> &'static str {
        match self {
            Role::CampaignOffice => "campaign_office",
            Role::DepartmentLead => "department_lead",
            Role::DepartmentOfficer => "department_officer",
            Role::SubdistrictOfficer => "subdistrict_officer",
            Role::CommunityWorker => "community_worker",
            Role::Inspector => "inspector",
            Role::Leader => "leader",
            Role::Reviewer => "reviewer",
            Role::SystemAdmin => "system_admin",
            Role::SecurityAdmin => "security_admin",
            Role::AuditAdmin => "audit_admin",
        }
    }
}

/// An invented office-holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Stable key: `person-001`.
    pub key: String,
    /// Name, unique in the district.
    pub name: String,
    /// Always synthetic.
    pub status: Status,
}

/// A post. It stays when its holder moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Stable key: `post-mzj-head`, `post-S4-officer`, `post-C-S4-07-worker`.
    pub key: String,
    /// Key of the unit it belongs to.
    pub unit: String,
    /// Key of the unit whose subtree it works for.
    pub scope: String,
    /// Title.
    pub title: String,
    /// What its holder does in the product.
    pub role: Role,
    /// Order within the unit, from 1.
    pub order: u32,
    /// Key of the post it deputises for (A/B 角).
    pub deputy_of: Option<String>,
    /// The organ outside the district that sends its holder (reviewers).
    pub host: Option<String>,
}

/// A person in a post on `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Key of the post.
    pub post: String,
    /// Key of the person.
    pub person: String,
    /// First day.
    pub from: NaiveDate,
    /// First day no longer in the post.
    pub to: Option<NaiveDate>,
    /// False for a post held beside the main one (兼任).
    pub main: bool,
    /// Appointment document, where there is one.
    pub document: Option<String>,
}

/// A sign-in the demonstration offers. Passwords are made when the district is written, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Name to sign in with.
    pub login: String,
    /// Key of the person.
    pub person: String,
    /// Key of the post it opens with.
    pub post: String,
    /// Why one would sign in with it, in Chinese.
    pub purpose_zh: String,
    /// The same in English.
    pub purpose_en: String,
}
