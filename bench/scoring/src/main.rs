//! The batch evaluator beside DuckDB and Polars: one Parquet data set, the same indicators, the same roll-up, the same points
//! out, with equal threads in the same run. Each engine is a process of its own; rounds are interleaved, medians are compared.
//!
//! The rule that matters: every point of every unit must agree to 0.01, or the measurement fails.

mod data;
mod dialect;
mod engine;
mod load;
mod peers;
mod query;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use hejian_scoring::Pack;
use hejian_scoring::pack::Level;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["make", standard, folder, communities, seed] => {
            data::make(Path::new(folder), &pack(standard)?, communities.parse()?, seed.parse()?)
        }
        ["engine", standard, folder, threads] => engine::serve(&pack(standard)?, Path::new(folder), threads.parse()?),
        ["queries", standard, folder] => {
            let (pack, folder) = (pack(standard)?, Path::new(folder));
            std::fs::write(folder.join("duckdb_query.sql"), peers::duckdb(&pack)?)?;
            std::fs::write(folder.join("polars_query.py"), peers::polars(&pack)?)?;
            Ok(std::fs::write(folder.join("peer.py"), include_str!("peer.py"))?)
        }
        ["run", standard, folder, python, threads, rounds] => {
            run(standard, Path::new(folder), Path::new(python), threads.parse()?, rounds.parse()?)
        }
        _ => bail!("this program is run by `cargo xtask bench scoring`"),
    }
}

fn pack(folder: &str) -> Result<Pack> {
    let read = |name: &str| {
        std::fs::read_to_string(Path::new(folder).join(name)).with_context(|| format!("{folder}/{name} cannot be read"))
    };
    Pack::load("standard.yaml", &read("standard.yaml")?, "measures.yaml", &read("measures.yaml")?)
        .map_err(|errors| anyhow::anyhow!("{errors}"))
}

/// A child that answers lines.
struct Engine {
    name: &'static str,
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Engine {
    fn start(name: &'static str, command: &mut Command) -> Result<Engine> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let (asks, answers) = (child.stdin.take().context("no pipe")?, child.stdout.take().context("no pipe")?);
        Ok(Engine { name, child, asks, answers: BufReader::new(answers) })
    }

    fn ask(&mut self, line: &str) -> Result<String> {
        writeln!(self.asks, "{line}")?;
        self.asks.flush()?;
        let mut answer = String::new();
        if self.answers.read_line(&mut answer)? == 0 {
            bail!("{} stopped at `{line}`", self.name);
        }
        Ok(answer.trim().to_owned())
    }

    fn number(&mut self, line: &str) -> Result<f64> {
        let answer = self.ask(line)?;
        answer.parse().with_context(|| format!("{} answered {answer} to `{line}`", self.name))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The middle of the times, and the least.
fn middle(times: &[f64]) -> (f64, f64) {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    (median, sorted.first().copied().unwrap_or(f64::NAN))
}

fn run(standard: &str, folder: &Path, python: &Path, threads: usize, rounds: usize) -> Result<()> {
    let own = std::env::current_exe()?;
    let threads_text = threads.to_string();
    let folder_text = folder.display().to_string();
    let mut engines =
        vec![Engine::start("hejian", Command::new(&own).args(["engine", standard, &folder_text, &threads_text]))?];
    for (name, query) in [("duckdb", "duckdb_query.sql"), ("polars", "polars_query.py")] {
        let mut command = Command::new(python);
        command.arg(folder.join("peer.py")).args([name, &folder_text, &threads_text]).arg(folder.join(query));
        engines.push(Engine::start(name, command.env("POLARS_MAX_THREADS", &threads_text))?);
    }
    println!("{threads} threads, {rounds} rounds, data in {folder_text}");
    for engine in &mut engines {
        let version = if engine.name == "hejian" { "here".to_owned() } else { engine.ask("version")? };
        let time = engine.number("load")?;
        println!("load    {:<8} {time:>8.3} s   ({version})", engine.name);
    }
    let mut times = vec![Vec::new(); 3];
    let mut sums = Vec::new();
    // One round to warm up, which counts for nobody.
    for round in 0..=rounds {
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            let time = engine.number("round")?;
            times.extend((round > 0).then_some(time));
        }
        let time = engines[0].number("sum")?;
        sums.extend((round > 0).then_some(time));
    }
    let memory = engines[0].number("memory")?;
    let input = engines[0].number("input")?;
    let middles: Vec<(f64, f64)> = times.iter().map(|times| middle(times)).collect();
    for (engine, (median, least)) in engines.iter().zip(&middles) {
        println!("compute {:<8} {median:>8.4} s median, {least:.4} s least", engine.name);
    }
    let (sum, least_sum) = middle(&sums);
    println!("sum of the same bytes {sum:.4} s median, {least_sum:.4} s least");
    for engine in &mut engines[1..] {
        let memory = engine.number("memory")?;
        println!("memory  {:<8} {:>8.1} MB at most", engine.name, memory / 1e6);
    }
    let differing = compare(folder, &mut engines)?;
    println!(
        "memory  hejian   {:>8.1} MB at most; columns {:.1} MB; Parquet {:.1} MB",
        memory / 1e6,
        input / 1e6,
        parquet(folder)? / 1e6
    );
    let mut holds = true;
    let mut limit = |what: &str, found: f64, limit: f64, at_least: bool| {
        let met = if at_least { found >= limit } else { found <= limit };
        holds &= met;
        let word = if at_least { "at least" } else { "at most" };
        println!("{what:<44} {found:>7.2}  ({word} {limit}){}", if met { "" } else { "  MISSED" });
    };
    let faster = middles[1].0.min(middles[2].0);
    limit("times faster than the faster peer", faster / middles[0].0, 2.0, true);
    limit("times the sum of the same bytes", middles[0].0 / sum, 3.0, false);
    limit("times the columns in memory at most", memory / input, 2.0, false);
    if differing > 0 {
        bail!("{differing} points differ");
    }
    if !holds {
        bail!("a limit is missed");
    }
    Ok(())
}

fn parquet(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for level in [Level::Community, Level::Subdistrict, Level::District] {
        bytes += std::fs::metadata(folder.join(data::file(level)))?.len();
    }
    Ok(bytes as f64)
}

/// Compares every point of every unit; prints the first differences.
fn compare(folder: &Path, engines: &mut [Engine]) -> Result<usize> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for engine in engines.iter_mut() {
        let path: PathBuf = folder.join(format!("{}.points", engine.name));
        engine.ask(&format!("dump {}", path.display()))?;
        all.push(std::fs::read(&path)?);
        std::fs::remove_file(&path)?;
    }
    let points = |bytes: &[u8], i: usize| -> Option<i32> {
        let four = bytes.get(i * 4..i * 4 + 4)?.try_into().ok()?;
        Some(i32::from_le_bytes(four)).filter(|points| *points != engine::NOT_ASSESSED)
    };
    let count = all[0].len() / 4;
    let assessed = (0..count).filter(|i| points(&all[0], *i).is_some()).count();
    println!("compared {count} points of units and indicators, {assessed} assessed");
    let mut differing = 0;
    for (engine, bytes) in engines.iter().zip(&all).skip(1) {
        if bytes.len() != all[0].len() {
            println!("{}: {} points instead of {count}", engine.name, bytes.len() / 4);
            differing += 1;
            continue;
        }
        let different = (0..count).filter(|i| points(bytes, *i) != points(&all[0], *i));
        for (n, i) in different.enumerate() {
            differing += 1;
            if n < 10 {
                println!("{}: point {i}: {:?} instead of {:?}", engine.name, points(bytes, i), points(&all[0], i));
            }
        }
    }
    Ok(differing)
}
