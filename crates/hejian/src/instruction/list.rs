//! `/instructions`: what one has to answer, what one gave, what one supervises.

use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        controls::Choice,
        feedback::empty,
        filter::FilterBar,
        head::{PageHead, Tab, tabs},
        html,
        pager::pager,
        query::Query,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};

use super::{
    GIVE,
    model::{Eyes, Instruction, Order, STATES, Side, Wish},
    order::{day_of, mark, state_tag},
    store,
};
use crate::todo::Day;

/// The page.
pub(super) async fn page(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let give = ctx.actor.may(GIVE);
    let eyes = Eyes::of(&ctx.actor);
    let wish = Wish::parse(&query, if give { Side::Given } else { Side::Received });
    let mut read = ctx.read().await?;
    let day = Day::new(read.today());
    let (mut found, mut total, mut counts) = (Vec::new(), 0, Vec::new());
    if let Some(eyes) = &eyes {
        for side in Side::ALL {
            let open = store::open(&mut read.tx, eyes, side).await?;
            let shown = match side {
                Side::Received => true,
                Side::Given => give || open > 0,
                Side::Watched => eyes.watched.is_some(),
            };
            if shown {
                counts.push((side, open));
            }
        }
        (found, total) = store::list(&mut read.tx, eyes, &wish, day.today).await?;
    }
    drop(read);
    let tab = |(side, n): &(Side, u64)| {
        let to = Query::new("/instructions").with("side", side.key()).href();
        Tab::new(t(lang, &format!("instruction-{}", side.key())), to, wish.side == *side).count(n)
    };
    let tabs_row: Vec<Tab> = counts.iter().map(tab).collect();
    let states: Vec<Choice> =
        STATES.iter().map(|s| Choice::new(*s, t(lang, &format!("instruction-state-{s}")))).collect();
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-instructions")).meta(t(lang, "instruction-about-page")))
        (tabs(&t(lang, "nav-instructions"), &tabs_row))
        (FilterBar::new(lang, &query)
            .select("state", &t(lang, "instruction-state"), &states)
            .search("q", &t(lang, "todo-search"), &t(lang, "instruction-search-hint")))
        (list(lang, &query, &wish, day, &found, total))
    };
    framed(&ctx, Frame::new(t(lang, "nav-instructions"), Vec::new()), body).await
}

fn list(lang: Lang, query: &Query, wish: &Wish, day: Day, found: &[(Instruction, Order)], total: u64) -> Markup {
    if found.is_empty() {
        let narrowed = wish.state.is_some() || !wish.text.is_empty();
        let all = Query::new("/instructions").with("side", wish.side.key()).href();
        let act = html! { @if narrowed { (link_button(&t(lang, "filter-clear"), &all, "", Kind::Small)) } };
        let why =
            if narrowed { "instruction-none-left".to_owned() } else { format!("instruction-none-{}", wish.side.key()) };
        return html! { div.hj-tw id="list" { (empty("doc", &t(lang, &why), act)) } };
    }
    let columns = vec![
        Column::text(t(lang, "todo-lamp")).tight(),
        Column::text(t(lang, "instruction")).class("main"),
        Column::text(t(lang, if wish.side == Side::Received { "instruction-from" } else { "instruction-to" }))
            .phone(Phone::Named),
        Column::num(t(lang, "instruction-given-on")).class("dim").phone(Phone::Hidden),
        Column::num(t(lang, "todo-due")).phone(Phone::Named),
        Column::text(t(lang, "instruction-state")).tight().phone(Phone::Inline),
    ];
    let row = |(i, o): &(Instruction, Order)| {
        let who = if wish.side == Side::Received { &i.given_by } else { &o.post_name };
        Row::new(vec![
            mark(lang, day, o).into(),
            html! {
                a.title href=(format!("/instructions/{}", i.id)) { (i.words) }
                span.sub { (ta(lang, "instruction-on", &[("title", i.about_title.clone().into())])) }
            }
            .into(),
            who.as_str().into(),
            format::date_near(format::day_of(i.given_at), day.today).into(),
            html! { span.d { (format::date_near(o.due_on, day.today)) } span.sub { (day_of(lang, day, o)) } }.into(),
            state_tag(lang, o).into(),
        ])
    };
    let table = Table::new(lang, t(lang, "nav-instructions"), columns).stick().rows(found.iter().map(row));
    table_box("list", html! { (table) }, pager(lang, query, wish.page, wish.per, total))
}
