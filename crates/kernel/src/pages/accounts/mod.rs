//! Accounts as the administrators see them: the system administrator gives and disables, the security administrator unlocks and
//! resets.
//!
//! The rule that matters: neither may do the other's act, and neither may do it to their own account.

pub(super) mod act;

use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use super::{Frame, page};
use crate::{
    access::account::{self, AccountQuery, AccountRow, State},
    error::Result,
    i18n::format,
    ui::{
        buttons::{Kind, link_button, post_button},
        feedback::{empty, toast},
        filter::FilterBar,
        form::Choice,
        head::PageHead,
        lamp::{Tone, tag},
        pager::{PAGE_SIZES, pager},
        query::Query,
        shell::Crumb,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};

/// The page asked for and its size, from the address.
pub(super) fn page_and_size(query: &Query) -> (i64, i64) {
    let number = |name: &str| query.get(name).and_then(|v| v.parse::<i64>().ok());
    let sizes: Vec<i64> = PAGE_SIZES.iter().filter_map(|n| i64::try_from(*n).ok()).collect();
    let size = number("per").filter(|n| sizes.contains(n)).unwrap_or(sizes[0]);
    (number("page").unwrap_or(1).clamp(1, 1_000_000), size)
}

/// The list.
pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let query = Query::parse(&ctx.place);
    let (number, size) = page_and_size(&query);
    let asked = AccountQuery {
        text: query.get("q").unwrap_or_default().to_owned(),
        state: query.get("state").and_then(State::parse),
        offset: (number - 1) * size,
        limit: size,
    };
    let mut read = ctx.read().await?;
    let (now, today) = (read.now, read.today());
    let scoped = ctx.actor.scoped("account.read", asked)?;
    let (rows, total) = account::list(&mut read.tx, &scoped, now, today).await?;
    drop(read);
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    let below = pager(ctx.lang, &query, unsigned(number), unsigned(size), unsigned(total));
    let part = if rows.is_empty() {
        table_box("list", empty("user", &ctx.t("account-none"), html! {}), below)
    } else {
        table_box("list", table(&ctx, &rows, today), below)
    };
    if ctx.part {
        return Ok(part.into_response());
    }
    let states: Vec<Choice> =
        State::ALL.iter().map(|s| Choice::new(s.name(), ctx.t(&format!("account-state-{}", s.name())))).collect();
    let mut head = PageHead::new(ctx.lang, ctx.t("nav-accounts")).meta(ctx.t("account-about"));
    if ctx.actor.may("account.manage") {
        head = head.act(link_button(&ctx.t("account-new"), "/system/accounts/new", "plus", Kind::Primary));
    }
    let body = html! {
        (head)
        (FilterBar::new(ctx.lang, &query)
            .select("state", &ctx.t("account-state"), &states)
            .search("q", &ctx.t("account-search"), &ctx.t("account-search")))
        (part)
    };
    let mut frame = Frame::new(ctx.t("nav-accounts"), vec![Crumb::here(ctx.t("nav-accounts"))]);
    frame.toast = match query.get("done") {
        Some(done @ ("disable" | "enable" | "unlock")) => {
            Some(toast(&ctx.t(&format!("account-done-{done}")), html! {}))
        }
        _ => None,
    };
    Ok(page(&ctx, frame, body).await?.into_response())
}

fn table(ctx: &Ctx, rows: &[AccountRow], today: chrono::NaiveDate) -> Markup {
    let mut table = Table::new(
        ctx.lang,
        ctx.t("nav-accounts"),
        vec![
            Column::text(ctx.t("account-login")),
            Column::text(ctx.t("account-person")).phone(Phone::Inline),
            Column::text(ctx.t("profile-post")).phone(Phone::Inline),
            Column::text(ctx.t("account-state")).phone(Phone::Inline),
            Column::text(ctx.t("account-last")).phone(Phone::Named),
            Column::text(ctx.t("table-actions")).quiet_head().tight(),
        ],
    );
    for row in rows {
        table = table.row(Row::new(vec![
            row.login.as_str().into(),
            row.name.as_str().into(),
            format::or_dash(row.post.clone()).into(),
            state_tag(ctx, row).into(),
            format::or_dash(row.last_sign_in.map(|at| format::moment_near(at, today))).into(),
            acts(ctx, row).into(),
        ]));
    }
    html! { (table) }
}

/// How an account stands, with the end of a lock.
pub(super) fn state_tag(ctx: &Ctx, row: &AccountRow) -> Markup {
    let tone = match row.state {
        State::Active => Tone::Green,
        State::Waiting => Tone::Yellow,
        State::Locked => Tone::Red,
        State::Disabled => Tone::Plain,
    };
    html! {
        (tag(tone, &ctx.t(&format!("account-state-{}", row.state.name()))))
        @if let Some(until) = row.locked_until { span.sub { "→ " (format::moment(until)) } }
    }
}

fn acts(ctx: &Ctx, row: &AccountRow) -> Markup {
    let at = |act: &str| format!("/system/accounts/{}/{act}", row.id);
    let own = ctx.actor.account == Some(row.id);
    html! {
        span.flex {
            @if !own && ctx.actor.may("account.manage") {
                @if row.state == State::Disabled {
                    (post_button(&ctx.t("account-enable"), &at("enable"), &[], Kind::Small))
                } @else {
                    (post_button(&ctx.t("account-disable"), &at("disable"), &[], Kind::SmallQuiet))
                }
            }
            @if !own && ctx.actor.may("account.secure") {
                @if row.state == State::Locked {
                    (post_button(&ctx.t("account-unlock"), &at("unlock"), &[], Kind::Small))
                }
                (link_button(&ctx.t("account-reset"), &at("reset"), "", Kind::SmallQuiet))
            }
        }
    }
}
