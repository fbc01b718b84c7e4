//! Steps that name themselves: order, needs, times, and the closing summary.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::shell;

/// How a step ended that did not fail.
pub enum Outcome {
    /// All of it was done.
    Done,
    /// Part of it could not be done here, and the text says what and how to change that. A failure in CI.
    Skipped(String),
    /// A check whose tool cannot be had everywhere was left out. Named, but no failure.
    NotHere(String),
}

/// One step over the shared state `S`.
pub struct Step<S> {
    /// The name for `--only`.
    pub name: &'static str,
    /// What it does, for people.
    pub about: &'static str,
    run: fn(&mut S) -> Result<Outcome>,
    needs: &'static [&'static str],
}

impl<S> Step<S> {
    /// A step that stands alone.
    pub const fn new(name: &'static str, about: &'static str, run: fn(&mut S) -> Result<Outcome>) -> Self {
        Self { name, about, run, needs: &[] }
    }

    /// The steps that must have gone well before.
    pub const fn needs(mut self, needs: &'static [&'static str]) -> Self {
        self.needs = needs;
        self
    }
}

/// The steps with these names and the ones they need, in the order of the list; all of them for no name.
pub fn choose<'a, S>(steps: &'a [Step<S>], only: &[String]) -> Result<Vec<&'a Step<S>>> {
    if let Some(unknown) = only.iter().find(|name| steps.iter().all(|step| step.name != **name)) {
        let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", names.join(", "));
    }
    let is_wanted = |name: &str| only.is_empty() || only.iter().any(|wanted| wanted == name);
    let is_needed = |name: &str| steps.iter().any(|step| is_wanted(step.name) && step.needs.contains(&name));
    Ok(steps.iter().filter(|step| is_wanted(step.name) || is_needed(step.name)).collect())
}

/// Runs the steps and prints the summary; an error if one of them failed.
pub fn run<S>(steps: &[&Step<S>], state: &mut S) -> Result<()> {
    let begun = Instant::now();
    let mut lines: Vec<(&str, Duration, String)> = Vec::new();
    let mut failed: Vec<&str> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let head = format!("[{}/{}] {}", place + 1, steps.len(), step.name);
        let result = match step.needs.iter().find(|need| failed.contains(need)) {
            Some(need) => Err(anyhow::anyhow!("not run, because `{need}` failed")),
            None => {
                println!("{head}: {} …", step.about);
                let started = Instant::now();
                let result = (step.run)(state);
                lines.push((step.name, started.elapsed(), String::new()));
                result
            }
        };
        if lines.last().is_none_or(|(name, ..)| *name != step.name) {
            lines.push((step.name, Duration::ZERO, String::new()));
        }
        let line = lines.last_mut().expect("a line was pushed for this step");
        line.2 = match result {
            Ok(Outcome::Done) => "ok".to_owned(),
            Ok(Outcome::NotHere(what)) => format!("left out: {what}"),
            Ok(Outcome::Skipped(what)) if !shell::is_ci() => format!("SKIPPED: {what}"),
            Ok(Outcome::Skipped(what)) => {
                failed.push(step.name);
                format!("FAILED: CI may not skip: {what}")
            }
            Err(error) => {
                failed.push(step.name);
                format!("FAILED: {error:#}")
            }
        };
        println!("{head}: {}  {}", line.2, seconds(line.1));
    }
    println!("\n{:<10} {:>9}", "step", "time");
    for (name, time, end) in &lines {
        println!("{name:<10} {:>9}  {end}", seconds(*time));
    }
    println!("{:<10} {:>9}", "together", seconds(begun.elapsed()));
    if !failed.is_empty() {
        bail!("{} of {} steps failed: {}", failed.len(), steps.len(), failed.join(", "));
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[Step<Vec<&'static str>>] = &[
        Step::new("first", "", |ran| {
            ran.push("first");
            bail!("broken")
        }),
        Step::new("second", "", |ran| {
            ran.push("second");
            Ok(Outcome::Done)
        }),
        Step::new("third", "", |ran: &mut Vec<&'static str>| {
            ran.push("third");
            Ok(Outcome::Done)
        })
        .needs(&["first"]),
    ];

    #[test]
    fn a_failed_step_does_not_hide_the_next_but_stops_what_needs_it() {
        let mut ran = Vec::new();
        let error = run(&choose(STEPS, &[]).unwrap(), &mut ran).unwrap_err().to_string();
        assert_eq!(ran, ["first", "second"]);
        assert_eq!(error, "2 of 3 steps failed: first, third");
    }

    #[test]
    fn a_chosen_step_brings_what_it_needs() {
        let names = |only: &str| -> Vec<&str> {
            choose(STEPS, &[only.to_owned()]).unwrap().iter().map(|step| step.name).collect()
        };
        assert_eq!(names("third"), ["first", "third"]);
        assert_eq!(names("second"), ["second"]);
    }

    #[test]
    fn an_unknown_step_is_named_beside_the_known_ones() {
        let error = choose(STEPS, &["fourth".to_owned()]).err().expect("there is no such step").to_string();
        assert!(error.contains("`fourth`") && error.contains("first, second, third"), "{error}");
    }
}
