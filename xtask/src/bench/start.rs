//! From the command to a service that answers, to the first useful screen, and the memory of a service nobody uses.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::{figure, http};
use crate::shell;

/// From the command to `/healthz`, the district being made on the way.
const READY: f64 = 15.0;
/// A useful screen, in milliseconds.
const SCREEN: f64 = 200.0;
/// The memory of an idle service, in MB.
const MEMORY: f64 = 100.0;
/// Who looks: the campaign office of the demonstration district.
const LOGIN: &str = "chuangjian";
/// Each screen is opened so often; the median counts, the first is printed too.
const ROUNDS: usize = 9;

/// Measure the start.
#[derive(Args)]
pub struct Start {
    /// Measure the debug binary although a release binary is there
    #[arg(long)]
    debug: bool,
}

/// A running service; ended when dropped.
struct Service {
    process: Child,
    port: u16,
    ready: Duration,
    /// Login and password, where the district was made by this very start.
    password: Option<String>,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Start {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let built = |profile: &str| shell::root().join("target").join(profile).join("hejian");
        let release = built("release");
        let binary = if release.is_file() && !self.debug { release } else { built("debug") };
        if !binary.is_file() {
            bail!("{} is not there: build it with `cargo build --release --package hejian`", binary.display());
        }
        let is_debug = binary.ends_with("debug/hejian");
        println!(
            "{}{}",
            binary.display(),
            if is_debug { " (a debug binary: the limits are for a release one)" } else { "" }
        );
        let folder = std::env::temp_dir().join(format!("hejian-bench-{}", std::process::id()));
        let measured = measure(&binary, &folder);
        shell::remove_folder(&folder)?;
        if !measured? && !is_debug {
            bail!("a limit is passed");
        }
        Ok(())
    }
}

fn measure(binary: &Path, folder: &Path) -> Result<bool> {
    let first = service(binary, folder)?;
    let password = first.password.clone().context("the demonstration printed no password of the campaign office")?;
    let mut holds = figure("hejian demo in an empty folder, to /healthz", first.ready.as_secs_f64(), "s", READY, false);
    drop(first);
    let again = service(binary, folder)?;
    holds &= figure("hejian demo in a folder that is there, to /healthz", again.ready.as_secs_f64(), "s", READY, false);
    std::thread::sleep(Duration::from_secs(3));
    holds &= figure("memory of the idle service (resident)", memory(again.process.id())?, "MB", MEMORY, false);
    let signed = http::send(again.port, "POST", "/sign-in", "", &format!("login={LOGIN}&password={password}"))?;
    let Some(cookie) = signed.cookie.filter(|_| signed.status == 303) else {
        bail!("{LOGIN} cannot sign in: {}", signed.status)
    };
    println!("{:<58} {:>8.1} ms        (argon2 on purpose; no limit)", "signing in", signed.time.as_secs_f64() * 1e3);
    for path in ["/todo", "/score/D02", "/score", "/registers/premises"] {
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let answer = http::send(again.port, "GET", path, &cookie, "")?;
            if answer.status != 200 {
                bail!("{path} answered {}", answer.status);
            }
            times.push(answer.time.as_secs_f64() * 1e3);
        }
        holds &= figure(&format!("{path}, the first time"), times[0], "ms", SCREEN, false);
        times.sort_by(f64::total_cmp);
        holds &= figure(&format!("{path}, median of {ROUNDS}"), times[ROUNDS / 2], "ms", SCREEN, false);
    }
    println!("{:<58} {:>8.1} MB        (no limit)", "memory after these pages", memory(again.process.id())?);
    Ok(holds)
}

/// Starts `hejian demo` and waits until `/healthz` answers.
fn service(binary: &Path, folder: &Path) -> Result<Service> {
    let started = Instant::now();
    let mut process = Command::new(binary)
        .args(["demo", "--port", "0", "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} could not be started", binary.display()))?;
    let output = process.stdout.take().context("no pipe")?;
    let mut service = Service { process, port: 0, ready: Duration::ZERO, password: None };
    let mut lines = BufReader::new(output).lines();
    for line in lines.by_ref().map_while(Result::ok) {
        // login, password, person, post
        let mut words = line.split('\t');
        if words.next() == Some(LOGIN) {
            service.password = words.next().map(ToOwned::to_owned);
        }
        let address = line.split_whitespace().find_map(|word| word.strip_prefix("http://"));
        if let Some(port) = address.and_then(|a| a.rsplit(':').next()?.parse().ok()) {
            service.port = port;
            break;
        }
    }
    std::thread::spawn(move || lines.for_each(drop));
    while service.port != 0 && started.elapsed() < Duration::from_secs(300) {
        if http::send(service.port, "GET", "/healthz", "", "").is_ok_and(|a| a.status == 200) {
            service.ready = started.elapsed();
            return Ok(service);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    bail!("the service did not become ready; look with `{} demo --data DIR`", binary.display())
}

/// Resident memory in MB.
fn memory(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("the system does not say how much")?;
    let kb: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kb / 1024.0)
}
