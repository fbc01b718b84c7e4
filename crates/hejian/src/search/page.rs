//! `/search?q=`: what was found, kind by kind, with what was looked for marked.

use hejian_kernel::{
    error::Result,
    i18n::{Lang, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        feedback::empty,
        head::{PageHead, panel},
        html,
        query::Query,
    },
    web::Ctx,
};

use super::find::{self, Group};

/// The page.
pub(super) async fn page(ctx: Ctx) -> Result<Markup> {
    let lang = ctx.lang;
    let query = Query::parse(&ctx.place);
    let text = query.get("q").unwrap_or_default().trim().to_owned();
    let words = find::words(&text);
    let groups = find::all(&ctx, &text).await?;
    let total: i64 = groups.iter().map(|group| group.total).sum();
    let comma = t(lang, "todo-load-comma");
    let kinds: Vec<String> = find::kinds(&ctx).iter().map(|key| label(lang, key)).collect();
    let kinds = ta(lang, "search-kinds", &[("kinds", kinds.join(&comma).into())]);
    let meta = if words.is_empty() { String::new() } else { ta(lang, "search-found", &[("n", total.into())]) };
    let body = html! {
        (PageHead::new(lang, t(lang, "search-title")).meta(meta))
        form.hj-filter role="search" action="/search" {
            label.grow.q {
                span.sr { (t(lang, "search-title")) }
                input.form-control type="search" name="q" value=(text) placeholder=(t(lang, "shell-search-hint")) autocomplete="off" maxlength="100";
            }
            button.btn.btn-primary type="submit" { (t(lang, "search-go")) }
        }
        @if words.is_empty() {
            div.hj-tw { (empty("search", &kinds, html! {})) }
        } @else if groups.is_empty() {
            div.hj-tw { (empty("search", &format!("{}{kinds}", t(lang, "search-none")), html! {})) }
        } @else {
            div.stack.mt id="found" { @for group in &groups { (found(lang, group, &words)) } }
        }
    };
    framed(&ctx, Frame::new(t(lang, "search-title"), Vec::new()), body).await
}

fn label(lang: Lang, key: &str) -> String {
    if key.starts_with("register-") { t(lang, key) } else { t(lang, &format!("search-{key}")) }
}

fn found(lang: Lang, group: &Group, words: &[String]) -> Markup {
    let name = format!("{} {}", label(lang, &group.key), group.total);
    let more = i64::try_from(group.hits.len()).is_ok_and(|shown| group.total > shown);
    let all = html! {
        @if more {
            @match &group.all {
                Some(href) => a href=(href) { (ta(lang, "search-all", &[("n", group.total.into())])) },
                None => span.dim.xs { (ta(lang, "search-first", &[("n", group.hits.len().into())])) },
            }
        }
    };
    let body = html! {
        ul.mini {
            @for hit in &group.hits {
                li { span.grow { a href=(hit.href) { (marked(&hit.title, words)) } @if !hit.about.is_empty() { span.sub { (marked(&hit.about, words)) } } } }
            }
        }
    };
    panel(&name, all, body)
}

/// The text with every place of one of the words (in lower case) marked.
pub(super) fn marked(text: &str, words: &[String]) -> Markup {
    // Position by position over characters: lower case may be of another length in bytes.
    let chars: Vec<char> = text.chars().collect();
    let lower: Vec<String> = chars.iter().map(|c| c.to_lowercase().collect()).collect();
    // Where a word that begins here ends.
    let end_of = |from: usize, word: &str| {
        let (mut rest, mut end) = (word, from);
        while !rest.is_empty() {
            rest = rest.strip_prefix(lower.get(end)?.as_str())?;
            end += 1;
        }
        Some(end)
    };
    let (mut parts, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let end = words.iter().filter_map(|word| end_of(at, word)).max();
        let to = end.unwrap_or(at + 1);
        parts.push((end.is_some(), chars[at..to].iter().collect::<String>()));
        at = to;
    }
    html! { @for (hit, part) in parts { @if hit { mark { (part) } } @else { (part) } } }
}
