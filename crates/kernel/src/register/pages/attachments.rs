//! Attachments. Stub.

use uuid::Uuid;

use super::words::Words;
use crate::{
    db::Tx,
    error::Result,
    register::{Record, RegisterDef},
    ui::{Markup, html},
};

/// An attachment.
#[derive(Debug, Clone)]
pub(super) struct Attachment {
    pub kind: String,
}

pub(super) async fn of_record(_tx: &mut Tx, _def: &'static RegisterDef, _id: Uuid) -> Result<Vec<Attachment>> {
    Ok(Vec::new())
}

pub(super) fn panel(_w: &Words, _record: &Record, _files: &[Attachment], _write: bool) -> Markup {
    html! {}
}
