//! Receiving files: streamed into the store as they arrive, refused by their first bytes or their size.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError, MultipartRejection},
};
use bytes::Bytes;
use futures::{StreamExt as _, stream};

use super::sniff;
use crate::{
    error::{Error, Message, Result},
    files::Stored,
    web::Ctx,
};

/// What the browser's file dialogue offers; the server looks at the content.
pub(super) const ACCEPT: &str = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.zip,.txt,.csv";
/// The longest name kept.
const NAME: usize = 120;
/// The most files in one form.
const FILES: usize = 20;

/// A form with files.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub files: Vec<SentFile>,
    texts: Vec<(String, String)>,
}

/// A file that was received; its bytes are in the store.
#[derive(Debug)]
pub(super) struct SentFile {
    pub name: String,
    pub media_type: String,
    pub stored: Stored,
}

impl Sent {
    /// A text of the form.
    pub fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }
}

/// Receives a form with files.
///
/// # Errors
/// [`Error::TooLarge`] naming the limit, [`Error::Bad`] for an empty or refused file or none at all.
pub(super) async fn read(ctx: &Ctx, body: Result<Multipart, MultipartRejection>) -> Result<Sent> {
    let mut body = body.map_err(|_| Error::Bad(Message::new("file-none-sent")))?;
    let limit = ctx.app.settings.upload.max_bytes();
    let mut sent = Sent::default();
    while let Some(field) = body.next_field().await.map_err(|e| broken(&e, limit))? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(clean) else {
            let text = field.text().await.map_err(|e| broken(&e, limit))?;
            sent.texts.push((name, text.chars().take(2000).collect()));
            continue;
        };
        // An empty file control sends a file without a name.
        if file.is_empty() || sent.files.len() == FILES {
            continue;
        }
        sent.files.push(keep(ctx, field, file, limit).await?);
    }
    if sent.files.is_empty() { Err(Error::Bad(Message::new("file-none-sent"))) } else { Ok(sent) }
}

async fn keep(ctx: &Ctx, mut field: Field<'_>, name: String, limit: u64) -> Result<SentFile> {
    let mut head: Vec<u8> = Vec::new();
    while head.len() < sniff::HEAD {
        match field.chunk().await.map_err(|e| broken(&e, limit))? {
            Some(bytes) => head.extend_from_slice(&bytes),
            None => break,
        }
    }
    if head.is_empty() {
        return Err(Error::Bad(Message::new("file-empty").arg("name", name)));
    }
    let looked_at = &head[..head.len().min(sniff::HEAD)];
    let Some(media_type) = sniff::media_type(looked_at, &name) else {
        return Err(Error::Bad(Message::new("file-type-refused").arg("name", name)));
    };
    let too_large = AtomicBool::new(false);
    let rest = field.inspect(|part| {
        if part.as_ref().is_err_and(is_too_large) {
            too_large.store(true, Ordering::Relaxed);
        }
    });
    let all = stream::iter([Ok::<Bytes, MultipartError>(Bytes::from(head))]).chain(rest);
    let stored = ctx.app.files.put_stream(all, limit).await;
    if too_large.load(Ordering::Relaxed) {
        return Err(Error::TooLarge { limit });
    }
    Ok(SentFile { name, media_type: media_type.to_owned(), stored: stored? })
}

fn is_too_large(error: &MultipartError) -> bool {
    error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE
}

fn broken(error: &MultipartError, limit: u64) -> Error {
    if is_too_large(error) { Error::TooLarge { limit } } else { Error::Bad(Message::new("error-file-broken-off")) }
}

/// The last part of a name, without what could mislead a reader or a system.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain = last.chars().filter(|c| !c.is_control() && !"\"<>|:*?\u{202e}\u{202d}".contains(*c));
    let text: String = plain.collect();
    let text = text.trim().trim_start_matches('.');
    let count = text.chars().count();
    // The ending is kept: it says what the file is.
    if count > NAME { text.chars().skip(count - NAME).collect() } else { text.to_owned() }
}
