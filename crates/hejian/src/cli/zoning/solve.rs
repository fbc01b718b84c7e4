//! `hejian zoning solve`: the map read, the best plan found and written with its proof.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use clap::Args;
use hejian_zoning::{
    file::{Aim, Asked, PlanFile, Run},
    problem::{self, Effort, Problem, Wanted},
    read::Reading,
};
use serde_json::json;

use super::{map, refusal, watch::Clock};
use crate::cli::{failure::Failure, trouble};

/// After a semicolon, and as a sentence.
const NOTHING: &str = "nothing was solved. 未求解。";
const NOTHING_MORE: &str = "Nothing was solved. 未求解。";

/// Find as many regions as can be, or so many, and write them as a plan 求解
///
/// A region is connected and of size T or more. With --target, populations are then brought near it; --objective names another
/// aim. The plan holds a certificate of how many regions there can be at most; `hejian zoning check` verifies it. Ctrl-C ends
/// the search and writes what was found.
#[derive(Debug, Args)]
pub(super) struct Solve {
    /// The map 地图
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Least size of a region 规模下限
    #[arg(long, value_name = "T")]
    threshold: f64,
    /// Population a region should have 目标人口
    #[arg(long, value_name = "N")]
    target: Option<f64>,
    /// Keep each region inside one parent 不跨上级
    #[arg(long)]
    nested: bool,
    /// So many regions, not as many as can be 区数
    #[arg(long, value_name = "K")]
    regions: Option<u64>,
    /// Largest size of a region 规模上限
    #[arg(long, value_name = "M")]
    max_size: Option<f64>,
    /// Units of one region; may be given again 必须同区
    #[arg(long, value_name = "ID,ID,…", value_parser = ids)]
    together: Vec<Ids>,
    /// Two units of different regions; may be given again 不得同区
    #[arg(long, value_name = "ID,ID", value_parser = ids)]
    apart: Vec<Ids>,
    /// What is wanted beside: deviation, cut, border or wss, or several as in deviation=2,cut=1 [default: deviation with
    /// --target, else nothing] 次要目标
    #[arg(long, value_name = "AIM", value_delimiter = ',', value_parser = aim)]
    objective: Vec<(f64, Aim)>,
    /// Seconds after which the search is cut short 时限
    #[arg(long, value_name = "S", conflicts_with = "iterations")]
    time: Option<f64>,
    /// Moves of the search: the same number gives the same plan 步数
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// Where chance starts 随机种子
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Threads; the plan does not depend on them [default: one for each processor] 线程
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// So many plans that differ 方案数
    #[arg(long, value_name = "N", default_value_t = 1)]
    plans: usize,
    /// Where the plan is written; a file that is there is replaced once there is a plan 输出
    #[arg(long, value_name = "PLAN")]
    out: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: map::Flags,
}

/// Ids of units.
#[derive(Clone, Debug)]
struct Ids(Vec<String>);

fn ids(text: &str) -> Result<Ids, String> {
    let ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    if ids.len() < 2 { Err("name two units or more, with commas between".to_owned()) } else { Ok(Ids(ids)) }
}

fn aim(text: &str) -> Result<(f64, Aim), String> {
    let (name, weight) = text.split_once('=').unwrap_or((text, "1"));
    let aim = match name.trim() {
        "deviation" => Aim::Deviation,
        "cut" => Aim::Cut,
        "border" => Aim::Border,
        "wss" => Aim::Wss,
        _ => return Err("there is deviation, cut, border and wss".to_owned()),
    };
    let weight = weight.trim().parse().map_err(|_| format!("the weight of {name} is no number"))?;
    Ok((weight, aim))
}

impl Solve {
    pub(super) async fn run(self: Box<Self>) -> Result<(), Failure> {
        let limit = match self.time {
            Some(seconds) => Some(
                Duration::try_from_secs_f64(seconds)
                    .map_err(|_| Failure::Usage(format!("--time is {seconds}. Give seconds of 0 or more.")))?,
            ),
            None => None,
        };
        let (folder, name) = place(&self.out)?;
        let asked = self.asked()?;
        let effort = Effort {
            iterations: self.iterations.or(limit.map(|_| u64::MAX)),
            seed: self.seed,
            threads: self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1),
        };
        let (file, json, seed) = (self.file, self.json, self.seed);
        let reading = self.reading.reading(asked.nested)?;
        let read = map::read(&file, &reading, json, NOTHING)?;
        read.notes.iter().for_each(|note| eprintln!("{note}"));
        let wanted = asked.of(&read.problem).map_err(|why| Failure::Usage(format!("{why}. {NOTHING_MORE}")))?;

        let stopped = Arc::new(AtomicBool::new(false));
        let asks = Job { problem: read.problem, wanted, asked, reading, effort, limit, seed };
        let flag = Arc::clone(&stopped);
        let mut work = tokio::task::spawn_blocking(move || asks.solved(flag));
        let plan = loop {
            tokio::select! {
                done = &mut work => break done.map_err(|e| Failure::Failed(format!("the solver broke off: {e}. Report this map.")))??,
                Ok(()) = tokio::signal::ctrl_c() => {
                    if stopped.swap(true, Ordering::Relaxed) {
                        return Err(Failure::Failed("broken off; nothing was written.".to_owned()));
                    }
                    eprintln!("stopping; what was found is written. 正在停止。");
                }
            }
        };
        let (found, wanted) = (1 + plan.others.len(), plan.asked.plans);
        if found < wanted {
            eprintln!("{wanted} plans were asked for; no more than {found} that differ could be found");
        }
        trouble::write(folder, &[(name, plan.text().as_bytes())], true)?;
        if json {
            say!("{}", summary(&plan));
        } else {
            print(&plan);
            say!("Written to {}. 已写入。", self.out.display());
        }
        Ok(())
    }

    fn asked(&self) -> Result<Asked, Failure> {
        let pair = |ids: &Ids| match ids.0.as_slice() {
            [a, b] => Ok((a.clone(), b.clone())),
            more => Err(Failure::Usage(format!("--apart {} names {} units. Name two.", more.join(","), more.len()))),
        };
        let usual = self.target.map(|_| vec![(1.0, Aim::Deviation)]).unwrap_or_default();
        Ok(Asked {
            threshold: self.threshold,
            target: self.target,
            nested: self.nested,
            max_size: self.max_size,
            regions: self.regions,
            together: self.together.iter().map(|ids| ids.0.clone()).collect(),
            apart: self.apart.iter().map(pair).collect::<Result<_, _>>()?,
            objective: if self.objective.is_empty() { usual } else { self.objective.clone() },
            plans: self.plans,
        })
    }
}

/// The folder and name of the plan; a folder that is not there is named before anything is solved.
fn place(out: &Path) -> Result<(&Path, &str), Failure> {
    let folder = match out.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => Path::new("."),
    };
    let name = out.file_name().and_then(|name| name.to_str());
    match name {
        Some(name) if folder.is_dir() && !out.is_dir() => Ok((folder, name)),
        _ => Err(Failure::Usage(format!(
            "--out {} is no place for a file. Name a file in a folder that is there.",
            out.display()
        ))),
    }
}

/// All that the solver needs, on a thread of its own.
struct Job {
    problem: Problem,
    wanted: Wanted,
    asked: Asked,
    reading: Reading,
    effort: Effort,
    limit: Option<Duration>,
    seed: u64,
}

impl Job {
    fn solved(self, stopped: Arc<AtomicBool>) -> Result<PlanFile, Failure> {
        let mut clock = Clock::new(self.limit, stopped);
        let plans = problem::solve(&self.problem, &self.wanted, self.effort, &mut clock);
        let plans = plans.map_err(|refused| {
            Failure::Failed(format!("{} {NOTHING_MORE}", refusal::words(&refused, &self.asked, &self.problem)))
        })?;
        clock.end(plans.first().map_or(0, |plan| plan.p));
        let seconds = clock.seconds();
        let run = Run { seconds, seed: self.seed, iterations: clock.iterations, trace: clock.trace };
        PlanFile::of(&self.problem, self.asked, self.reading, &plans, run)
            .ok_or_else(|| Failure::Failed(format!("there is no plan. {NOTHING_MORE}")))
    }
}

fn summary(plan: &PlanFile) -> serde_json::Value {
    let first = &plan.plan;
    json!({
        "p": first.p, "p_upper_bound": plan.p_upper_bound, "proven": plan.proven,
        "objective": first.objective, "objective_proven": first.objective_proven,
        "mean_deviation": first.mean_deviation, "max_deviation": first.max_deviation,
        "cut_edges": first.cut_edges, "cut_border": first.cut_border, "wss_ratio": first.wss_ratio,
        "without_region": first.labels.iter().filter(|label| label.is_none()).count(),
        "plans": 1 + plan.others.len(), "seconds": plan.seconds,
    })
}

fn print(plan: &PlanFile) {
    let first = &plan.plan;
    let p = first.p;
    match (plan.asked.regions, plan.proven) {
        (Some(_), _) => say!("{p} regions, as asked."),
        (None, true) => say!("{p} regions: {p} is the most that can be had."),
        (None, false) => say!("{p} regions; it is proven that there are no more than {}.", plan.p_upper_bound),
    }
    let least = if first.objective_proven { ", the least there is" } else { "" };
    let aims: Vec<Aim> = plan.asked.objective.iter().map(|(_, aim)| *aim).collect();
    let of = |aim: Aim| if aims == [aim] { least } else { "" };
    if let (Some(mean), Some(most), Some(target)) = (first.mean_deviation, first.max_deviation, plan.asked.target) {
        let (mean, most) = (100.0 * mean, 100.0 * most);
        say!("Population off {target} by {mean:.2} % on average{}, by {most:.2} % at most.", of(Aim::Deviation));
    }
    say!(
        "Borders between regions: {}{}, of length {:.0}{}.",
        first.cut_edges,
        of(Aim::Cut),
        first.cut_border,
        of(Aim::Border)
    );
    if let Some(squares) = first.wss_ratio {
        say!("Squares within regions: {squares:.4} of all{}.", of(Aim::Wss));
    }
    if let (true, Some(objective)) = (aims.len() > 1, first.objective) {
        say!("Weighted objective: {objective:.6}{least}.");
    }
    if let (Some(least), Some(most)) = (&first.least_size, &first.most_size) {
        say!("Sizes from {least} to {most}.");
    }
    for part in &plan.too_small {
        let more = if part.len() > 8 { format!(" and {} more", part.len() - 8) } else { String::new() };
        say!("Without a region, too small together: {}{more}.", part[..part.len().min(8)].join(", "));
    }
    if !plan.others.is_empty() {
        let p: Vec<String> = plan.others.iter().map(|other| other.p.to_string()).collect();
        say!("{} further plans, of {} regions.", plan.others.len(), p.join(", "));
    }
    say!("{:.3} s.", plan.seconds);
}
