//! A pack from its files as a new draft: whatever is wrong with it is shown in the editor, with its place.

use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Message, Result},
    i18n::{message, t},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        feedback::note,
        form::{Control, Field, form_section, post_form, save_bar},
        head::{PageHead, panel_pad},
        html,
        lamp::Tone,
    },
    web::{Ctx, see_other},
};
use hejian_scoring::pack::PackErrors;
use serde_json::json;

use super::{
    book, guard, keeping,
    pack::{FILES, Texts},
    packs::{LIST, crumbs, place},
    pinned, yaml,
};

/// The largest file: a pack has at most 4 MB.
const MOST: usize = 4 * 1024 * 1024;

/// `GET /standard/packs/import`
pub(super) async fn open(ctx: Ctx) -> Result<Markup> {
    guard::need(&ctx, &mut ctx.read().await?.tx, "standard.edit").await?;
    form(&ctx, None, None).await
}

/// `POST /standard/packs/import`
pub(super) async fn receive(ctx: Ctx, body: Result<Multipart, MultipartRejection>) -> Result<Response> {
    guard::need(&ctx, &mut ctx.read().await?.tx, "standard.edit").await?;
    let refused = |page: Markup| (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    let mut texts = match files(body).await {
        Ok(Given::Texts(texts)) => texts,
        Ok(Given::Book(name, bytes)) => match book::read(&mut ctx.read().await?.tx, name, bytes).await? {
            Ok(texts) => texts,
            Err(errors) => {
                let why = Message::new("standard-book-unread").arg("n", errors.0.len());
                return Ok(refused(form(&ctx, Some(&why), Some(&errors)).await?));
            }
        },
        Err(Error::Bad(why)) => return Ok(refused(form(&ctx, Some(&why), None).await?)),
        Err(error) => return Err(error),
    };
    texts.standard = yaml::set(&texts.standard, "state", "draft");
    let head = keeping::head(&texts, &pinned::read(texts.clone()).await?.as_ref());
    let mut work = ctx.work().await?;
    let id = keeping::draft(&mut work, "imported", &head, &texts, json!({})).await?;
    work.commit().await?;
    Ok(see_other(&format!("{}/edit", place(id))))
}

/// What was chosen: the files of a folder, or one workbook.
enum Given {
    Texts(Texts),
    Book(String, Vec<u8>),
}

/// The texts by the names of their files.
async fn files(body: Result<Multipart, MultipartRejection>) -> Result<Given> {
    let none = || Error::Bad(Message::new("standard-import-none"));
    let broken = |_| Error::Bad(Message::new("error-file-broken-off"));
    let mut body = body.map_err(|_| none())?;
    let mut texts = Texts::default();
    let mut got = 0;
    while let Some(mut field) = body.next_field().await.map_err(broken)? {
        let Some(name) = field.file_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned())
        else {
            continue;
        };
        if name.is_empty() {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await.map_err(broken)? {
            bytes.extend_from_slice(&part);
            if bytes.len() > MOST {
                return Err(Error::TooLarge { limit: MOST as u64 });
            }
        }
        if name.to_ascii_lowercase().ends_with(".xlsx") {
            return Ok(Given::Book(name, bytes));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::Bad(Message::new("standard-import-not-utf8").arg("name", &name)))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\0', "");
        let Some(place) =
            FILES.iter().find(|file| file.eq_ignore_ascii_case(&name)).and_then(|file| texts.file_mut(file))
        else {
            return Err(Error::Bad(
                Message::new("standard-import-unknown").arg("name", &name).arg("known", FILES.join("、")),
            ));
        };
        *place = text;
        got += 1;
    }
    if got == 0 {
        return Err(none());
    }
    for file in &FILES[..2] {
        if texts.file(file).is_none_or(|text| text.trim().is_empty()) {
            return Err(Error::Bad(Message::new("standard-import-missing").arg("name", file)));
        }
    }
    Ok(Given::Texts(texts))
}

async fn form(ctx: &Ctx, why: Option<&Message>, faults: Option<&PackErrors>) -> Result<Markup> {
    let lang = ctx.lang;
    let title = t(lang, "standard-import");
    let files =
        Field::new(lang, "file", t(lang, "standard-import-files"), Control::File(".xlsx,.yaml,.yml,.tsv".into(), true))
            .required(true)
            .help(t(lang, "standard-import-help"))
            .error(why.map(|why| message(lang, why)))
            .wide(true);
    let body = html! {
        (PageHead::new(lang, &title).meta(t(lang, "standard-import-about")))
        @if let Some(why) = why { (note(Tone::Red, html! { (message(lang, why)) }, html! {})) }
        @if let Some(errors) = faults { (panel_pad(&t(lang, "standard-check"), html! {}, book::faults(lang, errors))) }
        (post_form("/standard/packs/import", true, html! {
            (form_section(&t(lang, "standard-import-files"), html! {}, html! { (files) }))
            (save_bar(submit_button(&t(lang, "standard-import-do"), Kind::Primary), &t(lang, "standard-import-next"), Some((LIST, &t(lang, "standard-back")))))
        }))
    };
    let mut way = crumbs(ctx, None, &title);
    way.insert(1, hejian_kernel::ui::shell::Crumb::to(t(lang, "standard-versions"), LIST));
    page(ctx, Frame::new(title, way), body).await
}
