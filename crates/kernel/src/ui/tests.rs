use maud::{Markup, Render, html};

use super::form::*;
use super::query::Query;
use super::shell::*;
use super::table::*;
use super::*;
use crate::i18n::Lang;

/// Fails on anything the Content-Security-Policy forbids, on labels that do not exist and on a `use` that swallows what follows.
pub(super) fn assert_clean(html: &str) {
    let lower = html.to_lowercase();
    assert!(!lower.contains("style="), "a style attribute: {html}");
    assert!(!lower.contains("<style"), "an inline style sheet: {html}");
    assert!(!lower.contains("javascript:"), "a script address: {html}");
    for tag in lower.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let names = tag.split_whitespace().skip(1).filter_map(|word| word.split_once('=')).map(|(name, _)| name);
        for name in names.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')) {
            assert!(!name.starts_with("on"), "an inline handler {name} in <{tag}>");
        }
    }
    for script in lower.split("<script").skip(1) {
        let (attributes, rest) = script.split_once('>').unwrap_or_default();
        assert!(attributes.contains("src=") && rest.starts_with("</script>"), "an inline script: {script}");
    }
    for key in html.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(key, _)| key) {
        let label = key.contains('-') && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(!label, "the label {key} does not exist");
    }
}

pub(super) fn sample_shell(lang: Lang) -> Shell {
    let post = |id: &str, label: &str, current| PostChoice {
        id: id.into(),
        label: label.into(),
        current,
        badge: Some("主岗 25".into()),
    };
    Shell {
        lang,
        title: "社区用房".into(),
        crumbs: vec![Crumb::to("夯实基础", "/foundations"), Crumb::here("社区用房")],
        nav: vec![
            NavGroup::top(vec![NavItem::new("待办", "/todo").icon("todo").badge(25, true)]),
            NavGroup::new("found", "夯实基础", vec![NavItem::new("社区用房", "/premises").current(true)]),
            NavGroup::new("gear", "系统", vec![NavItem::new("审计日志", "/audit").badge(0, false)]),
        ],
        tabbar: vec![NavItem::new("待办", "/todo").icon("todo")],
        user: Some(UserBox {
            name: "周明".into(),
            post: "区社区办 · 综合科科长".into(),
            posts: vec![post("1", "区社区办 · 综合科科长", true), post("2", "创建办 · 联络员", false)],
            profile: None,
        }),
        demo: true,
        district: "武陵区和谐社区创建平台".into(),
        path: "/premises?sub=S4&page=2".into(),
        ..Shell::default()
    }
}

#[test]
fn a_page_is_clean_in_both_languages_and_carries_the_modes_on_the_root() {
    for lang in Lang::ALL {
        let shell = Shell { theme: Theme::Dark, size: TypeSize::Large, ..sample_shell(lang) };
        let html = page(&shell, html! { h1 { "x" } }).into_string();
        assert_clean(&html);
        let root = format!(r#"<html lang="{}" data-bs-theme="dark" data-size="large">"#, lang.tag());
        assert!(html.starts_with(&format!("<!DOCTYPE html>{root}")));
        assert_clean(&bare_page(&shell, html! {}).into_string());
    }
}

#[test]
fn menus_are_forms_that_come_back_to_the_page() {
    let html = page(&sample_shell(Lang::ZhCn), html! {}).into_string();
    for action in [PREFERENCES, SWITCH_POST, SIGN_OUT] {
        assert!(html.contains(&format!(r#"method="post" action="{action}""#)), "{action}");
    }
    assert!(html.contains(r#"name="back" value="/premises?sub=S4&amp;page=2""#));
}

#[test]
fn the_frame_shows_only_what_works() {
    let mut shell = sample_shell(Lang::ZhCn);
    shell.search = None;
    let html = page(&shell, html! {}).into_string();
    assert!(!html.contains("hj-search"));
    shell.search = Some("/search".into());
    assert!(
        page(&shell, html! {}).into_string().contains(r#"<form class="hj-search" role="search" action="/search">"#)
    );
    shell.user = None;
    assert!(!page(&shell, html! {}).into_string().contains(SIGN_OUT));
    let mut single = sample_shell(Lang::ZhCn);
    if let Some(user) = &mut single.user {
        user.posts.truncate(1);
    }
    assert!(!page(&single, html! {}).into_string().contains(SWITCH_POST));
}

#[test]
fn the_current_chapter_is_open_and_a_count_of_zero_is_silent() {
    let html = page(&sample_shell(Lang::ZhCn), html! {}).into_string();
    assert!(html.contains(r#"<details open><summary>"#));
    assert!(html.contains(r#"<a href="/premises" aria-current="page">社区用房</a>"#));
    assert!(html.contains(r#"<a href="/audit">审计日志</a>"#));
    assert!(html.contains(r#"待办<span class="n n-red">25</span>"#));
}

fn premises_table(query: &Query) -> Table {
    Table::new(
        Lang::ZhCn,
        "社区用房登记表",
        vec![
            Column::text("社区").class("nowrap"),
            Column::text("权属").class("cd2").phone(Phone::Hidden),
            Column::num("建筑面积").unit("m²").sort(query, "area"),
        ],
    )
}

#[test]
fn a_table_says_units_in_the_head_and_names_cells_for_the_card() {
    let table = premises_table(&Query::parse("/p?sort=area&page=3"))
        .row(Row::new(vec![
            Cell::title("军民村社区", "/p/31", "YF-0031"),
            "产权证".into(),
            Cell::from("459.0").class("down"),
        ]))
        .foot(vec![Cell::from("合计").span(2), "29,640.0".into()]);
    let html = table.render().into_string();
    assert_clean(&html);
    assert!(html.contains(r#"<table class="hj-t cards"><caption class="sr">社区用房登记表</caption>"#));
    assert!(html.contains(r#"<th scope="col" class="num" aria-sort="ascending"><a href="/p?sort=-area""#));
    assert!(html.contains(r#"<td class="num inl down" data-l="建筑面积 m²">459.0</td>"#));
    assert!(html.contains(r#"<td class="cd2 no-phone">产权证</td>"#));
    assert!(html.contains(r#"<td colspan="2">合计</td><td class="num">29,640.0</td>"#));
}

#[test]
fn a_descending_column_sorts_upwards_next() {
    let html = premises_table(&Query::parse("/p?sort=-area")).render().into_string();
    assert!(html.contains(r#"aria-sort="descending"><a href="/p?sort=area""#));
}

#[test]
fn rows_that_can_be_ticked_belong_to_the_form_of_the_batch_bar() {
    let row = Row::new(vec!["a".into(), "b".into(), "c".into()]).check("id-1", "军民村社区").selected(true).id("row-1");
    let html =
        premises_table(&Query::new("/p")).selectable("batch").group("已逾期", "2 件").row(row).render().into_string();
    assert!(html.contains(r#"<tr id="row-1" aria-selected="true">"#));
    assert!(html.contains(r#"name="id" value="id-1" form="batch" data-row-check aria-label="选择 军民村社区""#));
    assert!(html.contains(r#"<tr class="grp"><td colspan="4">"#));
}

fn field(control: Control) -> Field {
    Field::new(Lang::ZhCn, "floor_area", "建筑面积", control)
}

#[test]
fn an_error_stands_beside_its_field_and_is_named_by_it() {
    let html = field(Control::Number("49.2".into()))
        .unit("m²")
        .required(true)
        .help("h")
        .error(Some("比上次小 89%。"))
        .render()
        .into_string();
    assert_clean(&html);
    assert!(
        html.contains(r#"<label for="f-floor_area"><span class="req" aria-hidden="true">*</span>建筑面积</label>"#)
    );
    assert!(html.contains(r#"class="form-control is-bad num" value="49.2""#));
    assert!(html.contains(r#"aria-invalid="true" aria-describedby="f-floor_areae""#));
    assert!(html.contains(r#"<div class="err" id="f-floor_areae">"#));
    assert!(!html.contains(r#"class="help""#));
    assert!(html.contains(r#"<span class="unit">m²</span>"#));
}

#[test]
fn a_prefilled_field_says_where_its_value_comes_from() {
    let html = field(Control::Text("2,446".into())).source("带入自 组织机构").readonly(true).render().into_string();
    assert!(html.contains("form-control is-pre"));
    assert!(html.contains(" readonly"));
    assert!(html.contains("带入自 组织机构"));
}

#[test]
fn every_control_is_clean_and_keeps_what_was_typed() {
    let choices =
        || vec![Choice::new("a", "新建"), Choice::new("b", "改建").group("旧"), Choice::new("c", "购置").group("旧")];
    let typed = "<\"x&";
    let controls = [
        Control::Text(typed.into()),
        Control::Number(typed.into()),
        Control::Date(typed.into()),
        Control::Month(typed.into()),
        Control::Password,
        Control::TextArea(typed.into(), 3),
        Control::Select(choices(), "b".into()),
        Control::Radio(choices(), "b".into()),
        Control::Checks(choices(), vec!["b".into(), "c".into()]),
        Control::Checkbox("概算".into(), true),
        Control::File(".pdf".into(), true),
        Control::Shown(html! { "x" }),
    ];
    for control in controls {
        let keeps = matches!(
            control,
            Control::Text(_) | Control::Number(_) | Control::Date(_) | Control::Month(_) | Control::TextArea(..)
        );
        let html = field(control).help("h").required(true).render().into_string();
        assert_clean(&html);
        assert_eq!(html.contains("&lt;&quot;x&amp;"), keeps, "{html}");
    }
}

#[test]
fn a_list_offers_nothing_until_something_is_picked() {
    let choices =
        vec![Choice::new("a", "新建"), Choice::new("b", "改建").group("旧"), Choice::new("c", "购置").group("旧")];
    let html = field(Control::Select(choices.clone(), String::new())).required(true).render().into_string();
    assert!(html.contains(r#"<option value="" selected>请选择</option>"#));
    assert!(
        html.contains(
            r#"<optgroup label="旧"><option value="b">改建</option><option value="c">购置</option></optgroup>"#
        )
    );
    let fixed = field(Control::Select(choices, "c".into())).readonly(true).render().into_string();
    assert!(fixed.contains(" disabled") && fixed.contains(r#"<input type="hidden" name="floor_area" value="c">"#));
}

#[test]
fn a_password_never_comes_back() {
    let html = field(Control::Password).autocomplete("current-password").render().into_string();
    assert!(!html.contains("value="));
}

#[test]
fn the_summary_of_errors_links_to_each_field() {
    let errors = [("floor_area".to_owned(), "填的是 49.2".to_owned()), (String::new(), "整张表".to_owned())];
    let html = error_summary(Lang::ZhCn, &errors).into_string();
    assert!(html.contains("有 2 处需要改正"));
    assert!(html.contains(r##"<li><a href="#f-floor_area">填的是 49.2</a></li><li>整张表</li>"##));
    assert_eq!(error_summary(Lang::ZhCn, &[]).into_string(), "");
}

#[test]
fn a_form_carries_files_only_when_it_has_some() {
    let plain = post_form("/p", false, html! {}).into_string();
    assert_eq!(plain, r#"<form class="stack" method="post" action="/p" novalidate></form>"#);
    assert!(post_form("/p", true, html! {}).into_string().contains("multipart/form-data"));
}

#[test]
fn the_filter_bar_keeps_the_view_and_goes_back_to_the_first_page() {
    let query = Query::parse("/p?view=open&sub=S4&page=3&q=%E5%86%9B");
    let bar = filter::FilterBar::new(Lang::ZhCn, &query)
        .select("sub", "街道", &[Choice::new("S1", "城东"), Choice::new("S4", "城北")])
        .search("q", "查找", "社区、地址、编号")
        .more_text("year", "年度", "2009");
    let html = bar.render().into_string();
    assert_clean(&html);
    assert!(html.contains(r#"<input type="hidden" name="view" value="open">"#));
    assert!(!html.contains(r#"name="page""#));
    assert!(html.contains(r#"<option value="S4" selected>城北</option>"#));
    assert!(html.contains(r#"name="q" value="军""#));
    assert!(html.contains(r#"href="/p?view=open">清除条件</a>"#));
}

#[test]
fn markup_is_escaped_wherever_text_is_given() {
    let evil = "<script>alert(1)</script>";
    let samples: Vec<Markup> = vec![
        page(
            &Shell { title: evil.into(), district: evil.into(), path: evil.into(), ..sample_shell(Lang::ZhCn) },
            html! {},
        ),
        field(Control::TextArea(evil.into(), 2)).render(),
        Table::new(Lang::ZhCn, evil, vec![Column::text(evil)]).row(Row::new(vec![evil.into()])).render(),
    ];
    for sample in samples {
        assert!(!sample.into_string().contains(evil));
    }
}

#[test]
fn every_icon_and_lamp_named_here_is_in_the_sprite() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sprite = std::fs::read_to_string(root.join("../../web/img/sprite.svg")).expect("the sprite");
    let mut names = vec!["l-green".to_owned(), "l-yellow".into(), "l-red".into(), "l-blue".into(), "l-grey".into()];
    for file in std::fs::read_dir(root.join("src/ui")).expect("this folder") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("readable");
        for call in ["icon(\"", "icon_small(\""] {
            names.extend(
                text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(|name| format!("i-{name}")),
            );
        }
    }
    assert!(names.len() > 15);
    // The name after a quoted call in this very test is a backslash.
    let lacking: Vec<_> =
        names.iter().filter(|name| !name.contains('\\') && !sprite.contains(&format!("id=\"{name}\""))).collect();
    assert!(lacking.is_empty(), "not in the sprite: {lacking:?}");
}
