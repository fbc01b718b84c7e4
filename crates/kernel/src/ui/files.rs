//! Attachments: pictures with their words, other files as rows.
//!
//! The rule that matters: a picture has a description, a file its size and what it is evidence of.

use maud::{Markup, html};

use super::icon;
use super::lamp::{Tone, tag};
use crate::i18n::format;

/// A picture or drawing.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// Where the whole file opens.
    pub href: String,
    /// Address of the picture shown.
    pub image: String,
    /// What it shows: 办事大厅照片.
    pub alt: String,
    /// Its name.
    pub caption: String,
    /// A quiet second line: 05-18 09:42.
    pub sub: String,
}

/// Pictures, three a line.
pub fn figures(items: &[Figure]) -> Markup {
    html! {
        div.hj-files {
            @for item in items {
                figure {
                    a href=(item.href) { img src=(item.image) alt=(item.alt) loading="lazy"; }
                    figcaption { (item.caption) @if !item.sub.is_empty() { br; span.dim { (item.sub) } } }
                }
            }
        }
    }
}

/// A file as a row.
#[derive(Debug, Clone, Default)]
pub struct FileRow {
    /// Its name.
    pub name: String,
    /// Where it opens.
    pub href: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is evidence of: 产权证; may be empty.
    pub kind: String,
    /// Who added it when; may be empty.
    pub sub: String,
    /// Buttons at the end; may be empty.
    pub acts: Markup,
}

/// Files, one a line.
pub fn file_rows(items: &[FileRow]) -> Markup {
    html! {
        @for item in items {
            div.hj-filerow {
                (icon("doc"))
                span.grow {
                    a href=(item.href) { (item.name) } " " span.dim { (format::bytes(item.size)) }
                    @if !item.sub.is_empty() { " " span.dim.xs { (item.sub) } }
                }
                @if !item.kind.is_empty() { (tag(Tone::Line, &item.kind)) }
                (item.acts)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_description_and_opens() {
        let figure =
            Figure {
                href: "/f/1".into(), image: "/f/1/small".into(), alt: "办事大厅照片".into(), ..Figure::default()
            };
        let html = figures(&[figure]).into_string();
        assert!(html.contains(r#"<a href="/f/1"><img src="/f/1/small" alt="办事大厅照片" loading="lazy"></a>"#));
    }

    #[test]
    fn a_file_shows_size_and_kind() {
        let row =
            FileRow { name: "平面图.dwg".into(), size: 819_200, kind: "平面图".into(), ..FileRow::default() };
        let html = file_rows(&[row]).into_string();
        assert!(html.contains("800.0 KB") && html.contains(r#"<span class="hj-tag line">平面图</span>"#));
    }
}
