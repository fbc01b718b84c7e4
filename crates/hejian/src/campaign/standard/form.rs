//! One indicator of a draft as a form: a field for each key of the format, with its name and help from there, and what is wrong
//! beside the field it is about.
//!
//! The rule that matters: the form is made from the format's own table; a key added there has its field here without a word.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind as Look, link_button, submit_button},
        form::{Choice, Control, Field, draft_saved, form_section, hidden, post_form_draft, save_bar},
        head::{PageHead, panel},
        html,
        query::Query,
    },
    web::{Ctx, Form, see_other},
};
use hejian_scoring::pack::{
    PackErrors,
    schema::{INDICATOR, Key, Kind, Need},
};
use uuid::Uuid;

use super::{
    Leads,
    block::{Block, is_scalar},
    edit::draft,
    guard, keeping,
    pack::{FILES, Texts},
    packs::{crumbs, marks, place, title},
    pinned, problems, stale,
    store::Version,
};

/// The parts of the form: what it is, what is measured, how points follow, how it is examined, the rest.
const PARTS: [(&str, &[&str]); 4] = [
    (
        "about",
        &["code", "area", "name_zh", "name_en", "kind", "points", "lead", "co", "words", "attainable_by", "cadence"],
    ),
    (
        "data",
        &[
            "level",
            "measure",
            "aggregation",
            "unit_condition",
            "also",
            "register",
            "available_in",
            "community_value",
            "community_value_why",
            "community_breakdown",
            "community_breakdown_why",
        ],
    ),
    ("points", &["rule", "rule_reason", "veto", "source", "threshold_confidence", "rule_confidence", "confidence"]),
    ("examination", &["methods", "evidence", "checklist"]),
];

/// The form's view of a draft.
struct Page<'a> {
    version: &'a Version,
    texts: &'a Texts,
    code: &'a str,
    block: Block,
    errors: Option<&'a PackErrors>,
    leads: Leads,
    saved: bool,
}

/// The address of an indicator's form.
pub(super) fn address(version: Uuid, code: &str) -> String {
    format!("{}/indicators/{code}", place(version))
}

fn block_of(texts: &Texts, code: &str) -> Result<Block> {
    Block::find(&texts.standard, code).ok_or(Error::NotFound { what: "thing-indicator" })
}

/// `GET /standard/packs/{id}/indicators/{code}`
pub(super) async fn open(Path((id, code)): Path<(String, String)>, ctx: Ctx) -> Result<Markup> {
    let (version, texts) = draft(&ctx, guard::id(&Path(id))?).await?;
    let block = block_of(&texts, &code)?;
    let errors = pinned::read(texts.clone()).await?.err();
    let leads = Leads::read(&mut ctx.read().await?.tx).await?;
    let saved = Query::parse(&ctx.place).get("saved").is_some();
    Page { version: &version, texts: &texts, code: &code, block, errors: errors.as_ref(), leads, saved }
        .page(&ctx)
        .await
}

/// The texts with what the form says.
fn typed(texts: &Texts, code: &str, form: &Form) -> Result<Texts> {
    let block = block_of(texts, code)?;
    let says = |key: &Key| match form.has(key.key) {
        true => form.all(key.key).next().unwrap_or_default().replace("\r\n", "\n"),
        false => block.shown(key),
    };
    Ok(Texts { standard: block.written(&texts.standard, says), ..texts.clone() })
}

/// `POST /standard/packs/{id}/indicators/{code}/check`: what is wrong with the form as it stands. Nothing is written.
pub(super) async fn check(Path((id, code)): Path<(String, String)>, ctx: Ctx, form: Form) -> Result<Response> {
    let (version, texts) = draft(&ctx, guard::id(&Path(id))?).await?;
    let texts = typed(&texts, &code, &form)?;
    let errors = pinned::read(texts.clone()).await?.err();
    if ctx.part {
        let edit = format!("{}/edit", place(version.id));
        return Ok(problems::list(ctx.lang, errors.as_ref(), &texts, &edit, "").into_response());
    }
    let version = Version { row_version: form.number("version", version.row_version), ..version };
    let (block, leads) = (block_of(&texts, &code)?, Leads::read(&mut ctx.read().await?.tx).await?);
    let page =
        Page { version: &version, texts: &texts, code: &code, block, errors: errors.as_ref(), leads, saved: false };
    Ok(page.page(&ctx).await?.into_response())
}

/// `POST /standard/packs/{id}/indicators/{code}`
pub(super) async fn save(Path((id, code)): Path<(String, String)>, ctx: Ctx, form: Form) -> Result<Response> {
    let id = guard::id(&Path(id))?;
    let (stands, before) = draft(&ctx, id).await?;
    let texts = typed(&before, &code, &form)?;
    let read = form.number("version", 0);
    if read != stands.row_version {
        return stale::page(&ctx, &stands, FILES[0], &before, &texts).await;
    }
    let head = keeping::head(&texts, &pinned::read(texts.clone()).await?.as_ref());
    let mut work = ctx.work().await?;
    keeping::save(&mut work, id, read, &head, &texts).await?;
    work.commit().await?;
    Ok(see_other(&format!("{}?saved=1", address(id, &code))))
}

impl Page<'_> {
    async fn page(&self, ctx: &Ctx) -> Result<Markup> {
        let lang = ctx.lang;
        let here = address(self.version.id, self.code);
        let edit = format!("{}/edit", place(self.version.id));
        let name = self.block.values.get("name_zh").map(|(_, name)| name.clone()).unwrap_or_default();
        let key = format!("standard/{}/{}", self.version.id, self.code);
        let texts = Query::new(&edit).with("file", FILES[0]).with("at", self.code).href();
        let body = html! {
            (PageHead::new(lang, &name).code(self.code).mark(marks(lang, self.version, None)).meta(title(lang, self.version))
                .act(link_button(&t(lang, "standard-as-text"), &texts, "", Look::Plain)))
            @if self.saved { (draft_saved(&key)) }
            div.edit-grid {
                (post_form_draft(&here, false, &key, self.version.row_version, self.form(lang, &here)))
                aside.stack {
                    (panel(&t(lang, "standard-check"), html! {}, html! { div.pad { (problems::list(lang, self.errors, self.texts, &edit, "")) } }))
                }
            }
        };
        let mut frame = Frame::new(format!("{} {name}", self.code), crumbs(ctx, Some(self.version), self.code));
        if self.saved {
            frame.toast = Some(hejian_kernel::ui::feedback::toast(&t(lang, "standard-draft-saved"), html! {}));
        }
        page(ctx, frame, body).await
    }

    fn form(&self, lang: Lang, here: &str) -> Markup {
        let listed = |key: &&Key| PARTS.iter().any(|(_, keys)| keys.contains(&key.key));
        let rest: Vec<&Key> = INDICATOR.keys.iter().filter(|key| !listed(key)).collect();
        html! {
            (hidden("version", &self.version.row_version.to_string()))
            div.stack hx-post=(format!("{here}/check")) hx-trigger="input delay:600ms" hx-target="#problems" hx-swap="outerHTML" hx-include="closest form" hx-sync="this:replace" {
                @for (part, keys) in PARTS {
                    (form_section(&t(lang, &format!("standard-part-{part}")), html! {}, html! {
                        @for key in keys.iter().filter_map(|key| INDICATOR.key(key)) { (self.field(lang, key)) }
                    }))
                }
                @if !rest.is_empty() { (form_section(&t(lang, "standard-part-rest"), html! {}, html! { @for key in rest { (self.field(lang, key)) } })) }
            }
            (save_bar(html! {
                (submit_button(&t(lang, "standard-save-draft"), Look::Primary))
                button.btn type="submit" formaction=(format!("{here}/check")) { (t(lang, "standard-check")) }
            }, &t(lang, "standard-save-help"), Some((&place(self.version.id), &t(lang, "standard-back")))))
        }
    }

    /// A key of the format as a row of the form.
    fn field(&self, lang: Lang, key: &'static Key) -> Markup {
        let value = self.block.shown(key);
        let (label, help) = match lang {
            Lang::ZhCn => (key.zh, key.help_zh),
            Lang::En => (key.en, key.help),
        };
        let lines = u8::try_from(value.lines().count().clamp(2, 24)).unwrap_or(24);
        let choices = |words: &[&str]| words.iter().map(|word| Choice::new(*word, *word)).collect::<Vec<_>>();
        let (control, wide) = match key.kind {
            _ if key.key == "lead" => (Control::Select(self.leads.choices(&value), value.clone()), false),
            Kind::Choice(words) => (Control::Select(choices(words), or_default(key, value)), false),
            Kind::YesNo => (Control::Select(choices(&["true", "false"]), or_default(key, value)), false),
            Kind::Number | Kind::Whole => (Control::Number(value), false),
            Kind::LongText => (Control::TextArea(value, 2), true),
            Kind::Texts => (Control::TextArea(value, lines), false),
            kind if is_scalar(kind) => (Control::Text(value), false),
            _ => (Control::TextArea(value, lines), true),
        };
        let help = if matches!(key.kind, Kind::Texts) {
            ta(lang, "standard-one-a-line", &[("help", help.into())])
        } else {
            help.to_owned()
        };
        let field = Field::new(lang, key.key, label, control)
            .help(help)
            .error(self.error(lang, key.key))
            .required(key.need == Need::Required)
            .readonly(key.key == "code")
            .wide(wide);
        html! { (field) }
    }

    /// What is wrong with a key of this indicator.
    fn error(&self, lang: Lang, key: &str) -> Option<String> {
        let of = self.errors?.0.iter().filter(|error| error.file == FILES[0]);
        let says: Vec<String> = of
            .filter(|error| self.block.key_at(error.line) == Some(key))
            .map(|error| problems::in_one(lang, &error.problem))
            .collect();
        (!says.is_empty()).then(|| says.join(" "))
    }
}

fn or_default(key: &Key, value: String) -> String {
    match key.need {
        Need::Default(default) if value.is_empty() => default.to_owned(),
        _ => value,
    }
}
