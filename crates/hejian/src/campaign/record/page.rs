//! One campaign: what is sought, the days that matter with the countdown, the aim, the standard, the money.

use hejian_kernel::{
    error::{FieldProblem, Result},
    i18n::{self, Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button, print_button, submit_button},
        controls::{Choice, Control},
        detail::definitions,
        feedback::toast,
        form::{Field, post_form},
        head::{PageHead, panel, panel_foot, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table},
        tiles::{Tile, tiles},
    },
    web::{Ctx, Form},
};

use super::{
    Chosen, Cost, Dated, KINDS,
    guard::{EDIT, may},
    list::cycle,
    store,
    timeline::{countdown, line, mark},
};

/// What was typed into the forms of the page, and what is wrong with it.
pub(super) struct Parts<'p> {
    pub typed: &'p Form,
    pub dates: &'p [FieldProblem],
    pub costs: &'p [FieldProblem],
}

/// `GET /campaign`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    view(&ctx, &Parts { typed: &Form::default(), dates: &[], costs: &[] }).await
}

/// The page, with what was typed into its forms.
pub(super) async fn view(ctx: &Ctx, parts: &Parts<'_>) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let mut read = ctx.read().await?;
    let (now, today) = (read.now, read.today());
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let edits = may(ctx, &mut read.tx, EDIT).await?;
    let dates = store::dates(&mut read.tx, chosen.id()).await?;
    let costs = store::costs(&mut read.tx, chosen.id()).await?;
    let standard = store::works_to(&mut read.tx, chosen.id(), now).await?;
    drop(read);
    let campaign = &chosen.campaign;
    let mut head = PageHead::new(lang, campaign.title.clone())
        .mark(tag(Tone::Accent, &t(lang, &format!("campaign-state-{}", campaign.state))))
        .mark(mark(lang, campaign.mark.as_deref()))
        .meta(campaign.approving_document.clone().unwrap_or_default());
    if chosen.all.len() > 1 {
        head = head.act(link_button(&t(lang, "campaigns"), "/campaigns", "", Kind::Plain));
    }
    head = head.act(print_button(&t(lang, "score-print")));
    if edits {
        head = head.act(link_button(&t(lang, "campaign-edit"), &chosen.link("/campaign/edit"), "", Kind::Primary));
    }
    // A form is reached by whoever asked for it, one that was refused too.
    let home = Query::new("/campaign");
    let body = html! {
        (head)
        @if query.get("saved").is_some() { (toast(&t(lang, "campaign-saved"), html! {})) }
        (chosen.chooser(lang, &home))
        (tiles(&figures(lang, &chosen, &dates, &costs, today)))
        div.ind-grid.mt {
            div.stack {
                div id="dates" { (panel(&t(lang, "campaign-dates"), html! {}, html! {
                    (line(lang, &chosen, &dates, today, edits))
                    @if edits { (date_form(lang, &chosen, parts)) }
                })) }
            }
            aside.stack {
                (about(lang, &chosen, standard))
                div id="costs" { (money(lang, &chosen, &costs, edits, parts)) }
            }
        }
    };
    let crumbs = vec![Crumb::here(t(lang, "nav-campaign"))];
    framed(ctx, Frame::new(campaign.title.clone(), crumbs), body).await
}

fn figures(lang: Lang, chosen: &Chosen, dates: &[Dated], costs: &[Cost], today: chrono::NaiveDate) -> Vec<Tile> {
    let campaign = &chosen.campaign;
    let spent: i64 = costs.iter().map(|cost| cost.amount).sum();
    let next = match countdown(dates, today) {
        None => Tile::new(t(lang, "campaign-next"), t(lang, "campaign-nothing-open")).words(),
        Some(next) => Tile::new(t(lang, "campaign-next"), next.days.abs().to_string())
            .unit(t(lang, if next.days < 0 { "campaign-unit-over" } else { "campaign-unit-days" }))
            .against(format!("{} {}", next.date.on_day, next.date.title))
            .bad(next.days < 0)
            .href("#dates"),
    };
    let points = |label: &str, points: &Option<String>, none: &str| match points {
        Some(points) => Tile::new(t(lang, label), points.clone()).unit(t(lang, "standard-points-unit")),
        None => Tile::new(t(lang, label), t(lang, none)).words(),
    };
    let mut all = vec![
        next,
        points("campaign-field-target-points", &campaign.target_points, "campaign-not-said"),
        points("campaign-field-pass-points", &campaign.pass_points, "campaign-pass-by-standard"),
    ];
    let wan = |fen| format::wan(fen, 2);
    all.push(match campaign.budget {
        None => Tile::new(t(lang, "campaign-field-budget"), t(lang, "campaign-not-said")).words(),
        Some(budget) => Tile::new(t(lang, "campaign-field-budget"), wan(budget)).unit(t(lang, "campaign-wan")),
    });
    all.push(Tile::new(t(lang, "campaign-spent"), wan(spent)).unit(t(lang, "campaign-wan")).href("#costs"));
    if let Some(budget) = campaign.budget {
        let left = budget - spent;
        all.push(Tile::new(t(lang, "campaign-left"), wan(left)).unit(t(lang, "campaign-wan")).bad(left < 0));
    }
    all
}

fn about(lang: Lang, chosen: &Chosen, standard: Option<(uuid::Uuid, String, String, i64)>) -> Markup {
    let of = &chosen.campaign;
    let text = |text: &Option<String>| html! { (format::or_dash(text.clone())) };
    let standard = html! {
        @match standard {
            None => (t(lang, "campaign-no-standard")),
            Some((_, name, pack, version)) => {
                a href=(chosen.link("/standard")) { @if name.is_empty() { (pack) } @else { (name) } }
                " " span.sub { (ta(lang, "campaign-version", &[("version", version.to_string().into())])) " · "
                    a href=(chosen.link("/standard/packs")) { (t(lang, "standard-versions")) } }
            }
        }
    };
    let rows = [
        (t(lang, "campaign-field-title"), html! { b { (of.title) } }),
        (t(lang, "campaign-field-level"), html! { (t(lang, &format!("campaign-level-{}", of.level))) }),
        (t(lang, "campaign-field-approving-document"), text(&of.approving_document)),
        (t(lang, "campaign-field-approved-by"), text(&of.approved_by)),
        (t(lang, "campaign-cycle"), html! { (cycle(of)) }),
        (t(lang, "campaign-standard"), standard),
        (t(lang, "campaign-field-note"), text(&of.note)),
        (t(lang, "campaign-last"), html! { (format::moment(of.saved_at)) " " span.sub { (of.saved_by) } }),
    ];
    let rows: Vec<(&str, Markup)> = rows.iter().map(|(term, value)| (term.as_str(), value.clone())).collect();
    panel_pad(&t(lang, "campaign-sought"), html! {}, definitions(&rows))
}

fn money(lang: Lang, chosen: &Chosen, costs: &[Cost], edits: bool, parts: &Parts<'_>) -> Markup {
    let mut columns = vec![
        Column::text(t(lang, "campaign-field-spent-on")).tight().phone(Phone::Inline),
        Column::text(t(lang, "campaign-field-purpose")),
        Column::num(t(lang, "campaign-amount")),
    ];
    if edits {
        columns.push(Column::text(t(lang, "table-actions")).quiet_head().tight());
    }
    let rows = costs.iter().map(|cost| {
        let mut cells: Vec<Cell> = vec![
            cost.on_day.to_string().into(),
            html! { (cost.purpose) @if let Some(document) = &cost.document { span.sub { (document) } } }.into(),
            format::yuan(cost.amount).into(),
        ];
        if edits {
            let remove = chosen.link(&format!("/campaign/costs/{}/remove", cost.id));
            cells.push(post_button(&t(lang, "campaign-remove"), &remove, &[], Kind::SmallQuiet).into());
        }
        Row::new(cells)
    });
    let spent: i64 = costs.iter().map(|cost| cost.amount).sum();
    let mut foot = vec![Cell::from(t(lang, "campaign-sum")).span(2), format::yuan(spent).into()];
    if edits {
        foot.push("".into());
    }
    let table = Table::new(lang, t(lang, "campaign-costs"), columns).rows(rows).foot(foot);
    let says = match chosen.campaign.budget {
        None => t(lang, "campaign-no-budget"),
        Some(budget) => {
            let key = if spent > budget { "campaign-overspent" } else { "campaign-budget-left" };
            let (budget, left) = (format::yuan(budget), format::yuan((budget - spent).abs()));
            ta(lang, key, &[("budget", budget.into()), ("left", left.into())])
        }
    };
    panel_foot(
        &t(lang, "campaign-costs"),
        html! {},
        html! {
            @if costs.is_empty() { p.pad.dim { (t(lang, "campaign-no-costs")) } } @else { div.hj-scroll { (table) } }
            @if edits { (cost_form(lang, chosen, parts)) }
        },
        html! { (says) },
    )
}

/// A field of one of the small forms.
fn field(lang: Lang, name: &str, control: Control, needed: bool, wrong: &[FieldProblem]) -> Markup {
    let error = wrong.iter().find(|problem| problem.field == name).map(|p| i18n::message(lang, &p.message));
    let label = t(lang, &format!("campaign-field-{}", name.replace('_', "-")));
    html! { (Field::new(lang, name, label, control).required(needed).error(error).wide(true)) }
}

fn date_form(lang: Lang, chosen: &Chosen, parts: &Parts<'_>) -> Markup {
    let wrong = parts.dates;
    let typed = |name: &str| parts.typed.text(name).to_owned();
    let kinds =
        KINDS.map(|kind| Choice::new(kind, t(lang, &format!("campaign-kind-{}", kind.replace('_', "-"))))).to_vec();
    html! {
        details.pad.no-print open[!wrong.is_empty()] {
            summary { (t(lang, "campaign-add-date")) }
            (post_form(&chosen.link("/campaign/dates"), false, html! {
                div.hj-form.mt {
                    (field(lang, "kind", Control::Select(kinds, typed("kind")), true, wrong))
                    (field(lang, "on_day", Control::Date(typed("on_day")), true, wrong))
                    (field(lang, "title", Control::Text(typed("title")), true, wrong))
                    (field(lang, "document", Control::Text(typed("document")), false, wrong))
                }
                div.mt { (submit_button(&t(lang, "campaign-add"), Kind::Plain)) }
            }))
        }
    }
}

fn cost_form(lang: Lang, chosen: &Chosen, parts: &Parts<'_>) -> Markup {
    let wrong = parts.costs;
    let typed = |name: &str| parts.typed.text(name).to_owned();
    html! {
        details.pad.no-print open[!wrong.is_empty()] {
            summary { (t(lang, "campaign-add-cost")) }
            (post_form(&chosen.link("/campaign/costs"), false, html! {
                div.hj-form.mt {
                    (field(lang, "spent_on", Control::Date(typed("spent_on")), true, wrong))
                    (field(lang, "amount", Control::Number(typed("amount")), true, wrong))
                    (field(lang, "purpose", Control::Text(typed("purpose")), true, wrong))
                    (field(lang, "voucher", Control::Text(typed("voucher")), false, wrong))
                }
                div.mt { (submit_button(&t(lang, "campaign-add"), Kind::Plain)) }
            }))
        }
    }
}
