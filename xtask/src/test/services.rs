//! What the tests need beyond Rust: a PostgreSQL cluster, Chromium with its driver, and a font with Chinese characters.
//!
//! Whatever a developer has set in the environment is used as it is; the rest is looked for, then installed where that is
//! allowed, then named as skipped.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::cluster::{self, Cluster};
use super::steps::Outcome;
use crate::{apt, shell};

/// An administrator's address of a PostgreSQL server; tests make their own databases on it.
const POSTGRES: &str = "HEJIAN_TEST_POSTGRES";
/// The ChromeDriver program.
const DRIVER: &str = "HEJIAN_TEST_CHROMEDRIVER";
/// The Chromium program.
const BROWSER: &str = "HEJIAN_TEST_CHROMIUM";

/// What was found or started. Dropping it stops and removes the cluster.
#[derive(Default)]
pub struct Services {
    cluster: Option<Cluster>,
    driver: Option<PathBuf>,
    browser: Option<PathBuf>,
}

impl Services {
    /// Finds, installs and starts.
    pub fn provide(&mut self) -> Result<Outcome> {
        let mut missing = Vec::new();
        if std::env::var_os(POSTGRES).is_none() {
            match find_or_install(cluster::programs, &["postgresql"]) {
                Ok(programs) => self.cluster = Some(Cluster::start(&programs)?),
                Err(why) => missing.push(format!("all tests on PostgreSQL ({why})")),
            }
        }
        if std::env::var_os(DRIVER).is_none() || std::env::var_os(BROWSER).is_none() {
            match find_or_install(browser, &["chromium", "chromium-driver"]) {
                Ok((browser, driver)) => (self.browser, self.driver) = (Some(browser), Some(driver)),
                Err(why) => missing.push(format!("all browser tests ({why})")),
            }
        }
        if let Err(why) = find_or_install(font, &["fonts-noto-cjk"]) {
            missing.push(format!("Chinese text in screenshots ({why})"));
        }
        Ok(if missing.is_empty() { Outcome::Done } else { Outcome::Skipped(missing.join("; ")) })
    }

    /// The variables by which the tests find it all.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let path = |path: &PathBuf| path.display().to_string();
        [
            (POSTGRES, self.cluster.as_ref().map(|cluster| cluster.url().to_owned())),
            (DRIVER, self.driver.as_ref().map(path)),
            (BROWSER, self.browser.as_ref().map(path)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

fn find_or_install<T>(find: fn() -> Option<T>, packages: &[&str]) -> Result<T, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(packages)?;
    find().ok_or_else(|| format!("not found even after installing {}", packages.join(" ")))
}

fn browser() -> Option<(PathBuf, PathBuf)> {
    Some((shell::find(&["chromium", "chromium-browser", "google-chrome"])?, shell::find(&["chromedriver"])?))
}

/// Whether some font can write Chinese.
fn font() -> Option<()> {
    let listed = shell::output(Command::new("fc-list").arg(":lang=zh-cn"));
    let is_there = match listed {
        Some(fonts) => !fonts.is_empty(),
        None => std::path::Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    };
    is_there.then_some(())
}
