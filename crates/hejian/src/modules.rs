//! The map of the product: the list of modules, in the order of the navigation, and the roles a post may hold.
//!
//! A new feature is a folder and one line here.

use hejian_kernel::web::Module;

pub use crate::organisation::ROLES;
use crate::{
    campaign::{score, standard},
    foundations::{premises, series},
    organisation, system, todo,
};

/// All modules.
pub static MODULES: &[&Module] = &[
    &todo::MODULE,
    &organisation::MODULE,
    &premises::MODULE,
    &series::MODULE,
    // cargo xtask new-module adds a line above this one
    &standard::MODULE,
    &score::MODULE,
    &system::MODULE,
];
