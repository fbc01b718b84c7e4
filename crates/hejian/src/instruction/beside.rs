//! On the page that an instruction was written on: what was instructed there, and writing another.

use hejian_kernel::{
    i18n::{Lang, format, t},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        head::panel,
        html,
        query::Query,
    },
    web::{Ctx, Soon, Subject},
};

use super::{
    GIVE, READ,
    model::{Eyes, Instruction, Order},
    order::{day_of, mark},
    store,
};
use crate::todo::Day;

/// At most so many lines beside a page; the list has the rest.
const MOST: i64 = 12;

/// What the module shows beside pages of others; nothing to those who neither see nor give one.
pub(super) fn show<'c>(ctx: &'c Ctx, subject: &'c Subject) -> Soon<'c, Markup> {
    Box::pin(async move {
        let (Some(eyes), true) = (Eyes::of(&ctx.actor), ctx.actor.may(READ)) else { return Ok(html! {}) };
        let mut read = ctx.read().await?;
        let found = store::about(&mut read.tx, &eyes, &subject.key, MOST).await?;
        let day = Day::new(read.today());
        drop(read);
        let give = ctx.actor.may(GIVE);
        if found.is_empty() && !give {
            return Ok(html! {});
        }
        let to = Query::new("/instructions/new").with("about", subject.key.clone()).href();
        let act = html! { @if give { (link_button(&t(ctx.lang, "instruction-give"), &to, "plus", Kind::Small)) } };
        let body = html! {
            @if found.is_empty() { div.pad.dim.sm { (t(ctx.lang, "instruction-none-here")) } }
            @else { ul.mini { @for (i, o) in &found { (line(ctx.lang, day, i, o)) } } }
        };
        Ok(panel(&t(ctx.lang, "instruction"), act, body))
    })
}

fn line(lang: Lang, day: Day, i: &Instruction, o: &Order) -> Markup {
    html! {
        li {
            (mark(lang, day, o))
            span.grow {
                a href=(format!("/instructions/{}", i.id)) { (i.words) }
                span.sub { (o.post_name) " · " (day_of(lang, day, o)) }
                span.sub { (i.given_by) " " (format::date(format::day_of(i.given_at))) }
            }
        }
    }
}
