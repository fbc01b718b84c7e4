//! `/campaigns/new`: a campaign made after another one, which is its template.
//!
//! The rule that matters: it works to the version that its template works to, which somebody played through and pinned; another one
//! is pinned afterwards like any other. The steps of the way come along, as far after the beginning as they were, and open.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::{Datelike as _, Months, NaiveDate};
use hejian_kernel::{
    error::{FieldProblem, Message, Result},
    i18n::{self, Lang, format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        controls::{Choice, Control},
        form::{Field, error_summary, form_section, post_form, required_note, save_bar},
        head::{PageHead, panel},
        html,
        query::Query,
        shell::Crumb,
        table::{Column, Row, Table},
    },
    web::{Ctx, Form, see_other},
    work::Work,
};
use serde_json::json;

use crate::campaign::{
    record::{self, Campaign, Dated, LEVELS, STEPS, guard},
    standard::{keeping, store},
};

/// The right over the whole district that makes a campaign.
const EDIT: &str = "campaign.edit";
/// The longest title, and the longest key.
const LONGEST: (usize, usize) = (200, 20);

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    template: String,
    title: String,
    key: String,
    level: String,
    cycle_from: String,
}

async fn need(ctx: &Ctx) -> Result<Vec<Campaign>> {
    let mut read = ctx.read().await?;
    if !guard::may(ctx, &mut read.tx, EDIT).await? {
        return Err(record::store::gone());
    }
    Ok(record::store::list(&mut read.tx).await?)
}

/// `GET /campaigns/new?template=KEY`
pub(super) async fn open(ctx: Ctx) -> Result<Markup> {
    let all = need(&ctx).await?;
    let asked = Query::parse(&ctx.place).get("template").unwrap_or_default().to_owned();
    let template = all.iter().find(|of| of.key == asked).or(all.first());
    let typed = Typed {
        template: template.map(|of| of.key.clone()).unwrap_or_default(),
        level: template.map(|of| of.level.clone()).unwrap_or_default(),
        ..Typed::default()
    };
    view(&ctx, &all, &typed, &[]).await
}

/// `POST /campaigns/new`
pub(super) async fn make(ctx: Ctx, form: Form) -> Result<Response> {
    let all = need(&ctx).await?;
    let text = |name: &str| form.text(name).trim().chars().take(LONGEST.0 + 1).collect::<String>();
    let typed = Typed {
        template: text("template"),
        title: text("title"),
        key: text("key"),
        level: text("level"),
        cycle_from: text("cycle_from"),
    };
    match read(&all, &typed) {
        Err(wrong) => Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&ctx, &all, &typed, &wrong).await?).into_response()),
        Ok((template, from)) => {
            let mut work = ctx.work().await?;
            let new = begin(&mut work, template, &typed, from).await?;
            work.commit().await?;
            Ok(see_other(&Query::new("/campaign").with("campaign", new.key).href()))
        }
    }
}

/// The template and the first day, or what is wrong.
fn read<'a>(all: &'a [Campaign], typed: &Typed) -> Result<(&'a Campaign, NaiveDate), Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let mut problem = |field: &str, message: Message| wrong.push(FieldProblem { field: field.to_owned(), message });
    let template = all.iter().find(|of| of.key == typed.template);
    if template.is_none() {
        problem("template", Message::new("field-required"));
    }
    match typed.title.chars().count() {
        0 => problem("title", Message::new("field-required")),
        n if n > LONGEST.0 => problem("title", Message::new("field-too-long").arg("max", LONGEST.0)),
        _ => {}
    }
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if typed.key.is_empty() {
        problem("key", Message::new("field-required"));
    } else if typed.key.len() > LONGEST.1 || !typed.key.chars().all(plain) || typed.key.starts_with('-') {
        problem("key", Message::new("campaign-key-wrong"));
    } else if all.iter().any(|of| of.key == typed.key) {
        problem("key", Message::new("campaign-key-taken"));
    }
    if !LEVELS.contains(&typed.level.as_str()) {
        problem("level", Message::new("field-required"));
    }
    let from: Option<NaiveDate> = typed.cycle_from.parse().ok();
    if from.is_none() {
        let key = if typed.cycle_from.is_empty() { "field-required" } else { "field-not-a-date" };
        problem("cycle_from", Message::new(key).arg("value", typed.cycle_from.chars().take(40).collect::<String>()));
    }
    match (template, from) {
        (Some(template), Some(from)) if wrong.is_empty() => Ok((template, from)),
        _ => Err(wrong),
    }
}

/// The day as far after another beginning: by whole months where both begin on the same day of a month, by days otherwise.
fn moved(day: NaiveDate, template: NaiveDate, from: NaiveDate) -> NaiveDate {
    let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
    let months = Months::new(u32::try_from((count(from) - count(template)).abs()).unwrap_or(u32::MAX));
    let there = match () {
        () if from.day() != template.day() => from.checked_add_signed(day - template),
        () if from < template => day.checked_sub_months(months),
        () => day.checked_add_months(months),
    };
    there.unwrap_or(day)
}

async fn begin(work: &mut Work, template: &Campaign, typed: &Typed, from: NaiveDate) -> Result<Campaign> {
    let order = record::store::list(&mut work.tx).await?.iter().map(|of| of.official_order).max().unwrap_or(0);
    let first = template.cycle_from;
    let new = Campaign {
        state: "planned".to_owned(),
        cycle_from: Some(from),
        cycle_to: first.zip(template.cycle_to).map(|(first, to)| moved(to, first, from)),
        target_points: template.target_points.clone(),
        pass_points: template.pass_points.clone(),
        official_order: order + 1,
        ..Campaign::new(work, &typed.key, &typed.title, &typed.level)
    };
    record::keeping::create(work, &new).await?;
    for date in steps(record::store::dates(&mut work.tx, template.id).await?) {
        let Some(first) = first else { break };
        let id = work.new_id();
        let (on_day, campaign_id) = (moved(date.on_day, first, from), new.id);
        let own = Dated { id, campaign_id, on_day, document: None, note: None, mark: None, done: false, ..date };
        record::keeping::add_date(work, &own).await?;
    }
    let now = work.now;
    if let Some((version, fingerprint, _)) = store::pinned(&mut work.tx, template.id, now).await? {
        let detail =
            json!({ "title": new.title, "campaign": new.key, "template": template.key, "fingerprint": fingerprint });
        keeping::pin(work, new.id, version, &template.title, None, detail).await?;
    }
    Ok(new)
}

/// The dates that are steps of the way.
fn steps(dates: Vec<Dated>) -> Vec<Dated> {
    dates.into_iter().filter(|date| STEPS.contains(&date.kind.as_str())).collect()
}

async fn view(ctx: &Ctx, all: &[Campaign], typed: &Typed, wrong: &[FieldProblem]) -> Result<Markup> {
    let lang = ctx.lang;
    let template = all.iter().find(|of| of.key == typed.template);
    let mut read = ctx.read().await?;
    let dates = match template {
        Some(of) => steps(record::store::dates(&mut read.tx, of.id).await?),
        None => Vec::new(),
    };
    drop(read);
    let error = |name: &str| wrong.iter().find(|p| p.field == name).map(|p| i18n::message(lang, &p.message));
    let label = |name: &str| t(lang, &format!("campaign-field-{}", name.replace('_', "-")));
    let field = |name: &str, control: Control, help: &str| {
        let help = if help.is_empty() { String::new() } else { t(lang, help) };
        Field::new(lang, name, label(name), control).required(true).help(help).error(error(name))
    };
    let templates = all.iter().map(|of| Choice::new(of.key.clone(), of.title.clone())).collect();
    let levels = LEVELS.map(|level| Choice::new(level, t(lang, &format!("campaign-level-{level}")))).to_vec();
    let summary: Vec<(String, String)> =
        wrong.iter().map(|p| (p.field.clone(), i18n::message(lang, &p.message))).collect();
    let title = t(lang, "campaign-new");
    let body = html! {
        (PageHead::new(lang, &title).meta(t(lang, "campaign-new-about")))
        (error_summary(lang, &summary))
        (post_form("/campaigns/new", false, html! {
            (form_section(&title, required_note(lang), html! {
                (field("template", Control::Select(templates, typed.template.clone()), "campaign-template-help"))
                (field("title", Control::Text(typed.title.clone()), ""))
                (field("key", Control::Text(typed.key.clone()), "campaign-key-help"))
                (field("level", Control::Select(levels, typed.level.clone()), ""))
                (field("cycle_from", Control::Date(typed.cycle_from.clone()), "campaign-begins-help"))
            }))
            (save_bar(submit_button(&t(lang, "campaign-make"), Kind::Primary), &t(lang, "campaign-make-next"), Some(("/campaigns", &t(lang, "confirm-cancel")))))
        }))
        @if let Some(template) = template { div.mt { (coming(lang, template, &dates, typed.cycle_from.parse().ok())) } }
    };
    let crumbs = vec![
        Crumb::to(t(lang, "nav-campaign"), "/campaign"),
        Crumb::to(t(lang, "campaigns"), "/campaigns"),
        Crumb::here(title.clone()),
    ];
    page(ctx, Frame::new(title.clone(), crumbs), body).await
}

/// The steps that come along: their day in the template, how many days after its beginning, and the new day once it is known.
fn coming(lang: Lang, template: &Campaign, dates: &[Dated], from: Option<NaiveDate>) -> Markup {
    let columns = vec![
        Column::text(t(lang, "campaign-step")),
        Column::num(t(lang, "campaign-step-was")),
        Column::num(t(lang, "campaign-step-after")),
        Column::num(t(lang, "campaign-step-becomes")),
    ];
    let row = |date: &Dated| {
        let first = template.cycle_from;
        Row::new(vec![
            date.title.as_str().into(),
            format::date(date.on_day).into(),
            first.map_or_else(|| format::DASH.to_owned(), |first| (date.on_day - first).num_days().to_string()).into(),
            first
                .zip(from)
                .map_or_else(|| format::DASH.to_owned(), |(first, from)| format::date(moved(date.on_day, first, from)))
                .into(),
        ])
    };
    let title = ta(lang, "campaign-steps-of", &[("title", template.title.clone().into())]);
    let body = html! {
        @if dates.is_empty() || template.cycle_from.is_none() { p.pad.dim.sm { (t(lang, "campaign-steps-none")) } }
        @else { (Table::new(lang, title.clone(), columns).rows(dates.iter().map(row))) }
    };
    panel(&title, html! {}, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_as_far_after_the_new_beginning() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        // Whole months, over a leap year and back.
        assert_eq!(moved(day("2010-09-30"), day("2008-10-01"), day("2011-10-01")), day("2013-09-30"));
        assert_eq!(moved(day("2010-09-30"), day("2008-10-01"), day("2007-10-01")), day("2009-09-30"));
        // 75 days after the beginning.
        assert_eq!(moved(day("2008-12-15"), day("2008-10-01"), day("2011-03-16")), day("2011-05-30"));
        assert_eq!(moved(day("2008-09-01"), day("2008-10-01"), day("2011-10-31")), day("2011-10-01"));
    }
}
