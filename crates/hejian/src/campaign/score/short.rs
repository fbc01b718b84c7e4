//! 未达标社区: the units below the norm with what each has, what is asked, what is missing, and the next act.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, format, t, ta},
    register::RegisterDef,
    ui::{
        Markup,
        buttons::{Kind, link_button},
        feedback::empty,
        head::panel,
        html,
        lamp::{Tone, lamp, tag},
        table::{Cell, Column, Phone, Row, Table},
    },
    unit::{self, UnitQuery},
    web::App,
    work::Read,
};
use hejian_scoring::{
    Exact, Source,
    evaluate::IndicatorScore,
    pack::{Aggregation, Indicator, Level, UnitCondition},
};

use super::{
    asked::Asked,
    gaps::{self, Short, exact},
    parts::{main_name, reading_of},
    reasons,
    records::address,
    scope::Seen,
    service::Scored,
    units::how,
    words::State,
};
use crate::campaign::standard::{
    Standard,
    words::{padded, unit},
};

/// Where the figure that is short is entered, and for which units this reader may enter it.
pub(super) struct Act {
    def: &'static RegisterDef,
    units: BTreeSet<String>,
}

impl Act {
    /// `None` where the condition is not about one register, or it is not there yet.
    ///
    /// # Errors
    /// The engine's own error.
    pub(super) async fn of(
        app: &App,
        read: &mut Read,
        standard: &Standard,
        indicator: &Indicator,
        day: NaiveDate,
    ) -> Result<Option<Self>> {
        let measure = indicator.unit_condition.as_ref().and_then(main_measure).and_then(|id| standard.pack.measure(id));
        let Some(def) = measure.and_then(|measure| reasons::register(app, measure)) else { return Ok(None) };
        let query = UnitQuery { on: Some(day), kinds: def.levels.to_vec(), under: None };
        let units = match read.actor.scoped(def.permissions.write, query) {
            Ok(query) => unit::list(&mut read.tx, &query).await?,
            Err(Error::Forbidden { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(Some(Self { def, units: units.into_iter().map(|unit| unit.id.to_string()).collect() }))
    }
}

/// The measure that a condition of one comparison is about.
fn main_measure(condition: &UnitCondition) -> Option<&String> {
    main_name(&condition.expr).and_then(|name| condition.names.get(name))
}

/// The panel; nothing for an indicator that does not count units.
pub(super) fn units(
    lang: Lang,
    indicator: &Indicator,
    score: &IndicatorScore,
    scored: &Scored,
    seen: &Seen,
    act: Option<&Act>,
    asked: &Asked,
) -> Markup {
    let standard: &Standard = &scored.standard;
    let Some(condition) = indicator
        .unit_condition
        .as_ref()
        .filter(|_| indicator.aggregation == Aggregation::ShareOfUnits && gaps::any_known(score))
    else {
        return html! {};
    };
    let short = gaps::short(standard, lang, indicator, score);
    let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
    let title = ta(lang, "score-short-title", &[("level", level.clone().into())]);
    if short.is_empty() {
        let none = ta(lang, "score-short-none", &[("level", level.into())]);
        return panel(&title, html! {}, empty("check", &none, html! {}));
    }
    let count = |unknown| short.iter().filter(|line| line.unknown == unknown).count();
    let says = ta(lang, "score-short-count", &[("short", count(false).into()), ("open", count(true).into())]);
    let page = ShortPage { standard, lang, indicator, condition, scored, seen, act, asked };
    html! {
        section.hj-panel id="short" {
            header { h2 { (title) } span.dim.xs { (says) } }
            div.hj-scroll { (page.table(&title, level, &short)) }
        }
    }
}

struct ShortPage<'a> {
    standard: &'a Standard,
    lang: Lang,
    indicator: &'a Indicator,
    condition: &'a UnitCondition,
    scored: &'a Scored,
    seen: &'a Seen,
    act: Option<&'a Act>,
    asked: &'a Asked,
}

impl ShortPage<'_> {
    fn unit_of(&self, id: &str) -> String {
        unit(self.lang, self.standard.pack.measure(id).map_or("", |measure| measure.unit.as_str()))
    }

    fn table(&self, title: &str, level: String, short: &[Short<'_>]) -> Table {
        let lang = self.lang;
        let grouped = self.indicator.level == Level::Community;
        let mut columns = vec![Column::text(level)];
        if grouped {
            columns.push(Column::text(t(lang, "standard-level-subdistrict")).phone(Phone::Inline).class("nowrap"));
        }
        for (name, id) in &self.condition.names {
            let (term, of) = (self.standard.term(lang, name), self.unit_of(id));
            // 户数 says its unit by itself.
            let of = if of.is_empty() || term.starts_with(&of) { String::new() } else { of };
            columns.push(Column::num(term).unit(of));
        }
        let single = main_measure(self.condition);
        if let Some(id) = single {
            columns.push(Column::num(t(lang, "score-wanted")).unit(self.unit_of(id)));
            columns.push(Column::num(t(lang, "score-gap")).unit(self.unit_of(id)));
        }
        columns.push(Column::text(t(lang, "score-state")).phone(Phone::Inline).class("nowrap"));
        columns.push(Column::text(t(lang, "table-actions")).quiet_head().tight());
        // A column of figures has as many decimals as its longest.
        let names = self.condition.names.len();
        let mut figures: Vec<Vec<Option<Exact>>> =
            (0..names).map(|at| short.iter().map(|line| line.figures[at].and_then(exact)).collect()).collect();
        if single.is_some() {
            figures.push(short.iter().map(|line| line.wanted.clone()).collect());
            figures.push(short.iter().map(|line| line.gap.clone()).collect());
        }
        let places: Vec<usize> = figures.iter().map(|column| padded::places(column.iter().flatten())).collect();
        let rows = short.iter().enumerate().map(|(at, line)| {
            let place = |id: &str| self.scored.places.get(id);
            let own = place(line.unit);
            let mut cells = vec![self.name(line)];
            if grouped {
                let parent = own.and_then(|place| place.parent.as_deref()).and_then(place);
                cells.push(parent.map_or("", |place| place.name.as_str()).into());
            }
            for (n, column) in figures.iter().enumerate() {
                let text = column[at].as_ref().map(|exact| padded::text(exact, places[n]));
                cells.push(match text {
                    Some(text) if single.is_some() && n == names + 1 => Cell::from(text).class("down"),
                    Some(text) => text.into(),
                    None if n < names => html! { span.dim { (t(lang, "score-not-reported")) } }.into(),
                    None => format::DASH.into(),
                });
            }
            let state = if line.unknown { State::Open } else { State::Short };
            cells.push(html! { span title=(line.says) { (lamp(state.lamp(), &state.word(lang))) } }.into());
            cells.push(self.next(line));
            Row::new(cells)
        });
        let sum = |column: &Vec<Option<Exact>>| column.iter().flatten().sum::<Exact>();
        let mut foot = vec![Cell::from(ta(lang, "score-total-short", &[("n", short.len().into())])).span(if grouped {
            2
        } else {
            1
        })];
        foot.extend(figures.iter().zip(&places).map(|(column, places)| padded::text(&sum(column), *places).into()));
        foot.push(Cell::from("").span(2));
        Table::new(lang, title, columns).rows(rows).foot(foot)
    }

    /// The one record behind the figure, where this reader may open it.
    fn record<'s>(&self, line: &Short<'s>) -> Option<&'s Source> {
        let reading = main_name(&self.condition.expr).and_then(|name| reading_of(line.node, name))?;
        match reading.sources.as_slice() {
            [only] => self.seen.known(only),
            _ => None,
        }
    }

    /// The name opens the arithmetic of the unit, down to its records.
    fn name(&self, line: &Short<'_>) -> Cell {
        let own = self.scored.places.get(line.unit);
        let opens = own
            .filter(|_| !line.unknown)
            .map(|place| how(|path| self.asked.link(path), &place.key, &self.indicator.code));
        let name = own.map_or(line.unit, |place| place.name.as_str());
        html! {
            @match opens { Some(to) => a.title href=(to) { (name) }, None => b { (name) } }
            @if own.is_some_and(|place| place.is_model) { " " (tag(Tone::Accent, &t(self.lang, "score-model"))) }
            @else if own.is_some_and(|place| place.is_key) { " " (tag(Tone::Line, &t(self.lang, "score-key"))) }
        }
        .into()
    }

    /// Open the record, or enter one for this unit.
    fn next(&self, line: &Short<'_>) -> Cell {
        if let Some(record) = self.record(line) {
            return link_button(&t(self.lang, "score-act-open"), &address(record), "", Kind::Small).into();
        }
        let key = self.scored.places.get(line.unit).map(|place| place.key.as_str());
        match (self.act.filter(|act| act.units.contains(line.unit)), key) {
            (Some(act), Some(key)) => {
                let href = format!("/registers/{}/new?unit={key}", act.def.key);
                link_button(&t(self.lang, "score-act-enter"), &href, "", Kind::Small).into()
            }
            _ => "".into(),
        }
    }
}
