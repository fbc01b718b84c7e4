//! A version as an Excel workbook: sent whole, and read back as a new draft.
//!
//! The rule that matters: nothing of the workbook is guessed. What cannot be read is shown with sheet and cell, and nothing is
//! written.

use axum::response::Response;
use hejian_kernel::{
    db::Tx,
    error::{Error, Message, Result},
    i18n::{Lang, t, ta},
    ui::{Markup, html},
};
use hejian_scoring::{pack::PackErrors, workbook};

use super::{
    pack::Texts,
    problems,
    store::{self, Version},
    version::attached,
};

/// The name of the workbook beside the files of a pack.
pub(super) const FILE: &str = "standard.xlsx";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Faults shown of a workbook that cannot be read.
const SHOWN: usize = 30;

/// The workbook of a version.
pub(super) async fn send(version: &Version, texts: Texts) -> Result<Response> {
    let bytes = apart(move || workbook::write(&texts.of_pack())).await?;
    let bytes = bytes.map_err(|_| Error::Refused(Message::new("standard-book-faulty")))?;
    attached(bytes, KIND, &format!("{}-v{}.xlsx", version.pack, version.pack_version))
}

/// The texts of a workbook, with the Chinese words of the version of the same pack that was published last.
pub(super) async fn read(tx: &mut Tx, name: String, bytes: Vec<u8>) -> Result<Result<Texts, PackErrors>> {
    let read = apart(move || workbook::read(&name, &bytes)).await?;
    let mut texts = match read {
        Ok(texts) => Texts::from(texts),
        Err(errors) => return Ok(Err(errors)),
    };
    let pack = texts.read().map(|pack| pack.standard.id.clone()).unwrap_or_default();
    let before = store::list(tx).await?.into_iter().filter(|version| version.pack == pack && !version.is_draft());
    if let Some(last) = before.max_by_key(|version| version.pack_version) {
        texts.words = store::texts(tx, last.id).await?.words;
    }
    Ok(Ok(texts))
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(format!("a workbook failed: {error}")))
}

/// What is wrong with a workbook, each with its sheet and cell.
pub(super) fn faults(lang: Lang, errors: &PackErrors) -> Markup {
    html! {
        ol.hj-faults {
            @for error in errors.0.iter().take(SHOWN) {
                @let (what, remedy) = problems::says(lang, &error.problem);
                li {
                    @if let Some(at) = &error.cell { span.place { (at.sheet) " " (at.cell) } }
                    @if let Some(subject) = &error.subject { " " code { (subject) } }
                    div { (what) }
                    div.remedy { (t(lang, "standard-write")) (remedy) }
                }
            }
        }
        @if errors.0.len() > SHOWN { p.dim.xs { (ta(lang, "standard-faults-more", &[("n", (errors.0.len() - SHOWN).into())])) } }
    }
}
