//! Our engine as a child process that loads, scores and sums when told, so that its memory is its own.
//!
//! Lines in, lines out: `load`, `round`, `sum`, `dump FILE`, `memory`; each answers with a number (seconds, or bytes).

use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use hejian_scoring::batch::{self, Batch, Standing};
use hejian_scoring::pack::Pack;

use crate::load::{self, Loaded};

/// Points that are not assessed.
pub const NOT_ASSESSED: i32 = i32::MIN;

pub fn serve(pack: &Pack, folder: &Path, threads: usize) -> Result<()> {
    let mut loaded: Option<Loaded> = None;
    let mut out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let started = Instant::now();
        let mut answer = |text: String| -> Result<()> {
            writeln!(out, "{text}")?;
            Ok(out.flush()?)
        };
        let table = || loaded.as_ref().context("not loaded yet");
        match line.split_once(' ').unwrap_or((&line, "")) {
            ("load", _) => {
                loaded = Some(load::load(folder, pack, threads)?);
                answer(started.elapsed().as_secs_f64().to_string())?;
            }
            ("round", _) => {
                let batch = batch::score(pack, &table()?.table, threads)?;
                let time = started.elapsed().as_secs_f64();
                std::hint::black_box(&batch);
                answer(time.to_string())?;
            }
            ("sum", _) => {
                std::hint::black_box(table()?.table.checksum(threads));
                answer(started.elapsed().as_secs_f64().to_string())?;
            }
            ("dump", path) => {
                let loaded = table()?;
                let batch = batch::score(pack, &loaded.table, threads)?;
                dump(pack, loaded, &batch, Path::new(path))?;
                answer("0".to_owned())?;
            }
            ("input", _) => answer(table()?.table.bytes().to_string())?,
            ("memory", _) => answer(memory()?.to_string())?,
            _ => break,
        }
    }
    Ok(())
}

/// The most memory the process ever had, in bytes.
pub fn memory() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in the status")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? * 1024)
}

/// Writes points in hundredths as 32-bit integers: level by level from the communities, unit by unit, indicator by indicator.
fn dump(pack: &Pack, loaded: &Loaded, batch: &Batch<'_>, path: &Path) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for units in &loaded.units {
        for unit in units {
            for indicator in 0..pack.indicators.len() {
                let points = match batch.standing(*unit, indicator) {
                    Standing::NotScored => continue,
                    Standing::NotAssessed => NOT_ASSESSED,
                    Standing::Assessed(points) => points,
                };
                out.write_all(&points.to_le_bytes())?;
            }
        }
    }
    Ok(out.flush()?)
}
