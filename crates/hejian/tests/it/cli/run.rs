//! Runs the binary and watches what it says.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use hejian_kernel::{
    audit::Keys,
    db::{Db, Tx},
    settings::sqlite_address,
};
use tempfile::TempDir;

use crate::support::postgres::{Database, fresh_database};

/// The binary with a clean environment: no setting of the one who runs the tests.
pub fn hejian(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hejian"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("HEJIAN_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// What a finished run said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Said {
    /// The answer as JSON; fails when it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// An error must be one readable line of ours, with this exit code, holding each of these parts.
    pub fn refuses(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for part in parts {
            assert!(self.err.contains(part), "no `{part}` in {self:?}");
        }
        let ours: Vec<_> = self.err.lines().filter(|l| l.starts_with("hejian: ")).collect();
        assert_eq!(ours.len(), 1, "one line: {self:?}");
        assert!(!self.err.contains("panicked") && !self.err.contains("backtrace"), "{self:?}");
    }

    /// The run must have ended well.
    pub fn works(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

/// Runs to the end.
pub fn run(arguments: &[&str]) -> Said {
    hejian(arguments).output().expect("the binary starts").into()
}

/// A data folder of one test, and the database where it is not a file.
pub struct Place {
    pub root: TempDir,
    pub engine: &'static str,
    database: Option<Database>,
}

impl Place {
    pub fn sqlite() -> Self {
        Self {
            root: TempDir::with_prefix("hejian-cli-").expect("a temporary folder"),
            engine: "sqlite",
            database: None,
        }
    }

    /// One place for every engine at hand.
    pub async fn engines(name: &str) -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        if let Some(database) = fresh_database(name).await {
            all.push(Self { engine: "postgres", database: Some(database), ..Self::sqlite() });
        }
        all
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// The data folder `data` as an argument.
    pub fn data(&self) -> String {
        self.text("data")
    }

    /// Makes an empty district in `data`; the passwords by login.
    pub fn init(&self) -> serde_json::Value {
        let data = self.data();
        let mut arguments = vec!["init", "--json", "--district", "甲区", "--data", &data];
        if let Some(database) = &self.database {
            arguments.extend(["--database-url", database.url()]);
        }
        run(&arguments).works().json()["accounts"].clone()
    }

    /// The address of the database of a data folder.
    pub fn url(&self, data: &str) -> String {
        self.database
            .as_ref()
            .map_or_else(|| sqlite_address(&self.path(data).join("hejian.db")), |d| d.url().to_owned())
    }

    pub async fn open(&self, data: &str) -> Db {
        Db::open(&self.url(data)).await.expect("the database opens")
    }

    pub async fn write(&self) -> (Db, Tx) {
        let db = self.open("data").await;
        let tx = db.write().await.expect("a transaction begins");
        (db, tx)
    }

    pub fn keys(&self, data: &str) -> Keys {
        Keys::open(&self.path(data).join("secret.key")).expect("the key is there")
    }
}

/// Everything under a folder: relative name and content.
pub fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is inside").display().to_string();
                all.push((name, std::fs::read(&path).expect("it can be read")));
            }
        }
    }
    all.sort();
    all
}

/// A running server; killed when dropped.
pub struct Server {
    process: Child,
    pub url: String,
    log: Option<std::thread::JoinHandle<String>>,
}

impl Server {
    /// Starts `serve` or `demo` and waits for the line with its address.
    pub fn start(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let errors = BufReader::new(process.stderr.take().expect("a pipe was asked for"));
        let log = std::thread::spawn(move || {
            errors.lines().map_while(Result::ok).fold(String::new(), |a, l| a + l.as_str() + "\n")
        });
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe was asked for")).lines();
        let line = lines.by_ref().map_while(Result::ok).find(|l| l.contains("serves http://"));
        std::thread::spawn(move || lines.for_each(drop));
        let Some(line) = line else {
            let log = log.join().unwrap_or_default();
            panic!("the server did not start: {:?}\n{log}", process.wait());
        };
        let url = line.split_whitespace().find(|w| w.starts_with("http://")).expect("an address").to_owned();
        Self { process, url, log: Some(log) }
    }

    /// `hejian serve` on a free port.
    pub fn serve(data: &str) -> Self {
        Self::start(hejian(&["serve", "--data", data, "--listen", "127.0.0.1:0"]))
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("{}{path}", self.url)).await.expect("the server answers");
        (answer.status().as_u16(), answer.text().await.unwrap_or_default())
    }

    /// Asks it to stop with SIGTERM; its exit code and its log.
    pub fn stop(mut self) -> (i32, String) {
        let asked = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        assert!(asked.is_ok_and(|s| s.success()), "the process can be asked");
        let until = Instant::now() + Duration::from_secs(15);
        let code = loop {
            match self.process.try_wait().expect("the process is ours") {
                Some(status) => break status.code().unwrap_or(-1),
                None if Instant::now() > until => panic!("the server did not stop"),
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        (code, self.log.take().and_then(|log| log.join().ok()).unwrap_or_default())
    }

    /// Ends it as a power cut does.
    pub fn kill(mut self) {
        self.process.kill().expect("the process is ours");
        self.process.wait().expect("the process is ours");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
