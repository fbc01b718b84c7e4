//! A pack where the command line says it is: a folder, or the standard.yaml in one.

use std::path::{Path, PathBuf};

use hejian_scoring::{Pack, pack::PackTexts};

use crate::{
    campaign::standard::FILES,
    cli::{
        failure::Failure,
        trouble::{self, Trouble, Troubles},
    },
};

/// The folder of a pack.
#[derive(Debug)]
pub(crate) struct Source {
    folder: PathBuf,
}

impl Source {
    /// The pack that a path means.
    ///
    /// # Errors
    /// A wrong command line: there is nothing, or nothing that can be a pack.
    pub(crate) fn at(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Ok(Self { folder: path.to_owned() });
        }
        if path.file_name().is_none_or(|name| name != FILES[0]) && path.exists() {
            let path = path.display();
            return Err(Failure::Usage(format!(
                "{path} is not a pack. Name its folder or its {}; `hejian pack convert` reads other forms.",
                FILES[0]
            )));
        }
        if !path.exists() {
            trouble::bytes(path)?;
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { folder: folder.to_owned() })
    }

    /// A file of the pack.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The texts of its files; the inner error are files that are no text.
    ///
    /// # Errors
    /// A wrong command line: a file cannot be read.
    pub(crate) fn texts(&self) -> Result<Result<PackTexts, Troubles>, Failure> {
        let mut list: Vec<Trouble> = Vec::new();
        let mut text = |name: &str| -> Result<String, Failure> {
            Ok(trouble::text(&self.file(name))?.unwrap_or_else(|trouble| {
                list.push(trouble);
                String::new()
            }))
        };
        let mut optional = |name: &str| self.file(name).exists().then(|| text(name)).transpose();
        let (migration, tests) = (optional(FILES[2])?, optional(FILES[3])?);
        let (standard, measures) = (text(FILES[0])?, text(FILES[1])?);
        let texts = PackTexts { name: self.folder.display().to_string(), standard, measures, migration, tests };
        Ok(if list.is_empty() { Ok(texts) } else { Err(Troubles { list, more: 0 }) })
    }

    /// Reads and checks the pack and runs its tests; the inner error is what is wrong with it.
    ///
    /// # Errors
    /// A wrong command line: a file cannot be read.
    pub(crate) fn read(&self) -> Result<Result<Pack, Troubles>, Failure> {
        Ok(self.texts()?.and_then(|texts| Pack::from_texts(&texts).map_err(Troubles::from)))
    }

    /// As [`Source::read`], where a pack with a fault ends the command.
    ///
    /// # Errors
    /// All faults, said where the command answers.
    pub(crate) fn sound(path: &Path, json: bool, nothing: &str) -> Result<Pack, Failure> {
        Self::at(path)?.read()?.map_err(|troubles| troubles.end(json, nothing))
    }
}
