//! Makes the premises projects: 40 accepted offices from the units file, the unfinished ones and the service centres.
//!
//! The rule that matters: areas come from the file, and every breakdown (rooms, money) sums to its whole. Only the house
//! numbers depend on the seed.

use crate::dates::{day, office_day};
use crate::mark::Mark;
use crate::names::Draw;
use crate::premises::{
    AreaRow, Coverage, Function, MoneyLine, MoneySource, Paper, PaperKind, Premises, PremisesKind, Stage, Step, Works,
};
use crate::stories::{PLANS, Plan, SHORT, TOLD, WITHOUT_PAPER};
use crate::{Problem, Unit, UnitKind, source};
use chrono::{Datelike, Days, NaiveDate};

/// Projects in register order.
pub(crate) fn premises(units: &[Unit], columns: &[(String, String, u32)], seed: u64) -> Result<Vec<Premises>, Problem> {
    let communities: Vec<&Unit> = units.iter().filter(|u| u.kind == UnitKind::Community).collect();
    let mut all = Vec::new();
    for (key, works, m2) in columns {
        let Some(place) = communities.iter().position(|u| u.key == *key) else { continue };
        let works = match works.as_str() {
            "new" => Works::New,
            "rebuilt" => Works::Rebuilt,
            other => {
                let what = format!("premises_project is “{other}”");
                return Err(Problem::new(source::UNITS, format!("unit {key}"), what, "Write new or rebuilt"));
            }
        };
        all.push(accepted(place + 1, communities[place], works, i64::from(*m2), seed));
    }
    for plan in PLANS {
        let Some(unit) = units.iter().find(|u| u.key == plan.unit) else { continue };
        let number = if plan.number > 0 {
            plan.number
        } else {
            communities.iter().position(|u| u.key == plan.unit).map_or(0, |place| place + 1)
        };
        all.push(planned(number, unit, plan, seed));
    }
    all.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(all)
}

/// An office of the units file, accepted long ago.
fn accepted(number: usize, unit: &Unit, works: Works, m2: i64, seed: u64) -> Premises {
    let mut draw = Draw::new(0, &unit.key);
    let told = TOLD.iter().find(|told| told.unit == unit.key);
    let year = draw.between(2003, 2008) as i32;
    // Those of 2003 are late in the year: the community itself began in June 2002.
    let month = draw.between(if year == 2003 { 10 } else { 1 }, 12) as u32;
    let drawn = day(year, month, draw.between(20, 27) as u32);
    let days = schedule(told.map_or(drawn, |told| told.accepted), works, &mut draw);
    let rate = match works {
        Works::New => draw.between(925, 1022),
        Works::Rebuilt => draw.between(545, 650),
    };
    let thousand = told.map_or((m2 * rate + 500) / 1000, |told| told.thousand_yuan);
    let paper_kind = told.map(|t| t.paper).unwrap_or(draw.one(&[
        PaperKind::TitleDeed,
        PaperKind::TitleDeed,
        PaperKind::HandoverAgreement,
    ]));
    let paper = (!WITHOUT_PAPER.contains(&unit.key.as_str())).then(|| paper(number, paper_kind, days[4]));
    Premises {
        key: format!("YF-{number:04}"),
        kind: PremisesKind::CommunityOffice,
        unit: unit.key.clone(),
        name: format!("{}用房", unit.name),
        works,
        address: address(unit, seed),
        steps: steps(
            number,
            [Stage::Proposed, Stage::Approved, Stage::Building, Stage::Completed, Stage::Accepted]
                .into_iter()
                .zip(days),
        ),
        later: vec![],
        next_due: None,
        floor_area_tenths: m2 * 10,
        areas: rooms(&unit.key, m2 * 10),
        money: money(number, unit, thousand, &days, &mut draw),
        paper,
        accepted_by: Some("区民政局、区建设局".to_owned()),
        note: if unit.key == SHORT { "原军民村居委会平房改建".to_owned() } else { String::new() },
        mark: Mark::invented(),
    }
}

/// A project told by hand.
fn planned(number: usize, unit: &Unit, plan: &Plan, seed: u64) -> Premises {
    let key = format!("YF-{number:04}");
    let mut draw = Draw::new(0, &key);
    let what = if plan.what.is_empty() { "用房" } else { plan.what };
    let last = plan.days.len() - 1;
    let done = last == 4;
    // Money is granted with the approval; before it there is none.
    let money = if last == 0 { vec![] } else { money(number, unit, plan.thousand_yuan, plan.days, &mut draw) };
    Premises {
        kind: plan.kind,
        unit: unit.key.clone(),
        name: format!("{}{what}", unit.name),
        works: plan.works,
        address: address(unit, seed),
        steps: steps(number, plan.stages()),
        later: steps(number, plan.later()),
        next_due: plan.next_due,
        floor_area_tenths: plan.m2 * 10,
        areas: match plan.what {
            "用房二楼活动室扩建" => vec![AreaRow { function: Function::CultureRoom, tenths: plan.m2 * 10 }],
            _ => rooms(&key, plan.m2 * 10),
        },
        money,
        paper: done.then(|| paper(number, PaperKind::TitleDeed, plan.days[last])),
        accepted_by: done.then(|| "区民政局、区建设局".to_owned()),
        note: plan.note.to_owned(),
        mark: Mark::invented(),
        key,
    }
}

/// The days of the five stages, counted back from acceptance; none falls on a weekend or a holiday.
fn schedule(accepted: NaiveDate, works: Works, draw: &mut Draw) -> [NaiveDate; 5] {
    let mut back = |from: NaiveDate, low: i64, high: i64| office_day(minus(from, draw.between(low, high)));
    let accepted = office_day(accepted);
    let completed = back(accepted, 8, 22);
    let building = match works {
        Works::New => back(completed, 130, 230),
        Works::Rebuilt => back(completed, 60, 120),
    };
    let approved = back(building, 20, 60);
    let proposed = back(approved, 25, 60);
    [proposed, approved, building, completed, accepted]
}

fn minus(from: NaiveDate, days: i64) -> NaiveDate {
    from.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(from)
}

/// Stages with their papers; the project's own number keeps the papers of one year apart.
fn steps(number: usize, stages: impl Iterator<Item = (Stage, NaiveDate)>) -> Vec<Step> {
    stages
        .map(|(stage, on)| {
            let document = match stage {
                Stage::Proposed => Some(format!("武社请〔{}〕{number}号", on.year())),
                Stage::Approved => Some(format!("武发改〔{}〕{}号", on.year(), number + 40)),
                Stage::Accepted => Some(format!("武民验〔{}〕{number}号", on.year())),
                Stage::Building | Stage::Completed => None,
            };
            Step { stage, on, document }
        })
        .collect()
}

fn paper(number: usize, kind: PaperKind, accepted: NaiveDate) -> Paper {
    let number = match kind {
        PaperKind::TitleDeed if number == 31 => "武房权证字第00-1187号".to_owned(),
        PaperKind::TitleDeed => format!("武房权证字第00-{:04}号", 900 + number * 37 % 3000),
        PaperKind::HandoverAgreement => format!("武社移协〔{}〕{number}号", accepted.year()),
    };
    Paper { kind, number, on: accepted }
}

/// An invented address that fits the name of the unit.
fn address(unit: &Unit, seed: u64) -> String {
    if unit.key == SHORT {
        return "军民村12栋一、二层".to_owned();
    }
    let number = Draw::new(seed, &format!("address {}", unit.key)).between(3, 168);
    let stem = unit.name.trim_end_matches("社区");
    match unit.kind {
        UnitKind::Community if stem.ends_with(['路', '街', '巷', '口']) => format!("{stem}{number}号一、二层"),
        UnitKind::Community => format!("{stem}{}栋一、二层", number % 40 + 1),
        UnitKind::Subdistrict => format!("{stem}办事处院内{}号楼", number % 3 + 1),
        _ => format!("{stem}人民政府院内{}号楼", number % 3 + 2),
    }
}

/// Rooms by weight; the larger the house, the more kinds. The rows sum to the area.
fn rooms(key: &str, tenths: i64) -> Vec<AreaRow> {
    use Function::*;
    if key == SHORT {
        let rows = [
            (ServiceHall, 1100),
            (PoliceRoom, 280),
            (MediationRoom, 260),
            (LabourStation, 250),
            (PartyRoom, 600),
            (CultureRoom, 1500),
            (ReadingRoom, 600),
        ];
        return rows.into_iter().map(|(function, tenths)| AreaRow { function, tenths }).collect();
    }
    // Function, weight, and the floor area (m²) from which a house has it.
    let kinds = [
        (ServiceHall, 14, 0),
        (Office, 8, 0),
        (PoliceRoom, 4, 0),
        (MediationRoom, 4, 0),
        (LabourStation, 4, 0),
        (FamilyPlanningRoom, 3, 500),
        (HealthStation, 6, 600),
        (PartyRoom, 10, 0),
        (CultureRoom, 24, 0),
        (ReadingRoom, 14, 0),
        (ResidentSchool, 12, 500),
        (YouthPlace, 6, 550),
        (HomeCareStation, 8, 650),
        (RehabilitationRoom, 4, 650),
        (ScienceRoom, 4, 700),
        (FitnessRoom, 6, 750),
    ];
    let present = || kinds.iter().filter(|(_, _, from)| tenths >= from * 10);
    let weights: i64 = present().map(|(_, weight, _)| weight).sum();
    let mut rows: Vec<AreaRow> = present()
        .map(|(function, weight, _)| AreaRow { function: *function, tenths: tenths * weight / weights / 5 * 5 })
        .collect();
    rows[0].tenths += tenths - rows.iter().map(|row| row.tenths).sum::<i64>();
    rows
}

/// Money by source in whole thousands of yuan; the district carries what the others leave.
fn money(number: usize, unit: &Unit, thousand: i64, days: &[NaiveDate], draw: &mut Draw) -> Vec<MoneyLine> {
    let share = |percent: i64| thousand * percent / 100;
    let (subdistrict, superior) = (share(draw.between(18, 28)), share(draw.one(&[0, 0, 12, 18])));
    let (community, donation) = (share(draw.between(4, 9)), share(draw.one(&[0, 0, 3, 5])));
    use MoneySource::{Community, District, Donation, Subdistrict, Superior};
    let parts = match unit.kind {
        UnitKind::Community if unit.key == SHORT => vec![(Subdistrict, 112)],
        UnitKind::Community => {
            vec![(Subdistrict, subdistrict), (Superior, superior), (Community, community), (Donation, donation)]
        }
        UnitKind::Subdistrict => vec![(Subdistrict, subdistrict), (Superior, superior), (Donation, donation)],
        _ => vec![(Superior, superior), (Donation, donation)],
    };
    let rest = thousand - parts.iter().map(|(_, part)| part).sum::<i64>();
    // Granted with the approval.
    let on = days.get(1).or(days.first()).copied().unwrap_or(crate::OPENS_ON);
    std::iter::once((District, rest))
        .chain(parts)
        .filter(|(_, part)| *part > 0)
        .map(|(source, part)| {
            let document = match source {
                District => Some(format!("武财社指〔{}〕{}号", on.year(), number + 20)),
                Superior => Some(format!("常财社指〔{}〕{}号", on.year(), number + 100)),
                Subdistrict | Community | Donation => None,
            };
            MoneyLine { source, fen: part * 100_000, on, document }
        })
        .collect()
}

/// The register is reported complete by every community, subdistrict and the district: once when stock was taken, then each
/// month since the application.
pub(crate) fn coverage(units: &[Unit]) -> Vec<Coverage> {
    // The stock-taking before the campaign, then every month from the application to the end of the story.
    let months = [(2008, 9), (2008, 12)].into_iter().chain((1..=12).map(|month| (2009, month))).chain([(2010, 1)]);
    let mut all = Vec::new();
    for (year, month) in months {
        let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        for unit in units {
            let by = match unit.kind {
                UnitKind::Community => format!("post-{}-head", unit.key),
                UnitKind::Subdistrict => format!("post-{}-officer", unit.key),
                UnitKind::District => "post-mzj-officer".to_owned(),
                UnitKind::Department | UnitKind::ResidentsCommittee => continue,
            };
            all.push(Coverage {
                register: "premises".to_owned(),
                unit: unit.key.clone(),
                period: format!("{year}-{month:02}"),
                on: office_day(day(next_year, next_month, 8 + unit.order % 3)),
                by,
            });
        }
    }
    all
}
