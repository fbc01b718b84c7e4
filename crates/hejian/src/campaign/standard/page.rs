//! The page: four areas, their indicators with points, rule, lead and marks; search and filter.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        controls::Choice,
        feedback::{empty, note},
        filter::FilterBar,
        head::PageHead,
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, tiles},
    },
    web::{Ctx, see_other},
};
use hejian_scoring::pack::Indicator;

use super::{
    BUILT, Leads, Standard, rules, standard,
    words::{figure, mark},
};

/// An indicator opens on its own page, where its score stands beside its definition.
pub(super) async fn one(Path(code): Path<String>) -> Result<Response> {
    let indicator = standard().pack.indicator(&code).ok_or(Error::NotFound { what: "thing-indicator" })?;
    Ok(see_other(&format!("/score/{}#definition", indicator.code)))
}

/// The list.
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let (standard, lang) = (standard(), ctx.lang);
    let leads = Leads::read(&mut ctx.read().await?.tx).await?;
    let query = Query::parse(&ctx.place);
    let shown: Vec<&Indicator> =
        standard.pack.indicators.iter().filter(|i| passes(standard, &leads, lang, &query, i)).collect();
    let body = html! {
        (PageHead::new(lang, t(lang, "nav-standard")).mark(tag(Tone::Yellow, &t(lang, "standard-reconstructed")))
            .meta(standard.pack.standard.name_zh.clone()))
        (provenance(standard, lang))
        div.mt { (areas(standard, lang, &query)) }
        (bar(standard, &leads, lang, &query))
        (table_box("list", table(standard, &leads, lang, &shown), html! {
            @if shown.is_empty() { (empty("filter", &t(lang, "standard-none"), html! {})) }
            div.hj-page { span { (ta(lang, "standard-shown", &[("n", shown.len().into()), ("of", standard.pack.indicators.len().into())])) } }
        }))
        p.xs.dim { (foot(standard, lang)) }
    };
    page(&ctx, Frame::new(ctx.t("nav-standard"), vec![Crumb::here(ctx.t("nav-standard"))]), body).await
}

/// Pack, version and fingerprint.
pub fn foot(standard: &Standard, lang: Lang) -> String {
    let pack = &standard.pack.standard;
    let print: String = standard.fingerprint.chars().take(12).collect();
    let args = [("pack", pack.id.clone().into()), ("version", pack.version.into()), ("print", print.into())];
    ta(lang, "standard-foot", &args)
}

/// 重构，非原文: what is found and what is inferred.
pub fn provenance(standard: &Standard, lang: Lang) -> Markup {
    let of = &standard.pack.standard;
    let words = |key: &str, own: &Option<String>| standard.words(lang, "note", key, own.as_deref().unwrap_or_default());
    note(
        Tone::Yellow,
        html! {
            b { (t(lang, "standard-not-original")) }
            @if let Some(number) = &of.document_no { " " (ta(lang, "standard-document", &[("number", number.clone().into())])) }
            br; (t(lang, "standard-found")) (words("found", &of.what_is_found))
            br; (t(lang, "standard-inferred")) (words("inferred", &of.what_is_inferred))
        },
        html! {},
    )
}

fn areas(standard: &Standard, lang: Lang, query: &Query) -> Markup {
    let of = |area: &hejian_scoring::pack::Area| {
        let current = query.get("area") == Some(&area.code);
        let to = if current { query.without("area") } else { query.with("area", area.code.clone()) };
        Tile::new(format!("{} {}", area.code, standard.area(lang, area)), area.points.to_string())
            .unit(t(lang, "standard-points-unit"))
            .against(ta(lang, "standard-items", &[("n", area.indicators.into())]))
            .href(to.href())
            .current(current)
    };
    tiles(&standard.pack.areas.iter().map(of).collect::<Vec<_>>())
}

fn bar(standard: &Standard, leads: &Leads, lang: Lang, query: &Query) -> Markup {
    let areas: Vec<Choice> = standard
        .pack
        .areas
        .iter()
        .map(|area| Choice::new(area.code.clone(), format!("{} {}", area.code, standard.area(lang, area))))
        .collect();
    let here = ["yes", "no"].map(|key| Choice::new(key, t(lang, &format!("standard-registers-{key}"))));
    html! {
        (FilterBar::new(lang, query)
            .select("area", &t(lang, "standard-area"), &areas)
            .select("lead", &t(lang, "standard-lead"), &lead_choices(standard, leads))
            .select("who", &t(lang, "standard-who"), &who_choices(lang))
            .select("registers", &t(lang, "standard-registers"), &here)
            .search("q", &t(lang, "standard-search"), &t(lang, "standard-search-hint")))
    }
}

/// The departments that lead, in official order.
pub fn lead_choices(standard: &Standard, leads: &Leads) -> Vec<Choice> {
    let mut codes: Vec<&str> = standard.pack.indicators.iter().map(|i| i.lead.as_str()).collect();
    codes.sort_by_key(|code| (leads.place(code), *code));
    codes.dedup();
    codes.into_iter().map(|code| Choice::new(code, leads.name(code))).collect()
}

/// Who can bring an indicator about.
pub fn who_choices(lang: Lang) -> Vec<Choice> {
    ["district", "city", "province"]
        .map(|who| Choice::new(who, t(lang, &format!("standard-attainable-{who}"))))
        .to_vec()
}

/// Whether every register an indicator needs is there.
pub fn is_built(indicator: &Indicator) -> bool {
    indicator.available_in.as_deref().is_some_and(|part| BUILT.contains(&part))
}

fn passes(standard: &Standard, leads: &Leads, lang: Lang, query: &Query, indicator: &Indicator) -> bool {
    let is = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted.is_empty() || wanted == value);
    let who = indicator.attainable_by.map_or("", |who| who.word());
    let text = query.get("q").unwrap_or_default().trim().to_lowercase();
    let found = || {
        let own = [indicator.code.clone(), standard.name(lang, indicator), asks(standard, lang, indicator)];
        let of_others = [leads.name(&indicator.lead).to_owned(), indicator.name_zh.clone()];
        own.iter().chain(&of_others).any(|part| part.to_lowercase().contains(&text))
    };
    is("area", &indicator.area)
        && is("lead", &indicator.lead)
        && is("who", who)
        && is("registers", if is_built(indicator) { "yes" } else { "no" })
        && (text.is_empty() || found())
}

/// What an indicator asks, in words.
pub fn asks(standard: &Standard, lang: Lang, indicator: &Indicator) -> String {
    standard.words(lang, "asks", &indicator.code, &indicator.words)
}

fn table(standard: &Standard, leads: &Leads, lang: Lang, shown: &[&Indicator]) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::num(t(lang, "standard-points")),
        Column::text(t(lang, "standard-rule")),
        Column::text(t(lang, "standard-level")).class("nowrap").phone(Phone::Inline),
        Column::text(t(lang, "standard-lead")).phone(Phone::Inline),
        Column::text(t(lang, "standard-who")).class("nowrap").phone(Phone::Inline),
        Column::text(t(lang, "standard-registers")).phone(Phone::Hidden),
        Column::text(t(lang, "standard-marks")).phone(Phone::Hidden),
    ];
    let mut table = Table::new(lang, t(lang, "standard-caption"), columns).class("std");
    for area in &standard.pack.areas {
        let of_area: Vec<&&Indicator> = shown.iter().filter(|i| i.area == area.code).collect();
        if of_area.is_empty() {
            continue;
        }
        let count = ta(
            lang,
            "standard-area-count",
            &[("n", area.indicators.into()), ("points", area.points.to_string().into())],
        );
        table = table.group(&format!("{} {}", area.code, standard.area(lang, area)), &count);
        table = table.rows(of_area.into_iter().map(|i| row(standard, leads, lang, i)));
    }
    html! { (table) }
}

fn row(standard: &Standard, leads: &Leads, lang: Lang, indicator: &Indicator) -> Row {
    let href = format!("/score/{}#definition", indicator.code);
    let supporters: Vec<&str> = indicator.co.iter().map(|code| leads.name(code)).collect();
    let evidence = ta(lang, "standard-evidence-of", &[("list", indicator.evidence.join("、").into())]);
    let who =
        indicator.attainable_by.map(|who| t(lang, &format!("standard-attainable-{}", who.word()))).unwrap_or_default();
    let registers: Vec<String> = indicator.register.iter().map(|key| standard.register(lang, key)).collect();
    Row::new(vec![
        indicator.code.clone().into(),
        html! {
            a.title href=(href) { (standard.name(lang, indicator)) }
            @if indicator.veto { " " (tag(Tone::Red, &t(lang, "standard-veto"))) }
            span.sub { (asks(standard, lang, indicator)) }
        }
        .into(),
        figure(lang, &indicator.points.to_string(), "").into(),
        html! {
            (rules::in_words(standard, lang, indicator))
            @if let Some(condition) = rules::condition(standard, lang, indicator) {
                span.sub { (ta(lang, "standard-each-unit", &[("level", t(lang, &format!("standard-level-{}", indicator.level.word())).into()), ("condition", condition.into())])) }
            }
            span.sub { (evidence) }
        }
        .into(),
        t(lang, &format!("standard-level-{}", indicator.level.word())).into(),
        html! {
            (leads.name(&indicator.lead))
            @if !supporters.is_empty() {
                span.sub title=(supporters.join("、")) { (ta(lang, "standard-supporters", &[("n", supporters.len().into())])) }
            }
        }
        .into(),
        who.into(),
        html! {
            (registers.join("、"))
            @if !is_built(indicator) { span.sub { (t(lang, "standard-registers-no")) } }
        }
        .into(),
        marks(lang, indicator),
    ])
}

fn marks(lang: Lang, indicator: &Indicator) -> Cell {
    let line = |key: &str, given: &Option<String>| {
        let words = given.as_deref().map(|given| mark(lang, given)).unwrap_or_default();
        html! { span.sub { (t(lang, key)) " " (words) } }
    };
    html! {
        (line("standard-threshold", &indicator.threshold_confidence))
        (line("standard-rule-mark", &indicator.rule_confidence))
    }
    .into()
}
