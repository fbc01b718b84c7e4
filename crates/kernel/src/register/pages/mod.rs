//! Pages and API of every register. Stub.

use super::RegisterDef;
use crate::web::Routes;

/// The routes of a register.
#[must_use]
pub fn routes(_def: &'static RegisterDef) -> Routes {
    Routes::none()
}
