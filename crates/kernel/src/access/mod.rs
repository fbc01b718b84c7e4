//! Who is signed in, and who may do what, where. It owns accounts, sessions, tokens, actors, roles, permissions and scopes.
//!
//! The rule that matters: deny by default, scope by construction. A query on records takes a [`Scoped`] value, and the only
//! ways to one are an actor's own rights ([`Actor::scoped`]) and [`Scoped::for_engine`], whose result must not leave as records.

pub mod account;
mod acting;
mod actor;
mod admins;
mod appoint;
mod directory;
mod exclusion;
mod identify;
mod limits;
pub mod password;
mod posts;
mod random;
mod role;
mod scope;
pub mod session;
pub mod token;

#[cfg(test)]
mod tests;

pub use acting::acting;
pub use actor::{Actor, Channel, Grant};
pub use admins::{create_account, create_first_administrators, issue_token};
pub use appoint::{Part, appoint, end_term, grant, revoke};
pub use directory::{Ask, Seat, actors_in, seats};
pub use exclusion::{Added, check_exclusion, exclusive_roles_problems};
pub use identify::identify;
pub use limits::{Client, Limits};
pub use posts::{HeldPost, posts_of};
pub use role::{Admin, Role};
pub use scope::{Reach, Scoped};
pub use session::{SessionInfo, cookie};
