//! `/instructions/{id}`: the instruction, what each post answered, and what is open to the reader.

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, format, t, ta},
    lifecycle::{Done, Requirement, Situation, Step, Transition, available, history},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button, submit_button},
        detail::definitions,
        feedback::toast,
        form::{Control, Field, hidden, post_form},
        head::{PageHead, panel_pad},
        html,
        query::Query,
        shell::Crumb,
    },
    web::Ctx,
};
use uuid::Uuid;

use super::{
    LIFECYCLE, ORDER, keeping,
    model::{Eyes, Instruction, Order},
    order::{day_of, mark, state_tag},
    store,
};
use crate::todo::Day;

/// An order with what was done with it and what the reader may do.
struct Open {
    order: Order,
    steps: Vec<Step>,
    acts: Vec<&'static Transition>,
}

/// The page.
pub(super) async fn page(ctx: Ctx, Path(text): Path<String>) -> Result<Markup> {
    let gone = Error::NotFound { what: "thing-instruction" };
    let Ok(id) = Uuid::try_parse(&text) else { return Err(gone) };
    let Some(eyes) = Eyes::of(&ctx.actor) else { return Err(gone) };
    let mut read = ctx.read().await?;
    let (instruction, orders, all) = store::one(&mut read.tx, &eyes, id).await?;
    let day = Day::new(read.today());
    let mut open = Vec::new();
    for order in orders {
        let steps = history(&mut read.tx, ORDER, order.id).await?;
        let done: Vec<Done> =
            steps.iter().map(|s| Done { transition: s.transition.clone(), person: s.person_id }).collect();
        let now = Situation {
            state: &order.state,
            holds: &|right| keeping::holds(&ctx.actor, &instruction, &order, right),
            person: ctx.actor.person,
            done: &done,
            filled: &|_| true,
            attached: &|_| true,
        };
        let acts = available(&LIFECYCLE, &now);
        open.push(Open { acts, steps, order });
    }
    drop(read);
    let lang = ctx.lang;
    let hidden = usize::try_from(all).unwrap_or(0).saturating_sub(open.len());
    let body = html! {
        (head(lang, &instruction))
        div.form-grid.hj-record {
            div.stack {
                @for one in &open { (order(lang, day, one)) }
                @if hidden > 0 { p.dim.sm { (ta(lang, "instruction-others", &[("n", hidden.into())])) } }
            }
            aside.stack { (facts(lang, &instruction)) }
        }
    };
    let crumbs =
        vec![Crumb::to(ctx.t("nav-instructions"), "/instructions"), Crumb::here(instruction.about_title.clone())];
    let mut frame = Frame::new(ctx.t("instruction"), crumbs);
    frame.toast = match Query::parse(&ctx.place).get("done") {
        Some("give") => Some(toast(&ctx.t("instruction-given-done"), html! {})),
        Some("act") => Some(toast(&ctx.t("instruction-act-done"), html! {})),
        _ => None,
    };
    framed(&ctx, frame, body).await
}

fn head(lang: Lang, i: &Instruction) -> Markup {
    let open = link_button(&t(lang, "instruction-open-about"), &i.about_href, "", Kind::Plain);
    html! {
        (PageHead::new(lang, t(lang, "instruction"))
            .meta(ta(lang, "instruction-on", &[("title", i.about_title.clone().into())]))
            .act(open))
        blockquote.hj-words { (i.words) footer { (i.given_by) "　" (format::moment(i.given_at)) } }
    }
}

fn facts(lang: Lang, i: &Instruction) -> Markup {
    let labels = ["instruction-about", "instruction-giver", "instruction-given-on", "todo-due"].map(|key| t(lang, key));
    let items = [
        (labels[0].as_str(), html! { a href=(i.about_href) { (i.about_title) } }),
        (labels[1].as_str(), html! { (i.given_by) }),
        (labels[2].as_str(), html! { (format::moment(i.given_at)) }),
        (labels[3].as_str(), html! { (format::date(i.due_on)) }),
    ];
    panel_pad(&t(lang, "instruction-facts"), html! {}, definitions(&items))
}

fn order(lang: Lang, day: Day, one: &Open) -> Markup {
    let o = &one.order;
    let marks = html! { (mark(lang, day, o)) " " (state_tag(lang, o)) " " span.dim.sm { (day_of(lang, day, o)) } };
    let body = html! {
        (replies(lang, one))
        @for act in &one.acts { (form(lang, o, act)) }
    };
    html! { div id=(format!("order-{}", o.id)) { (panel_pad(&o.post_name, marks, body)) } }
}

/// What was answered and said so far, oldest first; the link stands with the last answer.
fn replies(lang: Lang, one: &Open) -> Markup {
    let o = &one.order;
    let last = one.steps.iter().rposition(|s| s.transition == "reply");
    html! {
        @if one.steps.is_empty() { p.dim.sm { (t(lang, "instruction-no-reply")) } }
        @else {
            ol.hj-time {
                @for (n, step) in one.steps.iter().enumerate() {
                    li {
                        time datetime=(step.at.to_rfc3339()) { (format::moment(step.at)) }
                        "　" b { (t(lang, &LIFECYCLE.transition_label(&step.transition))) }
                        @if step.transition == "reply" { @if let Some(by) = o.replied_by.as_ref().filter(|_| Some(n) == last) { "　" span.dim { (by) } } }
                        @if let Some(words) = step.reason.as_ref().filter(|w| !w.is_empty()) { br; span.pre { (words) } }
                        @if Some(n) == last { @if let Some(link) = &o.reply_link { br; a href=(link) rel="noopener" { (link) } } }
                    }
                }
            }
        }
    }
}

fn form(lang: Lang, o: &Order, act: &Transition) -> Markup {
    let to = format!("/instructions/orders/{}/{}", o.id, act.key);
    let label = t(lang, &LIFECYCLE.transition_label(act.key));
    let version = o.version.to_string();
    let kind = if act.forward { Kind::Primary } else { Kind::Plain };
    if !act.requires.contains(&Requirement::Reason) {
        return html! { div.mt { (post_button(&label, &to, &[("version", &version)], kind)) } };
    }
    // Several forms stand on one page: each control has a name of its own for labels, and the same name when it is sent.
    let id = |name: &str| format!("{name}-{}-{}", act.key, o.id.simple());
    let words = Field::new(
        lang,
        "words",
        t(lang, &format!("instruction-words-{}", act.key)),
        Control::TextArea(String::new(), 3),
    )
    .id(id("words"))
    .required(true)
    .max_length(2000)
    .wide(true);
    let body = html! {
        (hidden("version", &version))
        (words)
        @if act.key == "reply" {
            (Field::new(lang, "link", t(lang, "instruction-link"), Control::Text(String::new()))
                .id(id("link")).max_length(300).wide(true).help(t(lang, "instruction-link-help")))
        }
        div.hj-acts.start { (submit_button(&label, kind)) }
    };
    let form = post_form(&to, false, body);
    if act.forward {
        form
    } else {
        html! { details.hj-fold { summary { (label) } (form) } }
    }
}
