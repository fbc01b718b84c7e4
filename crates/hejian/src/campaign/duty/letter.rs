//! 责任书: what a unit, or one of its posts, answers for, on paper.

use std::collections::BTreeMap;

use axum::extract::Path;
use hejian_kernel::{
    error::{FieldProblem, Result},
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, print_button},
        head::PageHead,
        html,
        shell::demo_mark,
    },
    web::Ctx,
};
use uuid::Uuid;

use super::{
    here::Here,
    letters::{State, Typed, held, panel, standing, summary},
    model::{Duty, Part},
    store::{self, Letter},
};

/// `GET /duty/letter/{key}`
pub(super) async fn show(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let letters = store::letters(&mut read.tx, here.campaign).await?;
    drop(read);
    let post = here.query.get("post").and_then(|text| Uuid::try_parse(text).ok());
    page(&ctx, &here, (&key, post), &letters, None, &[]).await
}

/// The letter of a unit or of one of its posts, with what was typed of a signing.
pub(super) async fn page(
    ctx: &Ctx,
    here: &Here,
    (key, post): (&str, Option<Uuid>),
    letters: &[Letter],
    typed: Option<&Typed>,
    wrong: &[FieldProblem],
) -> Result<Markup> {
    let unit = here.unit(key)?;
    let post = post.and_then(|id| here.board.post(id)).filter(|post| post.unit == unit.id);
    let of = post.map(|post| post.id);
    let own = here.sorted(held(&here.board, unit.id, of).into_iter());
    let (state, last) = standing(&here.board, letters, unit.id, of);
    let signed = last.filter(|_| state == State::Signed);
    let title = here.t("duty-letter");
    let whom = post.map_or_else(|| unit.name.clone(), |post| format!("{} {}", unit.name, post.name));
    let posts: BTreeMap<Uuid, &str> = own
        .iter()
        .filter_map(|duty| here.board.post(duty.content.post?))
        .map(|post| (post.id, post.name.as_str()))
        .collect();
    let mut head = PageHead::new(here.lang, &title).mark(state.mark(here)).demo(here.demo).meta(whom.clone());
    if post.is_some() {
        head = head.act(link_button(&unit.name, &here.link(&format!("/duty/letter/{key}")), "", Button::Plain));
    }
    head = head.act(link_button(&here.t("duty-letters"), &here.link("/duty/letters"), "", Button::Plain));
    head = head.act(print_button(&here.t("duty-print")));
    let leads = own.iter().filter(|duty| duty.content.part == Part::Lead).count();
    let body = html! {
        (head)
        (summary(here, wrong))
        @if post.is_none() && posts.len() > 1 {
            p.sm.hj-acts { (here.t("duty-letter-by-post")) @for (id, name) in &posts { a.btn.btn-sm href=(here.link(&format!("/duty/letter/{key}?post={id}"))) { (name) } } }
        }
        section.hj-panel { div.pad {
            h2 { (ta(here.lang, "duty-letter-title", &[("campaign", here.chosen.campaign.title.clone().into())])) }
            p { (ta(here.lang, "duty-letter-to", &[("whom", whom.into())])) }
            p { (ta(here.lang, "duty-letter-text", &[("campaign", here.chosen.campaign.title.clone().into()), ("all", own.len().into()), ("leads", leads.into())])) }
            div.hj-scroll { (table(here, &own)) }
            ol.sm { @for n in 1..=3 { li { (here.t(&format!("duty-letter-rule-{n}"))) } } }
            (signatures(here, of, signed))
        } }
        @if !own.is_empty() { (panel(here, here.acts_for(ctx, unit.id), (unit, of), letters, typed, wrong)) }
        p.xs.dim.hj-source { (ta(here.lang, "duty-source", &[("day", format::date(here.today).into())])) @if here.demo { " " (demo_mark(here.lang)) } }
    };
    here.page(ctx, &title, false, body).await
}

fn table(here: &Here, own: &[&Duty]) -> Markup {
    html! {
        table.hj-t {
            caption.sr { (here.t("duty-all")) }
            thead { tr {
                th.num scope="col" { (here.t("duty-letter-no")) }
                th scope="col" { (here.t("duty-indicator")) }
                th scope="col" { (here.t("duty-target")) }
                th scope="col" { (here.t("duty-part")) }
                th scope="col" { (here.t("duty-person")) }
                th scope="col" { (here.t("duty-due")) }
            } }
            tbody {
                @for (n, duty) in own.iter().enumerate() {
                    @let of = &duty.content;
                    tr {
                        td.num { (n + 1) }
                        td { (of.indicator) " " (here.name(&of.indicator)) }
                        td { @if let Some(indicator) = here.standard.pack.indicator(&of.indicator) { (crate::campaign::standard::rules::target(here.lang, indicator)) } }
                        td { (here.t(&format!("duty-part-{}", of.part.key()))) }
                        td { (here.person(of.post)) }
                        td.nowrap { @match of.due { Some(due) => (format::date(due)), None => (format::DASH) } }
                    }
                }
            }
        }
    }
}

fn signatures(here: &Here, post: Option<Uuid>, signed: Option<&Letter>) -> Markup {
    let person = signed.map_or_else(|| here.person(post), |letter| letter.signed_by.clone());
    let day = signed.map_or_else(|| here.t("duty-letter-day"), |letter| format::date_long(here.lang, letter.signed_on));
    html! {
        div.two-up.mt {
            p { (here.t("duty-letter-giver")) "：" @if let Some(letter) = signed { (letter.given_by) } br; br; (day) }
            p { (here.t("duty-letter-taker")) "：" (person) br; br; (day) }
        }
    }
}
