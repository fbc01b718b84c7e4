//! Pages that show the organisation. They change nothing.

mod map;
pub(super) mod persons;
pub(super) mod post;
pub(super) mod tree;
mod tree_view;
pub(super) mod unit;

use hejian_kernel::{
    error::{Error, Result},
    ui::shell::Crumb,
    web::Ctx,
};
use uuid::Uuid;

/// The id of an address. A text that is none names nothing.
pub(super) fn id(text: &str, what: &'static str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound { what })
}

/// The way to a page of the organisation.
pub(super) fn way(ctx: &Ctx, rest: Vec<Crumb>) -> Vec<Crumb> {
    let mut way = vec![Crumb::to(ctx.t("nav-organisation"), "/organisation")];
    way.extend(rest);
    way
}

/// Whether the district's figures are for demonstration only.
pub(super) fn demo(ctx: &Ctx) -> bool {
    ctx.app.district.read().is_ok_and(|d| d.demo)
}
