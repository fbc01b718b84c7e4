//! On a unit's page: the way to its card.

use hejian_kernel::{
    i18n::t,
    ui::{
        Markup,
        buttons::{Kind, link_button},
        head::panel_pad,
        html,
    },
    unit::{self, UnitQuery},
    web::{Ctx, Soon, Subject},
};

use super::{READ, card::KINDS};

/// What the module shows beside a department or a subdistrict, to whoever may look at its card.
pub(super) fn show<'c>(ctx: &'c Ctx, subject: &'c Subject) -> Soon<'c, Markup> {
    Box::pin(async move {
        let (Some(id), true) = (subject.unit, subject.key.starts_with("unit:")) else { return Ok(html! {}) };
        let Ok(seen) = ctx.actor.scoped(READ, UnitQuery { under: Some(id), ..UnitQuery::default() }) else {
            return Ok(html! {});
        };
        let mut read = ctx.read().await?;
        let day = read.today();
        let asked = seen.with(UnitQuery { on: Some(day), kinds: KINDS.to_vec(), under: Some(id) });
        let own = unit::list(&mut read.tx, &asked).await?.into_iter().find(|unit| unit.id == id);
        drop(read);
        let Some(unit) = own else { return Ok(html! {}) };
        let open =
            link_button(&t(ctx.lang, "scorecard-open"), &format!("/scorecards/{}", unit.key), "dash", Kind::Small);
        Ok(panel_pad(&t(ctx.lang, "scorecard"), open, html! { p.dim.sm { (t(ctx.lang, "scorecard-about")) } }))
    })
}
