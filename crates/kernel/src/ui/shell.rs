//! What a page says about its frame: language, modes, way, navigation, user.
//!
//! Owns [`Shell`] and its parts; [`super::frame`] draws them. The rule that matters: the frame shows only what works — an entry without
//! a page, a search box without a search page or a menu of one post is not put in.

use maud::Markup;

pub use super::frame::{bare_page, demo_mark, page};
use crate::i18n::Lang;

/// Takes `theme`, `size` or `lang`, and `back`; keeps it for the user or, signed out, for the browser.
pub const PREFERENCES: &str = "/preferences";
/// Takes `post` (its id) and `back`.
pub const SWITCH_POST: &str = "/session/post";
/// Ends the session.
pub const SIGN_OUT: &str = "/session/end";

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on light ground.
    #[default]
    Light,
    /// Light ink on dark ground.
    Dark,
}

impl Theme {
    /// Value of `data-bs-theme` and of the form field: `light` or `dark`.
    pub fn tag(self) -> &'static str {
        if self == Theme::Dark { "dark" } else { "light" }
    }
    /// Reads a form field or a stored preference.
    pub fn parse(text: &str) -> Option<Theme> {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.tag() == text)
    }
}

/// Size of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TypeSize {
    /// 14 px text.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
}

impl TypeSize {
    /// Value of `data-size` and of the form field: `normal` or `large`.
    pub fn tag(self) -> &'static str {
        if self == TypeSize::Large { "large" } else { "normal" }
    }
    /// Reads a form field or a stored preference.
    pub fn parse(text: &str) -> Option<TypeSize> {
        [TypeSize::Normal, TypeSize::Large].into_iter().find(|size| size.tag() == text)
    }
}

/// One step of the way to the page; the last one, the page itself, has no address.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: Option<String>,
}

impl Crumb {
    /// A step that can be gone back to.
    pub fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Crumb { label: label.into(), href: Some(href.into()) }
    }
    /// The page itself, or a chapter without a page.
    pub fn here(label: impl Into<String>) -> Self {
        Crumb { label: label.into(), href: None }
    }
}

/// A count beside a name.
#[derive(Debug, Clone, Default)]
pub struct Badge {
    /// The count as written.
    pub text: String,
    /// Whether it asks for attention (red).
    pub urgent: bool,
}

/// An entry of the navigation.
#[derive(Debug, Clone, Default)]
pub struct NavItem {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Its icon; only entries outside a chapter and those of the phone's bottom bar show one.
    pub icon: Option<String>,
    /// A count beside the name.
    pub badge: Option<Badge>,
    /// Whether the page belongs to it.
    pub current: bool,
}

impl NavItem {
    /// An entry without icon and count.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        NavItem { label: label.into(), href: href.into(), ..NavItem::default() }
    }
    /// With an icon of the sprite.
    pub fn icon(mut self, name: impl Into<String>) -> Self {
        self.icon = Some(name.into());
        self
    }
    /// With a count; nothing is shown for 0.
    pub fn badge(mut self, count: u64, urgent: bool) -> Self {
        self.badge = (count > 0).then(|| Badge { text: count.to_string(), urgent });
        self
    }
    /// Marks the entry the page belongs to.
    pub fn current(mut self, yes: bool) -> Self {
        self.current = yes;
        self
    }
}

/// A chapter of the navigation; with an empty label its entries stand at the top level.
#[derive(Debug, Clone, Default)]
pub struct NavGroup {
    /// Icon of the sprite.
    pub icon: String,
    /// Name of the chapter.
    pub label: String,
    /// Its pages.
    pub items: Vec<NavItem>,
}

impl NavGroup {
    /// A chapter.
    pub fn new(icon: impl Into<String>, label: impl Into<String>, items: Vec<NavItem>) -> Self {
        NavGroup { icon: icon.into(), label: label.into(), items }
    }
    /// Entries that belong to no chapter (待办, 创建看板).
    pub fn top(items: Vec<NavItem>) -> Self {
        NavGroup { items, ..NavGroup::default() }
    }
}

/// A post the person may act from.
#[derive(Debug, Clone, Default)]
pub struct PostChoice {
    /// Id sent to [`SWITCH_POST`].
    pub id: String,
    /// Unit and post: 区社区办 · 综合科科长.
    pub label: String,
    /// Whether it is the one in use.
    pub current: bool,
    /// A quiet word: 主岗 25, 兼任 6.
    pub badge: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct UserBox {
    /// The person's name.
    pub name: String,
    /// The post in use: 区社区办 · 综合科科长.
    pub post: String,
    /// All posts of the person.
    pub posts: Vec<PostChoice>,
    /// The page of profile and password, where there is one.
    pub profile: Option<String>,
}

/// What a page needs to know of its frame.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// Language of the page.
    pub lang: Lang,
    /// Colours.
    pub theme: Theme,
    /// Size of type.
    pub size: TypeSize,
    /// Title of the page, for the browser's tab; the h1 is the page's own.
    pub title: String,
    /// The way to the page.
    pub crumbs: Vec<Crumb>,
    /// The chapters this post may see.
    pub nav: Vec<NavGroup>,
    /// Up to four entries of the phone's bottom bar; “more” is added.
    pub tabbar: Vec<NavItem>,
    /// Who is signed in, if anyone.
    pub user: Option<UserBox>,
    /// Id of the account, under which the browser keeps half-filled forms; empty where nobody is signed in.
    pub account: String,
    /// Whether synthetic figures may show: marks the page 演示数据.
    pub demo: bool,
    /// Name of the district's platform: 武陵区和谐社区创建平台.
    pub district: String,
    /// Address of this page with its query, to come back to after a change of display or post.
    pub path: String,
    /// Address of the brand; empty means `/`.
    pub home: String,
    /// Address of the messages and how many are unread, where there is a post to be told.
    pub messages: Option<(String, u64)>,
    /// Address of the search page, where there is one (it takes `q`).
    pub search: Option<String>,
    /// Classes of the body for the arrangement of the page: `has-drawer`, `p-wide`.
    pub body_class: String,
    /// Further scripts of the bundle by plain name, such as `map.js`; `app.js` is always there.
    pub scripts: Vec<String>,
    /// A message about what was just done (see [`super::feedback::toast`]).
    pub toast: Option<Markup>,
    /// A line at the end of sign-in and problem pages: who runs this, whom to call.
    pub imprint: String,
}
