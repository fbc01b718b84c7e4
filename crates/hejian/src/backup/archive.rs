//! Writing to and reading from a folder, a `.tar` or a `.tar.gz`, with the digest of every file.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Read},
    path::{Component, Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use hejian_kernel::audit::hex;
use sha2::{Digest as _, Sha256};

use super::{BackupError, DATABASE, MANIFEST};
use crate::boot::{FILES, KEY_FILE};

/// A backup under construction. It has another name until it is complete; dropped before that, it is removed.
pub(super) struct Sink {
    out: Option<Out>,
    partial: PathBuf,
    to: PathBuf,
    pub sha256: BTreeMap<String, String>,
}

enum Out {
    Folder,
    Tar(Box<tar::Builder<BufWriter<File>>>),
    Gzip(Box<tar::Builder<GzEncoder<BufWriter<File>>>>),
}

/// Whether the name says that the backup is one file, and whether that is compressed.
fn form(path: &Path) -> Option<bool> {
    let name = path.file_name()?.to_str()?;
    match name {
        _ if name.ends_with(".tar") => Some(false),
        _ if name.ends_with(".tar.gz") || name.ends_with(".tgz") => Some(true),
        _ => None,
    }
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

impl Sink {
    /// Begins. An empty folder may be there already, anything else is refused.
    pub(super) fn new(to: &Path) -> Result<Self, BackupError> {
        let is_empty_folder = form(to).is_none() && fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_none());
        if fs::symlink_metadata(to).is_ok() && !is_empty_folder {
            return Err(BackupError::Exists(to.to_owned()));
        }
        let mut partial = to.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let write = |e| BackupError::Write(partial.clone(), e);
        let out = match form(to) {
            None => {
                crate::boot::private_folder(&partial).map_err(write)?;
                Out::Folder
            }
            Some(false) => Out::Tar(Box::new(tar::Builder::new(BufWriter::new(private(&partial).map_err(write)?)))),
            Some(true) => {
                let file = BufWriter::new(private(&partial).map_err(write)?);
                Out::Gzip(Box::new(tar::Builder::new(GzEncoder::new(file, Compression::fast()))))
            }
        };
        Ok(Self { out: Some(out), partial, to: to.to_owned(), sha256: BTreeMap::new() })
    }

    /// Adds a file of the machine under a name of the backup.
    pub(super) fn put_file(&mut self, name: &str, path: &Path) -> Result<(), BackupError> {
        let read = |e| BackupError::Read(path.to_owned(), e);
        let file = File::open(path).map_err(read)?;
        let size = file.metadata().map_err(read)?.len();
        self.put(name, size, file)
    }

    /// Adds bytes under a name of the backup.
    pub(super) fn put_bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), BackupError> {
        self.put(name, bytes.len() as u64, bytes)
    }

    fn put(&mut self, name: &str, size: u64, from: impl Read) -> Result<(), BackupError> {
        let mut from = Hashing { inner: from, digest: Sha256::new() };
        let done = match self.out.as_mut() {
            None => Err(io::Error::other("the backup is complete")),
            Some(Out::Folder) => to_folder(&self.partial, name, &mut from),
            Some(Out::Tar(tar)) => tar.append_data(&mut header(size), name, &mut from),
            Some(Out::Gzip(tar)) => tar.append_data(&mut header(size), name, &mut from),
        };
        done.map_err(|e| BackupError::Write(self.partial.join(name), e))?;
        self.sha256.insert(name.to_owned(), hex(&from.digest.finalize()));
        Ok(())
    }

    /// Makes the backup complete under its own name.
    pub(super) fn finish(mut self) -> Result<(), BackupError> {
        let done = match self.out.take() {
            None | Some(Out::Folder) => Ok(()),
            Some(Out::Tar(tar)) => tar.into_inner().and_then(flushed),
            Some(Out::Gzip(tar)) => tar.into_inner().and_then(GzEncoder::finish).and_then(flushed),
        };
        done.and_then(|()| fs::rename(&self.partial, &self.to)).map_err(|e| BackupError::Write(self.to.clone(), e))
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = if self.partial.is_dir() { fs::remove_dir_all(&self.partial) } else { fs::remove_file(&self.partial) };
    }
}

fn flushed(out: BufWriter<File>) -> io::Result<()> {
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

fn to_folder(folder: &Path, name: &str, from: &mut impl Read) -> io::Result<()> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        crate::boot::private_folder(parent)?;
    }
    let mut file = BufWriter::new(private(&path)?);
    io::copy(from, &mut file)?;
    flushed(file)
}

struct Hashing<R> {
    inner: R,
    digest: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.digest.update(&buffer[..n]);
        Ok(n)
    }
}

/// Unpacks a backup into a folder and answers the digest of each file. Only names a backup may hold are accepted.
pub(super) fn unpack(from: &Path, into: &Path) -> Result<BTreeMap<String, String>, BackupError> {
    let mut sha256 = BTreeMap::new();
    let mut take = |name: &str, content: &mut dyn Read| {
        if !is_ours(name) {
            return Err(BackupError::NotOurs(from.to_owned(), format!("it holds `{name}`")));
        }
        let mut content = Hashing { inner: content, digest: Sha256::new() };
        to_folder(into, name, &mut content).map_err(|e| match e.kind() {
            // What the archive's own reader says of a cut or altered archive.
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Other => BackupError::Damaged(from.to_owned(), format!("`{name}` cannot be read ({e})")),
            _ => BackupError::Write(into.join(name), e),
        })?;
        sha256.insert(name.to_owned(), hex(&content.digest.finalize()));
        Ok(())
    };
    let read = |e| BackupError::Read(from.to_owned(), e);
    if fs::metadata(from).map_err(read)?.is_dir() {
        for name in names_in(from, from)? {
            let path = from.join(&name);
            let mut file = File::open(&path).map_err(|e| BackupError::Read(path.clone(), e))?;
            take(&name, &mut file)?;
        }
        return Ok(sha256);
    }
    let mut file = File::open(from).map_err(read)?;
    let mut magic = [0u8; 2];
    let is_gzip = file.read(&mut magic).map_err(read)? == 2 && magic == [0x1f, 0x8b];
    let file = File::open(from).map_err(read)?;
    let content: Box<dyn Read> = if is_gzip { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let broken = |e: io::Error| BackupError::NotOurs(from.to_owned(), format!("it cannot be read as an archive ({e})"));
    for entry in tar::Archive::new(content).entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        if !entry.header().entry_type().is_file() {
            return Err(BackupError::NotOurs(from.to_owned(), format!("`{name}` is not a plain file")));
        }
        take(&name, &mut entry)?;
    }
    Ok(sha256)
}

/// The names of all files under a folder, with `/` between the parts.
fn names_in(root: &Path, folder: &Path) -> Result<Vec<String>, BackupError> {
    let read = |e| BackupError::Read(folder.to_owned(), e);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if fs::symlink_metadata(&path).map_err(read)?.is_dir() {
            names.extend(names_in(root, &path)?);
        } else if let Ok(name) = path.strip_prefix(root) {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Whether a backup may hold a file of that name.
fn is_ours(name: &str) -> bool {
    let parts: Vec<_> = Path::new(name).components().collect();
    let plain = parts.iter().all(|p| matches!(p, Component::Normal(_)));
    let known = [MANIFEST, DATABASE, KEY_FILE, hejian_kernel::settings::FILE].contains(&name);
    let is_hex = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_hexdigit());
    let file = name.strip_prefix(FILES).and_then(|rest| rest.strip_prefix('/')).and_then(|rest| rest.split_once('/'));
    plain && (known || file.is_some_and(|(fan, digest)| is_hex(fan, 2) && is_hex(digest, 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_a_backup_may_hold_are_accepted() {
        let digest = "a".repeat(64);
        for good in ["MANIFEST.json", "hejian.db", "secret.key", "hejian.toml", &format!("files/aa/{digest}")] {
            assert!(is_ours(good), "{good}");
        }
        for bad in [
            "../secret.key",
            "/etc/passwd",
            "files/aa/../../x",
            "files/aa/b",
            "hejian.db-wal",
            &format!("x/aa/{digest}"),
        ] {
            assert!(!is_ours(bad), "{bad}");
        }
    }
}
