//! Somebody saved first: both texts line by line, and the text as typed, to be mended and saved over what stands now.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        form::{hidden, save_bar},
        head::{PageHead, panel},
        html, icon,
        query::Query,
    },
    web::Ctx,
};
use similar::{ChangeTag, TextDiff};

use super::{
    pack::Texts,
    packs::{crumbs, place, title},
    store::Version,
};

/// Lines around a difference.
const AROUND: usize = 2;

/// The page, with status 409: nothing was written.
pub(super) async fn page(ctx: &Ctx, stands: &Version, file: &str, now: &Texts, yours: &Texts) -> Result<Response> {
    let lang = ctx.lang;
    let (theirs, yours) = (now.file(file).unwrap_or_default(), yours.file(file).unwrap_or_default());
    let edit = format!("{}/edit", place(stands.id));
    let back = Query::new(&edit).with("file", file).href();
    let name = title(lang, stands);
    let says = ta(
        lang,
        "standard-stale",
        &[("who", stands.saved_by.clone().into()), ("when", format::moment(stands.saved_at).into())],
    );
    let body = html! {
        (PageHead::new(lang, &name))
        div.hj-note.yellow id="errors" role="alert" tabindex="-1" data-problems { (icon("warn")) div.grow { b { (says) } p { (t(lang, "standard-stale-help")) } } }
        (panel(&t(lang, "standard-stale-lines"), html! {}, lines(lang, theirs, yours)))
        form.stack.mt method="post" action=(edit) {
            (hidden("file", file)) (hidden("version", &stands.row_version.to_string()))
            div.hj-code data-editor {
                label.b for="f-text" { (t(lang, "standard-stale-yours")) }
                textarea.form-control id="f-text" name="text" rows="20" wrap="off" spellcheck="false" { "\n" (yours) }
            }
            (save_bar(submit_button(&t(lang, "standard-stale-save"), Kind::Primary), "", Some((&back, &t(lang, "standard-stale-drop")))))
        }
    };
    let frame = Frame::new(name, crumbs(ctx, Some(stands), &t(lang, "standard-edit")));
    Ok((StatusCode::CONFLICT, framed(ctx, frame, body).await?).into_response())
}

/// What differs, line by line: what stands now taken away, what was typed put in.
pub(super) fn lines(lang: Lang, before: &str, after: &str) -> Markup {
    let diff = TextDiff::from_lines(before, after);
    let groups = diff.grouped_ops(AROUND);
    html! {
        @if groups.is_empty() { p.pad.dim { (t(lang, "standard-same-text")) } }
        @else {
            div.hj-tw { table.hj-t.hj-lines {
                caption.sr { (t(lang, "standard-stale-lines")) }
                tbody {
                    @for (n, group) in groups.iter().enumerate() {
                        @if n > 0 { tr.grp { td colspan="3" { "…" } } }
                        @for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                            @let (class, sign) = match change.tag() { ChangeTag::Delete => ("del", "−"), ChangeTag::Insert => ("ins", "+"), ChangeTag::Equal => ("", "") };
                            tr class=[(!class.is_empty()).then_some(class)] {
                                td.num.dim { (change.old_index().or(change.new_index()).map(|at| (at + 1).to_string()).unwrap_or_default()) }
                                td.tight { (sign) }
                                td { code { (change.value().trim_end_matches('\n')) } }
                            }
                        }
                    }
                }
            } }
        }
    }
}
