//! Who may do what, where. It owns actors, roles, permissions and scopes.
//!
//! The rule that matters: deny by default, scope by construction. A query on records takes a [`Scoped`] value, and the only
//! ways to one are an actor's own rights ([`Actor::scoped`]) and [`Scoped::for_engine`], whose result must not leave as records.

mod acting;
mod actor;
mod role;
mod scope;
mod session;

pub use acting::acting;
pub use actor::{Actor, Channel, Grant};
pub use role::{Admin, Role};
pub use scope::{Reach, Scoped};
pub use session::{Limits, SessionInfo, cookie, identify};
