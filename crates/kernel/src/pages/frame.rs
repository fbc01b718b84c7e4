//! The frame of a page for the one who asks: only the entries they may open, their posts, their open to-dos.

use maud::Markup;

use crate::{
    error::{Error, Result},
    i18n::{self, Lang, t},
    message, sql,
    ui::problem::{Problem, problem_page},
    ui::shell::{Crumb, NavGroup, NavItem, PostChoice, Shell, Theme, TypeSize, UserBox},
    web::{App, Chapter, Ctx, Identity, Nav, Need},
};

/// What a handler says of its page.
#[derive(Debug, Default)]
pub struct Frame {
    /// The browser's title.
    pub title: String,
    /// The way to the page; the chapter's name is put before it when the page stands in the navigation.
    pub crumbs: Vec<Crumb>,
    /// Classes of the body, e.g. `has-drawer`.
    pub body_class: String,
    /// Further scripts by plain name.
    pub scripts: Vec<String>,
    /// What was just done.
    pub toast: Option<Markup>,
}

impl Frame {
    /// A page with a title and a way to it.
    #[must_use]
    pub fn new(title: impl Into<String>, crumbs: Vec<Crumb>) -> Self {
        Self { title: title.into(), crumbs, ..Self::default() }
    }
}

/// What waits for the post in which one acts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Desk {
    /// Open to-dos.
    pub open: u64,
    /// Messages that nobody has read; none where there is no post to be told.
    pub unread: Option<u64>,
}

/// The whole page.
///
/// # Errors
/// When the database cannot be reached.
pub async fn page(ctx: &Ctx, frame: Frame, body: Markup) -> Result<Markup> {
    let desk = match ctx.actor.post {
        None => Desk::default(),
        Some(post) => {
            let mut read = ctx.read().await?;
            let (n,): (i64,) = sql!(
                &mut read.tx,
                fetch_one,
                "select count(*) from todo where post_id = $1 and state = 'open' and kind <> 'copy'",
                post
            )?;
            Desk { open: u64::try_from(n).unwrap_or(0), unread: Some(message::unread(&mut read.tx, post).await?) }
        }
    };
    let identity = Identity { actor: ctx.actor.clone(), session: ctx.session.clone() };
    let shell = shell(&ctx.app, &identity, ctx.lang, &ctx.place, desk, frame);
    Ok(crate::ui::shell::page(&shell, body))
}

/// What is wrong, why, and what to do; inside the frame when somebody is signed in.
#[must_use]
pub fn problem(app: &App, identity: &Identity, lang: Lang, place: &str, error: &Error, reference: String) -> Markup {
    let message = error.message();
    let mut problem = Problem::of(lang, error.status()).why(i18n::message(lang, &message)).reference(reference);
    let remedy = format!("{}-remedy", message.key);
    if i18n::has(lang, &remedy) {
        problem = problem.remedy(t(lang, &remedy));
    }
    let frame = Frame::new(problem.what.clone(), Vec::new());
    problem_page(&shell(app, identity, lang, place, Desk::default(), frame), &problem)
}

/// The frame as data.
pub(crate) fn shell(app: &App, identity: &Identity, lang: Lang, place: &str, desk: Desk, frame: Frame) -> Shell {
    let path = place.split('?').next().unwrap_or(place);
    let district = app.district.read().map(|d| d.clone()).unwrap_or_default();
    let session = identity.session.as_ref();
    let name = if district.name.is_empty() {
        String::new()
    } else {
        i18n::ta(lang, "shell-district", &[("name", district.name.clone().into())])
    };
    let has = |module: &str| app.modules.iter().any(|m| m.key == module);
    let nav = navigation(app, identity, lang, path, desk.open);
    let tabbar = nav.iter().flat_map(|g| &g.items).filter(|i| i.icon.is_some()).take(4).cloned().collect();
    Shell {
        lang,
        theme: session.and_then(|s| Theme::parse(&s.theme)).unwrap_or_default(),
        size: session.and_then(|s| TypeSize::parse(&s.type_size)).unwrap_or_default(),
        title: frame.title,
        crumbs: frame.crumbs,
        nav,
        tabbar,
        user: session.map(|s| UserBox {
            name: s.person_name.clone(),
            post: s.post_name.clone(),
            posts: s
                .posts
                .iter()
                .map(|(id, label)| PostChoice {
                    id: id.to_string(),
                    label: label.clone(),
                    current: identity.actor.post == Some(*id),
                    badge: None,
                })
                .collect(),
            profile: Some("/account".to_owned()),
        }),
        account: session.map(|s| s.account.to_string()).unwrap_or_default(),
        demo: district.demo,
        district: name,
        path: place.to_owned(),
        body_class: frame.body_class,
        scripts: frame.scripts,
        toast: frame.toast,
        messages: desk.unread.filter(|_| has("message")).map(|unread| ("/messages".to_owned(), unread)),
        search: session.filter(|_| has("search")).map(|_| "/search".to_owned()),
        ..Shell::default()
    }
}

fn navigation(app: &App, identity: &Identity, lang: Lang, path: &str, open: u64) -> Vec<NavGroup> {
    if !identity.is_known() {
        return Vec::new();
    }
    let may = |nav: &&Nav| match nav.need {
        Need::Public | Need::Known | Need::SignedIn => true,
        Need::Right(permission) => identity.actor.may(permission),
    };
    let all: Vec<&Nav> = app.modules.iter().flat_map(|m| m.nav).filter(may).collect();
    // The longest address that the page's own begins with is the one it belongs to.
    let belongs =
        |href: &str| path == href || (href != "/" && path.strip_prefix(href).is_some_and(|r| r.starts_with('/')));
    let current = all.iter().filter(|n| belongs(n.href)).map(|n| n.href.len()).max();
    Chapter::ALL
        .into_iter()
        .filter_map(|chapter| {
            let items: Vec<NavItem> = all
                .iter()
                .filter(|n| n.chapter == chapter)
                .map(|n| {
                    let mut item = NavItem::new(t(lang, n.label), n.href)
                        .current(belongs(n.href) && Some(n.href.len()) == current);
                    if !n.icon.is_empty() {
                        item = item.icon(n.icon);
                    }
                    if n.href == "/todo" { item.badge(open, true) } else { item }
                })
                .collect();
            let (label, icon) = chapter.label_and_icon();
            match chapter {
                _ if items.is_empty() => None,
                Chapter::Top => Some(NavGroup::top(items)),
                _ => Some(NavGroup::new(icon, t(lang, label), items)),
            }
        })
        .collect()
}
