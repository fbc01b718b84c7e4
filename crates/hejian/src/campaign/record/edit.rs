//! The form of a campaign, saved over the version it was made from.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, FieldProblem, Result},
    i18n::{self, Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        controls::{Choice, Control},
        feedback::note,
        form::{Field, error_summary, form_section, hidden, post_form, required_note, save_bar},
        head::PageHead,
        html,
        lamp::Tone,
        query::Query,
        shell::Crumb,
    },
    web::{Ctx, Form, see_other},
};

use super::{
    Chosen, LEVELS, STATES,
    guard::need,
    keeping,
    store::{self, Campaign},
    typed::Typed,
};

/// The fields in their order: name, and whether one must be filled.
const FIELDS: [(&str, bool); 11] = [
    ("title", true),
    ("level", true),
    ("state", true),
    ("approving_document", false),
    ("approved_by", false),
    ("cycle_from", false),
    ("cycle_to", false),
    ("target_points", false),
    ("pass_points", false),
    ("budget", false),
    ("note", false),
];

/// `GET /campaign/edit`
pub(super) async fn open(ctx: Ctx) -> Result<Markup> {
    need(&ctx).await?;
    let chosen = chosen(&ctx).await?;
    let form = as_typed(&chosen.campaign);
    view(&ctx, &chosen, &form, &[], None).await
}

async fn chosen(ctx: &Ctx) -> Result<Chosen> {
    Chosen::read(&mut ctx.read().await?.tx, &Query::parse(&ctx.place)).await
}

/// `POST /campaign/edit`
pub(super) async fn save(ctx: Ctx, form: Form) -> Result<Response> {
    need(&ctx).await?;
    let chosen = chosen(&ctx).await?;
    let wrong = match read(&chosen.campaign, &form) {
        Err(wrong) => wrong,
        Ok(new) => {
            let mut work = ctx.work().await?;
            match keeping::save(&mut work, form.number("version", 0), new).await {
                Ok(_) => {
                    work.commit().await?;
                    return Ok(see_other(&chosen.link("/campaign?saved=1")));
                }
                Err(Error::Stale { .. }) => {
                    drop(work);
                    let stands = store::one(&mut ctx.read().await?.tx, &chosen.campaign.key).await?;
                    let page = view(&ctx, &chosen, &form, &[], Some(&stands)).await?;
                    return Ok((StatusCode::CONFLICT, page).into_response());
                }
                Err(error) => return Err(error),
            }
        }
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&ctx, &chosen, &form, &wrong, None).await?).into_response())
}

/// What the form says of a campaign.
fn read(stands: &Campaign, form: &Form) -> Result<Campaign, Vec<FieldProblem>> {
    let mut typed = Typed::new(form);
    let new = Campaign {
        title: typed.needed("title"),
        level: typed.one_of("level", &LEVELS),
        state: typed.one_of("state", &STATES),
        approving_document: typed.line("approving_document"),
        approved_by: typed.line("approved_by"),
        cycle_from: typed.day("cycle_from"),
        cycle_to: typed.day("cycle_to"),
        target_points: typed.points("target_points"),
        pass_points: typed.points("pass_points"),
        budget: typed.money("budget"),
        note: typed.note("note"),
        ..stands.clone()
    };
    if new.cycle_from.zip(new.cycle_to).is_some_and(|(from, to)| to < from) {
        typed.problem("cycle_to", "campaign-cycle-backwards");
    }
    if typed.wrong.is_empty() { Ok(new) } else { Err(typed.wrong) }
}

/// A campaign as its form would send it.
fn as_typed(of: &Campaign) -> Form {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let values = [
        of.title.clone(),
        of.level.clone(),
        of.state.clone(),
        text(&of.approving_document),
        text(&of.approved_by),
        day(of.cycle_from),
        day(of.cycle_to),
        text(&of.target_points),
        text(&of.pass_points),
        of.budget.map(|fen| format::input(fen, 2)).unwrap_or_default(),
        text(&of.note),
    ];
    let pairs = FIELDS.iter().zip(values).map(|((name, _), value)| ((*name).to_owned(), value));
    Form::from_pairs(pairs.chain([("version".to_owned(), of.row_version.to_string())]).collect())
}

/// The form; `theirs` is what somebody else saved in between: each field that differs says so, and the next save goes over it.
async fn view(
    ctx: &Ctx,
    chosen: &Chosen,
    form: &Form,
    wrong: &[FieldProblem],
    theirs: Option<&Campaign>,
) -> Result<Markup> {
    let lang = ctx.lang;
    let back = chosen.link("/campaign");
    let summary: Vec<(String, String)> =
        wrong.iter().map(|p| (p.field.clone(), i18n::message(lang, &p.message))).collect();
    let stands = theirs.map(as_typed);
    let version = stands.as_ref().map_or(form.text("version"), |stands| stands.text("version"));
    let row = |name: &str, needed: bool| {
        let typed = form.text(name);
        let field = Field::new(lang, name, label(lang, name), control(lang, name, typed))
            .required(needed)
            .error(wrong.iter().find(|p| p.field == name).map(|p| i18n::message(lang, &p.message)));
        let help = match stands.as_ref().map(|stands| stands.text(name)).filter(|stands| *stands != typed) {
            Some("") => t(lang, "campaign-stands-empty"),
            Some(stands) => ta(lang, "campaign-stands", &[("value", shown(lang, name, stands).into())]),
            None => help(lang, name),
        };
        field.help(help).wide(name == "note")
    };
    let body = html! {
        (PageHead::new(lang, t(lang, "campaign-edit")).meta(chosen.campaign.title.clone()))
        @if let Some(theirs) = theirs {
            (note(Tone::Red, html! { b { (ta(lang, "campaign-stale", &[("who", theirs.saved_by.clone().into()), ("when", format::moment(theirs.saved_at).into())])) } }, html! {}))
        }
        (error_summary(lang, &summary))
        (post_form(&chosen.link("/campaign/edit"), false, html! {
            (hidden("version", version))
            (form_section(&t(lang, "campaign-sought"), required_note(lang), html! { @for (name, needed) in &FIELDS[..7] { (row(name, *needed)) } }))
            (form_section(&t(lang, "campaign-aims"), html! {}, html! { @for (name, needed) in &FIELDS[7..] { (row(name, *needed)) } }))
            (save_bar(submit_button(&t(lang, "campaign-save"), Kind::Primary), "", Some((&back, &t(lang, "confirm-cancel")))))
        }))
    };
    let crumbs = vec![Crumb::to(t(lang, "nav-campaign"), back.clone()), Crumb::here(t(lang, "campaign-edit"))];
    framed(ctx, Frame::new(t(lang, "campaign-edit"), crumbs), body).await
}

fn label(lang: Lang, name: &str) -> String {
    t(lang, &format!("campaign-field-{}", name.replace('_', "-")))
}

fn help(lang: Lang, name: &str) -> String {
    match name {
        "approving_document" => t(lang, "campaign-approving-help"),
        "pass_points" => t(lang, "campaign-pass-help"),
        "budget" => t(lang, "campaign-budget-help"),
        _ => String::new(),
    }
}

fn shown(lang: Lang, name: &str, value: &str) -> String {
    match name {
        "level" | "state" => t(lang, &format!("campaign-{name}-{value}")),
        _ => value.to_owned(),
    }
}

fn control(lang: Lang, name: &str, typed: &str) -> Control {
    let choices = |all: &[&str]| all.iter().map(|of| Choice::new(*of, shown(lang, name, of))).collect();
    match name {
        "level" => Control::Select(choices(&LEVELS), typed.to_owned()),
        "state" => Control::Select(choices(&STATES), typed.to_owned()),
        "cycle_from" | "cycle_to" => Control::Date(typed.to_owned()),
        "target_points" | "pass_points" | "budget" => Control::Number(typed.to_owned()),
        "note" => Control::TextArea(typed.to_owned(), 4),
        _ => Control::Text(typed.to_owned()),
    }
}
