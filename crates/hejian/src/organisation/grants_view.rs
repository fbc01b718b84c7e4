//! How the pages of 授权 look.

use chrono::NaiveDate;
use hejian_kernel::{
    access::Part,
    error::Result,
    i18n::{format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        controls::{Choice, Control},
        feedback::{empty, toast},
        filter::FilterBar,
        form::{Field, error_summary, form_section, hidden, post_form, required_note, save_bar},
        head::{PageHead, panel},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Column, Phone, Row, Table, table_box},
    },
    unit::Unit,
    web::Ctx,
};

use super::{
    pages::way,
    store::posts::{Grant, Post, Term},
    words,
};

/// Every post with what it may do.
pub(super) struct Overview {
    pub query: Query,
    pub posts: Vec<Post>,
    pub terms: Vec<Term>,
    pub grants: Vec<Grant>,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub role: String,
    pub unit: String,
    pub reason: String,
    /// The role and unit about to be taken away.
    pub taking: Option<(String, String)>,
}

/// One post with what it may do.
pub(super) struct Detail {
    pub post: Post,
    pub grants: Vec<Grant>,
    pub terms: Vec<Term>,
    pub units: Vec<Unit>,
    pub today: NaiveDate,
    pub typed: Typed,
    pub problems: Vec<(String, String)>,
}

/// The list of posts.
pub(super) async fn overview(ctx: &Ctx, o: &Overview) -> Result<Markup> {
    let lang = ctx.lang;
    let role = o.query.get("role").unwrap_or_default();
    let text = o.query.get("q").unwrap_or_default().trim().to_lowercase();
    let of = |post: &Post| o.grants.iter().filter(|g| g.post_id == post.id).collect::<Vec<_>>();
    let holder = |post: &Post| o.terms.iter().find(|t| t.post == post.id && t.part == Part::Holder);
    let shown = |post: &&Post| {
        let name = holder(post).map(|t| t.name.clone()).unwrap_or_default();
        let all = format!("{} {} {name}", post.unit_name, post.name).to_lowercase();
        text.split_whitespace().all(|w| all.contains(w))
            && match role {
                "" => true,
                "none" => of(post).is_empty(),
                role => of(post).iter().any(|g| g.role == role),
            }
    };
    let found: Vec<&Post> = o.posts.iter().filter(shown).collect();
    let mut roles: Vec<Choice> = ctx.app.roles.iter().map(|r| Choice::new(r.key, words::role(lang, r.key))).collect();
    roles.push(Choice::new("none", t(lang, "grant-none")));
    let columns = vec![
        Column::text(t(lang, "post-name")),
        Column::text(t(lang, "term-holder")).phone(Phone::Named),
        Column::text(t(lang, "post-rights")),
        Column::text(t(lang, "table-actions")).tight().quiet_head(),
    ];
    let rows = found.iter().map(|post| {
        let href = format!("/organisation/posts/{}", post.id);
        Row::new(vec![
            html! { a.title href=(href) { (post.name) } span.sub { (post.unit_name) } }.into(),
            html! { (holder(post).map_or_else(|| format::DASH.to_owned(), |t| t.name.clone())) }.into(),
            html! { @for grant in of(post) { div { (tag(Tone::Plain, &words::role(lang, &grant.role))) " " span.dim { (grant.unit) } } } }.into(),
            link_button(&t(lang, "grant-change"), &format!("{href}/grants"), "", Kind::Small).into(),
        ])
    });
    let count = ta(lang, "grant-posts", &[("n", found.len().into())]);
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-grants")).meta(t(lang, "grant-rule")))
        (FilterBar::new(lang, &o.query).select("role", &t(lang, "grant-role"), &roles).search("q", &t(lang, "todo-search"), &t(lang, "person-search-hint")))
        @if found.is_empty() { div.hj-tw id="list" { (empty("lock", &t(lang, "grant-no-post"), html! {})) } }
        @else {
            (table_box("list", html! { (Table::new(lang, t(lang, "nav-grants"), columns).stick().rows(rows)) },
                html! { div.hj-page { span { (count) } } }))
        }
    };
    framed(ctx, Frame::new(t(lang, "nav-grants"), Vec::new()), body).await
}

/// One post.
pub(super) async fn detail(ctx: &Ctx, d: &Detail) -> Result<Markup> {
    let lang = ctx.lang;
    let back = format!("/organisation/posts/{}", d.post.id);
    let holders: Vec<String> = d.terms.iter().filter(|t| t.holds_on(d.today)).map(|t| t.name.clone()).collect();
    let who = if holders.is_empty() { t(lang, "post-nobody") } else { holders.join(&t(lang, "register-comma")) };
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-grants")).meta(format!("{} {}　{who}", d.post.unit_name, d.post.name)))
        (error_summary(lang, &d.problems))
        div.stack { (held(ctx, d)) (give(ctx, d, &back)) }
    };
    let title = t(lang, "nav-grants");
    let crumbs = vec![Crumb::to(title.clone(), "/organisation/grants"), Crumb::here(d.post.name.clone())];
    let mut frame = Frame::new(title, way(ctx, crumbs));
    frame.toast = match Query::parse(&ctx.place).get("done") {
        Some("given") => Some(toast(&t(lang, "grant-given"), html! {})),
        Some("taken") => Some(toast(&t(lang, "grant-taken"), html! {})),
        _ => None,
    };
    framed(ctx, frame, body).await
}

/// What the post holds; each can be taken away with a reason.
fn held(ctx: &Ctx, d: &Detail) -> Markup {
    let lang = ctx.lang;
    let action = format!("/organisation/posts/{}/grants/remove", d.post.id);
    let columns = vec![
        Column::text(t(lang, "grant-role")),
        Column::text(t(lang, "grant-unit")).phone(Phone::Named),
        Column::text(t(lang, "grant-take")),
    ];
    let rows = d.grants.iter().map(|g| {
        let label = ta(lang, "grant-reason-for", &[("role", words::role(lang, &g.role).into())]);
        let this = d.typed.taking.as_ref().is_some_and(|(role, unit)| *role == g.role && *unit == g.unit_id.to_string());
        let form = html! {
            form.flex method="post" action=(action) {
                (hidden("role", &g.role)) (hidden("unit", &g.unit_id.to_string()))
                input.form-control.grow type="text" name="reason" maxlength="200" placeholder=(t(lang, "confirm-reason"))
                    aria-label=(label) aria-invalid=[this.then_some("true")];
                (submit_button(&t(lang, "grant-take"), Kind::Small))
            }
        };
        Row::new(vec![
            html! { span.title { (words::role(lang, &g.role)) } span.sub { (words::role_about(lang, &g.role)) } }.into(),
            g.unit.clone().into(),
            form.into(),
        ])
    });
    let body = html! {
        @if d.grants.is_empty() { div.pad.dim.sm { (t(lang, "grant-none")) } }
        @else { (Table::new(lang, t(lang, "post-rights"), columns).rows(rows)) }
    };
    panel(&t(lang, "post-rights"), html! {}, body)
}

fn give(ctx: &Ctx, d: &Detail, back: &str) -> Markup {
    let lang = ctx.lang;
    let wrong = |field: &str| {
        let here = d.typed.taking.is_none();
        d.problems.iter().find(|(name, _)| here && name == field).map(|(_, words)| words.clone())
    };
    let roles: Vec<Choice> = ctx.app.roles.iter().map(|r| Choice::new(r.key, words::role(lang, r.key))).collect();
    let units: Vec<Choice> = d
        .units
        .iter()
        .map(|u| Choice::new(u.id.to_string(), u.name.clone()).group(words::kind(lang, &u.kind)))
        .collect();
    let mut units = units;
    // A heading must not come twice.
    units.sort_by_key(|c| d.units.iter().position(|u| words::kind(lang, &u.kind) == c.group));
    let typed = if d.typed.taking.is_some() { Typed::default() } else { d.typed.clone() };
    let rows = html! {
        (Field::new(lang, "role", t(lang, "grant-role"), Control::Select(roles, typed.role)).required(true).error(wrong("role")))
        (Field::new(lang, "unit", t(lang, "grant-unit"), Control::Select(units, typed.unit))
            .required(true).help(t(lang, "grant-unit-help")).error(wrong("unit")))
        (Field::new(lang, "reason", t(lang, "confirm-reason"), Control::Text(typed.reason))
            .required(true).max_length(200).help(t(lang, "confirm-reason-help")).error(wrong("reason")).wide(true))
    };
    post_form(
        &format!("/organisation/posts/{}/grants", d.post.id),
        false,
        html! {
            (form_section(&t(lang, "grant-give"), required_note(lang), rows))
            (save_bar(submit_button(&t(lang, "grant-give"), Kind::Primary), &t(lang, "grant-next"), Some((back, &t(lang, "confirm-cancel")))))
        },
    )
}
