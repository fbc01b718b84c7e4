//! All campaigns of the district, one a line.

use hejian_kernel::{
    error::Result,
    i18n::{format, t},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        head::PageHead,
        html,
        shell::Crumb,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};

use super::{
    Chosen, guard, store,
    timeline::{countdown, mark, when},
};

/// `GET /campaigns`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let mut read = ctx.read().await?;
    let (now, today) = (read.now, read.today());
    let all = store::list(&mut read.tx).await?;
    let columns = vec![
        Column::text(t(lang, "campaign-field-title")),
        Column::text(t(lang, "campaign-field-level")).phone(Phone::Inline),
        Column::text(t(lang, "campaign-field-state")).phone(Phone::Inline),
        Column::text(t(lang, "campaign-cycle")).phone(Phone::Inline),
        Column::text(t(lang, "campaign-standard")),
        Column::text(t(lang, "campaign-next")),
    ];
    let mut table = Table::new(lang, t(lang, "campaigns"), columns);
    for campaign in &all {
        let dates = store::dates(&mut read.tx, campaign.id).await?;
        let standard = store::works_to(&mut read.tx, campaign.id, now).await?;
        let one = Chosen { campaign: campaign.clone(), all: Vec::new() };
        table = table.row(Row::new(vec![
            html! { a.title href=(one.link("/campaign")) { (campaign.title) } " " (mark(lang, campaign.mark.as_deref())) }.into(),
            t(lang, &format!("campaign-level-{}", campaign.level)).into(),
            t(lang, &format!("campaign-state-{}", campaign.state)).into(),
            cycle(campaign).into(),
            standard.map_or_else(|| format::DASH.to_owned(), |(_, name, _, version)| format!("{name} v{version}")).into(),
            match countdown(&dates, today) {
                Some(next) => when(lang, next).into(),
                None => format::DASH.into(),
            },
        ]));
    }
    let edits = guard::may(&ctx, &mut read.tx, guard::EDIT).await?;
    drop(read);
    let title = t(lang, "campaigns");
    let mut head = PageHead::new(lang, &title).meta(t(lang, "campaigns-about"));
    if edits {
        head = head.act(link_button(&t(lang, "campaign-new"), "/campaigns/new", "plus", Kind::Primary));
    }
    let body = html! { (head) (table_box("list", html! { (table) }, html! {})) };
    let crumbs = vec![Crumb::to(t(lang, "nav-campaign"), "/campaign"), Crumb::here(title.clone())];
    framed(&ctx, Frame::new(title, crumbs), body).await
}

/// 2008-10-01 至 2009-12-31; a dash for an end that nobody said.
pub(super) fn cycle(campaign: &store::Campaign) -> String {
    let end = |day: Option<chrono::NaiveDate>| day.map_or_else(|| format::DASH.to_owned(), format::date);
    match (campaign.cycle_from, campaign.cycle_to) {
        (None, None) => format::DASH.to_owned(),
        (from, to) => format!("{} ～ {}", end(from), end(to)),
    }
}
