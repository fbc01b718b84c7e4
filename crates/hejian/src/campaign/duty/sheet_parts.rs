//! The parts of an import's preview: faults, duties, deputies.

use hejian_kernel::{
    i18n::{format, message},
    ui::{
        Markup,
        head::panel,
        html,
        table::{Column, Row, Table},
    },
};

use super::{
    here::Here,
    import_plan::{Deputy, Fault, ImportPlan},
    lists::part,
    model::Content,
};

/// The most rows a part of the page shows.
pub(super) const SHOWN: usize = 100;

/// The faults with their places.
pub(super) fn faults(here: &Here, plan: &ImportPlan) -> Markup {
    let columns = vec![
        Column::text(here.t("duty-import-sheet")),
        Column::num(here.t("import-line")),
        Column::text(here.t("import-problem-column")),
    ];
    let row = |fault: &Fault| {
        Row::new(vec![
            (fault.sheet + 1).to_string().into(),
            (fault.row + 1).to_string().into(),
            message(here.lang, &fault.says).into(),
        ])
    };
    html! { (Table::new(here.lang, here.t("import-error"), columns).rows(plan.faults.iter().take(SHOWN).map(row))) }
}

/// The deputies that the file names, beside those who stand.
pub(super) fn deputies(here: &Here, plan: &ImportPlan) -> Markup {
    if plan.deputies.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::text(here.t("duty-unit")),
        Column::text(here.t("duty-person")),
        Column::text(here.t("duty-deputy-now")),
        Column::text(here.t("duty-deputy-wanted")),
    ];
    let row = |of: &Deputy| {
        let post = here.board.post(of.post);
        let now = post.and_then(|post| post.deputy.as_ref()).map_or(format::DASH, |who| who.name.as_str());
        Row::new(vec![
            html! { @if let Some(post) = post { (here.unit_link(post.unit)) } }.into(),
            here.who(Some(of.post)).into(),
            now.into(),
            html! { b { (of.name) } }.into(),
        ])
    };
    let title = format!("{} {}", here.t("duty-deputies"), plan.deputies.len());
    let table = Table::new(here.lang, title.clone(), columns).rows(plan.deputies.iter().map(row));
    panel(&title, html! {}, html! { (table) p.pad.sm.dim { (here.t("duty-deputies-how")) } })
}

/// Duties that would be written.
pub(super) fn listed(here: &Here, key: &str, all: &[Content]) -> Markup {
    if all.is_empty() {
        return html! {};
    }
    let title = format!("{} {}", here.t(key), all.len());
    panel(
        &title,
        html! {},
        html! {
            (written(here, &title, all.iter().take(SHOWN)))
            @if all.len() > SHOWN { p.pad.dim.sm { (here.n("import-more", all.len() - SHOWN)) } }
        },
    )
}

/// Duties as they would be written.
pub(super) fn written<'a>(here: &Here, title: &str, all: impl Iterator<Item = &'a Content>) -> Table {
    let columns = vec![
        Column::text(here.t("duty-part")).tight(),
        Column::text(here.t("duty-indicator")),
        Column::text(here.t("duty-unit")),
        Column::text(here.t("duty-person")),
        Column::text(here.t("duty-due")).class("nowrap"),
    ];
    let row = |of: &Content| {
        Row::new(vec![
            part(here, of.part).into(),
            here.indicator_link(&of.indicator).into(),
            here.unit_link(of.unit).into(),
            here.who(of.post).into(),
            here.due(of).into(),
        ])
    };
    Table::new(here.lang, title, columns).rows(all.map(row))
}
