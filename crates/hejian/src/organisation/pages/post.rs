//! `/organisation/posts/{id}`: who holds a post, who held it, what it may do, what waits in it.

use axum::extract::Path;
use chrono::NaiveDate;
use hejian_kernel::{
    access::Part,
    error::Result,
    i18n::{format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button},
        detail::definitions,
        feedback::{note, toast},
        head::{PageHead, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
    },
    web::Ctx,
};

use super::{
    super::{
        GRANT, MANAGE, READ, handover,
        store::posts::{self, Grant, Post, Term},
        words,
    },
    id, way,
};

/// The page.
pub(in crate::organisation) async fn page(ctx: Ctx, Path(text): Path<String>) -> Result<Markup> {
    let seen = ctx.actor.scoped(READ, id(&text, "thing-post")?)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let post = posts::get(&mut read.tx, &seen).await?;
    let terms = posts::terms(&mut read.tx, post.id).await?;
    let grants = posts::grants(&mut read.tx, post.id).await?;
    drop(read);
    let query = Query::parse(&ctx.place);
    let body = html! {
        (head(&ctx, &post))
        (warning(&ctx, &post, &terms, today))
        div.hj-grid {
            div.s7.stack { (present(&ctx, &post, &terms, today)) (rights(&ctx, &grants)) }
            aside.s5.stack { (past(&ctx, &terms, today)) }
        }
    };
    let crumbs = vec![
        Crumb::to(post.unit_name.clone(), format!("/organisation/units/{}", post.unit)),
        Crumb::here(post.name.clone()),
    ];
    let mut frame = Frame::new(format!("{} {}", post.unit_name, post.name), way(&ctx, crumbs));
    frame.toast = done(&ctx, &query);
    framed(&ctx, frame, body).await
}

/// What was just done.
fn done(ctx: &Ctx, query: &Query) -> Option<Markup> {
    let lang = ctx.lang;
    let n = query.get("n").and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
    let words = match query.get("done")? {
        "handover" if n > 0 => ta(lang, "handover-done", &[("n", n.into())]),
        "handover" => t(lang, "handover-done-none"),
        "deputy" => t(lang, "deputy-done"),
        "deputy-ended" => t(lang, "deputy-ended"),
        _ => return None,
    };
    Some(toast(&words, html! {}))
}

fn head(ctx: &Ctx, post: &Post) -> Markup {
    let lang = ctx.lang;
    let at = |rest: &str| format!("/organisation/posts/{}/{rest}", post.id);
    let mut head = PageHead::new(lang, format!("{} {}", post.unit_name, post.name));
    if ctx.actor.may(GRANT) {
        head = head.act(link_button(&t(lang, "nav-grants"), &at("grants"), "lock", Kind::Plain));
    }
    if ctx.actor.may(MANAGE) {
        head = head.act(link_button(&t(lang, "deputy-appoint"), &at("deputy"), "user", Kind::Plain));
        head = head.act(link_button(&t(lang, "handover-title"), &at("handover"), "sync", Kind::Primary));
    }
    html! { (head) }
}

/// Days ahead on which nobody is in the post although something waits there.
fn warning(ctx: &Ctx, post: &Post, terms: &[Term], today: NaiveDate) -> Markup {
    let gap = handover::plan::first_gap(&handover::spans(terms), today).filter(|_| post.open > 0);
    let words = |day: NaiveDate| {
        let args = [("n", post.open.into()), ("day", format::date(day).into())];
        if day <= today { ta(ctx.lang, "post-vacant-now", &args[..1]) } else { ta(ctx.lang, "post-vacant-from", &args) }
    };
    html! { @if let Some(day) = gap { (note(Tone::Red, html! { (words(day)) }, html! {})) } }
}

fn person(term: &Term) -> Markup {
    html! { a href=(format!("/organisation/persons/{}", term.person)) { (term.name) } }
}

fn present(ctx: &Ctx, post: &Post, terms: &[Term], today: NaiveDate) -> Markup {
    let lang = ctx.lang;
    let who = |part: Part| {
        let mut held = terms.iter().filter(|t| t.part == part && t.holds_on(today)).peekable();
        html! {
            @if held.peek().is_none() { span.dim { (t(lang, if part == Part::Holder { "post-nobody" } else { "deputy-nobody" })) } }
            @for term in held {
                div.flex {
                    span.grow { (person(term)) "　" span.dim.xs { (words::span(lang, term.from, term.to)) } }
                    @if part == Part::Deputy && term.to.is_none() && ctx.actor.may(MANAGE) {
                        (post_button(&t(lang, "deputy-end"), &format!("/organisation/posts/{}/deputy/end", post.id),
                            &[("term", &term.id.to_string())], Kind::SmallQuiet))
                    }
                }
            }
        }
    };
    let unit = html! { a href=(format!("/organisation/units/{}", post.unit)) { (post.unit_name) } };
    let items = [
        (t(lang, "post-unit"), unit),
        (t(lang, "term-holder"), who(Part::Holder)),
        (t(lang, "term-deputy"), who(Part::Deputy)),
        (t(lang, "post-open"), html! { (ta(lang, "todo-count", &[("n", post.open.into())])) }),
    ];
    let items: Vec<(&str, Markup)> = items.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    panel_pad(&t(lang, "post-present"), html! {}, definitions(&items))
}

/// What the post may do, in words: the role, over which units, what it is for.
fn rights(ctx: &Ctx, grants: &[Grant]) -> Markup {
    let lang = ctx.lang;
    let item = |grant: &Grant| {
        html! {
            li {
                (tag(Tone::Accent, &words::role(lang, &grant.role)))
                span.grow {
                    (ta(lang, "grant-over", &[("unit", grant.unit.clone().into())]))
                    span.sub { (words::role_about(lang, &grant.role)) }
                }
            }
        }
    };
    let body = html! {
        @if grants.is_empty() { p.dim.sm { (t(lang, "grant-none")) } }
        @else { ul.mini.flush { @for grant in grants { (item(grant)) } } }
    };
    panel_pad(&t(lang, "post-rights"), html! {}, body)
}

fn past(ctx: &Ctx, terms: &[Term], today: NaiveDate) -> Markup {
    let lang = ctx.lang;
    let item = |term: &Term| {
        let now = term.holds_on(today);
        html! {
            li {
                time datetime=(format::date(term.from)) { (words::span(lang, term.from, term.to)) }
                @if now { b { (person(term)) } } @else { (person(term)) }
                " " (tag(if term.part == Part::Holder { Tone::Plain } else { Tone::Line }, &words::part(lang, term.part)))
                @if term.from > today { " " (tag(Tone::Blue, &t(lang, "term-ahead"))) }
            }
        }
    };
    let body = html! {
        @if terms.is_empty() { p.dim.sm { (t(lang, "post-never-held")) } }
        @else { ol.hj-time { @for term in terms { (item(term)) } } }
    };
    panel_pad(&t(lang, "post-terms"), html! {}, body)
}
