//! `/messages`: the list behind the bell.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{self, Lang, format, t, ta},
    message::{News, Title},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button},
        controls::Choice,
        feedback::empty,
        filter::FilterBar,
        head::{PageHead, Tab, tabs},
        html,
        lamp::{LampKind, Tone, lamp, tag},
        pager::{PAGE_SIZES, pager},
        query::Query,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::store::{self, Message, Wish};

fn wish(query: &Query) -> Wish {
    let number = |name: &str| query.get(name).and_then(|v| v.parse::<u64>().ok());
    Wish {
        kind: query.get("kind").and_then(News::parse),
        unread: query.get("box") != Some("all"),
        page: number("page").unwrap_or(1).max(1),
        per: number("per").filter(|n| PAGE_SIZES.contains(n)).unwrap_or(PAGE_SIZES[0]),
    }
}

/// The page: what is unread, or all.
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let wish = wish(&query);
    let (mut found, mut total, mut unread) = (Vec::new(), 0, Vec::new());
    let mut read = ctx.read().await?;
    if let Some(post) = ctx.actor.post {
        (found, total) = store::list(&mut read.tx, post, &wish).await?;
        unread = store::unread(&mut read.tx, post).await?;
    }
    let today = read.today();
    drop(read);
    let open: i64 = unread.iter().map(|(_, n)| n).sum();
    let tab = |key: &str, all: bool| {
        let to = Query::new("/messages");
        let to = if all { to.with("box", "all") } else { to };
        Tab::new(t(lang, key), to.href(), wish.unread != all)
    };
    let row = [tab("message-box-unread", false).count(format::int(open)), tab("message-box-all", true)];
    let count = |kind: News| unread.iter().find(|(k, _)| k == kind.name()).map_or(0, |(_, n)| *n);
    let choice = |kind: News| {
        let (word, n) = (t(lang, &format!("message-{}", kind.name())), count(kind));
        Choice::new(kind.name(), if n > 0 { format!("{word}（{n}）") } else { word })
    };
    let kinds: Vec<Choice> = News::ALL.into_iter().map(choice).collect();
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-messages")).meta(ta(lang, "message-meta", &[("n", open.into())]))
            .act(read_all_button(lang, &wish, open)))
        (tabs(&t(lang, "nav-messages"), &row))
        (FilterBar::new(lang, &query).select("kind", &t(lang, "message-kind"), &kinds))
        (table(lang, &query, &wish, today, &found, total))
    };
    framed(&ctx, Frame::new(t(lang, "nav-messages"), Vec::new()), body).await
}

fn read_all_button(lang: Lang, wish: &Wish, open: i64) -> Markup {
    let kind = wish.kind.map(News::name).unwrap_or_default();
    html! { @if open > 0 { (post_button(&t(lang, "message-read-all"), "/messages/read", &[("kind", kind)], Kind::Plain)) } }
}

fn table(lang: Lang, query: &Query, wish: &Wish, today: chrono::NaiveDate, found: &[Message], total: u64) -> Markup {
    if found.is_empty() {
        let all = link_button(&t(lang, "message-box-all"), "/messages?box=all", "", Kind::Small);
        let why = if wish.unread { "message-none-unread" } else { "message-none" };
        return html! { div.hj-tw id="list" { (empty("bell", &t(lang, why), html! { @if wish.unread { (all) } })) } };
    }
    let columns = vec![
        Column::text(t(lang, "message-state")).tight(),
        Column::text(t(lang, "message-kind")).tight().phone(Phone::Inline),
        Column::text(t(lang, "message-matter")).class("main"),
        Column::text(t(lang, "message-from")).phone(Phone::Named),
        Column::num(t(lang, "message-at")).class("dim").phone(Phone::Inline),
        Column::text(t(lang, "table-actions")).tight().quiet_head(),
    ];
    let row = |m: &Message| {
        let mark = match m.read_at {
            Some(_) => lamp(LampKind::Grey, &t(lang, "message-is-read")),
            None => lamp(LampKind::Blue, &t(lang, "message-is-unread")),
        };
        let urgent = matches!(News::parse(&m.kind), Some(News::Nudged | News::Returned | News::Instruction));
        let verb = t(lang, if m.leads { "message-open" } else { "message-read" });
        Row::new(vec![
            mark.into(),
            tag(if urgent { Tone::Yellow } else { Tone::Plain }, &t(lang, &format!("message-{}", m.kind))).into(),
            html! { b.title { (title(lang, m)) } @if let Some(note) = note(lang, m) { span.sub.pre { (note) } } }
                .into(),
            m.sent_by.as_str().into(),
            format::moment_near(m.at, today).into(),
            html! {
                @if m.leads || m.read_at.is_none() {
                    (post_button(&verb, &format!("/messages/{}/open", m.id), &[], Kind::Small))
                }
            }
            .into(),
        ])
    };
    let table = Table::new(lang, t(lang, "nav-messages"), columns).stick().rows(found.iter().map(row));
    table_box("list", html! { (table) }, pager(lang, query, wish.page, wish.per, total))
}

/// A finished job is named by its kind, everything else by the title it was told with.
fn title(lang: Lang, m: &Message) -> String {
    let key = format!("job-{}", m.title.replace(['.', '_'], "-"));
    if m.kind == News::Job.name() && i18n::has(lang, &key) {
        t(lang, &key)
    } else {
        Title { zh: &m.title, en: m.title_en.as_deref() }.said(lang).to_owned()
    }
}

fn note(lang: Lang, m: &Message) -> Option<String> {
    let note = m.note.clone()?;
    let key = format!("job-state-{note}");
    Some(if m.kind == News::Job.name() && i18n::has(lang, &key) { t(lang, &key) } else { note })
}

/// Marks a message as read and goes where it leads.
pub(super) async fn open(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let gone = Error::NotFound { what: "thing-message" };
    let Ok(id) = Uuid::try_parse(&id) else { return Err(gone) };
    let Some(post) = ctx.actor.post else { return Err(gone) };
    let mut work = ctx.work().await?;
    let (now, by) = (work.now, work.actor.name.clone());
    let href = store::open(&mut work.tx, post, id, now, &by).await?;
    work.commit().await?;
    Ok(see_other(href.as_deref().unwrap_or("/messages")))
}

/// Marks all, or all of a kind, as read.
pub(super) async fn read_all(ctx: Ctx, form: Form) -> Result<Response> {
    if let Some(post) = ctx.actor.post {
        let mut work = ctx.work().await?;
        let (now, by) = (work.now, work.actor.name.clone());
        store::read_all(&mut work.tx, post, News::parse(form.text("kind")), now, &by).await?;
        work.commit().await?;
    }
    Ok(see_other("/messages"))
}
