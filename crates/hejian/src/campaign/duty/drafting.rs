//! 按标准起草: the roles of the standard become duties of this district's units, in one act, seen before.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use hejian_kernel::{
    error::{Message, Result},
    i18n::{message, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, submit_button},
        feedback::{empty, note},
        form::{Control, Field, form_section, post_form, save_bar},
        head::{PageHead, panel},
        html,
        lamp::Tone,
        tiles::{Tile, tiles},
    },
    web::{Ctx, Form, see_other},
    work::Work,
};
use uuid::Uuid;

use super::{
    draft::{Draft, cascade, draft},
    form::day,
    here::Here,
    model::{Content, Part},
    sheet_parts::written,
    store::{self, Act, Titles, Words},
};
use crate::campaign::{
    record::{Campaign, Chosen},
    standard::{Standard, pinned},
};

/// `GET /duty/draft`
pub(super) async fn preview(ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    show(&ctx, &here, "", None).await
}

/// `POST /duty/draft`
pub(super) async fn write(ctx: Ctx, form: Form) -> Result<Response> {
    let typed: String = form.text("due").chars().take(20).collect();
    let mut work = ctx.work().await?;
    let here = Here::assigning(&ctx, &mut work).await?;
    let due = match day(&typed) {
        Ok(due) => due,
        Err(why) => {
            drop(work);
            let page = show(&ctx, &here, &typed, Some(&why)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let made = draft(&here.board, &here.standard.pack, due);
    begin(&mut work, here.campaign, "draft", "", made.added, &here).await?;
    work.commit().await?;
    Ok(see_other(&here.link("/duty")))
}

/// Begins duties in one act, if there are any; shares of communities under those of their subdistricts.
async fn begin(
    work: &mut Work,
    campaign: Uuid,
    kind: &'static str,
    reason: &str,
    added: Vec<Content>,
    titles: &dyn Titles,
) -> Result<usize> {
    let mut act = Act::new(campaign, kind, reason);
    let n = added.len();
    for content in added {
        act.begin(work, content);
    }
    if !act.is_empty() {
        act.write(work, titles).await?;
    }
    Ok(n)
}

async fn show(ctx: &Ctx, here: &Here, due: &str, why: Option<&Message>) -> Result<Markup> {
    let title = here.t("duty-draft");
    let made = draft(&here.board, &here.standard.pack, None);
    let field = Field::new(here.lang, "due", here.t("duty-due"), Control::Date(due.to_owned()))
        .placeholder("2009-06-30")
        .help(here.t("duty-draft-due"))
        .error(why.map(|why| message(here.lang, why)));
    let body = html! {
        (PageHead::new(here.lang, &title).demo(here.demo).meta(here.t("duty-draft-about")))
        (tiles(&counts(here, &made)))
        div.stack.mt {
            @for (code, role) in &made.unknown {
                (note(Tone::Yellow, html! { (ta(here.lang, "duty-draft-unknown", &[("code", code.clone().into()), ("role", role.clone().into())])) }, html! {}))
            }
            @if !here.assigns { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
            @else if made.added.is_empty() { (empty("check", &here.t("duty-draft-nothing"), html! {})) }
            @else {
                (post_form(&here.link("/duty/draft"), false, html! {
                    (form_section(&title, html! {}, html! { (field) }))
                    (save_bar(submit_button(&here.n("duty-draft-write", made.added.len()), Button::Primary), &here.t("duty-save-next"), Some((&here.link("/duty"), &here.t("duty-back")))))
                }))
            }
            @if !made.added.is_empty() { (panel(&here.t("duty-draft-added"), html! {}, html! { (written(here, &here.t("duty-draft-added"), made.added.iter())) })) }
        }
    };
    here.page(ctx, &title, false, body).await
}

fn counts(here: &Here, made: &Draft) -> Vec<Tile> {
    let tile = |part: Part| {
        let n = made.added.iter().filter(|of| of.part == part).count();
        Tile::new(here.t(&format!("duty-part-{}", part.key())), n.to_string()).unit(here.t("duty-items"))
    };
    Part::ALL.into_iter().map(tile).collect()
}

/// Names and addresses for whoever has no page.
struct Names<'a>(&'a Standard, &'a Campaign);

impl Titles for Names<'_> {
    fn title(&self, code: &str) -> Words {
        Words::indicator(self.0, code)
    }

    fn place(&self, path: &str) -> String {
        Chosen { campaign: self.1.clone(), all: Vec::new() }.link(path)
    }
}

/// Drafts the duties of a campaign from the standard in force, for whoever holds `work`; how many.
///
/// # Errors
/// The engine's own error.
pub async fn draft_all(work: &mut Work, campaign: &Campaign, due: Option<NaiveDate>) -> Result<usize> {
    let today = work.today();
    let standard = pinned::in_force(&mut work.tx, campaign.id, today).await?;
    let board = store::board(&mut work.tx, campaign.id, today).await?;
    let made = draft(&board, &standard.pack, due);
    begin(work, campaign.id, "draft", "", made.added, &Names(&standard, campaign)).await
}

/// Breaks down everything a subdistrict carries but what `leave` says of a code and the key of a community; how many shares.
///
/// # Errors
/// The engine's own error.
pub async fn cascade_all(
    work: &mut Work,
    campaign: &Campaign,
    subdistrict: Uuid,
    leave: fn(&str, &str) -> bool,
) -> Result<usize> {
    let today = work.today();
    let standard = pinned::in_force(&mut work.tx, campaign.id, today).await?;
    let board = store::board(&mut work.tx, campaign.id, today).await?;
    let key = |unit: Uuid| board.unit(unit).map_or("", |unit| unit.key.as_str());
    let shares = standard.pack.indicators.iter().flat_map(|of| cascade(&board, &standard.pack, subdistrict, &of.code));
    let shares = shares.filter(|of| !leave(&of.indicator, key(of.unit))).collect();
    begin(work, campaign.id, "cascade", "", shares, &Names(&standard, campaign)).await
}
