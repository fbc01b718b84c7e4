//! The checker of plans: what the solver says passes, and whatever is changed in it is found.

use hejian_zoning::check::plan::{Fault, Verdict, check_plan};
use hejian_zoning::file::{Aim, Asked, PlanFile, Run};
use hejian_zoning::problem::{Effort, Problem, solve};
use hejian_zoning::read::{Reading, read};

fn map(name: &str) -> Problem {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read(&bytes, &Reading::default()).unwrap_or_else(|e| panic!("{e}")).problem
}

fn asked(nested: bool, aim: Aim) -> Asked {
    Asked { threshold: 2000.0, target: Some(5000.0), nested, objective: vec![(1.0, aim)], ..Asked::default() }
}

/// A plan written, read again and checked.
fn planned(problem: &Problem, asked: Asked) -> PlanFile {
    let wanted = asked.of(problem).unwrap_or_else(|e| panic!("{e}"));
    let plans = solve(problem, &wanted, Effort::default(), &mut ()).unwrap_or_else(|e| panic!("{e}"));
    let run = Run { seconds: 0.1, trace: vec![(0.0, 3)], ..Run::default() };
    let file = PlanFile::of(problem, asked, Reading::default(), &plans, run).expect("there is a plan");
    let again = PlanFile::read(file.text().as_bytes()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(again.plan.labels, file.plan.labels);
    again
}

fn checked(problem: &Problem, file: &PlanFile) -> Verdict {
    let wanted = file.asked.of(problem).unwrap_or_else(|e| panic!("{e}"));
    check_plan(problem, &wanted, file)
}

#[test]
fn the_reference_maps_have_51_regions_and_the_best_of_them() {
    for (name, deviation) in [("ref86a.json", 0.0923), ("ref86b.json", 0.0639)] {
        let problem = map(name);
        let file = planned(&problem, asked(true, Aim::Deviation));
        let verdict = checked(&problem, &file);
        assert_eq!(verdict.faults, [], "{name}");
        assert!(verdict.most() && file.proven && file.plan.objective_proven, "{name}");
        assert_eq!(file.plan.p, 51, "{name}");
        let found = file.plan.mean_deviation.expect("there is a target");
        assert!((found - deviation).abs() < 5e-5, "{name} {found}");
        for (aim, figure) in [(Aim::Cut, 188.0), (Aim::Wss, if name == "ref86a.json" { 0.1087 } else { 0.1021 })] {
            let file = planned(&problem, asked(true, aim));
            assert_eq!(checked(&problem, &file).faults, [], "{name}");
            let found = if aim == Aim::Cut { file.plan.cut_edges as f64 } else { file.plan.wss_ratio.unwrap_or(1.0) };
            assert!((found - figure).abs() < 5e-5, "{name} {aim:?} {found}");
        }
    }
}

#[test]
fn flat_plans_of_shipped_maps_check() {
    for (name, threshold, p) in [("mexico32.json", 3.0, 10), ("ref86a.json", 2000.0, 51)] {
        let problem = map(name);
        let file = planned(&problem, Asked { threshold, ..asked(false, Aim::Border) });
        assert_eq!(checked(&problem, &file).faults, [], "{name}");
        assert_eq!(file.plan.p, p, "{name}");
    }
}

/// Each change of a good plan, and a word of what is to be said of it.
#[test]
fn whatever_is_changed_in_a_plan_is_found() {
    let problem = map("ref86a.json");
    let good = planned(&problem, asked(true, Aim::Deviation));
    let found = |change: &dyn Fn(&mut PlanFile), word: &str| {
        let mut bad = good.clone();
        change(&mut bad);
        let faults = checked(&problem, &bad).faults;
        let words: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(words.iter().any(|said| said.contains(word)), "{word}: {words:?}");
    };
    found(&|bad| bad.plan.labels[0] = None, "is without a region");
    found(&|bad| bad.plan.labels.swap(0, 85), "is not connected");
    found(&|bad| bad.plan.labels.fill(Some(0)), "lies in several parents");
    found(&|bad| bad.asked.threshold = 2500.0, "below 2500");
    found(&|bad| bad.asked.max_size = Some(2100.0), "above 2100");
    found(&|bad| bad.asked.regions = Some(50), "the number of regions asked for is 51, and the plan says 50");
    found(&|bad| bad.asked.together = vec![vec!["0".into(), "85".into()]], "0 and 85 are to be together");
    let label = good.plan.labels[0];
    let same = (1..86).find(|unit| good.plan.labels[*unit] == label).expect("the region of unit 0 has another unit");
    found(&|bad| bad.asked.apart = vec![("0".into(), same.to_string())], &format!("0 and {same} are to be apart"));
    found(&|bad| bad.plan.p = 52, "p is 51, and the plan says 52");
    found(&|bad| bad.p_upper_bound = 52, "p_upper_bound is between 51 and 51");
    found(&|bad| bad.p_upper_bound = 50, "p_upper_bound is between");
    found(&|bad| bad.certified = 50, "certified is 51");
    found(&|bad| bad.plan.mean_deviation = Some(0.09), "mean_deviation is 0.0922");
    found(&|bad| bad.plan.max_deviation = None, "max_deviation is ");
    found(&|bad| bad.plan.cut_edges -= 1, "cut_edges is ");
    found(&|bad| bad.plan.cut_border -= 1.0, "cut_border is ");
    found(&|bad| bad.plan.wss_ratio = Some(0.1), "wss_ratio is ");
    found(&|bad| bad.plan.objective = Some(0.05), "objective is ");
    found(&|bad| bad.units[3] = "x".into(), "unit 3 is \"x\" in it and \"3\" in the map");
    found(&|bad| bad.plan.labels.truncate(85), "85 labels for 86 units");
    found(&|bad| bad.certificate.components[0].bound -= 1, "the certificate does not hold");
    found(&|bad| bad.certificate.components.truncate(5), "the certificate does not hold");
    let mut two = good.clone();
    two.others.push(good.plan.clone());
    two.others[0].labels[0] = None;
    assert!(!checked(&problem, &two).faults.is_empty(), "further plans are looked at, too");
}

#[test]
fn a_plan_of_another_form_is_refused_in_words() {
    let said = |text: &str| PlanFile::read(text.as_bytes()).expect_err("no plan");
    assert!(said("").contains("EOF"));
    assert!(said("{}").contains("it has no \"format\""));
    assert!(said("{\"format\": \"x/2\"}").contains("\"x/2\""));
    assert!(said("{\"format\": \"hejian-zoning-plan/1\"}").contains("missing field"));
}

/// Forty units that all adjoin, eight to a region: their sets cannot be listed.
#[test]
fn prices_that_follow_sizes_need_no_list_of_sets_and_one_price_less_does() {
    use hejian_zoning::certificate::{Certificate, Component, Proof};
    use hejian_zoning::check::{Map, Wrong, check};
    let n = 40_u32;
    let neighbours = (0..n).map(|a| (0..n).filter(|b| *b != a).collect()).collect();
    let map = Map { sizes: vec![10; n as usize], neighbours };
    let certificate = |price: i64| Certificate {
        scale: 8,
        components: vec![Component {
            least: 0,
            bound: 5,
            proof: Proof::Prices { units: (0..n).map(|unit| (unit, price)).collect(), rows: Vec::new() },
        }],
    };
    assert_eq!(check(&map, 80, &certificate(1)), Ok(5));
    let small = Map { sizes: vec![10; 8], neighbours: (0..8).map(|a| (0..8).filter(|b| *b != a).collect()).collect() };
    let mut cheap = certificate(1);
    cheap.components[0].bound = 1;
    cheap.components[0].proof = Proof::Prices { units: (1..8).map(|unit| (unit, 1)).collect(), rows: Vec::new() };
    assert!(matches!(check(&small, 80, &cheap), Err(Wrong::Cheap { .. })));
}
