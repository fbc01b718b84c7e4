//! Draft and published: what may follow a published version. The rule that matters: a published version means one content for
//! ever, so whatever changes what is asked needs a new version, and a new version says what became of the old one.

use super::{Pack, State};

/// Why a pack may not follow a published one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum PublishFault {
    /// The same version asks something else.
    #[error(
        "version {version} of `{id}` is published and asks something else; raise the version (write `version: {}`)",
        version + 1
    )]
    Changed {
        /// The pack.
        id: String,
        /// The version both carry.
        version: u32,
        /// Fingerprint of the published content.
        published: String,
        /// Fingerprint of the new content.
        found: String,
    },
    /// The same version says otherwise what became of an earlier one.
    #[error(
        "version {version} of `{id}` is published with another migration record; raise the version (write `version: {}`)",
        version + 1
    )]
    MigrationChanged {
        /// The pack.
        id: String,
        /// The version both carry.
        version: u32,
    },
    /// A published version is a draft again.
    #[error(
        "version {version} of `{id}` is published and cannot be a draft again; write `state: published`, or raise the version"
    )]
    Reopened {
        /// The pack.
        id: String,
        /// The version both carry.
        version: u32,
    },
    /// The version lies before the published one.
    #[error("version {found} of `{id}` lies before version {version}, which is published; write `version: {}` or more", version + 1)]
    Earlier {
        /// The pack.
        id: String,
        /// The published version.
        version: u32,
        /// The version of the new one.
        found: u32,
    },
    /// A new version is published without saying what became of the old one.
    #[error(
        "version {found} of `{id}` does not say what became of version {version}; add migration.yaml with `from: {{id: {id}, version: {version}}}`"
    )]
    NoMigration {
        /// The pack.
        id: String,
        /// The published version.
        version: u32,
        /// The version of the new one.
        found: u32,
    },
}

/// Whether `new` may stand beside or after `old`. Only a published `old` of the same id sets limits; `old` is the latest
/// published version before `new`, or the one with its version. Tests may change at any time: they ask nothing of anybody.
///
/// # Errors
/// Every reason why not, each with its remedy.
pub fn check(old: &Pack, new: &Pack) -> Result<(), Vec<PublishFault>> {
    let (was, is) = (&old.standard, &new.standard);
    if was.id != is.id || was.state != State::Published {
        return Ok(());
    }
    let (id, version) = (was.id.clone(), was.version);
    let mut faults = Vec::new();
    if is.version < version {
        faults.push(PublishFault::Earlier { id, version, found: is.version });
    } else if is.version > version {
        let follows = |from: &super::MigrationFrom| from.id == id && from.version == version;
        let told = new.migration.as_ref().is_some_and(|migration| follows(&migration.from));
        if is.state == State::Published && !told {
            faults.push(PublishFault::NoMigration { id, version, found: is.version });
        }
    } else {
        let (published, found) = (old.fingerprint(), new.fingerprint());
        if published != found {
            faults.push(PublishFault::Changed { id: id.clone(), version, published, found });
        }
        if old.migration != new.migration {
            faults.push(PublishFault::MigrationChanged { id: id.clone(), version });
        }
        if is.state != State::Published {
            faults.push(PublishFault::Reopened { id, version });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
