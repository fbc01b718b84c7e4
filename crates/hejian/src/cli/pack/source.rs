//! A pack where the command line says it is: a folder, or the standard.yaml in one.

use std::path::{Path, PathBuf};

use hejian_scoring::Pack;

use crate::{
    campaign::standard::FILES,
    cli::{
        failure::Failure,
        trouble::{self, Trouble, Troubles},
    },
};

/// The files of a pack, by their paths.
#[derive(Debug)]
pub(crate) struct Source {
    folder: PathBuf,
    standard: PathBuf,
}

impl Source {
    /// The files that a path means.
    ///
    /// # Errors
    /// A wrong command line: there is nothing, or nothing that can be a pack.
    pub(crate) fn at(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Ok(Self { folder: path.to_owned(), standard: path.join(FILES[0]) });
        }
        let ends = path.extension().and_then(|ends| ends.to_str()).unwrap_or_default().to_lowercase();
        if path.exists() && !matches!(ends.as_str(), "yaml" | "yml") {
            let path = path.display();
            return Err(Failure::Usage(format!(
                "{path} is not a pack. Name its folder or its {}; `hejian pack convert` reads other forms.",
                FILES[0]
            )));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { folder: folder.to_owned(), standard: path.to_owned() })
    }

    /// A file beside the standard.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Reads and checks the pack; the inner error is what is wrong with it.
    ///
    /// # Errors
    /// A wrong command line: a file cannot be read.
    pub(crate) fn read(&self) -> Result<Result<Pack, Troubles>, Failure> {
        let measures = self.beside(FILES[1]);
        let (standard_text, measures_text) = match (trouble::text(&self.standard)?, trouble::text(&measures)?) {
            (Ok(standard), Ok(measures)) => (standard, measures),
            (standard, measures) => {
                let list: Vec<Trouble> = [standard.err(), measures.err()].into_iter().flatten().collect();
                return Ok(Err(Troubles { list, more: 0 }));
            }
        };
        let name = |path: &Path| path.display().to_string();
        let (standard, measures) = (name(&self.standard), name(&measures));
        Ok(Pack::load(&standard, &standard_text, &measures, &measures_text).map_err(Troubles::from))
    }

    /// As [`Source::read`], where a pack with a fault ends the command.
    ///
    /// # Errors
    /// All faults, said where the command answers.
    pub(crate) fn sound(path: &Path, json: bool, nothing: &str) -> Result<Pack, Failure> {
        Self::at(path)?.read()?.map_err(|troubles| troubles.end(json, nothing))
    }
}
