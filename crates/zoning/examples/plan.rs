//! The engine as a program of its own: reads a map, solves it, writes the plan; or checks one. It is what is measured.
//!
//! ```sh
//! cargo run --release -p hejian-zoning --example plan -- solve MAP PLAN threshold=2000 target=5000 nested time=10
//! cargo run --release -p hejian-zoning --example plan -- check MAP PLAN
//! ```
//!
//! Words after PLAN: `threshold=`, `target=`, `nested`, `regions=`, `objective=deviation|cut|border|wss`, `time=` (seconds), `iterations=`,
//! `seed=`, `threads=`, `gap=` (stop once no more than this part of the bound is missing), `clock=cpu` (for a machine that others use: seconds are those that the processors worked for this program).

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::Instant;

use hejian_zoning::check::plan::check_plan;
use hejian_zoning::file::{Aim, Asked, PlanFile, Run};
use hejian_zoning::problem::{self, Effort};
use hejian_zoning::read::{self, Reading};
use hejian_zoning::watch::{Progress, Watch};

/// Stops after some seconds and notes when there was one region more.
struct Clock {
    start: Instant,
    /// Processor seconds before the start; where there are none, seconds are those of the wall.
    worked: Option<f64>,
    limit: f64,
    gap: f64,
    near: bool,
    trace: Vec<(f64, u64)>,
    iterations: u64,
}

impl Clock {
    fn seconds(&self) -> f64 {
        self.worked.map_or_else(|| self.start.elapsed().as_secs_f64(), |before| worked() - before)
    }
}

/// Processor seconds of this program.
fn worked() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

impl Watch for Clock {
    fn stop(&mut self) -> bool {
        self.near || self.seconds() >= self.limit
    }

    fn progress(&mut self, progress: Progress) {
        self.near |= (progress.p as f64) >= (1.0 - self.gap) * progress.bound as f64;
        self.iterations = self.iterations.max(progress.iterations);
        if self.trace.last().is_none_or(|(_, last)| *last < progress.p) {
            self.trace.push((self.seconds(), progress.p));
        }
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["solve", map, plan, asked @ ..] => solve(map, plan, asked),
        ["check", map, plan] => check(map, plan),
        _ => Err("solve MAP PLAN threshold=T …, or check MAP PLAN".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn bytes(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{path}: {error}"))
}

fn solve(map: &str, plan: &str, words: &[&str]) -> Result<(), String> {
    let words: HashMap<&str, &str> = words.iter().map(|word| word.split_once('=').unwrap_or((word, ""))).collect();
    let number = |name: &str| match words.get(name) {
        Some(text) => text.parse::<f64>().map(Some).map_err(|_| format!("{name} is no number")),
        None => Ok(None),
    };
    let whole = |name: &str| number(name).map(|value| value.map(|value| value as u64));
    let aim = match words.get("objective").copied() {
        None => None,
        Some("deviation") => Some(Aim::Deviation),
        Some("cut") => Some(Aim::Cut),
        Some("border") => Some(Aim::Border),
        Some("wss") => Some(Aim::Wss),
        Some(other) => return Err(format!("there is no objective {other}")),
    };
    let asked = Asked {
        threshold: number("threshold")?.ok_or("threshold= is missing")?,
        target: number("target")?,
        nested: words.contains_key("nested"),
        regions: whole("regions")?,
        objective: aim.map(|aim| (1.0, aim)).into_iter().collect(),
        ..Asked::default()
    };
    let reading = Reading { nested: asked.nested, ..Reading::default() };
    let problem = read::read(&bytes(map)?, &reading).map_err(|faults| faults.to_string())?.problem;
    let wanted = asked.of(&problem).map_err(|why| why.to_string())?;
    let limit = number("time")?.unwrap_or(f64::INFINITY);
    let gap = number("gap")?.unwrap_or(-1.0);
    let effort = Effort {
        iterations: whole("iterations")?.or(limit.is_finite().then_some(u64::MAX)),
        seed: whole("seed")?.unwrap_or(1),
        threads: whole("threads")?.unwrap_or(1) as usize,
    };
    let cpu = words.get("clock") == Some(&"cpu");
    let mut clock = Clock {
        start: Instant::now(),
        worked: cpu.then(worked),
        limit,
        gap,
        near: false,
        trace: Vec::new(),
        iterations: 0,
    };
    let plans = problem::solve(&problem, &wanted, effort, &mut clock).map_err(|refused| refused.to_string())?;
    let seconds = clock.seconds();
    let run = Run { seconds, seed: effort.seed, iterations: clock.iterations, trace: clock.trace };
    let file = PlanFile::of(&problem, asked, reading, &plans, run).ok_or("there is no plan")?;
    std::fs::write(plan, file.text()).map_err(|error| format!("{plan}: {error}"))?;
    let (p, bound) = (file.plan.p, file.p_upper_bound);
    println!("p={p} bound={bound} seconds={seconds:.4} peak_mb={:.1}", peak());
    Ok(())
}

/// Peak memory, where the system tells it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse::<f64>().ok());
    peak.unwrap_or(0.0) / 1024.0
}

fn check(map: &str, plan: &str) -> Result<(), String> {
    let plan = PlanFile::read(&bytes(plan)?)?;
    let problem = read::read(&bytes(map)?, &plan.reading).map_err(|faults| faults.to_string())?.problem;
    let wanted = plan.asked.of(&problem).map_err(|why| why.to_string())?;
    let verdict = check_plan(&problem, &wanted, &plan);
    if verdict.faults.is_empty() {
        println!("{} regions; the certificate shows that there are no more than {:?}", verdict.p, verdict.bound);
        return Ok(());
    }
    Err(verdict.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}
