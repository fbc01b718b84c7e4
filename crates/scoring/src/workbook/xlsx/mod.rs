//! Sheets to the bytes of an Excel workbook and back. The rule that matters: the same sheets give the same bytes, and
//! nothing of a hostile file is unpacked before its size is known.

mod annotate;
mod guard;
mod read;
mod write;

pub use annotate::{Beside, annotate};
pub use read::read;
pub use write::write;
