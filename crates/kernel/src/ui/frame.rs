//! The frame around every page: top bar, chapters, main part, bottom bar of the phone.
//!
//! Owns [`page`] for signed-in pages and [`bare_page`] for sign-in and problems. The rule that matters: the menus work without script:
//! they are `<details>` with forms that POST to the addresses named in [`super::shell`] and come back to [`Shell::path`].

use maud::{DOCTYPE, Markup, html};

use super::shell::{Crumb, NavGroup, NavItem, PREFERENCES, SIGN_OUT, SWITCH_POST, Shell, Theme, TypeSize, UserBox};
use super::{assets, icon, icon_small};
use crate::i18n::{Lang, t, ta};

/// A whole page for somebody signed in. `body` begins with the page head.
pub fn page(shell: &Shell, body: Markup) -> Markup {
    let lang = shell.lang;
    let body = html! {
        a.hj-skip href="#main" { (t(lang, "shell-skip")) }
        header.hj-top {
            @if !shell.nav.is_empty() {
                button.hj-tool.hj-burger type="button" data-toggle-side aria-controls="side" aria-expanded="false"
                    aria-label=(t(lang, "shell-open-nav")) { (icon("menu")) }
                // Without script the button is dead; a link to the side bar opens it (`.hj-side:target`).
                noscript { a.hj-tool.hj-burger href="#side" { (t(lang, "shell-open-nav")) } }
            }
            a.hj-brand href=(if shell.home.is_empty() { "/" } else { &shell.home }) {
                (mark()) span.hj-opt { (t(lang, "brand")) } @if !shell.district.is_empty() { small { (shell.district) } }
            }
            @if let Some(search) = &shell.search { (search_box(lang, search)) } @else { span.end {} }
            @if shell.demo { (demo_mark(lang)) }
            @if let Some((href, unread)) = &shell.messages { (bell(lang, href, *unread)) }
            (display_menu(shell))
            @if let Some(user) = &shell.user { (user_menu(shell, user)) }
        }
        div.hj-body {
            nav.hj-side id="side" aria-label=(t(lang, "shell-nav")) { @for group in &shell.nav { (chapter(group)) } }
            main.hj-main id="main" tabindex="-1" {
                @if !assets::built() { p role="note" { (t(lang, "shell-no-assets")) } }
                (crumbs(lang, &shell.crumbs))
                (body)
            }
        }
        @if !shell.tabbar.is_empty() { (tab_bar(shell)) }
        div id="toast" aria-live="polite" { @if let Some(toast) = &shell.toast { (toast) } }
    };
    document(shell, &shell.body_class, body)
}

/// A whole page without navigation: sign-in, set-up, problems. `body` fills `main.lg`: an introduction (`section.lg-l`) beside a panel.
pub fn bare_page(shell: &Shell, body: Markup) -> Markup {
    let lang = shell.lang;
    let body = html! {
        a.hj-skip href="#main" { (t(lang, "shell-skip")) }
        header.lg-top {
            a.hj-brand href=(if shell.home.is_empty() { "/" } else { &shell.home }) {
                (mark()) (t(lang, "brand")) @if !shell.district.is_empty() { small { (shell.district) } }
            }
            form.end.flex.sm method="post" action=(PREFERENCES) {
                (back_fields(shell))
                @let (size, theme) = (shell.size == TypeSize::Large, shell.theme == Theme::Dark);
                button.hj-tool name="size" value=(if size { "normal" } else { "large" }) aria-pressed=(size.to_string()) {
                    (t(lang, "shell-large-short"))
                }
                button.hj-tool name="theme" value=(if theme { "light" } else { "dark" }) aria-pressed=(theme.to_string()) {
                    (t(lang, "shell-dark"))
                }
                button.hj-tool name="lang" value=(lang.other().tag()) lang=(lang.other().tag()) { (lang.other().own_name()) }
            }
        }
        main.lg id="main" tabindex="-1" {
            @if !assets::built() { p role="note" { (t(lang, "shell-no-assets")) } }
            (body)
        }
        footer.lg-foot {
            p { b { (t(lang, "shell-not-secret")) } }
            p.dim { @if !shell.imprint.is_empty() { (shell.imprint) "　　" } (t(lang, "shell-browsers")) }
        }
    };
    document(shell, "p-login", body)
}

/// Head and body with the modes of the user on the root element.
fn document(shell: &Shell, class: &str, body: Markup) -> Markup {
    let lang = shell.lang;
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) data-bs-theme=(shell.theme.tag()) data-size=(shell.size.tag())
            data-account=[(!shell.account.is_empty()).then_some(&shell.account)] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(shell.theme.tag());
                title { @if !shell.title.is_empty() { (shell.title) " · " } (t(lang, "brand")) }
                @if assets::has_asset("mark.svg") { link rel="icon" href=(assets::asset_url("mark.svg")) type="image/svg+xml"; }
                @if assets::built() { link rel="stylesheet" href=(assets::asset_url("app.css")); }
                @if assets::has_asset("print.css") { link rel="stylesheet" href=(assets::asset_url("print.css")) media="print"; }
                @if assets::has_asset("app.js") { script src=(assets::asset_url("app.js")) defer {} }
                @for name in &shell.scripts {
                    @if assets::has_asset(name) { script src=(assets::asset_url(name)) defer {} }
                }
            }
            body class=(format!("hj {class}").trim_end()) { (assets::sprite_inline()) (body) }
        }
    }
}

/// The product's mark.
fn mark() -> Markup {
    html! {
        svg.hj-mark viewBox="0 0 26 26" aria-hidden="true" {
            rect x="1" y="1" width="24" height="24" rx="3" fill="none" stroke="currentColor" stroke-width="1.5" {}
            path d="M5 9.5h7.5M8.7 6v14M8.5 10.5 5 16M9 10.5l3 4M15.5 9.5h5.5v8h-5.5z" fill="none" stroke="currentColor"
                stroke-width="1.7" stroke-linecap="round" {}
        }
    }
}

/// The quiet mark of synthetic or inferred figures: 演示数据.
pub fn demo_mark(lang: Lang) -> Markup {
    html! { span.hj-demo title=(t(lang, "shell-demo-why")) { (t(lang, "shell-demo")) } }
}

fn crumbs(lang: Lang, crumbs: &[Crumb]) -> Markup {
    html! {
        @if !crumbs.is_empty() {
            nav.hj-crumb aria-label=(t(lang, "shell-here")) {
                @for (i, crumb) in crumbs.iter().enumerate() {
                    @if i > 0 { span aria-hidden="true" { "/" } }
                    @match &crumb.href {
                        Some(href) => a href=(href) { (crumb.label) },
                        None => span { (crumb.label) },
                    }
                }
            }
        }
    }
}

fn search_box(lang: Lang, action: &str) -> Markup {
    html! {
        form.hj-search role="search" action=(action) {
            label.sr for="q" { (t(lang, "shell-search")) }
            (icon_small("search"))
            input id="q" name="q" type="search" placeholder=(t(lang, "shell-search-hint")) autocomplete="off" data-focus-key="/";
            kbd aria-hidden="true" { "/" }
        }
    }
}

/// The messages: their count stands in the name too, for whoever cannot see the figure.
fn bell(lang: Lang, href: &str, unread: u64) -> Markup {
    let shown = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
    html! {
        a.hj-tool.hj-bell href=(href) aria-label=(ta(lang, "shell-messages", &[("n", unread.into())])) {
            (icon("bell")) @if unread > 0 { span.n { (shown) } }
        }
    }
}

fn back_fields(shell: &Shell) -> Markup {
    html! { input type="hidden" name="back" value=(shell.path); }
}

fn display_menu(shell: &Shell) -> Markup {
    let lang = shell.lang;
    let choice = |name: &str, value: &str, on: bool, label: String| {
        html! { button name=(name) value=(value) aria-pressed=(on.to_string()) { (label) } }
    };
    html! {
        details.hj-menu.hj-optm {
            summary.hj-tool aria-label=(t(lang, "shell-display")) { (icon("moon")) }
            div.hj-pop {
                form method="post" action=(PREFERENCES) {
                    (back_fields(shell))
                    h3 { (t(lang, "shell-theme")) }
                    (choice("theme", "light", shell.theme == Theme::Light, t(lang, "shell-light")))
                    (choice("theme", "dark", shell.theme == Theme::Dark, t(lang, "shell-dark")))
                    hr;
                    h3 { (t(lang, "shell-size")) }
                    (choice("size", "normal", shell.size == TypeSize::Normal, t(lang, "shell-normal")))
                    (choice("size", "large", shell.size == TypeSize::Large, t(lang, "shell-large")))
                    hr;
                    h3 { (t(lang, "shell-language")) }
                    @for other in Lang::ALL { (choice("lang", other.tag(), other == lang, other.own_name().to_owned())) }
                }
            }
        }
    }
}

fn user_menu(shell: &Shell, user: &UserBox) -> Markup {
    let lang = shell.lang;
    html! {
        details.hj-menu {
            summary.hj-tool.hj-post aria-label=(ta(lang, "shell-user", &[("name", user.name.clone().into())])) {
                (icon("user")) b { (user.name) } span { (user.post) } (icon_small("down"))
            }
            div.hj-pop {
                @if user.posts.len() > 1 {
                    h3 { (t(lang, "shell-post")) }
                    form method="post" action=(SWITCH_POST) {
                        (back_fields(shell))
                        @for post in &user.posts {
                            button name="post" value=(post.id) aria-current=[post.current.then_some("true")] {
                                span.grow { (post.label) }
                                @if let Some(badge) = &post.badge { span.dim { (badge) } }
                            }
                        }
                    }
                    hr;
                } @else if !user.post.is_empty() {
                    h3 { (t(lang, "shell-only-post")) "　" (user.post) }
                }
                @if let Some(href) = &user.profile { a href=(href) { (t(lang, "shell-profile")) } }
                form method="post" action=(SIGN_OUT) { button { (t(lang, "shell-sign-out")) } }
            }
        }
    }
}

fn nav_link(item: &NavItem) -> Markup {
    html! {
        a href=(item.href) aria-current=[item.current.then_some("page")] {
            @if let Some(name) = &item.icon { (icon(name)) }
            (item.label)
            @if let Some(badge) = &item.badge { span class=(if badge.urgent { "n n-red" } else { "n" }) { (badge.text) } }
        }
    }
}

fn chapter(group: &NavGroup) -> Markup {
    let plain = |item: &NavItem| NavItem { icon: None, ..item.clone() };
    html! {
        @if group.label.is_empty() {
            @for item in &group.items { (nav_link(item)) }
        } @else if !group.items.is_empty() {
            details open[group.items.iter().any(|item| item.current)] {
                summary { (icon(&group.icon)) (group.label) }
                @for item in &group.items { (nav_link(&plain(item))) }
            }
        }
    }
}

fn tab_bar(shell: &Shell) -> Markup {
    html! {
        nav.hj-tabbar aria-label=(t(shell.lang, "shell-common")) {
            @for item in shell.tabbar.iter().take(4) { (nav_link(&NavItem { badge: None, ..item.clone() })) }
            button type="button" data-toggle-side aria-controls="side" { (icon("menu")) (t(shell.lang, "shell-more")) }
        }
    }
}
