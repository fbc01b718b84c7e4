//! The editor of a draft: one file of the pack at a time, checked as it is typed, saved over the version that was read.
//!
//! The rule that matters: a draft may be wrong, and is kept as typed; what is lost is nothing. A save that comes too late writes
//! nothing and shows both texts.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Message, Result},
    i18n::{format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        form::{draft_saved, hidden, post_form_draft, save_bar},
        head::{PageHead, Tab, panel, tabs},
        html,
        query::Query,
    },
    web::{Ctx, Form, see_other},
};
use hejian_scoring::pack::PackErrors;
use uuid::Uuid;

use super::{
    guard, keeping,
    pack::{FILES, Texts},
    packs::{crumbs, marks, place, title},
    pinned, problems, stale,
    store::{self, Version},
};

/// The most characters a file may have: a pack has at most 4 MB.
const MOST: usize = 4 * 1024 * 1024;

/// What the editor shows.
struct Editor<'a> {
    version: &'a Version,
    texts: &'a Texts,
    file: &'a str,
    errors: Option<&'a PackErrors>,
    /// The line to begin at.
    line: Option<usize>,
    saved: bool,
}

/// `GET /standard/packs/{id}/edit?file=standard.yaml&at=D02`
pub(super) async fn open(id: Path<String>, ctx: Ctx) -> Result<Response> {
    let (version, texts) = draft(&ctx, guard::id(&id)?).await?;
    let query = Query::parse(&ctx.place);
    let file = file_of(query.get("file").unwrap_or_default())?;
    let errors = pinned::read(texts.clone()).await?.err();
    let line = match (query.get("line"), query.get("at")) {
        (Some(line), _) => line.parse().ok(),
        (None, Some(code)) => line_of(&texts, file, code),
        (None, None) => None,
    };
    let saved = query.get("saved").is_some();
    let editor = Editor { version: &version, texts: &texts, file, errors: errors.as_ref(), line, saved };
    Ok(editor.page(&ctx).await?.into_response())
}

/// `POST /standard/packs/{id}/check`: what is wrong with the text as it stands in the form. Nothing is written.
pub(super) async fn check(id: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let (version, mut texts) = draft(&ctx, guard::id(&id)?).await?;
    let file = typed(&form, &mut texts)?;
    let errors = pinned::read(texts.clone()).await?.err();
    if ctx.part {
        let edit = format!("{}/edit", place(version.id));
        return Ok(problems::list(ctx.lang, errors.as_ref(), &texts, &edit, file).into_response());
    }
    let read = Version { row_version: form.number("version", version.row_version), ..version };
    let editor = Editor { version: &read, texts: &texts, file, errors: errors.as_ref(), line: None, saved: false };
    Ok(editor.page(&ctx).await?.into_response())
}

/// `POST /standard/packs/{id}/edit`
pub(super) async fn save(id: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let id = guard::id(&id)?;
    let (stands, mut texts) = draft(&ctx, id).await?;
    let before = texts.clone();
    let file = typed(&form, &mut texts)?;
    let read = form.number("version", 0);
    if read != stands.row_version {
        return stale::page(&ctx, &stands, file, &before, &texts).await;
    }
    let checked = pinned::read(texts.clone()).await?;
    let head = keeping::head(&texts, &checked.as_ref());
    let mut work = ctx.work().await?;
    match keeping::save(&mut work, id, read, &head, &texts).await {
        Ok(()) => work.commit().await?,
        Err(Error::Stale { .. }) => {
            drop(work);
            let (stands, now) = draft(&ctx, id).await?;
            return stale::page(&ctx, &stands, file, &now, &texts).await;
        }
        Err(error) => return Err(error),
    }
    Ok(see_other(&Query::new(format!("{}/edit", place(id))).with("file", file).with("saved", "1").href()))
}

/// A draft with its texts, for whoever may edit it.
pub(super) async fn draft(ctx: &Ctx, id: Uuid) -> Result<(Version, Texts)> {
    let mut read = ctx.read().await?;
    guard::need(ctx, &mut read.tx, "standard.edit").await?;
    let version = store::one(&mut read.tx, id).await?;
    if !version.is_draft() {
        return Err(Error::Refused(Message::new("standard-frozen")));
    }
    let texts = store::texts(&mut read.tx, id).await?;
    Ok((version, texts))
}

/// Puts what was typed into the texts; answers the file.
fn typed(form: &Form, texts: &mut Texts) -> Result<&'static str> {
    let file = file_of(form.text("file"))?;
    let text = form.all("text").next().unwrap_or_default().replace("\r\n", "\n");
    if text.len() > MOST {
        return Err(Error::TooLarge { limit: MOST as u64 });
    }
    if let Some(place) = texts.file_mut(file) {
        *place = text;
    }
    Ok(file)
}

fn file_of(name: &str) -> Result<&'static str> {
    let name = if name.is_empty() { FILES[0] } else { name };
    FILES.into_iter().find(|file| *file == name).ok_or(Error::NotFound { what: "thing-file" })
}

/// The line at which an indicator or a measure begins.
fn line_of(texts: &Texts, file: &str, code: &str) -> Option<usize> {
    let begins = |line: &str| {
        let bare = line.trim_start().trim_start_matches("- ");
        ["code:", "id:"].iter().any(|key| bare.strip_prefix(key).is_some_and(|rest| rest.trim() == code))
    };
    texts.file(file)?.lines().position(begins).map(|at| at + 1)
}

impl Editor<'_> {
    async fn page(&self, ctx: &Ctx) -> Result<Markup> {
        let (lang, version) = (ctx.lang, self.version);
        let here = place(version.id);
        let name = title(lang, version);
        let mut head = PageHead::new(lang, &name)
            .mark(marks(lang, version, None))
            .meta(ta(
                lang,
                "standard-saved-by",
                &[("who", version.saved_by.clone().into()), ("when", format::moment(version.saved_at).into())],
            ))
            .act(link_button(&t(lang, "standard-look"), &here, "", Kind::Plain));
        if ctx.actor.may("standard.publish") {
            head = head.act(link_button(&t(lang, "standard-publish"), &format!("{here}/publish"), "", Kind::Plain));
        }
        let faults = |file: &str| self.errors.map_or(0, |errors| errors.0.iter().filter(|e| e.file == file).count());
        let files: Vec<Tab> = FILES
            .iter()
            .map(|file| {
                let tab =
                    Tab::new(*file, Query::new(format!("{here}/edit")).with("file", *file).href(), *file == self.file);
                if faults(file) > 0 { tab.count(faults(file)) } else { tab }
            })
            .collect();
        let draft = format!("standard/{}/{}", version.id, self.file);
        let body = html! {
            (head)
            @if self.saved { (draft_saved(&draft)) }
            (tabs(&t(lang, "standard-files"), &files))
            div.edit-grid {
                (post_form_draft(&format!("{here}/edit"), false, &draft, version.row_version, self.form(ctx, &here)))
                aside.stack {
                    (panel(&t(lang, "standard-check"), html! {}, html! { div.pad { (problems::list(lang, self.errors, self.texts, &format!("{here}/edit"), self.file)) } }))
                    (self.jumps(ctx, &here))
                }
            }
        };
        let mut frame = Frame::new(name, crumbs(ctx, Some(version), &t(lang, "standard-edit")));
        if self.saved {
            frame.toast = Some(hejian_kernel::ui::feedback::toast(&t(lang, "standard-draft-saved"), html! {}));
        }
        page(ctx, frame, body).await
    }

    /// Every indicator or measure of the file, each leading to its place in the text.
    fn jumps(&self, ctx: &Ctx, here: &str) -> Markup {
        let text = self.texts.file(self.file).unwrap_or_default();
        let begins = |line: &str| {
            ["- code: ", "- id: "].iter().find_map(|key| line.strip_prefix(key)).map(|code| code.trim().to_owned())
        };
        let mut codes: Vec<String> = text.lines().filter_map(begins).collect();
        codes.dedup();
        let to = |code: &str| Query::new(format!("{here}/edit")).with("file", self.file).with("at", code).href();
        html! {
            @if !codes.is_empty() {
                (panel(&ctx.t("standard-jump"), html! {}, html! { div.pad.std-jump { @for code in &codes { a href=(to(code)) data-at=(code) { (code) } " " } } }))
            }
        }
    }

    fn form(&self, ctx: &Ctx, here: &str) -> Markup {
        let lang = ctx.lang;
        let text = self.texts.file(self.file).unwrap_or_default();
        // The comment at the head explains the format; who edits wants to see what comes after it.
        let from = text.lines().position(|line| !line.starts_with('#')).map(|at| at + 1);
        html! {
            (hidden("file", self.file)) (hidden("version", &self.version.row_version.to_string()))
            div.hj-code data-editor {
                label.sr for="f-text" { (ta(lang, "standard-text-of", &[("file", self.file.into())])) }
                textarea.form-control id="f-text" name="text" rows="30" wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off"
                    aria-describedby="problems" data-goto=[self.line] data-from=[from]
                    hx-post=(format!("{here}/check")) hx-trigger="input delay:600ms" hx-target="#problems" hx-swap="outerHTML"
                    hx-include="closest form" hx-sync="this:replace" { "\n" (text) }
            }
            (save_bar(html! {
                (submit_button(&t(lang, "standard-save-draft"), Kind::Primary))
                button.btn type="submit" formaction=(format!("{here}/check")) { (t(lang, "standard-check")) }
            }, &t(lang, "standard-save-help"), Some((here, &t(lang, "standard-back")))))
        }
    }
}
