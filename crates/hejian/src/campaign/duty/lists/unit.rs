//! The duties of a unit; of a subdistrict also how far its shares are broken down.

use axum::extract::Path;
use hejian_kernel::{
    error::Result,
    i18n::ta,
    ui::{
        Markup,
        buttons::{Kind as Button, link_button},
        head::{PageHead, panel, panel_pad},
        html,
    },
    web::Ctx,
};
use uuid::Uuid;

use super::super::{
    here::{Here, cascades},
    model::{Duty, Part},
};
use super::{Of, covered, table};

/// `GET /duty/units/{key}`
pub(in super::super) async fn unit(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let unit = here.unit(&key)?;
    let may_cascade = unit.kind == "subdistrict" && cascades(&ctx, &mut read.tx, unit.id).await?;
    drop(read);
    let own = here.sorted(here.board.find(|of| of.unit == unit.id));
    let leads = own.iter().filter(|duty| duty.content.part == Part::Lead).count();
    let mut head = PageHead::new(here.lang, &unit.name).demo(here.demo).meta(ta(
        here.lang,
        "duty-unit-meta",
        &[("all", own.len().into()), ("leads", leads.into())],
    ));
    if leads > 0 {
        head = head.act(link_button(
            &here.t("duty-grid"),
            &here.link(&format!("/duty/grid/{key}")),
            "dash",
            Button::Plain,
        ));
        head = head.act(link_button(
            &here.t("duty-plans"),
            &here.link(&format!("/duty/plans/{key}")),
            "task",
            Button::Plain,
        ));
    }
    if unit.kind == "community" || unit.kind == "subdistrict" {
        head = head.act(link_button(
            &here.t("duty-score"),
            &here.link(&format!("/score/units/{key}")),
            "dash",
            Button::Plain,
        ));
    }
    if unit.kind != "community" && ctx.actor.may("scorecard.read") {
        let href = here.link(&format!("/scorecards/{key}"));
        head = head.act(link_button(&here.t("scorecard"), &href, "people", Button::Plain));
    }
    if !own.is_empty() {
        head = head.act(link_button(
            &here.t("duty-letter"),
            &here.link(&format!("/duty/letter/{key}")),
            "print",
            Button::Plain,
        ));
    }
    let body = html! {
        (head)
        div.stack {
            @if unit.kind == "subdistrict" { (coverage(&here, unit.id, &key, may_cascade)) }
            (panel(&here.t("duty-all"), html! {}, table(&here, Of::Unit, &own)))
        }
    };
    here.page(&ctx, &unit.name.clone(), false, body).await
}

/// How far a subdistrict has broken its shares down: communities down, indicators across would be too wide, so a line an indicator.
fn coverage(here: &Here, unit: Uuid, key: &str, may: bool) -> Markup {
    let own: Vec<&Duty> =
        here.sorted(here.board.find(|of| of.unit == unit && of.part == Part::Carry && of.done.is_none()));
    let open: Vec<&&Duty> = own
        .iter()
        .filter(|duty| {
            let (got, all) = covered(here, unit, &duty.content.indicator);
            got < all
        })
        .collect();
    let body = html! {
        @if open.is_empty() { p.dim.sm { (here.t("duty-covered-all")) } }
        @else {
            ul.mini.flush {
                @for duty in open {
                    @let code = &duty.content.indicator;
                    @let missing: Vec<&str> = here.board.communities(unit).filter(|of| here.board.at(code, of.id).is_none()).map(|of| of.name.as_str()).collect();
                    li {
                        span.grow { (here.indicator_link(code)) span.sub { (here.n("duty-uncovered", missing.len())) (missing.join("、")) } }
                        (link_button(&here.t(if may { "duty-cascade" } else { "duty-open" }), &here.link(&format!("/duty/cascade/{key}/{code}")), "", Button::Small))
                    }
                }
            }
        }
    };
    panel_pad(&here.t("duty-coverage"), html! {}, body)
}
