//! What happened, day by day: premises and their stages, figures and their corrections, approvals, declarations.

use chrono::NaiveDate;
use hejian_demo::{self as plan, District, Figure, Stage};
use hejian_kernel::{
    error::{Error, Result},
    lifecycle,
    register::{Choice as _, Decimal, Draft, Fen, Register as _, Scaled, store},
    web::App,
    work::Work,
};
use uuid::Uuid;

use super::{Ids, begin, duties, in_post, morning, taken_over};
use crate::{
    foundations::{
        premises::{Money, MoneySource, Premises, PremisesKind, Purpose, Room, TitlePaper, Works},
        series::{Measure, Series},
    },
    organisation::SetupApproval,
};

/// Something done on a day by a post.
enum Event<'p> {
    Approval(&'p plan::SetupApproval),
    Figure(&'p Figure),
    Correction(&'p Figure, usize),
    Project(&'p plan::Premises),
    Step(&'p plan::Premises, usize),
    Coverage(&'p str, &'p str, &'p str),
    Duties,
    Cascade(&'p str),
}

struct Dated<'p> {
    day: NaiveDate,
    post: String,
    event: Event<'p>,
}

pub(super) async fn write(app: &App, plan: &District, ids: &Ids, opens: NaiveDate) -> Result<()> {
    let mut events = gather(plan)?;
    events.retain(|e| e.day <= opens);
    events.sort_by(|a, b| (a.day, &a.post).cmp(&(b.day, &b.post)));
    let departments = plan.units.iter().map(|unit| (unit.key.as_str(), unit.name.as_str())).collect();
    let mut known = Known { departments, ..Known::default() };
    let mut rest = events.as_slice();
    let mut minutes = 1;
    while let Some(first) = rest.first() {
        // One unit of work for what one post did on one day.
        let count = rest.iter().take_while(|e| e.day == first.day && e.post == first.post).count();
        let actor = in_post(app, plan, ids, &first.post, first.day)?;
        let mut work = begin(app, actor, morning(first.day, minutes)).await?;
        for event in &rest[..count] {
            apply(&mut work, ids, &mut known, event).await?;
        }
        work.commit().await?;
        minutes = if rest.get(count).is_some_and(|next| next.day == first.day) { minutes + 2 } else { 1 };
        rest = &rest[count..];
    }
    Ok(())
}

/// Records made so far, by the plan's keys.
#[derive(Default)]
struct Known<'p> {
    /// Names of units by key: a figure says who reported it as its readers call them.
    departments: std::collections::HashMap<&'p str, &'p str>,
    projects: std::collections::HashMap<String, (Uuid, i64)>,
    figures: std::collections::HashMap<(String, String, String), (Uuid, i64)>,
}

fn gather(plan: &District) -> Result<Vec<Dated<'_>>> {
    let post_of = |unit: &str, role: plan::Role| {
        let mut posts: Vec<_> = plan.posts.iter().filter(|p| p.unit == unit && p.role == role).collect();
        posts.sort_by_key(|p| p.order);
        posts.first().map(|p| p.key.clone())
    };
    let missing = |what: &str| Error::Internal(format!("the plan has no post for {what}"));
    let office = super::people::post_of(plan, super::people::APPROVES).ok_or_else(|| missing("the campaign office"))?;
    let bureau = super::people::post_of(plan, super::people::ACCEPTS).ok_or_else(|| missing("the acceptance"))?;
    let (office, bureau) = (office.to_owned(), bureau.to_owned());
    let start = taken_over();
    let recount = plan::RECOUNTED_ON;
    let mut events = Vec::new();
    let mut push = |day: NaiveDate, post: String, event| events.push(Dated { day: day.max(start), post, event });
    for approval in &plan.approvals {
        push(start, office.clone(), Event::Approval(approval));
        push(start, office.clone(), Event::Coverage("setup_approval", &approval.unit, "2008-10"));
        push(recount, office.clone(), Event::Coverage("setup_approval", &approval.unit, "2009-08"));
    }
    for figure in &plan.figures {
        let post = post_of(&figure.department, plan::Role::DepartmentOfficer)
            .or_else(|| post_of(&figure.department, plan::Role::DepartmentLead))
            .unwrap_or_else(|| office.clone());
        push(figure.entered_on, post.clone(), Event::Figure(figure));
        for (n, correction) in figure.corrections.iter().enumerate() {
            push(correction.on, post.clone(), Event::Correction(figure, n));
        }
    }
    for project in &plan.premises {
        let keeper = keeper(plan, project, &office);
        let first = project.steps.first().map_or(start, |s| s.on).max(start);
        push(first, office.clone(), Event::Project(project));
        for (n, step) in project.all_steps().enumerate().skip(1).filter(|(_, s)| s.on > start) {
            let post = match step.stage {
                Stage::Proposed | Stage::Approved => office.clone(),
                Stage::Building | Stage::Completed => keeper.clone(),
                Stage::Accepted => bureau.clone(),
            };
            push(step.on, post, Event::Step(project, n));
        }
    }
    push(duties::day(duties::DRAFTED), office.clone(), Event::Duties);
    for unit in plan.units.iter().filter(|unit| unit.kind == plan::UnitKind::Subdistrict) {
        if let Some(officer) = post_of(&unit.key, plan::Role::SubdistrictOfficer) {
            push(duties::day(duties::CASCADED), officer, Event::Cascade(&unit.key));
        }
    }
    for coverage in &plan.coverage {
        // For the district's own rows the campaign office answers: it keeps the register there.
        let by = if coverage.unit == plan::DISTRICT { office.clone() } else { coverage.by.clone() };
        push(coverage.on, by, Event::Coverage(&coverage.register, &coverage.unit, &coverage.period));
    }
    Ok(events)
}

/// The post that keeps a project's record: the subdistrict's officer over it, or the campaign office.
fn keeper(plan: &District, project: &plan::Premises, office: &str) -> String {
    let unit = plan.units.iter().find(|u| u.key == project.unit);
    let subdistrict =
        unit.map(|u| if u.key.starts_with("C-") { u.parent.clone().unwrap_or_default() } else { u.key.clone() });
    let officer =
        plan.posts.iter().find(|p| Some(&p.unit) == subdistrict.as_ref() && p.role == plan::Role::SubdistrictOfficer);
    officer.map_or_else(|| office.to_owned(), |p| p.key.clone())
}

async fn apply(work: &mut Work, ids: &Ids, known: &mut Known<'_>, dated: &Dated<'_>) -> Result<()> {
    match &dated.event {
        Event::Duties => duties::draft(work).await?,
        Event::Cascade(unit) => duties::cascade(work, ids.unit(unit)?).await?,
        Event::Approval(approval) => {
            let record = SetupApproval {
                document_number: approval.document.clone(),
                document_title: approval.title.clone(),
                issuer: "武陵区人民政府".to_owned(),
                issued_on: approval.on,
                note: None,
            };
            let draft = record.to_draft(ids.unit(&approval.unit)?);
            store::create(work, SetupApproval::DEF, draft).await?;
        }
        Event::Figure(figure) => {
            let draft = series(known, figure, figure.value, &figure.document, None)?.to_draft(ids.unit(&figure.unit)?);
            let record = store::create(work, Series::DEF, draft).await?;
            known.figures.insert(figure_key(figure), (record.meta.id, record.meta.version));
        }
        Event::Correction(figure, n) => {
            let correction = &figure.corrections[*n];
            let note = Some(correction.reason.clone());
            let draft =
                series(known, figure, correction.value, &correction.document, note)?.to_draft(ids.unit(&figure.unit)?);
            if let Some((id, version)) = known.figures.get_mut(&figure_key(figure)) {
                *version = store::update(work, Series::DEF, *id, *version, draft).await?.meta.version;
            }
        }
        Event::Project(project) => {
            let (draft, state) = project_draft(project, dated.day, ids)?;
            let due = project.next_due.filter(|_| state != "accepted");
            let record = store::create_in(work, Premises::DEF, draft, state, due).await?;
            known.projects.insert(project.key.clone(), (record.meta.id, record.meta.version));
        }
        Event::Step(project, n) => step(work, ids, known, project, *n).await?,
        Event::Coverage(register, unit, period) => {
            let def = match *register {
                "premises" => Premises::DEF,
                "setup_approval" => SetupApproval::DEF,
                other => return Err(Error::Internal(format!("the plan declares an unknown register {other}"))),
            };
            store::declare(work, def, ids.unit(unit)?, period, true).await?;
        }
    }
    Ok(())
}

fn figure_key(figure: &Figure) -> (String, String, String) {
    (figure.measure.clone(), figure.unit.clone(), figure.period.clone())
}

/// A step taken after the take-over: what became known with it is written first, then the stage moves.
async fn step(work: &mut Work, ids: &Ids, known: &mut Known<'_>, project: &plan::Premises, n: usize) -> Result<()> {
    let Some((id, version)) = known.projects.get_mut(&project.key) else {
        return Err(Error::Internal(format!("{} has a step before it exists", project.key)));
    };
    let Some(step) = project.all_steps().nth(n) else { return Ok(()) };
    let (draft, _) = project_draft(project, step.on, ids)?;
    // Each post writes only what it may: who accepts does not keep the record.
    if work.actor.may("premises.write") {
        *version = store::update(work, Premises::DEF, *id, *version, draft).await?.meta.version;
    }
    let transition = match step.stage {
        Stage::Proposed => return Ok(()),
        Stage::Approved => "approve",
        Stage::Building => "start",
        Stage::Completed => "complete",
        Stage::Accepted => "accept",
    };
    *version = lifecycle::act(work, Premises::DEF, *id, *version, transition, "").await?.meta.version;
    Ok(())
}

/// The record as it was known on a day, and the state it had reached.
fn project_draft(project: &plan::Premises, day: NaiveDate, ids: &Ids) -> Result<(Draft, &'static str)> {
    let reached = project.all_steps().filter(|s| s.on <= day).map(|s| s.stage).last().unwrap_or(Stage::Proposed);
    let on = |stage: Stage| project.on(stage).filter(|d| *d <= day || stage <= reached);
    let premises = Premises {
        number: project.key.clone(),
        name: project.name.clone(),
        kind: match project.kind {
            plan::PremisesKind::CommunityOffice => PremisesKind::CommunityOffice,
            plan::PremisesKind::SubdistrictCentre => PremisesKind::SubdistrictCentre,
            plan::PremisesKind::DistrictCentre => PremisesKind::DistrictCentre,
        },
        works: if project.works == plan::Works::New { Works::NewBuild } else { Works::Rebuild },
        address: Some(project.address.clone()),
        floor_area: Some(Scaled(project.floor_area_tenths)),
        title_paper: project.paper.as_ref().filter(|p| p.on <= day).map(|p| match p.kind {
            plan::PaperKind::TitleDeed => TitlePaper::TitleDeed,
            plan::PaperKind::HandoverAgreement => TitlePaper::HandoverAgreement,
        }),
        title_number: project.paper.as_ref().filter(|p| p.on <= day).map(|p| p.number.clone()),
        approved_on: on(Stage::Approved),
        completed_on: on(Stage::Completed),
        // The day of acceptance is agreed before the act; the act itself is the lifecycle's.
        accepted_on: on(Stage::Accepted)
            .or_else(|| project.on(Stage::Accepted).filter(|_| reached >= Stage::Completed)),
        contact_phone: None,
        note: (!project.note.is_empty()).then(|| project.note.clone()),
        rooms: project
            .areas
            .iter()
            .map(|row| Ok(Room { purpose: purpose(row.function)?, floor_area: Scaled(row.tenths) }))
            .collect::<Result<_>>()?,
        money: project
            .money
            .iter()
            .filter(|line| line.on <= day)
            .map(|line| Money {
                source: match line.source {
                    plan::MoneySource::District => MoneySource::District,
                    plan::MoneySource::Subdistrict => MoneySource::Subdistrict,
                    plan::MoneySource::Superior => MoneySource::Superior,
                    plan::MoneySource::Community => MoneySource::Community,
                    plan::MoneySource::Donation => MoneySource::Donation,
                },
                amount: Fen(line.fen),
                paid_on: Some(line.on),
                document: line.document.clone(),
            })
            .collect(),
    };
    let state = match reached {
        Stage::Proposed => "proposed",
        Stage::Approved => "approved",
        Stage::Building => "building",
        Stage::Completed => "completed",
        Stage::Accepted => "accepted",
    };
    Ok((premises.to_draft(ids.unit(&project.unit)?), state))
}

/// The plan's function has the same code as the register's purpose.
fn purpose(function: plan::Function) -> Result<Purpose> {
    let code = serde_json::to_value(function).ok().and_then(|v| v.as_str().map(ToOwned::to_owned)).unwrap_or_default();
    Purpose::from_code(&code).ok_or_else(|| Error::Internal(format!("the register has no purpose `{code}`")))
}

fn series(
    known: &Known<'_>,
    figure: &Figure,
    value: plan::Number,
    document: &str,
    note: Option<String>,
) -> Result<Series> {
    let measure =
        Measure::of_id(&figure.measure).ok_or_else(|| Error::Internal(format!("no measure `{}`", figure.measure)))?;
    let exact =
        |number: plan::Number| Decimal(number.units * 10i64.pow(u32::from(4u8.saturating_sub(number.decimals))));
    Ok(Series {
        measure,
        period: figure.period.clone(),
        value: figure.of.is_none().then(|| exact(value)),
        numerator: figure.of.map(|_| exact(value)),
        denominator: figure.of.map(exact),
        source_document: document.to_owned(),
        reported_by: known.departments.get(figure.department.as_str()).map(|name| (*name).to_owned()),
        published_on: None,
        note,
    })
}
