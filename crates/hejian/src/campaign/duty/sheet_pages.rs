//! The 任务分解表 out and in: download, upload, preview, writing, and the user's own file with what is wrong with it.
//!
//! The rule that matters: what is confirmed is what was seen: the digest of the preview travels with the button.

use axum::{
    extract::{Multipart, Path, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Message, Result},
    files::FilesError,
    i18n::{message, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, submit_button},
        feedback::{note, steps},
        form::{Control, Field, form_section, hidden, post_form, save_bar},
        head::{PageHead, panel, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
        tiles::{Tile, tiles},
    },
    web::{Ctx, Form, see_other},
};
use hejian_scoring::workbook::{Sheet, sheets_of_xlsx, xlsx_of_sheets};

use super::{
    gaps::gaps,
    here::{Here, not_yours},
    import_plan::{ImportPlan, plan},
    model::Content,
    sheet_parts::{SHOWN, deputies, faults, listed},
    sheets::lay,
    store::{Act, persons},
};
use crate::{campaign::standard::keeping::digest, organisation::wish_deputy};

/// The largest workbook.
pub(super) const MOST: usize = 5 * 1024 * 1024;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /duty/workbook`
pub(super) async fn download(ctx: Ctx) -> Result<Response> {
    let here = Here::open(&ctx).await?;
    let bytes =
        xlsx_of_sheets(&lay(&here.board, &here.standard)).map_err(|error| Error::Internal(error.to_string()))?;
    file("任务分解表.xlsx", bytes)
}

pub(super) fn file(name: &str, bytes: Vec<u8>) -> Result<Response> {
    let encoded = Query::new("").with("n", name).href();
    let says = format!("attachment; filename*=UTF-8''{}", encoded.trim_start_matches("?n="));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(XLSX));
    let says = HeaderValue::from_str(&says).map_err(|error| Error::Internal(error.to_string()))?;
    headers.insert(header::CONTENT_DISPOSITION, says);
    Ok(response)
}

/// `GET /duty/import`
pub(super) async fn open(ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    form(&ctx, &here, None).await
}

async fn form(ctx: &Ctx, here: &Here, why: Option<&Message>) -> Result<Markup> {
    let lang = here.lang;
    let title = here.t("duty-import-title");
    let field = Field::new(lang, "file", here.t("duty-import-file"), Control::File(".xlsx".into(), false))
        .required(true)
        .help(here.t("duty-import-help"))
        .error(why.map(|why| message(lang, why)))
        .wide(true);
    let labels = [here.t("import-step-file"), here.t("import-step-check"), here.t("import-step-write")];
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let body = html! {
        (PageHead::new(lang, &title)
            .act(link_button(&here.t("duty-acts"), &here.link("/duty/acts"), "", Button::Plain))
            .act(link_button(&here.t("duty-export"), &here.link("/duty/workbook"), "export", Button::Plain)))
        (steps(&labels, 0))
        @if !here.assigns { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
        @else {
            (post_form(&here.link("/duty/import"), true, html! {
                (form_section(&title, html! {}, html! { (field) }))
                (save_bar(submit_button(&here.t("import-check"), Button::Primary), "", Some((&here.link("/duty"), &here.t("duty-back")))))
            }))
            (panel_pad(&here.t("duty-import-rules"), html! {}, html! {
                ul.sm { @for n in 1..=5 { li { (here.t(&format!("duty-import-rule-{n}"))) } } }
            }))
        }
    };
    here.page(ctx, &title, false, body).await
}

/// `POST /duty/import`
pub(super) async fn receive(ctx: Ctx, body: Result<Multipart, MultipartRejection>) -> Result<Response> {
    let here = Here::open(&ctx).await?;
    if !here.assigns {
        return Err(not_yours());
    }
    let found = match upload(body).await {
        Ok((name, bytes)) => match sheets_of_xlsx(&bytes) {
            Ok(sheets) if plan(&here.board, &here.standard, &sheets).is_some() => Ok((name, bytes)),
            Ok(_) => Err(Message::new("duty-import-no-heads")),
            Err(_) => Err(Message::new("duty-import-unreadable")),
        },
        Err(Error::Bad(why)) => Err(why),
        Err(error) => return Err(error),
    };
    match found {
        Ok((name, bytes)) => {
            let stored = ctx.app.files.put(bytes.into()).await?;
            let to = Query::new(format!("/duty/import/{}", stored.sha256)).with("name", name);
            Ok(see_other(&here.link(&to.href())))
        }
        Err(why) => Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &here, Some(&why)).await?).into_response()),
    }
}

async fn upload(body: Result<Multipart, MultipartRejection>) -> Result<(String, Vec<u8>)> {
    let none = || Error::Bad(Message::new("duty-import-none"));
    let broken = |_| Error::Bad(Message::new("error-file-broken-off"));
    let mut body = body.map_err(|_| none())?;
    while let Some(mut field) = body.next_field().await.map_err(broken)? {
        let Some(name) = field.file_name().map(ToOwned::to_owned).filter(|name| !name.is_empty()) else { continue };
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await.map_err(broken)? {
            bytes.extend_from_slice(&part);
            if bytes.len() > MOST {
                return Err(Error::TooLarge { limit: MOST as u64 });
            }
        }
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(80).collect();
        return if bytes.is_empty() { Err(none()) } else { Ok((name, bytes)) };
    }
    Err(none())
}

/// The workbook that was uploaded, held against what stands now.
pub(super) async fn planned(ctx: &Ctx, here: &Here, sha256: &str) -> Result<(Vec<u8>, Vec<Sheet>, ImportPlan)> {
    let gone = || Error::NotFound { what: "thing-file" };
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(gone());
    }
    let bytes = ctx.app.files.get(sha256).await.map_err(|error| match error {
        FilesError::Gone { .. } => gone(),
        other => other.into(),
    })?;
    let sheets = sheets_of_xlsx(&bytes).map_err(|_| gone())?;
    let mut plan = plan(&here.board, &here.standard, &sheets).ok_or_else(gone)?;
    if !plan.deputies.is_empty() {
        plan.hold_deputies(&persons(&mut ctx.read().await?.tx).await?);
    }
    Ok((bytes.to_vec(), sheets, plan))
}

/// Says the same for the same outcome.
fn seen(plan: &ImportPlan) -> String {
    let added = plan.added.iter().map(|content| format!("+ {content:?}"));
    let changed = plan.changed.iter().map(|(duty, content)| format!("~ {} {content:?}", duty.id));
    let ended = plan.ended.iter().map(|duty| format!("- {}", duty.id));
    let deputies = plan.deputies.iter().map(|of| format!("b {} {}", of.post, of.name));
    let all: Vec<String> = added.chain(changed).chain(ended).chain(deputies).collect();
    digest(all.iter().map(String::as_str))
}

/// `GET /duty/import/{sha256}`
pub(super) async fn preview(Path(sha256): Path<String>, ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let (_, _, plan) = planned(&ctx, &here, &sha256).await?;
    show(&ctx, &here, &sha256, &plan, None).await
}

async fn show(ctx: &Ctx, here: &Here, sha256: &str, plan: &ImportPlan, why: Option<&str>) -> Result<Markup> {
    let lang = here.lang;
    let title = here.t("duty-import-title");
    let name = here.query.get("name").unwrap_or_default();
    let at = |rest: &str| here.link(&Query::new(format!("/duty/import/{sha256}{rest}")).with("name", name).href());
    let left = gaps(&here.board.with(plan.claimed.clone()), &here.standard.pack);
    let labels = [here.t("import-step-file"), here.t("import-step-check"), here.t("import-step-write")];
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let tile =
        |tone: Tone, key: &str, n: usize| Tile::tag(tag(tone, &here.t(key)), n.to_string()).unit(here.t("duty-items"));
    let written = if plan.faults.is_empty() {
        here.n("duty-import-write", plan.writes())
    } else {
        ta(lang, "duty-import-write-sound", &[("n", plan.writes().into()), ("skipped", plan.faults.len().into())])
    };
    let changed: Vec<Content> = plan.changed.iter().map(|(_, content)| content.clone()).collect();
    let ended: Vec<Content> = plan.ended.iter().map(|duty| duty.content.clone()).collect();
    let body = html! {
        (PageHead::new(lang, &title).meta(name))
        (steps(&labels, 1))
        @if let Some(why) = why { (note(Tone::Red, html! { (why) }, html! {})) }
        (tiles(&[
            tile(Tone::Red, "import-error", plan.faults.len()), tile(Tone::Green, "import-new", plan.added.len()),
            tile(Tone::Yellow, "import-changed", plan.changed.len()), tile(Tone::Line, "duty-import-ended", plan.ended.len()),
            tile(Tone::Plain, "import-same", plan.same), tile(Tone::Plain, "duty-import-gaps", left.len()),
        ]))
        div.stack.mt {
            @if !plan.faults.is_empty() {
                (panel(&here.t("import-error"), link_button(&here.t("duty-import-marked"), &at("/faults"), "export", Button::Small), faults(here, plan)))
            }
            @if !left.is_empty() {
                (panel_pad(&here.t("duty-import-gaps"), html! {}, html! {
                    ul.mini.flush {
                        @for gap in left.iter().take(SHOWN) {
                            li { (tag(Tone::Red, &here.t(&format!("duty-gap-{}", gap.kind.key()))))
                                span.grow { (gap.code) " " @if let Some(unit) = gap.unit { (here.board.unit_name(unit)) } span.sub { (super::gaps_page::says(here, gap)) } } }
                        }
                        @if left.len() > SHOWN { li.dim { (here.n("import-more", left.len() - SHOWN)) } }
                    }
                }))
            }
            (listed(here, "import-new", &plan.added))
            (listed(here, "import-changed", &changed))
            (listed(here, "duty-import-ended", &ended))
            (deputies(here, plan))
            @if !here.assigns { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
            @else if plan.writes() == 0 { (note(Tone::Blue, html! { (here.t("duty-import-nothing")) }, link_button(&here.t("import-other-file"), &here.link("/duty/import"), "", Button::Small))) }
            @else {
                (post_form(&at(""), false, html! {
                    (hidden("seen", &seen(plan)))
                    (save_bar(submit_button(&written, Button::Primary), &here.t("duty-import-undo-until"), Some((&here.link("/duty/import"), &here.t("import-cancel")))))
                }))
            }
        }
    };
    here.page(ctx, &title, false, body).await
}

/// `POST /duty/import/{sha256}`
pub(super) async fn write(Path(sha256): Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let mut work = ctx.work().await?;
    let here = Here::assigning(&ctx, &mut work).await?;
    let (_, _, plan) = planned(&ctx, &here, &sha256).await?;
    if form.text("seen") != seen(&plan) {
        drop(work);
        let why = here.t("import-changed-meanwhile");
        let page = show(&ctx, &here, &sha256, &plan, Some(&why)).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    let mut act = Act::new(here.campaign, "import", "").file(here.query.get("name").unwrap_or_default());
    let wishes = !plan.deputies.is_empty();
    for of in &plan.deputies {
        let Some(post) = here.board.post(of.post) else { continue };
        let title = format!("{} {} → {}", here.board.unit_name(post.unit), post.name, of.name);
        wish_deputy(&mut work, ctx.app.roles, post.id, post.unit, &title).await?;
    }
    plan.ended.iter().for_each(|duty| act.end(duty));
    for (duty, content) in plan.changed {
        act.change(&work, &duty, content);
    }
    // Shares of subdistricts first: those of their communities name them.
    let (mut above, below): (Vec<Content>, Vec<Content>) =
        plan.added.into_iter().partition(|of| here.board.unit(of.unit).is_none_or(|unit| unit.kind != "community"));
    let mut lines = std::collections::HashMap::new();
    for content in above.drain(..) {
        let place = (content.indicator.clone(), content.unit);
        lines.insert(place, act.begin(&work, content));
    }
    for mut content in below {
        let parent = here.board.unit(content.unit).and_then(|unit| unit.parent);
        content.parent = parent.and_then(|unit| {
            let begun = lines.get(&(content.indicator.clone(), unit)).copied();
            begun.or_else(|| here.board.at(&content.indicator, unit).map(|duty| duty.line))
        });
        act.begin(&work, content);
    }
    let writes = !act.is_empty();
    if writes {
        act.write(&mut work, &here).await?;
    }
    if writes || wishes {
        work.commit().await?;
    }
    Ok(see_other(&here.link("/duty/acts")))
}
