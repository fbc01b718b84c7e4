//! Attachments' bytes, kept by their own SHA-256.
//!
//! The rule that matters: the name of a file is the digest of its content. Equal files are kept once, a file is never
//! overwritten, and what is read is compared with its name: an altered file is an error, never an answer. Rows of the
//! database name files by digest, so the store may be a folder here and an object store elsewhere.

use std::{io, path::Path, sync::Arc};

use bytes::Bytes;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use object_store::{ObjectStore, ObjectStoreExt as _, WriteMultipart, local::LocalFileSystem, path::Path as Key};
use sha2::{Digest as _, Sha256};

use crate::audit::hex;

/// The folder inside the store where a file is written before its digest is known.
const STAGING: &str = "staging";

/// A file in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stored {
    /// The SHA-256 of its content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Why a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The store has no file of that digest.
    #[error("the file {sha256} is not in the store. Restore it from the backup.")]
    Gone {
        /// The digest asked for.
        sha256: String,
    },
    /// The content is not what was stored.
    #[error("the file {sha256} was altered: its content has the digest {found}. Restore it from the backup.")]
    Altered {
        /// The digest asked for.
        sha256: String,
        /// The digest of what is there.
        found: String,
    },
    /// More bytes came than are allowed; nothing was kept.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The sender broke off; nothing was kept.
    #[error("the file did not arrive whole: {0}")]
    BrokenOff(String),
    /// No room; nothing was kept.
    #[error("the disk of the file store is full. Make room and try again.")]
    Full,
    /// The store failed.
    #[error("the file store failed: {0}")]
    Store(object_store::Error),
}

/// The store. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// The store in a folder of this machine, made when missing. Writes reach the disk before they are answered.
    ///
    /// # Errors
    /// The system's own error when the folder cannot be made or opened.
    pub fn folder(path: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        let store = LocalFileSystem::new_with_prefix(path).map_err(io::Error::other)?;
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    /// Keeps a file that is in memory.
    ///
    /// # Errors
    /// When there is no room or the store fails; nothing is kept then.
    pub async fn put(&self, bytes: Bytes) -> Result<Stored, FilesError> {
        let stored = Stored { sha256: hex(&Sha256::digest(&bytes)), size: bytes.len() as u64 };
        if !self.exists(&stored.sha256).await? {
            self.0.put(&key(&stored.sha256), bytes.into()).await.map_err(store_error)?;
        }
        Ok(stored)
    }

    /// Keeps a file as it arrives, without holding it in memory. `limit` is in bytes.
    ///
    /// # Errors
    /// When it is too large, breaks off, there is no room or the store fails; nothing is kept then.
    pub async fn put_stream<E: std::fmt::Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>> + Send,
        limit: u64,
    ) -> Result<Stored, FilesError> {
        let staged = Key::from_iter([STAGING.to_owned(), format!("{:032x}", rand::random::<u128>())]);
        let mut upload = WriteMultipart::new(self.0.put_multipart(&staged).await.map_err(store_error)?);
        let mut digest = Sha256::new();
        let mut size = 0u64;
        let mut stream = std::pin::pin!(stream);
        let wrong = loop {
            match stream.next().await {
                None => break None,
                Some(Err(e)) => break Some(FilesError::BrokenOff(e.to_string())),
                Some(Ok(bytes)) => {
                    size += bytes.len() as u64;
                    if size > limit {
                        break Some(FilesError::TooLarge { limit });
                    }
                    digest.update(&bytes);
                    // A slow disk holds the sender back, or the file would pile up in memory.
                    upload.wait_for_capacity(2).await.map_err(store_error)?;
                    upload.put(bytes);
                }
            }
        };
        if let Some(wrong) = wrong {
            // What was wrong is worth more than a failure to clean up after it.
            let _ = upload.abort().await;
            return Err(wrong);
        }
        upload.finish().await.map_err(store_error)?;
        let stored = Stored { sha256: hex(&digest.finalize()), size };
        let moved = match self.exists(&stored.sha256).await {
            Ok(true) => self.0.delete(&staged).await,
            Ok(false) => self.0.rename(&staged, &key(&stored.sha256)).await,
            Err(e) => return Err(e),
        };
        moved.map_err(store_error)?;
        Ok(stored)
    }

    /// The file's content, compared with its name.
    ///
    /// # Errors
    /// When it is gone or altered, or the store fails.
    pub async fn get(&self, sha256: &str) -> Result<Bytes, FilesError> {
        if !is_digest(sha256) {
            return Err(FilesError::Gone { sha256: sha256.to_owned() });
        }
        let bytes = match self.0.get(&key(sha256)).await {
            Ok(found) => found.bytes().await.map_err(store_error)?,
            Err(object_store::Error::NotFound { .. }) => return Err(FilesError::Gone { sha256: sha256.to_owned() }),
            Err(e) => return Err(store_error(e)),
        };
        let found = hex(&Sha256::digest(&bytes));
        if found == sha256 { Ok(bytes) } else { Err(FilesError::Altered { sha256: sha256.to_owned(), found }) }
    }

    /// Whether the store has a file of that digest (not whether it is unaltered).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn exists(&self, sha256: &str) -> Result<bool, FilesError> {
        match self.0.head(&key(sha256)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(e) => Err(store_error(e)),
        }
    }

    /// Every file, in the order of the digests.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self) -> Result<Vec<Stored>, FilesError> {
        let all: Vec<_> = self.0.list(None).try_collect().await.map_err(store_error)?;
        let mut files: Vec<Stored> = all
            .into_iter()
            .filter_map(|meta| {
                let name = meta.location.filename().filter(|n| is_digest(n))?;
                Some(Stored { sha256: name.to_owned(), size: meta.size })
            })
            .collect();
        files.sort();
        Ok(files)
    }
}

/// Where a file lies: two digits of fan-out, so that no folder grows too long to list.
fn key(sha256: &str) -> Key {
    Key::from_iter([sha256.get(..2).unwrap_or_default(), sha256])
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn store_error(error: object_store::Error) -> FilesError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(e) = cause {
        let kind = e.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge))
        {
            return FilesError::Full;
        }
        cause = e.source();
    }
    FilesError::Store(error)
}

#[cfg(test)]
mod tests {
    use futures::stream;

    use super::*;

    fn store() -> (tempfile::TempDir, Files) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::folder(&folder.path().join("files")).expect("a store");
        (folder, files)
    }

    fn arriving(parts: Vec<Result<&'static [u8], &'static str>>) -> impl Stream<Item = Result<Bytes, &'static str>> {
        stream::iter(parts.into_iter().map(|p| p.map(Bytes::from_static)))
    }

    #[tokio::test]
    async fn a_file_reads_back_as_it_was_and_equal_files_are_kept_once() {
        let (_folder, files) = store();
        let one = files.put(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(one.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(files.put_stream(arriving(vec![Ok(b"a"), Ok(b"bc")]), 3).await.unwrap(), one);
        let empty = files.put_stream(arriving(vec![]), 0).await.unwrap();
        assert_eq!(empty.size, 0);
        assert_eq!(files.get(&one.sha256).await.unwrap(), "abc");
        assert_eq!(files.list().await.unwrap(), [one, empty]);
    }

    #[tokio::test]
    async fn a_stream_of_many_parts_reads_back_as_it_was() {
        let (_folder, files) = store();
        let part: &'static [u8] = vec![7u8; 3_000_001].leak();
        let stored = files.put_stream(arriving(vec![Ok(part); 5]), u64::MAX).await.unwrap();
        assert_eq!(stored.size, 15_000_005);
        assert!(files.get(&stored.sha256).await.unwrap().iter().all(|b| *b == 7));
    }

    #[tokio::test]
    async fn a_file_that_is_too_large_or_breaks_off_leaves_nothing_behind() {
        let (folder, files) = store();
        let error = files.put_stream(arriving(vec![Ok(b"abc"), Ok(b"d")]), 3).await.unwrap_err();
        assert!(matches!(error, FilesError::TooLarge { limit: 3 }), "{error}");
        let error = files.put_stream(arriving(vec![Ok(b"abc"), Err("gone")]), 9).await.unwrap_err();
        assert!(matches!(error, FilesError::BrokenOff(_)), "{error}");
        assert!(files.list().await.unwrap().is_empty());
        let staging = folder.path().join("files").join(STAGING);
        assert!(!staging.exists() || staging.read_dir().unwrap().next().is_none());
    }

    #[tokio::test]
    async fn an_altered_file_is_an_error_that_names_it_and_a_missing_one_is_not_found() {
        let (folder, files) = store();
        let one = files.put(Bytes::from_static(b"abc")).await.unwrap();
        let path = folder.path().join("files").join(&one.sha256[..2]).join(&one.sha256);
        std::fs::write(&path, b"abd").unwrap();
        let error = files.get(&one.sha256).await.unwrap_err();
        assert!(matches!(&error, FilesError::Altered { sha256, .. } if *sha256 == one.sha256), "{error}");
        std::fs::remove_file(&path).unwrap();
        for name in [one.sha256.as_str(), "..", "../../etc/passwd", ""] {
            assert!(matches!(files.get(name).await.unwrap_err(), FilesError::Gone { .. }), "{name}");
        }
    }

    #[test]
    fn a_full_disk_is_told_apart_from_other_failures() {
        let of =
            |kind| store_error(object_store::Error::Generic { store: "x", source: Box::new(io::Error::from(kind)) });
        assert!(matches!(of(io::ErrorKind::StorageFull), FilesError::Full));
        assert!(matches!(of(io::ErrorKind::PermissionDenied), FilesError::Store(_)));
    }
}
