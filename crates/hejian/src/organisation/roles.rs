//! What a post may do. Deny by default: a permission that no role names belongs to nobody.
//!
//! The three administrators hold no business right, and no business role holds an administrator's.

use hejian_kernel::access::{Admin, Role};

/// All roles.
pub static ROLES: &[Role] = &[
    // 区社区办: runs the campaign; keeps and corrects everything in the district.
    Role {
        key: "campaign_office",
        permissions: &[
            "organisation.read",
            "instruction.read",
            "instruction.answer",
            "instruction.supervise",
            "todo.supervise",
            "setup_approval.*",
            "premises.read",
            "premises.write",
            "premises.remove",
            "premises.report",
            "series.read",
            "series.write",
            "series.remove",
            // cargo xtask new-module adds a line above this one
            "campaign.read",
            "campaign.edit",
            "standard.read",
            "standard.edit",
            "duty.*",
            "scorecard.read",
            "score.read",
            "score.freeze",
        ],
        admin: None,
    },
    // 部门负责人: answers for indicators.
    Role {
        key: "department_lead",
        permissions: &[
            "organisation.read",
            "instruction.read",
            "instruction.answer",
            "setup_approval.read",
            "premises.read",
            "series.read",
            "series.write",
            "campaign.read",
            "standard.read",
            "duty.read",
            "scorecard.read",
            "duty.act",
            "score.read",
        ],
        admin: None,
    },
    // 用房立项: goes with the post that approves projects (创建办综合科), beside its own role.
    Role { key: "approval", permissions: &["premises.read", "premises.approve"], admin: None },
    // 标准签发: the office drafts a standard, but a district document is signed by the leader in charge, and so is the decision
    // which version the district works to. Goes with that leader's post, beside its own role.
    Role {
        key: "standard_issue",
        permissions: &["campaign.read", "standard.read", "standard.publish", "standard.pin"],
        admin: None,
    },
    // 用房验收: goes with the post of the bureau that accepts projects (民政局), beside its own role.
    Role { key: "acceptance", permissions: &["premises.read", "premises.accept"], admin: None },
    // 部门经办人: reports figures.
    Role {
        key: "department_officer",
        permissions: &[
            "organisation.read",
            "instruction.read",
            "instruction.answer",
            "setup_approval.read",
            "premises.read",
            "series.read",
            "series.write",
            "campaign.read",
            "standard.read",
            "duty.read",
            "scorecard.read",
            "duty.act",
            "score.read",
        ],
        admin: None,
    },
    // 街道: keeps the registers of its communities.
    Role {
        key: "subdistrict_officer",
        permissions: &[
            "organisation.read",
            "instruction.read",
            "instruction.answer",
            "setup_approval.read",
            "premises.read",
            "premises.write",
            "premises.report",
            "series.read",
            "series.write",
            "campaign.read",
            "standard.read",
            "duty.read",
            "scorecard.read",
            "duty.act",
            "duty.cascade",
            "score.read",
        ],
        admin: None,
    },
    // 社区: keeps its own records.
    Role {
        key: "community_worker",
        permissions: &[
            "organisation.read",
            "instruction.read",
            "instruction.answer",
            "setup_approval.read",
            "premises.read",
            "premises.write",
            "premises.report",
            "series.read",
            "series.write",
            "campaign.read",
            "standard.read",
            "duty.read",
            "duty.act",
            "score.read",
        ],
        admin: None,
    },
    // 督导组: looks on site; its own register comes with the inspections.
    Role {
        key: "inspector",
        permissions: &[
            "organisation.read",
            "premises.read",
            "series.read",
            "campaign.read",
            "standard.read",
            "duty.read",
            "scorecard.read",
            "score.read",
        ],
        admin: None,
    },
    // 领导: reads everything.
    Role {
        key: "leader",
        permissions: &[
            "organisation.read",
            "instruction.read",
            "instruction.give",
            "todo.supervise",
            "setup_approval.read",
            "premises.read",
            "series.read",
            "campaign.read",
            "standard.read",
            "duty.read",
            "scorecard.read",
            "score.read",
        ],
        admin: None,
    },
    // 上级评审: reads the standard and the score.
    Role { key: "reviewer", permissions: &["campaign.read", "standard.read", "score.read"], admin: None },
    Role {
        key: "system_admin",
        permissions: &["organisation.read", "organisation.manage", "account.read", "account.manage"],
        admin: Some(Admin::System),
    },
    Role {
        key: "security_admin",
        permissions: &["organisation.read", "account.read", "account.secure", "grant.manage"],
        admin: Some(Admin::Security),
    },
    Role { key: "audit_admin", permissions: &["audit.read"], admin: Some(Admin::Audit) },
];

#[cfg(test)]
mod tests {
    use super::ROLES;

    #[test]
    fn no_role_joins_the_rights_of_two_administrators_or_of_one_and_the_business() {
        assert_eq!(hejian_kernel::access::exclusive_roles_problems(ROLES), Vec::<String>::new());
    }
}
