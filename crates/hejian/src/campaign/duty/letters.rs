//! 责任书签订: who signed which letter when, whether what it says still stands, and the list of all units.
//!
//! The rule that matters: a letter is signed for what it said on that day. When a duty of it changes afterwards the letter says so
//! until it is signed again.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, FieldProblem, Message, Result},
    i18n::{format, message, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, submit_button},
        form::{Control, Field, error_summary, hidden, post_form},
        head::{PageHead, Tab, panel_pad, tabs},
        html,
        lamp::{LampKind, lamp},
        table::{Column, Phone, Row, Table, table_box},
    },
    unit::Unit,
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{
    form::day,
    here::{Here, not_yours},
    letter,
    model::{Board, Duty},
    store::{self, Letter},
};
use crate::campaign::standard::keeping::digest;

/// The longest name.
const NAME: usize = 40;

/// How a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Unsigned,
    /// Signed, and something of it changed since.
    Changed,
    Signed,
}

impl State {
    const ALL: [Self; 3] = [Self::Unsigned, Self::Changed, Self::Signed];

    fn key(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Changed => "changed",
            Self::Signed => "signed",
        }
    }

    /// Its lamp with its word.
    pub fn mark(self, here: &Here) -> Markup {
        let kind = match self {
            Self::Unsigned => LampKind::Grey,
            Self::Changed => LampKind::Yellow,
            Self::Signed => LampKind::Green,
        };
        lamp(kind, &here.t(&format!("duty-letter-is-{}", self.key())))
    }
}

/// What a letter of a unit, or of one of its posts, would hold: the open duties.
pub(super) fn held(board: &Board, unit: Uuid, post: Option<Uuid>) -> Vec<&Duty> {
    let mut all: Vec<&Duty> = board
        .find(move |of| of.unit == unit && of.done.is_none() && post.is_none_or(|post| of.post == Some(post)))
        .collect();
    all.sort_by_key(|duty| duty.line);
    all
}

/// The digest of what a letter says: indicator, part, post and deadline of each duty.
fn content(duties: &[&Duty]) -> String {
    let line = |duty: &&Duty| {
        let of = &duty.content;
        format!("{} {} {} {:?} {:?}", duty.line, of.indicator, of.part.key(), of.post, of.due)
    };
    let lines: Vec<String> = duties.iter().map(line).collect();
    digest(lines.iter().map(String::as_str))
}

/// How the letter of a unit or post stands, with the one that was signed last.
pub(super) fn standing<'l>(
    board: &Board,
    letters: &'l [Letter],
    unit: Uuid,
    post: Option<Uuid>,
) -> (State, Option<&'l Letter>) {
    let last = letters.iter().find(|letter| letter.unit == unit && letter.post == post);
    let state = match last {
        None => State::Unsigned,
        Some(letter) if letter.content == content(&held(board, unit, post)) => State::Signed,
        Some(_) => State::Changed,
    };
    (state, last)
}

/// `GET /duty/letters`
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let letters = store::letters(&mut read.tx, here.campaign).await?;
    drop(read);
    let units = here.board.units.iter().filter(|unit| !held(&here.board, unit.id, None).is_empty());
    let all: Vec<(&Unit, State, Option<&Letter>)> = units
        .map(|unit| {
            let (state, last) = standing(&here.board, &letters, unit.id, None);
            (unit, state, last)
        })
        .collect();
    let wanted = State::ALL.into_iter().find(|state| here.query.get("state") == Some(state.key()));
    let tab = |state: State| {
        let n = all.iter().filter(|(_, own, _)| *own == state).count();
        let to = here.link(&format!("/duty/letters?state={}", state.key()));
        Tab::new(here.t(&format!("duty-letter-is-{}", state.key())), to, wanted == Some(state)).count(n)
    };
    let every = Tab::new(here.t("duty-gaps-all"), here.link("/duty/letters"), wanted.is_none()).count(all.len());
    let columns = vec![
        Column::text(here.t("duty-letter-state")).tight().phone(Phone::Inline),
        Column::text(here.t("duty-unit")),
        Column::text(here.t("unit-kind")).phone(Phone::Inline),
        Column::num(here.t("duty-all")),
        Column::text(here.t("duty-letter-signer")).phone(Phone::Named),
        Column::num(here.t("duty-letter-on")),
    ];
    let rows =
        all.iter().filter(|(_, state, _)| wanted.is_none_or(|wanted| *state == wanted)).map(|(unit, state, last)| {
            let href = here.link(&format!("/duty/letter/{}", unit.key));
            Row::new(vec![
                state.mark(&here).into(),
                html! { a.title href=(href) { (unit.name) } }.into(),
                here.t(&format!("unit-kind-{}", unit.kind.replace('_', "-"))).into(),
                held(&here.board, unit.id, None).len().to_string().into(),
                last.map_or(format::DASH, |letter| letter.signed_by.as_str()).into(),
                last.map_or_else(|| format::DASH.to_owned(), |letter| format::date(letter.signed_on)).into(),
            ])
        });
    let title = here.t("duty-letters");
    let body = html! {
        (PageHead::new(here.lang, &title).demo(here.demo).meta(here.t("duty-letters-about")))
        (tabs(&title, &std::iter::once(every).chain(State::ALL.into_iter().map(tab)).collect::<Vec<_>>()))
        (table_box("list", html! { (Table::new(here.lang, title.clone(), columns).rows(rows).stick()) }, html! {}))
    };
    here.page(&ctx, &title, false, body).await
}

/// What was typed into the form of a signing.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    signed_by: String,
    given_by: String,
    signed_on: String,
}

/// The last signing, and the form of the next one for whoever acts for the unit. Not printed: paper has its own lines.
pub(super) fn panel(
    here: &Here,
    may: bool,
    at: (&Unit, Option<Uuid>),
    letters: &[Letter],
    typed: Option<&Typed>,
    wrong: &[FieldProblem],
) -> Markup {
    let (unit, post) = at;
    let (state, last) = standing(&here.board, letters, unit.id, post);
    let first = Typed { signed_by: here.person(post), signed_on: format::date(here.today), ..Typed::default() };
    let typed = typed.unwrap_or(&first);
    let field = |name: &str, control: Control| {
        let error = wrong.iter().find(|p| p.field == name).map(|p| message(here.lang, &p.message));
        Field::new(here.lang, name, here.t(&format!("duty-letter-field-{}", name.replace('_', "-"))), control)
            .required(true)
            .error(error)
    };
    let action = here.link(&format!("/duty/letter/{}/sign", unit.key));
    let body = html! {
        p { (state.mark(here)) @if let Some(letter) = last { " " (said(here, letter)) } }
        @if may && state != State::Signed {
            (post_form(&action, false, html! {
                @if let Some(post) = post { (hidden("post", &post.to_string())) }
                (field("signed_by", Control::Text(typed.signed_by.clone())))
                (field("given_by", Control::Text(typed.given_by.clone())))
                (field("signed_on", Control::Date(typed.signed_on.clone())))
                div.hj-acts.start { (submit_button(&here.t("duty-letter-sign"), Button::Primary)) }
            }))
        }
    };
    html! { div.no-print { (panel_pad(&here.t("duty-letter-signing"), html! {}, body)) } }
}

/// 李建平 2009-03-02 签订，周明（综合科）登记，9 项。
fn said(here: &Here, letter: &Letter) -> String {
    ta(
        here.lang,
        "duty-letter-said",
        &[
            ("who", letter.signed_by.clone().into()),
            ("giver", letter.given_by.clone().into()),
            ("day", format::date(letter.signed_on).into()),
            ("n", letter.duties.into()),
            ("by", letter.made_by.clone().into()),
        ],
    )
}

/// `POST /duty/letter/{key}/sign`
pub(super) async fn sign(Path(key): Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let mut work = ctx.work().await?;
    let today = work.today();
    let here = Here::read(&ctx, &mut work.tx, today).await?;
    let unit = here.unit(&key)?;
    if !here.acts_for(&ctx, unit.id) {
        return Err(not_yours());
    }
    let post =
        Uuid::try_parse(form.text("post")).ok().and_then(|id| here.board.post(id)).filter(|post| post.unit == unit.id);
    let post = post.map(|post| post.id);
    let text = |name: &str| form.text(name).trim().chars().take(200).collect::<String>();
    let typed = Typed { signed_by: text("signed_by"), given_by: text("given_by"), signed_on: text("signed_on") };
    let mut wrong: Vec<FieldProblem> = Vec::new();
    let mut problem = |field: &str, message: Message| wrong.push(FieldProblem { field: field.to_owned(), message });
    for (name, value) in [("signed_by", &typed.signed_by), ("given_by", &typed.given_by)] {
        if value.is_empty() {
            problem(name, Message::new("field-required"));
        } else if value.chars().count() > NAME {
            problem(name, Message::new("field-too-long").arg("max", NAME));
        }
    }
    let signed_on = match day(&typed.signed_on) {
        Ok(Some(day)) if day > today => {
            problem("signed_on", Message::new("duty-letter-to-come"));
            None
        }
        Ok(None) => {
            problem("signed_on", Message::new("field-required"));
            None
        }
        Ok(day) => day,
        Err(why) => {
            problem("signed_on", why);
            None
        }
    };
    let duties = held(&here.board, unit.id, post);
    if duties.is_empty() {
        return Err(Error::Refused(Message::new("duty-letter-empty")));
    }
    let Some(signed_on) = signed_on.filter(|_| wrong.is_empty()) else {
        let letters = store::letters(&mut work.tx, here.campaign).await?;
        drop(work);
        let page = letter::page(&ctx, &here, (&key, post), &letters, Some(&typed), &wrong).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let new = Letter {
        id: work.new_id(),
        unit: unit.id,
        post,
        signed_on,
        signed_by: typed.signed_by,
        given_by: typed.given_by,
        duties: i64::try_from(duties.len()).unwrap_or(i64::MAX),
        content: content(&duties),
        at: work.now,
        made_by: work.actor.name.clone(),
    };
    store::sign(&mut work, here.campaign, &new).await?;
    work.commit().await?;
    let of = post.map(|post| format!("?post={post}")).unwrap_or_default();
    Ok(see_other(&here.link(&format!("/duty/letter/{key}{of}"))))
}

/// The summary above a form with problems.
pub(super) fn summary(here: &Here, wrong: &[FieldProblem]) -> Markup {
    let all: Vec<(String, String)> = wrong.iter().map(|p| (p.field.clone(), message(here.lang, &p.message))).collect();
    error_summary(here.lang, &all)
}
