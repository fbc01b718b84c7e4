//! A PostgreSQL cluster of our own on a free port of 127.0.0.1, in a temporary folder, run by an unprivileged user.
//!
//! Its default order of text is that of Chinese, not of bytes, so a query that forgets `collate "C"` shows itself. The
//! shell script beside this file does the work and cleans up however this program ends.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::shell;

/// A running cluster; dropping it stops and removes it.
pub struct Cluster {
    keeper: Child,
    url: String,
}

/// The folder with `initdb` and `pg_ctl`, the newest version where there are several.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .max();
    let on_path = || Some(shell::find(&["initdb"])?.canonicalize().ok()?.parent()?.to_path_buf());
    newest.map(|(_, bin)| bin).or_else(on_path)
}

impl Cluster {
    /// Makes and starts a cluster with these [`programs`]; some seconds.
    pub fn start(programs: &Path) -> Result<Self> {
        let port = free_port()?;
        let password = random_word()?;
        let folder = std::env::temp_dir().join(format!("hejian-postgres-{}-{port}", std::process::id()));
        let mut keeper = Command::new("sh")
            .args(["-c", include_str!("cluster.sh")])
            .env("DIR", &folder)
            .env("BIN", programs)
            .env("PORT", port.to_string())
            .env("OWNER", owner()?)
            .env("PASSWORD", &password)
            .env("INITDB_OPTIONS", initdb_options(programs))
            // A group of its own: Ctrl-C at the terminal is for us, and the pipe tells the keeper that we are gone.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("no shell to start PostgreSQL with")?;
        let mut said = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        if said.trim() != "ready" {
            let status = keeper.wait()?;
            bail!("a PostgreSQL cluster could not be started ({status}); its own words stand above");
        }
        println!("      PostgreSQL answers on 127.0.0.1:{port}");
        Ok(Self { keeper, url: format!("postgres://hejian:{password}@127.0.0.1:{port}/postgres") })
    }

    /// The administrator's address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("the PostgreSQL cluster may still be running: {error}");
        }
    }
}

/// `initdb` refuses root: then the cluster belongs to a user who owns nothing else of ours. Empty for our own user.
fn owner() -> Result<&'static str> {
    if shell::output(Command::new("id").arg("-u")).as_deref() != Some("0") {
        return Ok("");
    }
    ["postgres", "nobody"]
        .into_iter()
        .find(|name| shell::succeeds(Command::new("id").args(["-u", name])))
        .context("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`")
}

/// Chinese order through ICU from version 15 on; before that the plain one.
fn initdb_options(programs: &Path) -> &'static str {
    let version = shell::output(Command::new(programs.join("initdb")).arg("--version")).unwrap_or_default();
    let major = version.split_whitespace().find_map(|word| word.split('.').next()?.parse::<u32>().ok());
    if major.is_some_and(|major| major >= 15) {
        "--locale=C.UTF-8 --locale-provider=icu --icu-locale=zh-CN"
    } else {
        "--locale=C.UTF-8"
    }
}

/// A port nobody listens on at this moment.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("no free port on 127.0.0.1")?.local_addr()?.port())
}

/// A password for this cluster alone: other users of the machine reach the port too.
fn random_word() -> Result<String> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("no source of randomness")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
