//! 街道分解: a subdistrict breaks its share of an indicator down to communities and posts.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, message},
    ui::{
        Markup,
        buttons::{Kind as Button, submit_button},
        controls::Choice,
        feedback::note,
        form::{Control, Field, error_summary, form_section, post_form, save_bar},
        head::PageHead,
        html,
        lamp::Tone,
    },
    unit::Unit,
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{
    form::day,
    here::{Here, cascades, not_yours},
    lists::covered,
    model::{Content, Duty, Part, Post},
    store::Act,
};

/// The share that is broken down.
fn share<'a>(here: &'a Here, key: &str, code: &str) -> Result<(&'a Unit, &'a Duty)> {
    let unit = here.unit(key)?;
    let gone = Error::NotFound { what: "thing-duty" };
    let duty =
        here.board.at(code, unit.id).filter(|duty| duty.content.part == Part::Carry && unit.kind == "subdistrict");
    Ok((unit, duty.ok_or(gone)?))
}

/// `GET /duty/cascade/{key}/{code}`
pub(super) async fn open(Path((key, code)): Path<(String, String)>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let (unit, _) = share(&here, &key, &code)?;
    let may = cascades(&ctx, &mut read.tx, unit.id).await?;
    drop(read);
    view(&ctx, &here, &key, &code, may, &Form::default(), &[]).await
}

/// What the form says of one community: whether it is ticked, its post, its own day.
struct Line<'a> {
    unit: &'a Unit,
    present: Option<&'a Duty>,
    ticked: bool,
    post: String,
    due: String,
}

/// The lines of the form: as typed, or as things stand and would best be.
fn lines<'a>(here: &'a Here, subdistrict: Uuid, code: &str, form: &Form) -> Vec<Line<'a>> {
    let typed = form.has("typed");
    let line = |unit: &'a Unit| {
        let present = here.board.at(code, unit.id);
        let best =
            present.and_then(|duty| duty.content.post).or_else(|| here.board.held_post(unit.id, 0).map(|post| post.id));
        Line {
            unit,
            present,
            ticked: if typed { form.all("unit").any(|key| key == unit.key) } else { true },
            post: if typed {
                form.text(&format!("post-{}", unit.key)).to_owned()
            } else {
                best.map(|id| id.to_string()).unwrap_or_default()
            },
            due: if typed {
                form.text(&format!("due-{}", unit.key)).to_owned()
            } else {
                present.and_then(|duty| duty.content.due).map(format::date).unwrap_or_default()
            },
        }
    };
    here.board.communities(subdistrict).map(line).collect()
}

/// `POST /duty/cascade/{key}/{code}`
pub(super) async fn save(Path((key, code)): Path<(String, String)>, ctx: Ctx, form: Form) -> Result<Response> {
    let mut work = ctx.work().await?;
    let today = work.today();
    let here = Here::read(&ctx, &mut work.tx, today).await?;
    let (unit, above) = share(&here, &key, &code)?;
    if !cascades(&ctx, &mut work.tx, unit.id).await? {
        return Err(not_yours());
    }
    let mut problems: Vec<(String, String)> = Vec::new();
    let common = day(form.text("due")).map_err(|why| problems.push(("due".to_owned(), message(here.lang, &why))));
    let common = common.unwrap_or_default().or(above.content.due);
    let mut act = Act::new(here.campaign, "cascade", form.text("reason"));
    for line in lines(&here, unit.id, &code, &form) {
        if !line.ticked {
            line.present.into_iter().for_each(|duty| act.end(duty));
            continue;
        }
        let own = match day(&line.due) {
            Ok(own) => own,
            Err(why) => {
                problems.push((
                    format!("due-{}", line.unit.key),
                    format!("{}：{}", line.unit.name, message(here.lang, &why)),
                ));
                continue;
            }
        };
        let post = Uuid::try_parse(&line.post).ok().and_then(|id| here.board.post(id));
        let Some(post) = post.filter(|post| post.unit == line.unit.id && post.person().is_some()) else {
            let why = here.t("duty-post-missing");
            problems.push((format!("post-{}", line.unit.key), format!("{}：{why}", line.unit.name)));
            continue;
        };
        let note = line.present.map(|duty| duty.content.note.clone()).unwrap_or_default();
        let content = Content {
            post: Some(post.id),
            due: own.or(common),
            done: line.present.and_then(|duty| duty.content.done),
            parent: Some(above.line),
            note,
            ..Content::new(&code, line.unit.id, Part::Carry)
        };
        match line.present {
            Some(duty) if duty.content == content => {}
            Some(duty) => act.change(&work, duty, content),
            None => {
                act.begin(&work, content);
            }
        }
    }
    if !problems.is_empty() {
        drop(work);
        let page = view(&ctx, &here, &key, &code, true, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !act.is_empty() {
        act.write(&mut work, &here).await?;
        work.commit().await?;
    }
    Ok(see_other(&here.link(&format!("/duty/units/{key}"))))
}

async fn view(
    ctx: &Ctx,
    here: &Here,
    key: &str,
    code: &str,
    may: bool,
    form: &Form,
    problems: &[(String, String)],
) -> Result<Markup> {
    let (unit, above) = share(here, key, code)?;
    let title = format!("{} · {code} {}", unit.name, here.name(code));
    let (got, all) = covered(here, unit.id, code);
    let error = |name: &str| problems.iter().find(|(field, _)| field == name).map(|(_, why)| why.clone());
    let due = Field::new(here.lang, "due", here.t("duty-cascade-due"), Control::Date(form.text("due").to_owned()))
        .placeholder("2009-06-30")
        .help(here.t("duty-cascade-due-help"))
        .error(error("due"));
    let reason = Field::new(here.lang, "reason", here.t("duty-reason"), Control::Text(form.text("reason").to_owned()));
    let body = html! {
        (PageHead::new(here.lang, here.t("duty-cascade")).demo(here.demo).meta_markup(html! { (title) }))
        p.sm.mb { (here.person(above.content.post)) " · " (above.content.due.map(format::date).unwrap_or_else(|| here.t("duty-no-due"))) " · " (here.t("duty-covered")) " " (got) " / " (all) }
        @if !may { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
        (error_summary(here.lang, problems))
        (post_form(&here.link(&format!("/duty/cascade/{key}/{code}")), false, html! {
            input type="hidden" name="typed" value="yes";
            (form_section(&here.t("duty-cascade-all"), html! {}, html! { (due) (reason) }))
            div.hj-tw { div.hj-scroll { (table(here, unit.id, code, form, may)) } }
            @if may { (save_bar(submit_button(&here.t("duty-cascade-save"), Button::Primary), &here.t("duty-cascade-next"), Some((&here.link(&format!("/duty/units/{key}")), &here.t("duty-back"))))) }
        }))
    };
    here.page(ctx, &here.t("duty-cascade"), false, body).await
}

fn table(here: &Here, subdistrict: Uuid, code: &str, form: &Form, may: bool) -> Markup {
    let lang = here.lang;
    let posts = |unit: Uuid| -> Vec<Choice> {
        let label = |post: &Post| format!("{} {}", post.name, post.person().map_or("", |person| person.name.as_str()));
        here.board
            .posts_of(unit)
            .filter(|post| post.person().is_some())
            .map(|post| Choice::new(post.id.to_string(), label(post)))
            .collect()
    };
    html! {
        table.hj-t.cards {
            caption.sr { (here.t("duty-cascade")) }
            thead { tr {
                th.tight scope="col" { span.sr { (here.t("duty-cascade-tick")) } }
                th scope="col" { (here.t("duty-community")) }
                th scope="col" { (here.t("duty-post")) }
                th scope="col" { (here.t("duty-cascade-own-due")) }
                th scope="col" { (here.t("duty-lamp")) }
            } }
            tbody {
                @for line in lines(here, subdistrict, code, form) {
                    @let key = &line.unit.key;
                    tr {
                        td.tight { input.form-check-input type="checkbox" name="unit" value=(key) checked[line.ticked] disabled[!may] aria-label=(line.unit.name); }
                        td { b { (line.unit.name) } }
                        td {
                            select.form-select id=(Field::id_of(&format!("post-{key}"))) name=(format!("post-{key}")) disabled[!may] aria-label=(format!("{} {}", line.unit.name, here.t("duty-post"))) {
                                @for choice in posts(line.unit.id) { option value=(choice.value) selected[choice.value == line.post] { (choice.label) } }
                            }
                        }
                        td { input.form-control id=(Field::id_of(&format!("due-{key}"))) name=(format!("due-{key}")) value=(line.due) inputmode="numeric" placeholder="2009-06-30" readonly[!may] aria-label=(format!("{} {}", line.unit.name, here.t("duty-due"))); }
                        td { @match line.present { Some(duty) => (here.lit(&duty.content)), None => span.dim { (hejian_kernel::i18n::t(lang, "duty-not-given")) } } }
                    }
                }
            }
        }
    }
}
