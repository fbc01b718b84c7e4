//! Why there is no plan, in the words of the command line.

use hejian_zoning::{
    file::Asked,
    problem::Problem,
    refused::{Constraint, Refused},
};

/// Ids named at most.
const MOST_NAMED: usize = 12;

/// What is asked for that cannot be had together, and what to do.
pub(super) fn words(refused: &Refused, asked: &Asked, problem: &Problem) -> String {
    let place = |nodes: &[u32]| {
        let ids = problem.ids(&nodes[..nodes.len().min(MOST_NAMED)]).join(", ");
        match nodes.len() {
            0 => String::new(),
            1 => format!(" It shows in the unit {ids}."),
            n if n > MOST_NAMED => format!(" It shows among the {n} units {ids}, …"),
            _ => format!(" It shows among the units {ids}."),
        }
    };
    match refused {
        Refused::Conflict { constraints, least, place: nodes } => {
            let each: Vec<String> = constraints.iter().map(|one| constraint(*one, asked)).collect();
            let what = match each.as_slice() {
                [] => "the threshold alone".to_owned(),
                each => each.join(" together with "),
            };
            let how = match (constraints.len(), *least) {
                (0, _) => "",
                (1, true) => " Without it there is a plan.",
                (_, true) => " Without any one of these there is a plan.",
                (..) => " Leave one of these out.",
            };
            format!(
                "no plan of regions of size {} or more holds to {what}.{how}{} 条件互相冲突，无可行方案。",
                asked.threshold,
                place(nodes)
            )
        }
        Refused::NotFound { place: nodes } => format!(
            "no plan was found that holds to everything asked, and none was proven impossible. Give it more --iterations, or ask for less.{}",
            place(nodes)
        ),
        Refused::Unusable(why) => format!("{why}."),
    }
}

/// A constraint as it was typed.
fn constraint(constraint: Constraint, asked: &Asked) -> String {
    match constraint {
        Constraint::Nested => "--nested".to_owned(),
        Constraint::Barriers => "the barriers of the map".to_owned(),
        Constraint::Most => format!("--max-size {}", asked.max_size.unwrap_or_default()),
        Constraint::Regions => format!("--regions {}", asked.regions.unwrap_or_default()),
        Constraint::Together(i) => {
            format!("--together {}", asked.together.get(i).map(|ids| ids.join(",")).unwrap_or_default())
        }
        Constraint::Apart(i) => {
            format!("--apart {}", asked.apart.get(i).map(|(a, b)| format!("{a},{b}")).unwrap_or_default())
        }
    }
}
