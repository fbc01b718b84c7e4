//! `/organisation/persons`: who works in the posts one may see; one person's posts and terms.

use axum::extract::Path;
use hejian_kernel::{
    access::Part,
    error::Result,
    i18n::{format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        feedback::{empty, note},
        filter::FilterBar,
        head::{PageHead, panel},
        html,
        lamp::{Tone, tag},
        pager::{PAGE_SIZES, pager},
        query::Query,
        shell::Crumb,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};
use uuid::Uuid;

use super::{
    super::{
        READ,
        store::persons::{self, Person, PersonQuery, Service},
        words,
    },
    demo, id, way,
};

/// The list.
pub(in crate::organisation) async fn list(ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let query = Query::parse(&ctx.place);
    let number = |name: &str| query.get(name).and_then(|t| t.parse::<u64>().ok());
    let (page, per) =
        (number("page").unwrap_or(1).max(1), number("per").filter(|n| PAGE_SIZES.contains(n)).unwrap_or(PAGE_SIZES[0]));
    let text = query.get("q").unwrap_or_default().to_owned();
    let seen = ctx.actor.scoped(READ, PersonQuery { text, page, per })?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let (found, total) = persons::list(&mut read.tx, &seen).await?;
    let ids: Vec<Uuid> = found.iter().map(|p| p.id).collect();
    let services = persons::services(&mut read.tx, &seen.with(ids)).await?;
    drop(read);
    let columns = vec![
        Column::text(t(lang, "person-name")),
        Column::text(t(lang, "person-posts-now")),
        Column::num(t(lang, "person-posts-ever")),
        Column::num(t(lang, "post-open")),
        Column::text(t(lang, "unit-data")).tight().phone(Phone::Inline),
    ];
    let rows = found.iter().map(|person| {
        let own: Vec<&Service> = services.iter().filter(|s| s.person == person.id).collect();
        let now: Vec<&&Service> = own.iter().filter(|s| s.holds_on(today)).collect();
        let open: i64 = now.iter().map(|s| s.open).sum();
        Row::new(vec![
            html! { a.title href=(format!("/organisation/persons/{}", person.id)) { (person.name) } }.into(),
            html! {
                @if now.is_empty() { (format::DASH) }
                @for service in &now {
                    div { (post_link(service)) @if service.part == Part::Deputy { " " (tag(Tone::Line, &words::part(lang, service.part))) } }
                }
            }
            .into(),
            own.len().to_string().into(),
            format::int(open).into(),
            words::mark(lang, &person.status).into(),
        ])
    });
    let body = html! {
        (PageHead::new(lang, t(lang, "organisation-persons")).demo(demo(&ctx)).meta(ta(lang, "person-count", &[("n", total.into())])))
        (FilterBar::new(lang, &query).search("q", &t(lang, "todo-search"), &t(lang, "person-search-hint")))
        @if found.is_empty() { div.hj-tw id="list" { (empty("people", &t(lang, "person-none"), html! {})) } }
        @else {
            (table_box("list", html! { (Table::new(lang, t(lang, "organisation-persons"), columns).stick().rows(rows)) },
                pager(lang, &query, page, per, total)))
        }
    };
    let title = t(lang, "organisation-persons");
    framed(&ctx, Frame::new(title.clone(), way(&ctx, vec![Crumb::here(title)])), body).await
}

fn post_link(service: &Service) -> Markup {
    html! { a href=(format!("/organisation/posts/{}", service.post)) { (service.unit_name) " " (service.post_name) } }
}

/// One person.
pub(in crate::organisation) async fn one(ctx: Ctx, Path(text): Path<String>) -> Result<Markup> {
    let seen = ctx.actor.scoped(READ, id(&text, "thing-person")?)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let person = persons::get(&mut read.tx, &seen).await?;
    let services = persons::services(&mut read.tx, &seen.with(vec![person.id])).await?;
    let all = persons::count_terms(&mut read.tx, person.id).await?;
    drop(read);
    let (now, others): (Vec<&Service>, Vec<&Service>) = services.iter().partition(|s| s.holds_on(today));
    let hidden = all - i64::try_from(services.len()).unwrap_or(all);
    let lang = ctx.lang;
    let body = html! {
        (head(&ctx, &person))
        @if hidden > 0 { (note(Tone::Plain, html! { (ta(lang, "person-hidden", &[("n", hidden.into())])) }, html! {})) }
        (panel(&t(lang, "person-posts-now"), html! {}, table(&ctx, &now, "person-no-post")))
        (panel(&t(lang, "person-terms-other"), html! {}, table(&ctx, &others, "person-no-other")))
    };
    let crumbs =
        vec![Crumb::to(t(lang, "organisation-persons"), "/organisation/persons"), Crumb::here(person.name.clone())];
    framed(&ctx, Frame::new(person.name.clone(), way(&ctx, crumbs)), html! { div.stack { (body) } }).await
}

fn head(ctx: &Ctx, person: &Person) -> Markup {
    html! { (PageHead::new(ctx.lang, person.name.clone()).demo(demo(ctx) && person.status != "real")) }
}

fn table(ctx: &Ctx, services: &[&Service], none: &str) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::text(t(lang, "post-name")),
        Column::text(t(lang, "post-unit")).phone(Phone::Inline),
        Column::text(t(lang, "term-part")).tight().phone(Phone::Inline),
        Column::text(t(lang, "term-span")).phone(Phone::Inline),
        Column::num(t(lang, "post-open")),
    ];
    let rows = services.iter().map(|s| {
        Row::new(vec![
            html! { a.title href=(format!("/organisation/posts/{}", s.post)) { (s.post_name) } }.into(),
            html! { a href=(format!("/organisation/units/{}", s.unit)) { (s.unit_name) } }.into(),
            words::part(lang, s.part).into(),
            words::span(lang, s.from, s.to).into(),
            format::int(s.open).into(),
        ])
    });
    html! {
        @if services.is_empty() { div.pad.dim.sm { (t(lang, none)) } }
        @else { (Table::new(lang, t(lang, "post-terms"), columns).rows(rows)) }
    }
}
