//! One line of duty with its history: who had it when, and why it changed.

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, post_button},
        detail::definitions,
        head::{PageHead, panel_pad},
        html,
        lamp::{Tone, tag},
    },
    web::Ctx,
};

use super::super::{
    here::Here,
    model::Part,
    store::{self, Version},
};
use super::{id, part};

/// `GET /duty/lines/{id}`
pub(in super::super) async fn line(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let line = id(&text)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let history = store::line(&mut read.tx, here.campaign, line).await?;
    drop(read);
    let latest = &history.first().ok_or(Error::NotFound { what: "thing-duty" })?.duty;
    let stands = here.board.line(line);
    let of = &latest.content;
    let title = format!("{} {}", of.indicator, here.name(&of.indicator));
    let mut head = PageHead::new(here.lang, here.name(&of.indicator))
        .code(&of.indicator)
        .mark(part(&here, of.part))
        .demo(here.demo);
    if stands.is_none() {
        head = head.mark(tag(Tone::Red, &here.t("duty-ended")));
    }
    let here_at = |rest: &str| here.link(&format!("/duty/lines/{line}/{rest}"));
    if let Some(duty) = stands {
        if here.assigns && of.part != Part::Lead {
            head = head.act(link_button(&here.t("duty-end"), &here_at("end"), "x", Button::Plain));
        }
        if here.acts_for(&ctx, of.unit) {
            let (label, verb) = if of.done.is_some() { ("duty-reopen", "reopen") } else { ("duty-finish", "finish") };
            let version = duty.version.to_string();
            head = head.act(post_button(&here.t(label), &here_at(verb), &[("version", &version)], Button::Plain));
        }
        if here.assigns {
            head = head.act(link_button(&here.t("duty-change"), &here_at("change"), "", Button::Primary));
        }
    }
    let above = of.parent.and_then(|parent| here.board.line(parent));
    let items = [
        (here.t("duty-unit"), here.unit_link(of.unit)),
        (here.t("duty-person"), here.who(of.post)),
        (here.t("duty-due"), here.due(of)),
        (here.t("duty-lamp"), here.lit(of)),
        (
            here.t("duty-parent"),
            html! { @match above { Some(above) => { (part(&here, above.content.part)) " " (here.unit_link(above.content.unit)) }, None => (format::DASH) } },
        ),
        (here.t("duty-note"), html! { @if of.note.is_empty() { (format::DASH) } @else { (of.note) } }),
    ];
    let items: Vec<(&str, Markup)> = items.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let body = html! {
        (head)
        div.hj-grid {
            div.s7.stack { (panel_pad(&here.t("duty-one"), html! {}, definitions(&items))) }
            aside.s5.stack { (panel_pad(&here.t("duty-history"), html! {}, timeline(&here, &history, false))) }
        }
    };
    here.page(&ctx, &title, false, body).await
}

/// Who had it when, the latest first.
pub(super) fn timeline(here: &Here, history: &[Version], units: bool) -> Markup {
    let lang = here.lang;
    let said = |kind: &str, reason: &str| html! { b { (here.t(&format!("duty-act-{kind}"))) } @if !reason.is_empty() { "：" (reason) } };
    html! {
        @if history.is_empty() { p.dim.sm { (here.t("duty-no-history")) } }
        ol.hj-time {
            @for version in history {
                @let of = &version.duty.content;
                @if let Some((kind, reason, by, at)) = version.ended.as_ref().filter(|_| !is_followed(history, version)) {
                    li { time datetime=(at.to_rfc3339()) { (format::moment(*at)) } (said(kind, reason)) span.sub { (by) } }
                }
                li {
                    time datetime=(version.at.to_rfc3339()) { (format::moment(version.at)) }
                    (said(&version.act, &version.reason))
                    div.sm {
                        (part(here, of.part)) " "
                        @if units { (here.unit_link(of.unit)) " " }
                        (here.who(of.post))
                        @if let Some(due) = of.due { " " (ta(lang, "duty-until", &[("day", format::date(due).into())])) }
                    }
                    span.sub { (version.by) " · " (format::date(version.from)) "～" (version.to.map(format::date).unwrap_or_default()) }
                }
            }
        }
    }
}

/// Whether a later version of the line stands in the list.
fn is_followed(history: &[Version], version: &Version) -> bool {
    history.iter().any(|other| other.duty.line == version.duty.line && other.duty.version == version.duty.version + 1)
}
