//! `/todo/{id}`: one to-do with everything that can be done with it, and what happened to it.

use axum::extract::Path;
use hejian_kernel::{
    access::Seat,
    error::{Error, Result},
    i18n::{self, Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, disabled_button, link_button, post_button, submit_button},
        detail::definitions,
        feedback::toast,
        form::{Control, Field, post_form},
        head::{PageHead, panel, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
        seats,
        shell::Crumb,
    },
    web::{Ctx, Soon, Subject, beside},
};
use uuid::Uuid;

use super::{
    model::Day,
    offers::{self, Open},
    row,
    store::{self, Eyes, Happened},
    verbs,
};

/// The eyes of the one who asks; a to-do belongs to a post.
pub(super) fn eyes(ctx: &Ctx) -> Result<Eyes> {
    Eyes::of(&ctx.actor).ok_or(Error::NotFound { what: "thing-todo" })
}

pub(super) fn id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound { what: "thing-todo" })
}

/// What the page shows beside the to-do.
struct Around {
    day: Day,
    takers: Vec<Seat>,
    readers: Vec<Seat>,
    trail: Vec<Happened>,
    copies: Vec<(String, Option<chrono::DateTime<chrono::Utc>>)>,
}

/// The page.
pub(super) async fn page(ctx: Ctx, Path(text): Path<String>) -> Result<Markup> {
    let eyes = eyes(&ctx)?;
    let mut read = ctx.read().await?;
    let todo = store::one(&mut read.tx, &eyes, id(&text)?).await?;
    let open = offers::of(&mut read, &ctx.app, ctx.lang, &eyes, todo).await?;
    let today = read.today();
    let mut around = Around {
        day: Day::new(today),
        takers: Vec::new(),
        readers: Vec::new(),
        trail: store::trail(&mut read.tx, open.todo.id).await?,
        copies: Vec::new(),
    };
    if let Some((def, record)) = &open.record {
        if offered(&open, "transfer") {
            around.takers = verbs::takers(&mut read.tx, &ctx.app, &eyes, def, record, today).await?;
        }
        if may_copy(&eyes, &open) {
            around.readers = verbs::readers(&mut read.tx, &ctx.app, def, record, today).await?;
            around.readers.retain(|seat| seat.post != eyes.post);
        }
        around.copies = store::copies(&mut read.tx, def.key, record.meta.id).await?;
    }
    drop(read);
    let aside = beside(&ctx, &subject_of(&open)).await?;
    let lang = ctx.lang;
    let body = html! {
        (head(lang, &open, &around))
        div.form-grid.hj-record {
            div.stack {
                (facts(lang, &open, &around))
                @if !open.offers.is_empty() { (steps(lang, &open)) }
                @if offered(&open, "transfer") { (transfer(lang, &open, &around.takers)) }
                @if offered(&open, "nudge") { (nudge(lang, &open)) }
                @if may_copy(&eyes, &open) { (copy(lang, &open, &around.readers)) }
            }
            aside.stack { (trail(lang, &around)) (aside) }
        }
    };
    let title = open.todo.titled().said(ctx.lang);
    let crumbs = vec![Crumb::to(ctx.t("nav-todo"), "/todo"), Crumb::here(title)];
    let mut frame = Frame::new(title, crumbs);
    let query = Query::parse(&ctx.place);
    frame.toast = match query.get("done") {
        Some("nudge") => Some(toast(&ctx.t("todo-nudged-done"), html! {})),
        Some("copy") => Some(toast(&ctx.t("todo-copied-done"), html! {})),
        _ => None,
    };
    framed(&ctx, frame, body).await
}

fn subject_of(open: &Open) -> Subject {
    let right = open.record.as_ref().map_or("organisation.read", |(def, _)| def.permissions.read);
    Subject {
        key: format!("todo:{}", open.todo.id),
        title: open.todo.title.clone(),
        // Whoever is addressed has no such to-do: the record is what both can open.
        href: open.todo.place().unwrap_or_else(|| "/todo".to_owned()),
        unit: open.todo.unit_id,
        right,
    }
}

/// What a to-do's page is about, by its id.
pub(super) fn find<'c>(ctx: &'c Ctx, key: &'c str) -> Soon<'c, Subject> {
    Box::pin(async move {
        let eyes = eyes(ctx)?;
        let mut read = ctx.read().await?;
        let todo = store::one(&mut read.tx, &eyes, id(key)?).await?;
        Ok(subject_of(&offers::of(&mut read, &ctx.app, ctx.lang, &eyes, todo).await?))
    })
}

fn offered(open: &Open, key: &str) -> bool {
    open.offers.iter().any(|offer| offer.key == key && offer.refusal.is_none())
}

fn may_copy(eyes: &Eyes, open: &Open) -> bool {
    let own = open.todo.post_id == eyes.post || open.todo.sent_by_post == Some(eyes.post);
    own && open.record.is_some() && !open.todo.is_copy()
}

fn head(lang: Lang, open: &Open, around: &Around) -> Markup {
    let todo = &open.todo;
    let mut head = PageHead::new(lang, todo.titled().said(lang))
        .mark(row::lamp_of(lang, around.day, todo))
        .mark(tag(Tone::Plain, &row::kind(lang, todo)))
        .meta(ta(lang, "todo-meta", &[("who", todo.sent_by.clone().into()), ("post", todo.post.clone().into())]));
    if let Some(href) = todo.place() {
        head = head.act(link_button(&t(lang, "todo-open-record"), &href, "", Kind::Plain));
    }
    html! { (head) }
}

fn facts(lang: Lang, open: &Open, around: &Around) -> Markup {
    let todo = &open.todo;
    let mut items: Vec<(&str, Markup)> = Vec::new();
    let labels: Vec<String> =
        ["todo-unit-about", "todo-post", "todo-from-who", "todo-received", "todo-due", "todo-nudges"]
            .iter()
            .map(|key| t(lang, key))
            .collect();
    items.push((&labels[0], html! { (format::or_dash(todo.unit.clone())) }));
    items.push((&labels[1], html! { (todo.post) }));
    items.push((&labels[2], html! { (todo.sent_by) }));
    items.push((&labels[3], html! { (format::moment(todo.created_at)) }));
    items.push((
        &labels[4],
        html! {
            @match todo.due_on {
                Some(day) => { (format::date(day)) @if !todo.is_done() { span.dim { "　" (around.day.words(lang, day)) } } },
                None => (format::DASH),
            }
        },
    ));
    if let Some(day) = todo.nudged_on {
        let says = ta(lang, "todo-nudged", &[("n", todo.nudges.into()), ("day", format::date(day).into())]);
        items.push((&labels[5], html! { (says) }));
    }
    panel_pad(&t(lang, "todo-facts"), html! {}, definitions(&items))
}

/// The acts of the record's own lifecycle, and 已阅 of a copy.
fn steps(lang: Lang, open: &Open) -> Markup {
    let todo = &open.todo;
    let version = open.version().to_string();
    let record = open.record.as_ref().map(|(def, record)| format!("/registers/{}/{}", def.key, record.meta.id));
    // What no act here can do is done where the matter lies.
    let elsewhere = !todo.is_done() && !todo.is_copy() && !open.offers.iter().any(can_be_done_here);
    let acts = html! {
        @if let Some(href) = todo.place().filter(|_| elsewhere) {
            (link_button(&t(lang, "todo-go"), &href, "", Kind::Primary))
        }
        @for offer in &open.offers {
            @if let Some(refusal) = &offer.refusal {
                (disabled_button(&offer.label, &i18n::message(lang, refusal)))
            } @else if let Some((step, record)) = offer.key.strip_prefix("step:").zip(record.as_ref()) {
                @let to = format!("{record}/act/{step}");
                @if offer.reason { (link_button(&offer.label, &to, "", Kind::Plain)) }
                @else { (post_button(&offer.label, &to, &[("version", &version)], if offer.forward { Kind::Primary } else { Kind::Plain })) }
            } @else if offer.key == "read" {
                (post_button(&offer.label, &format!("/todo/{}/read", todo.id), &[], Kind::Primary))
            }
        }
    };
    let nothing = !acts.0.contains('<');
    panel_pad(
        &t(lang, "todo-acts"),
        html! {},
        html! { @if nothing { p.dim.sm { (t(lang, "todo-no-acts")) } } @else { div.hj-acts.start { (acts) } } },
    )
}

fn can_be_done_here(offer: &offers::Offer) -> bool {
    offer.refusal.is_none() && (offer.key.starts_with("step:") || offer.key == "read")
}

fn words(lang: Lang, name: &str, label: &str, required: bool) -> Field {
    Field::new(lang, name, t(lang, label), Control::TextArea(String::new(), 2))
        .required(required)
        .max_length(500)
        .wide(true)
}

fn transfer(lang: Lang, open: &Open, takers: &[Seat]) -> Markup {
    let action = format!("/todo/{}/transfer", open.todo.id);
    let form = if takers.is_empty() {
        html! { p.dim.sm { (t(lang, "todo-no-takers")) } }
    } else {
        let to = Control::Select(seats::choices(takers), String::new());
        post_form(
            &action,
            false,
            html! {
                (Field::new(lang, "post", t(lang, "todo-transfer-to"), to).required(true).help(t(lang, "todo-transfer-help")))
                (words(lang, "reason", "todo-reason", true))
                div.hj-acts.start { (submit_button(&t(lang, "todo-do-transfer"), Kind::Plain)) }
            },
        )
    };
    panel_pad(&t(lang, "todo-do-transfer"), html! {}, form)
}

fn nudge(lang: Lang, open: &Open) -> Markup {
    let form = post_form(
        &format!("/todo/{}/nudge", open.todo.id),
        false,
        html! {
            (words(lang, "words", "todo-words", false))
            div.hj-acts.start { (submit_button(&t(lang, "todo-do-nudge"), Kind::Plain)) }
        },
    );
    panel_pad(&t(lang, "todo-do-nudge"), html! {}, form)
}

fn copy(lang: Lang, open: &Open, readers: &[Seat]) -> Markup {
    let body = html! {
        details.hj-fold {
            summary { (t(lang, "todo-copy-to")) }
            (post_form(
                &format!("/todo/{}/copy", open.todo.id),
                false,
                html! {
                    (seats::checks(&t(lang, "todo-copy-to"), "post", readers, &[]))
                    (words(lang, "copy_words", "todo-words", false))
                    div.hj-acts.start { (submit_button(&t(lang, "todo-do-copy"), Kind::Plain)) }
                },
            ))
        }
    };
    panel_pad(&t(lang, "todo-do-copy"), html! {}, body)
}

fn trail(lang: Lang, around: &Around) -> Markup {
    let body = html! {
        @if around.trail.is_empty() { p.dim.sm { (t(lang, "todo-no-trail")) } }
        ol.hj-time {
            @for (kind, who, to, note, at) in &around.trail {
                li {
                    time datetime=(at.to_rfc3339()) { (format::moment(*at)) "　" (who) }
                    (t(lang, &format!("message-{kind}"))) " → " (to)
                    @if let Some(note) = note { br; (note) }
                }
            }
        }
    };
    let copies = html! {
        @if !around.copies.is_empty() {
            (panel(&t(lang, "todo-copies"), html! {}, html! {
                ul.mini {
                    @for (post, read) in &around.copies {
                        li { span.grow { (post) } span.dim.sm {
                            @match read { Some(at) => (ta(lang, "todo-read-at", &[("at", format::moment(*at).into())])), None => (t(lang, "todo-unread")) }
                        } }
                    }
                }
            }))
        }
    };
    html! { (panel_pad(&t(lang, "todo-trail"), html! {}, body)) (copies) }
}
