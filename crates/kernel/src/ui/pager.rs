//! Pages of a list, and the bar of acts on ticked rows.
//!
//! The rule that matters: the pager says which rows of how many are shown; its links keep the query.

use maud::{Markup, html};

use super::icon_small;
use super::query::Query;
use crate::i18n::{Lang, format, t, ta};

/// The page sizes offered; the first is the default.
pub const PAGE_SIZES: [u64; 3] = [20, 50, 100];

/// Below a table: rows shown, page size, pages. `page` counts from 1; `per` is the page size; `total` the rows of the whole filter.
pub fn pager(lang: Lang, query: &Query, page: u64, per: u64, total: u64) -> Markup {
    let per = per.max(1);
    let last = total.div_ceil(per).max(1);
    let page = page.clamp(1, last);
    let number = |n: u64| format::int(i64::try_from(n).unwrap_or(i64::MAX));
    let from = (page - 1) * per + 1;
    let to = (page * per).min(total);
    let href = |n: u64| query.with("page", n.to_string()).href();
    html! {
        div.hj-page {
            span {
                @if total == 0 { (t(lang, "pager-none")) } @else {
                    (ta(lang, "pager-range", &[("from", number(from).into()), ("to", number(to).into()), ("total", number(total).into())]))
                }
            }
            @if total > PAGE_SIZES[0] {
                form.flex method="get" action=(query.path()) {
                    @for (name, value) in query.without("page").without("per").pairs() { input type="hidden" name=(name) value=(value); }
                    label.flex {
                        span.lt { (t(lang, "pager-per")) }
                        select.form-select name="per" data-submit {
                            @for size in PAGE_SIZES { option value=(size) selected[size == per] { (size) } }
                        }
                    }
                    noscript { button.btn.btn-sm type="submit" { (t(lang, "pager-go")) } }
                }
            }
            @if last > 1 {
                nav aria-label=(t(lang, "pager-nav")) {
                    @if page > 1 { a rel="prev" href=(href(page - 1)) aria-label=(t(lang, "pager-prev")) { (icon_small("left")) } }
                    @for slot in slots(page, last) {
                        @match slot {
                            Some(n) => a href=(href(n)) aria-current=[(n == page).then_some("page")] { (n) },
                            None => span aria-hidden="true" { "…" },
                        }
                    }
                    @if page < last { a rel="next" href=(href(page + 1)) aria-label=(t(lang, "pager-next")) { (icon_small("right")) } }
                }
            }
        }
    }
}

/// The pages linked: the ends, the present one and its neighbours; `None` where pages are left out.
fn slots(page: u64, last: u64) -> Vec<Option<u64>> {
    let mut shown: Vec<u64> = [1, 2, page.saturating_sub(1), page, page + 1, last.saturating_sub(1), last].to_vec();
    shown.retain(|n| (1..=last).contains(n));
    shown.sort_unstable();
    shown.dedup();
    let mut out = Vec::new();
    let mut before = 0;
    for n in shown {
        match n - before {
            2 => out.push(Some(n - 1)),
            gap if gap > 2 => out.push(None),
            _ => {}
        }
        out.push(Some(n));
        before = n;
    }
    out
}

/// The form of acts on the ticked rows of a [`super::table::Table::selectable`] table: `form` is the id both share, `acts` are buttons,
/// each with its `formaction` or `name=value`.
pub fn batch_bar(lang: Lang, form: &str, action: &str, acts: Markup) -> Markup {
    html! {
        form.hj-batch id=(form) method="post" action=(action) role="region" aria-label=(t(lang, "batch-label")) {
            span { (t(lang, "batch-chosen")) " " b data-checked-count {} }
            (acts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pager_says_which_rows_and_keeps_the_query() {
        let query = Query::parse("/premises?sub=S4&page=2");
        let html = pager(Lang::ZhCn, &query, 2, 20, 51).into_string();
        assert!(html.contains("第 21–40 行，共 51 行"));
        assert!(html.contains(r#"href="/premises?sub=S4&amp;page=3" aria-label="下一页""#));
        assert!(html.contains(r#"<a href="/premises?sub=S4&amp;page=2" aria-current="page">2</a>"#));
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last_one_and_nothing_is_no_page() {
        let query = Query::new("/p");
        assert!(pager(Lang::ZhCn, &query, 9, 20, 51).into_string().contains("第 41–51 行"));
        let none = pager(Lang::ZhCn, &query, 1, 20, 0).into_string();
        assert!(none.contains("共 0 行") && !none.contains("<nav"));
        assert!(pager(Lang::ZhCn, &query, 0, 0, 3).into_string().contains("第 1–1 行"));
    }

    #[test]
    fn long_lists_leave_pages_out_but_never_a_single_one() {
        assert_eq!(slots(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(slots(5, 8), [1, 2, 3, 4, 5, 6, 7, 8].map(Some));
        assert_eq!(slots(10, 20), [Some(1), Some(2), None, Some(9), Some(10), Some(11), None, Some(19), Some(20)]);
    }

    #[test]
    fn acts_on_ticked_rows_are_a_form() {
        let html = batch_bar(Lang::ZhCn, "batch", "/premises/batch", html! {}).into_string();
        assert!(
            html.contains(r#"id="batch" method="post" action="/premises/batch" role="region" aria-label="批量操作""#)
        );
    }
}
