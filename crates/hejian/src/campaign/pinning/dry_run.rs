//! The page of a dry run, and keeping that it was seen.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    audit::Entry,
    error::Result,
    i18n::{Lang, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button, print_button},
        feedback::{empty, note},
        head::{PageHead, Tab, panel, tabs},
        html,
        lamp::Tone,
        query::Query,
        table::table_box,
        tiles::{Tile, tiles},
    },
    web::{Ctx, see_other},
};
use hejian_scoring::{
    Exact,
    pack::migrate::{Decision, DecisionKind, DutiesFate},
};
use serde_json::json;

use super::{codes, trial::Trial};
use crate::campaign::standard::{
    Leads, guard, keeping,
    packs::{crumbs, marks, place, title},
    store,
    words::{number, points},
};

/// `GET /standard/packs/{id}/dry-run`
pub(super) async fn show(id: Path<String>, ctx: Ctx) -> Result<Markup> {
    let trial = Trial::play(&ctx, &id).await?;
    let mut read = ctx.read().await?;
    let leads = Leads::read(&mut read.tx).await?;
    let pins = guard::may(&ctx, &mut read.tx, "standard.pin").await?;
    drop(read);
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let here = place(trial.version.id);
    let all = query.get("show") == Some("all");
    let name = title(lang, &trial.version);
    let says = ta(
        lang,
        "pinning-what",
        &[
            ("from", title(lang, &trial.from).into()),
            ("to", name.clone().into()),
            ("day", trial.after.as_of.to_string().into()),
        ],
    );
    let mut head = PageHead::new(lang, t(lang, "standard-dry-run")).mark(marks(lang, &trial.version, None)).meta(says);
    head = head.act(print_button(&t(lang, "score-print")));
    head = head.act(link_button(
        &t(lang, "standard-compare"),
        &trial.chosen.link(&format!("{here}/compare?with={}", trial.from.id)),
        "",
        Kind::Plain,
    ));
    if pins && !trial.version.is_draft() {
        let keep = trial.chosen.link(&format!("{here}/dry-run"));
        head = head.act(post_button(&t(lang, "pinning-keep"), &keep, &[], Kind::Primary));
    }
    let body = html! {
        (head)
        (trial.chosen.chooser(lang, &query))
        (note(Tone::Blue, html! { (t(lang, "pinning-nothing-changes")) " " (t(lang, if trial.recorded { "pinning-by-record" } else { "pinning-by-codes" })) }, html! {}))
        @if let Some(faults) = &trial.faults { (note(Tone::Red, html! { (ta(lang, "pinning-record-faults", &[("n", faults.0.len().into())])) },
            link_button(&t(lang, "standard-look"), &trial.chosen.link(&here), "", Kind::Small))) }
        div.mt { (tiles(&figures(lang, &trial))) }
        div.mt { (panel(&t(lang, "pinning-decisions"), html! {}, decisions(lang, &leads, &trial.plan.decisions))) }
        div.mt { (tabs(&t(lang, "pinning-codes"), &[
            Tab::new(t(lang, "pinning-codes-changed"), query.without("show").href(), !all),
            Tab::new(t(lang, "pinning-codes-all"), query.with("show", "all").href(), all).count(trial.plan.codes.len() + trial.plan.added.len()),
        ])) }
        (table_box("list", codes::table(lang, &trial, &leads, all), html! {}))
    };
    page(&ctx, Frame::new(name, crumbs(&ctx, Some(&trial.version), &t(lang, "standard-dry-run"))), body).await
}

/// Totals, assessed points, codes that changed, duties to be decided.
fn figures(lang: Lang, trial: &Trial) -> Vec<Tile> {
    let (before, after) = (&trial.before.scores, &trial.after);
    let gain = &after.points - &before.points;
    let open = |assessed: &Exact, total: &Exact| {
        ta(
            lang,
            "pinning-assessed",
            &[("assessed", number(&assessed.to_string()).into()), ("total", number(&total.to_string()).into())],
        )
    };
    let sign = if gain.is_negative() || gain.is_zero() { "" } else { "+" };
    let count = |fate| trial.plan.counts.duties.get(&fate).copied().unwrap_or(0);
    let same = trial.plan.counts.fates.get(&hejian_scoring::pack::migrate::Fate::Same).copied().unwrap_or(0);
    vec![
        Tile::new(t(lang, "pinning-total-before"), points(&before.points))
            .against(open(&before.assessed_points, &before.total_points)),
        Tile::new(t(lang, "pinning-total-after"), points(&after.points))
            .against(open(&after.assessed_points, &after.total_points)),
        Tile::new(t(lang, "pinning-change"), format!("{sign}{}", points(&gain))).bad(gain.is_negative()),
        Tile::new(
            t(lang, "pinning-codes-touched"),
            (trial.plan.codes.len() - same + trial.plan.added.len()).to_string(),
        )
        .against(ta(lang, "pinning-codes-same", &[("n", same.into())])),
        Tile::new(t(lang, "pinning-duties"), trial.plan.duties.len().to_string()).against(ta(
            lang,
            "pinning-duties-count",
            &[
                ("carry", count(DutiesFate::Carry).into()),
                ("ask", count(DutiesFate::Ask).into()),
                ("drop", count(DutiesFate::Drop).into()),
            ],
        )),
        Tile::new(t(lang, "pinning-evidence"), trial.plan.evidence.len().to_string())
            .against(t(lang, "pinning-evidence-none")),
    ]
}

/// What a person must decide.
fn decisions(lang: Lang, leads: &Leads, all: &[Decision]) -> Markup {
    html! {
        @if all.is_empty() { (empty("check", &t(lang, "pinning-no-decision"), html! {})) }
        @else {
            ul.pad {
                @for one in all {
                    @let items: Vec<String> = one.items.iter().map(|item| said(leads, one.kind, item)).collect();
                    li { b { (one.code) } " " (t(lang, &format!("pinning-decide-{}", one.kind.word().replace('_', "-")))) " " span.dim { (items.join("、")) } }
                }
            }
        }
    }
}

/// A duty is named by its unit; a unit by its name.
fn said(leads: &Leads, kind: DecisionKind, item: &str) -> String {
    let unit = match kind {
        DecisionKind::AskDuties | DecisionKind::UnknownCode => item.rsplit('/').next().unwrap_or(item),
        _ => item,
    };
    leads.name(unit).to_owned()
}

/// `POST /standard/packs/{id}/dry-run`: keeps what was shown, and goes on to the pin.
pub(super) async fn keep(id: Path<String>, ctx: Ctx) -> Result<Response> {
    guard::need(&ctx, &mut ctx.read().await?.tx, "standard.pin").await?;
    let trial = Trial::play(&ctx, &id).await?;
    let totals = trial.totals();
    let mut work = ctx.work().await?;
    let (run, digest) = store::keep_dry_run(&mut work, trial.from.id, trial.version.id, totals.clone()).await?;
    let detail = json!({
        "title": title(Lang::ZhCn, &trial.version), "from": trial.from.fingerprint, "to": trial.version.fingerprint,
        "points_before": totals[0], "assessed_before": totals[1], "points_after": totals[2], "assessed_after": totals[3],
        "decisions": trial.plan.decisions.len(), "engine": trial.after.engine_version, "campaign": trial.chosen.campaign.key,
    });
    work.record(Entry {
        action: "dry_run",
        subject_kind: keeping::DRY_RUN.to_owned(),
        subject_id: Some(run),
        detail,
        digest: Some(digest),
    });
    work.commit().await?;
    Ok(see_other(&trial.chosen.link(&format!("{}/pin", place(trial.version.id)))))
}
