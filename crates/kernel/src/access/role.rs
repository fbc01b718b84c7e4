//! Roles: named sets of permissions, as data of the modules.

/// The three administrators (三员). One natural person may hold at most one of them, and none of them holds a business right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Admin {
    /// 系统管理员: units, posts, accounts, settings.
    System,
    /// 安全管理员: what a post may do, unlocking, tokens.
    Security,
    /// 审计管理员: reads and exports the audit.
    Audit,
}

/// A named set of permissions.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Stable key, also the label key `role-<key>`.
    pub key: &'static str,
    /// Exact permissions such as `premises.read`, or `premises.*` for all of one module. There is no `*` alone.
    pub permissions: &'static [&'static str],
    /// Whether it is one of the three administrators.
    pub admin: Option<Admin>,
}

impl Role {
    /// Whether the role carries the permission.
    #[must_use]
    pub fn allows(&self, permission: &str) -> bool {
        self.permissions.iter().any(|p| {
            *p == permission
                || p.strip_suffix(".*").is_some_and(|module| {
                    permission.strip_prefix(module).is_some_and(|rest| rest.starts_with('.') && !module.is_empty())
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_allows_only_what_it_names() {
        let role = Role { key: "r", permissions: &["premises.read", "series.*"], admin: None };
        assert!(role.allows("premises.read") && role.allows("series.write"));
        assert!(!role.allows("premises.write") && !role.allows("seriesx.read") && !role.allows("series"));
    }
}
