//! The table of the matrix: areas down, units across, a mark where a unit has a part.
//!
//! The rule that matters: what is missing is a mark of its own, never an empty cell that looks like no duty.

use hejian_kernel::{
    i18n::format,
    ui::{
        Markup,
        feedback::empty,
        html,
        lamp::{LampKind, lamp_alone},
    },
};
use hejian_scoring::pack::Indicator;
use uuid::Uuid;

use super::super::model::Part;
use super::{Column, Matrix};

impl Matrix<'_> {
    pub(super) fn table(&self) -> Markup {
        let here = self.here;
        let shown: Vec<&Indicator> = here.standard.pack.indicators.iter().filter(|of| self.passes(of)).collect();
        if shown.is_empty() {
            return html! { div.hj-tw id="list" { (empty("filter", &here.t("duty-none"), html! {})) } };
        }
        let width = 5 + self.columns.len();
        html! {
            div.hj-tw.mxw.hj-scroll id="list" {
                table.hj-mx {
                    caption.sr { (here.t("duty-caption")) }
                    (self.head())
                    tbody {
                        @for area in &here.standard.pack.areas {
                            @let own: Vec<&&Indicator> = shown.iter().filter(|of| of.area == area.code).collect();
                            @if !own.is_empty() {
                                tr.area {
                                    th colspan="3" scope="rowgroup" { (area.code) " " (here.standard.area(here.lang, area)) " " span.dim.xs { (here.n("duty-n-items", own.len())) } }
                                    td colspan=(width - 3) {}
                                }
                                @for indicator in own { (self.row(indicator)) }
                            }
                        }
                    }
                    (self.foot(&shown))
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let here = self.here;
        html! {
            thead {
                tr.g {
                    th.g0.f1 colspan="3" scope="colgroup" { (here.t("duty-indicator")) }
                    th.g0.sep colspan="2" scope="colgroup" { (here.t("duty-state")) }
                    @for (name, n) in &self.groups { th.g0.sep colspan=(n) scope="colgroup" { @if *n > 1 { (name) } } }
                }
                tr.h {
                    th.f1 scope="col" { (here.t("duty-code")) }
                    th.f2 scope="col" { (here.t("duty-name")) }
                    th.f3 scope="col" { (here.t("duty-person")) }
                    th.f4 scope="col" { (here.t("duty-due")) }
                    th.f5.sep scope="col" { (here.t("duty-lamp")) }
                    @for column in &self.columns {
                        th.u.sep[column.last] scope="col" data-c=(column.unit.key) {
                            a.vt href=(here.link(&format!("/duty/units/{}", column.unit.key))) { (short(&column.unit.name)) }
                        }
                    }
                }
            }
        }
    }

    fn row(&self, indicator: &Indicator) -> Markup {
        let here = self.here;
        let lead = here.board.lead(&indicator.code);
        let person = lead.map(|duty| here.person(duty.content.post)).unwrap_or_default();
        let (kind, word) = lead.map_or((LampKind::Grey, here.t("duty-gap-no-lead")), |duty| here.lamp(&duty.content));
        html! {
            tr.warn[self.has_gap(indicator)] {
                th.f1 scope="row" { a href=(here.link(&format!("/duty/indicators/{}", indicator.code))) { (indicator.code) } }
                td.f2 { (here.standard.name(here.lang, indicator)) }
                td.f3 {
                    @match lead.and_then(|duty| duty.content.post) {
                        Some(post) if !person.is_empty() => a href=(here.link(&format!("/duty/posts/{post}"))) { (person) },
                        _ => span.hj-cellgap { (here.t("duty-empty")) },
                    }
                }
                td.f4 { @match lead.and_then(|duty| duty.content.due) { Some(due) => (format::date_near(due, here.today)), None => span.hj-cellgap { (format::DASH) } } }
                td.f5.lampc.sep { (lamp_alone(kind, &word)) }
                @for column in &self.columns { (self.cell(indicator, column)) }
            }
        }
    }

    fn cell(&self, indicator: &Indicator, column: &Column<'_>) -> Markup {
        let here = self.here;
        let duty = self.cells.get(&(indicator.code.as_str(), column.unit.id));
        html! {
            td.u.sep[column.last] data-c=(column.unit.key) {
                @if let Some(duty) = duty {
                    @let part = duty.content.part;
                    @let gap = self.missing.contains(&duty.line);
                    @let class = match part { _ if gap && part != Part::Lead => "mk gap", Part::Lead => "mk lead", Part::Support => "mk sup", Part::Carry => "mk loc" };
                    @let says = format!("{} {}{}", column.unit.name, here.t(&format!("duty-part-{}", part.key())), if gap { here.t("duty-mark-gap-short") } else { String::new() });
                    a class=(class) href=(here.link(&format!("/duty/lines/{}", duty.line))) title=(says) aria-label=(says) {
                        (here.t(&format!("duty-mark-{}", part.key())))
                    }
                }
            }
        }
    }

    fn foot(&self, shown: &[&Indicator]) -> Markup {
        let here = self.here;
        let led = |unit: Uuid| {
            let leads = |of: &&&Indicator| {
                self.cells.get(&(of.code.as_str(), unit)).is_some_and(|duty| duty.content.part == Part::Lead)
            };
            shown.iter().filter(leads).count()
        };
        html! {
            tfoot {
                tr {
                    th.f1 {} th.f2 scope="row" { (here.t("duty-led")) } td.f3 {} td {} td.sep {}
                    @for column in &self.columns {
                        @let n = led(column.unit.id);
                        td.u.sep[column.last] data-c=(column.unit.key) {
                            @if column.unit.kind != "department" { (format::DASH) } @else if n > 0 { (n) }
                        }
                    }
                }
            }
        }
    }
}

/// A name in a narrow column: 区民政局 → 民政局, 市公安局武陵分局 → 公安分局, 区卫生局(区爱卫办) → 卫生局; 区委办公室 stays.
fn short(name: &str) -> String {
    let name = name.split(['(', '（']).next().unwrap_or(name);
    if let Some((bureau, _)) =
        name.strip_prefix('市').filter(|rest| rest.ends_with("分局")).and_then(|rest| rest.split_once('局'))
    {
        return format!("{bureau}分局");
    }
    match name.strip_prefix('区') {
        Some(rest) if !rest.starts_with(['委', '政']) => rest.to_owned(),
        _ => name.strip_suffix("街道").unwrap_or(name).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_of_columns_are_short_and_still_told_apart() {
        let shorts = ["区民政局", "市公安局武陵分局", "区卫生局(区爱卫办)", "区委办公室", "城北街道"].map(short);
        assert_eq!(shorts, ["民政局", "公安分局", "卫生局", "区委办公室", "城北"]);
    }
}
