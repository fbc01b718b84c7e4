//! 本部门计划: what a department means to do for the indicators it leads: an aim, steps with their days, how far they are.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, message, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, submit_button},
        feedback::{empty, note},
        form::{Control, Field, error_summary, form_section, hidden, post_form, save_bar},
        head::PageHead,
        html,
        lamp::Tone,
        table::{Column, Phone, Row, Table},
    },
    web::{Ctx, Form, see_other},
};

use super::{
    form::{LONGEST, day},
    here::{Here, not_yours},
    model::{Duty, Part},
    store::{self, Plan, Step},
};

/// Empty lines kept ready for further steps.
const SPARE: usize = 3;
/// The most steps of a plan.
const MOST: usize = 30;

/// The duty by which the unit leads the indicator.
fn led<'a>(here: &'a Here, key: &str, code: &str) -> Result<&'a Duty> {
    let unit = here.unit(key)?.id;
    let duty = here.board.at(code, unit).filter(|duty| duty.content.part == Part::Lead);
    duty.ok_or(Error::NotFound { what: "thing-duty" })
}

/// How far all steps are, in per cent.
fn progress(plan: &Plan) -> i64 {
    let n = i64::try_from(plan.steps.len()).unwrap_or(i64::MAX);
    let sum: i64 = plan.steps.iter().map(|step| if step.done.is_some() { 100 } else { step.progress }).sum();
    if n == 0 { 0 } else { sum / n }
}

/// `GET /duty/plans/{key}`
pub(super) async fn list(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let unit = here.unit(&key)?;
    let plans = store::plans(&mut read.tx, here.campaign, unit.id).await?;
    drop(read);
    let leads = here.sorted(here.board.find(|of| of.part == Part::Lead && of.unit == unit.id));
    let title = ta(here.lang, "duty-plans-title", &[("unit", unit.name.clone().into())]);
    let columns = vec![
        Column::text(here.t("duty-indicator")),
        Column::text(here.t("duty-target")),
        Column::num(here.t("duty-steps")).phone(Phone::Inline),
        Column::num(here.t("duty-progress")).unit("%"),
        Column::text(here.t("duty-next-step")),
        Column::text(here.t("duty-open")).tight().quiet_head(),
    ];
    let none = Plan::default();
    let row = |duty: &&Duty| {
        let code = &duty.content.indicator;
        let plan = plans.get(code).unwrap_or(&none);
        let done = plan.steps.iter().filter(|step| step.done.is_some()).count();
        let next =
            plan.steps.iter().filter(|step| step.done.is_none()).min_by_key(|step| (step.due.is_none(), step.due));
        let href = here.link(&format!("/duty/plans/{key}/{code}"));
        Row::new(vec![
            here.indicator_link(code).into(),
            html! { @if plan.version == 0 { span.dim { (here.t("duty-plan-none")) } } @else { (plan.target) } }.into(),
            format!("{done} / {}", plan.steps.len()).into(),
            progress(plan).to_string().into(),
            html! { @match next { Some(step) => { (step.what) @if let Some(due) = step.due { span.sub { (format::date_near(due, here.today)) } } }, None => (format::DASH) } }.into(),
            link_button(&here.t("duty-open"), &href, "", Button::Small).into(),
        ])
    };
    let body = html! {
        (PageHead::new(here.lang, &title).demo(here.demo).act(link_button(&here.t("duty-grid"), &here.link(&format!("/duty/grid/{key}")), "dash", Button::Plain)))
        div.hj-tw id="list" {
            @if leads.is_empty() { (empty("task", &here.t("duty-grid-none"), html! {})) }
            @else { (Table::new(here.lang, title.clone(), columns).rows(leads.iter().map(row)).stick()) }
        }
    };
    here.page(&ctx, &title, false, body).await
}

/// `GET /duty/plans/{key}/{code}`
pub(super) async fn open(Path((key, code)): Path<(String, String)>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let unit = led(&here, &key, &code)?.content.unit;
    let plan = store::plan(&mut read.tx, here.campaign, unit, &code).await?;
    drop(read);
    let lines: Vec<[String; 4]> = plan
        .steps
        .iter()
        .map(|step| {
            let text = |day: Option<chrono::NaiveDate>| day.map(format::date).unwrap_or_default();
            [step.what.clone(), text(step.due), step.progress.to_string(), text(step.done)]
        })
        .collect();
    view(&ctx, &here, (&key, &code), &plan, lines, &[]).await
}

/// `POST /duty/plans/{key}/{code}`
pub(super) async fn save(Path((key, code)): Path<(String, String)>, ctx: Ctx, form: Form) -> Result<Response> {
    let mut work = ctx.work().await?;
    let today = work.today();
    let here = Here::read(&ctx, &mut work.tx, today).await?;
    let unit = led(&here, &key, &code)?.content.unit;
    if !here.acts_for(&ctx, unit) {
        return Err(not_yours());
    }
    let cut = |text: &str| text.trim().chars().take(LONGEST).collect::<String>();
    let mut plan = Plan { target: cut(form.text("target")), version: form.number("version", 0), ..Plan::default() };
    let mut problems: Vec<(String, String)> = Vec::new();
    if plan.target.is_empty() {
        problems.push(("target".to_owned(), here.t("duty-target-missing")));
    }
    let lines: Vec<[String; 4]> = (0..MOST)
        .map(|n| ["what", "due", "progress", "done"].map(|name| cut(form.text(&format!("{name}-{n}")))))
        .filter(|line| line.iter().any(|text| !text.is_empty()))
        .collect();
    for (n, [what, due, progress, done]) in lines.iter().enumerate() {
        let mut bad = |name: &str, why: String| problems.push((format!("{name}-{n}"), format!("{}：{why}", n + 1)));
        if what.is_empty() {
            bad("what", here.t("duty-step-missing"));
        }
        let mut read =
            |name: &str, text: &str| day(text).map_err(|why| bad(name, message(here.lang, &why))).unwrap_or_default();
        let (due, done) = (read("due", due), read("done", done));
        let share: Option<i64> =
            if progress.is_empty() { Some(0) } else { progress.trim_end_matches('%').trim().parse().ok() };
        let Some(progress) = share.filter(|share| (0..=100).contains(share)) else {
            problems.push((format!("progress-{n}"), format!("{}：{}", n + 1, here.t("duty-progress-wrong"))));
            continue;
        };
        plan.steps.push(Step { what: what.clone(), due, progress, done });
    }
    if !problems.is_empty() {
        drop(work);
        let page = view(&ctx, &here, (&key, &code), &plan, lines, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    store::save_plan(&mut work, here.campaign, unit, &code, &plan).await?;
    work.commit().await?;
    Ok(see_other(&here.link(&format!("/duty/plans/{key}"))))
}

async fn view(
    ctx: &Ctx,
    here: &Here,
    (key, code): (&str, &str),
    plan: &Plan,
    mut lines: Vec<[String; 4]>,
    problems: &[(String, String)],
) -> Result<Markup> {
    let duty = led(here, key, code)?;
    let may = here.acts_for(ctx, duty.content.unit);
    let title = here.t("duty-plan");
    let error = |name: &str| problems.iter().find(|(field, _)| field == name).map(|(_, why)| why.clone());
    if may {
        lines.resize((lines.len() + SPARE).min(MOST), Default::default());
    }
    let target = Field::new(here.lang, "target", here.t("duty-target"), Control::TextArea(plan.target.clone(), 2))
        .required(true)
        .readonly(!may)
        .error(error("target"))
        .wide(true);
    let input = |name: &str, n: usize, value: &str, label: &str| {
        let name = format!("{name}-{n}");
        html! { input.form-control.is-bad[error(&name).is_some()] id=(Field::id_of(&name)) name=(name) value=(value) readonly[!may] aria-label=(format!("{} {}", n + 1, label)); }
    };
    let body = html! {
        (PageHead::new(here.lang, &title).demo(here.demo).meta_markup(html! { (here.board.unit_name(duty.content.unit)) " · " (here.indicator_link(code)) }))
        @if !may { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
        (error_summary(here.lang, problems))
        (post_form(&here.link(&format!("/duty/plans/{key}/{code}")), false, html! {
            (hidden("version", &plan.version.to_string()))
            (form_section(&title, html! {}, html! { (target) }))
            div.hj-tw { div.hj-scroll {
                table.hj-t.steps-t {
                    caption.sr { (here.t("duty-steps")) }
                    thead { tr {
                        th scope="col" { (here.t("duty-step")) }
                        th scope="col" { (here.t("duty-due")) }
                        th.num scope="col" { (here.t("duty-progress")) " %" }
                        th scope="col" { (here.t("duty-done-on")) }
                    } }
                    tbody {
                        @for (n, [what, due, progress, done]) in lines.iter().enumerate() {
                            tr {
                                td.what data-l=(here.t("duty-step")) { (input("what", n, what, &here.t("duty-step"))) }
                                td.due data-l=(here.t("duty-due")) { (input("due", n, due, &here.t("duty-due"))) }
                                td.num.progress data-l=(here.t("duty-progress")) { (input("progress", n, progress, &here.t("duty-progress"))) }
                                td.done data-l=(here.t("duty-done-on")) { (input("done", n, done, &here.t("duty-done-on"))) }
                            }
                        }
                    }
                }
            } }
            @if may { (save_bar(submit_button(&here.t("duty-plan-save"), Button::Primary), "", Some((&here.link(&format!("/duty/plans/{key}")), &here.t("duty-back"))))) }
        }))
    };
    here.page(ctx, &title, false, body).await
}
