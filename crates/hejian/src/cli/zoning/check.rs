//! `hejian zoning check`: whether a plan is what it says, by code that shares nothing with the one that made it.

use std::path::PathBuf;

use clap::Args;
use hejian_zoning::{
    check::plan::{Verdict, check_plan},
    file::PlanFile,
};
use serde_json::json;

use super::map;
use crate::cli::{failure::Failure, trouble};

/// Check a plan and its certificate against the map 核验方案
///
/// Every region and every figure is counted anew, and the certificate is added up over sets that are found anew. The map is read
/// as the plan says. Exit code 1 when something is not so.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The map 地图
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The plan that `hejian zoning solve` wrote 方案
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<(), Failure> {
        let no_plan = |why: String| {
            let path = self.plan.display();
            Failure::Failed(format!("{path} is no plan: {why}. Name a file that `hejian zoning solve` wrote."))
        };
        let plan = PlanFile::read(&trouble::bytes(&self.plan)?).map_err(no_plan)?;
        let map = map::read(&self.file, &plan.reading, self.json, "nothing was checked. 未核验。")?;
        let wanted = plan.asked.of(&map.problem).map_err(|why| no_plan(why.to_string()))?;
        let verdict = check_plan(&map.problem, &wanted, &plan);
        if self.json {
            let faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
            say!(
                "{}",
                json!({ "ok": faults.is_empty(), "p": verdict.p, "bound": verdict.bound, "most": verdict.most(), "faults": faults })
            );
        } else {
            print(&plan, &verdict);
        }
        if verdict.faults.is_empty() { Ok(()) } else { Err(Failure::Found) }
    }
}

fn print(plan: &PlanFile, verdict: &Verdict) {
    let asked = &plan.asked;
    let mut held = vec!["connected".to_owned(), format!("of size {} or more", asked.threshold)];
    held.extend(asked.max_size.map(|most| format!("of size {most} or less")));
    if asked.nested {
        held.push("inside their parents".to_owned());
    }
    if !asked.together.is_empty() {
        held.push("locks kept".to_owned());
    }
    if !asked.apart.is_empty() {
        held.push("pairs kept apart".to_owned());
    }
    verdict.faults.iter().for_each(|fault| say!("{fault}"));
    if !verdict.faults.is_empty() {
        let n = verdict.faults.len();
        let found = if n == 1 { "1 problem was found".to_owned() } else { format!("{n} problems were found") };
        say!("{found}: the plan is not what it says. 发现 {n} 处问题。");
        return;
    }
    say!("{} regions, {}.", verdict.p, held.join(", "));
    if !plan.others.is_empty() {
        say!("{} further plans hold to the same.", plan.others.len());
    }
    match verdict.bound {
        Some(bound) if bound == verdict.p => say!("The certificate shows that {bound} is the most that can be had."),
        Some(bound) => say!("The certificate shows that no plan has more than {bound} regions."),
        None => {}
    }
    if plan.p_upper_bound < plan.certified {
        say!(
            "That it is no more than {} was found by trying all divisions; no certificate shows it.",
            plan.p_upper_bound
        );
    }
    if plan.plan.objective_proven {
        say!(
            "That no such plan is better by the objective was found by trying all divisions; no certificate shows it."
        );
    }
    say!("All figures are as the plan says. 核验通过。");
}
