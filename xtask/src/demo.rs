//! `cargo xtask demo`: from a fresh clone to a page that answers.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{assets, shell};

/// The file by which a folder is known as one of ours.
const MARKER: &str = "hejian.toml";

/// Build and serve the demonstration district.
#[derive(Args)]
pub struct Demo {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the demonstration district [default: data/demo in the workspace]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start over: remove the folder first (only one that is empty or that this product made)
    #[arg(long)]
    fresh: bool,
    /// Day on which the district opens, 2008-10-31 to 2010-02-28 [default: 2009-06-22]; only a new folder asks for it
    #[arg(long, value_name = "DAY")]
    opens: Option<String>,
}

impl Demo {
    /// Runs the command; where all goes well it becomes the server and does not come back.
    pub fn run(self) -> Result<()> {
        let data = match self.data {
            Some(folder) => std::path::absolute(folder)?,
            None => shell::root().join("data/demo"),
        };
        if self.fresh {
            remove_ours(&data)?;
        }
        println!("[1/3] web assets");
        assets::build(false)?;
        println!("[2/3] release build (the first one takes some minutes)");
        shell::run(shell::cargo().args(["build", "--release", "--package", "hejian"]))?;
        println!("[3/3] serving http://127.0.0.1:{} from {}", self.port, data.display());
        let mut serve = shell::cargo();
        serve.args(["run", "--quiet", "--release", "--package", "hejian", "--", "demo", "--data"]);
        serve.arg(&data).args(["--port", &self.port.to_string()]);
        if let Some(day) = &self.opens {
            serve.args(["--opens", day]);
        }
        Err(serve.exec()).context("the server could not be started")
    }
}

/// Removes the folder if, and only if, it is empty or carries our marker; a link, the workspace or anything above it never.
fn remove_ours(folder: &Path) -> Result<()> {
    let refuse = |why: &str| {
        bail!("--fresh leaves {} alone: {why}. Remove it by hand or name another folder with --data", folder.display())
    };
    let Ok(about) = std::fs::symlink_metadata(folder) else { return Ok(()) };
    if !about.is_dir() {
        return refuse("it is not a folder of its own");
    }
    let real = folder.canonicalize()?;
    if shell::root().canonicalize()?.starts_with(&real) {
        return refuse("the workspace lies in it");
    }
    let is_empty = std::fs::read_dir(folder)?.next().is_none();
    if !is_empty && !folder.join(MARKER).is_file() {
        return refuse(&format!("it holds no {MARKER}, so it was not made by this product"));
    }
    shell::remove_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test alone, removed at the end.
    struct Place(PathBuf);
    impl Place {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("hejian-demo-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
            Self(folder)
        }
    }
    impl Drop for Place {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn fresh_removes_an_empty_folder_and_one_of_ours() {
        let empty = Place::new("empty");
        remove_ours(&empty.0).unwrap();
        assert!(!empty.0.exists());
        let ours = Place::new("ours");
        std::fs::write(ours.0.join(MARKER), "").unwrap();
        std::fs::write(ours.0.join("hejian.db"), "x").unwrap();
        remove_ours(&ours.0).unwrap();
        assert!(!ours.0.exists());
    }

    #[test]
    fn fresh_never_removes_what_is_not_ours() {
        let strange = Place::new("strange");
        std::fs::write(strange.0.join("letters.txt"), "x").unwrap();
        let error = remove_ours(&strange.0).unwrap_err().to_string();
        assert!(error.contains(MARKER), "{error}");
        assert!(strange.0.join("letters.txt").exists());
        assert!(remove_ours(&shell::root()).unwrap_err().to_string().contains("workspace"));
        assert!(remove_ours(Path::new("/")).unwrap_err().to_string().contains("workspace"));
    }

    #[test]
    fn fresh_does_not_follow_a_link() {
        let target = Place::new("target");
        std::fs::write(target.0.join(MARKER), "").unwrap();
        let link = target.0.with_extension("link");
        std::os::unix::fs::symlink(&target.0, &link).unwrap();
        let answer = remove_ours(&link);
        std::fs::remove_file(&link).unwrap();
        assert!(answer.is_err());
        assert!(target.0.join(MARKER).exists());
    }
}
