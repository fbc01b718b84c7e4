//! The one who acts: a person in a post over some channel, with the rights that post holds.

use uuid::Uuid;

use super::{Reach, Role, Scoped};
use crate::error::{Error, Result};

/// How the actor reached the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A browser.
    Web,
    /// A bearer token.
    Api,
    /// The command line on the server.
    Console,
    /// A job, with the post that asked for it.
    Job,
    /// The maker of the demonstration district.
    Demo,
}

impl Channel {
    /// The name as the audit keeps it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Console => "console",
            Self::Job => "job",
            Self::Demo => "demo",
        }
    }
}

/// A role held over a unit and everything under it.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// The set of permissions.
    pub role: &'static Role,
    /// The root of the subtree.
    pub unit: Uuid,
}

/// The one who acts.
#[derive(Debug, Clone)]
pub struct Actor {
    /// How they came.
    pub channel: Channel,
    /// The account signed in.
    pub account: Option<Uuid>,
    /// The natural person. Exclusions bind this, not the post.
    pub person: Option<Uuid>,
    /// The post they act in.
    pub post: Option<Uuid>,
    /// Name and post for the audit, e.g. `周明（区社区办 综合科科长）`.
    pub name: String,
    /// What the post holds.
    pub grants: Vec<Grant>,
    /// For a token: the only permissions it may use, however many the post holds.
    pub only: Option<Vec<String>>,
}

impl Actor {
    /// An actor without any right: the console, the demonstration maker, a visitor.
    #[must_use]
    pub fn without_rights(channel: Channel, name: impl Into<String>) -> Self {
        Self { channel, account: None, person: None, post: None, name: name.into(), grants: Vec::new(), only: None }
    }

    /// The units over which the actor holds the permission.
    #[must_use]
    pub fn roots(&self, permission: &str) -> Vec<Uuid> {
        if self.only.as_ref().is_some_and(|only| !only.iter().any(|p| p == permission)) {
            return Vec::new();
        }
        let mut units: Vec<Uuid> = self.grants.iter().filter(|g| g.role.allows(permission)).map(|g| g.unit).collect();
        units.sort();
        units.dedup();
        units
    }

    /// Whether the actor holds the permission anywhere.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        !self.roots(permission).is_empty()
    }

    /// Binds a query to what this actor may see or do.
    ///
    /// # Errors
    /// [`Error::Forbidden`] naming the permission when the actor holds it nowhere.
    pub fn scoped<Q>(&self, permission: &'static str, query: Q) -> Result<Scoped<Q>> {
        let roots = self.roots(permission);
        if roots.is_empty() {
            return Err(Error::Forbidden { permission });
        }
        Ok(Scoped::new(query, Reach::Under(roots)))
    }
}
