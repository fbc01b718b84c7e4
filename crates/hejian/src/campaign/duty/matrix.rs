//! 责任分解: indicators × units, with who leads, who supports, who carries a share, and what is missing.

mod table;

use std::collections::{HashMap, HashSet};

use hejian_kernel::{
    error::Result,
    i18n::{format, t, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, print_button},
        controls::Choice,
        filter::FilterBar,
        head::PageHead,
        html,
        lamp::LampKind,
        shell::demo_mark,
        tiles::{Tile, tiles},
    },
    unit::Unit,
    web::Ctx,
};
use hejian_scoring::pack::Indicator;
use uuid::Uuid;

use super::{
    gaps::{Gap, Kind, gaps},
    here::Here,
    model::{Duty, Part},
};

/// The sections of departments, in the order in which they stand.
const SECTIONS: [&str; 6] = ["party", "office", "government", "vertical", "mass_org", "other"];

/// A unit's column; the flag says that a group ends with it.
struct Column<'a> {
    unit: &'a Unit,
    last: bool,
}

/// What the page is about.
struct Matrix<'a> {
    here: &'a Here,
    columns: Vec<Column<'a>>,
    groups: Vec<(String, usize)>,
    cells: HashMap<(&'a str, Uuid), &'a Duty>,
    gaps: Vec<Gap>,
    missing: HashSet<Uuid>,
}

/// `GET /duty`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let matrix = Matrix::of(&here);
    let title = here.t("nav-duty");
    let counts = [
        ("items", here.standard.pack.indicators.len().into()),
        ("departments", matrix.columns.iter().filter(|column| column.unit.kind == "department").count().into()),
        ("subdistricts", here.board.of_kind("subdistrict").count().into()),
    ];
    let mut head = PageHead::new(here.lang, &title).demo(here.demo).meta(ta(here.lang, "duty-meta", &counts));
    // Who is not of the office comes for what their own unit answers for.
    if let Some(own) = here.own.and_then(|id| here.board.unit(id)).filter(|own| !here.assigns && own.kind != "district")
    {
        head = head.act(link_button(
            &here.t("duty-own"),
            &here.link(&format!("/duty/units/{}", own.key)),
            "task",
            Button::Primary,
        ));
    }
    if here.assigns {
        head = head.act(link_button(&here.t("duty-draft"), &here.link("/duty/draft"), "", Button::Plain));
        head = head.act(link_button(&here.t("duty-import"), &here.link("/duty/import"), "import", Button::Plain));
    }
    head = head.act(link_button(&here.t("duty-export"), &here.link("/duty/workbook"), "export", Button::Plain));
    head = head.act(link_button(&here.t("duty-letters"), &here.link("/duty/letters"), "doc", Button::Plain));
    head = head.act(print_button(&here.t("duty-print")));
    let body = html! {
        (head)
        (here.chosen.chooser(here.lang, &here.query))
        div.mxt { (tiles(&matrix.tiles())) }
        div.mt { (matrix.filters()) }
        (matrix.table())
        p.xs.dim.hj-source { (ta(here.lang, "duty-source", &[("day", format::date(here.today).into())])) @if here.demo { " " (demo_mark(here.lang)) } }
    };
    here.page(&ctx, &title, true, body).await
}

impl<'a> Matrix<'a> {
    fn of(here: &'a Here) -> Self {
        let board = &here.board;
        let used: HashSet<Uuid> = board.duties.iter().map(|duty| duty.content.unit).collect();
        let asked = here.query.get("unit").unwrap_or_default();
        let wanted = |unit: &&Unit| used.contains(&unit.id) && (asked.is_empty() || unit.key == asked);
        // By section; within a section and everywhere else in the official order.
        let mut departments: Vec<&Unit> = board.of_kind("department").filter(wanted).collect();
        departments.sort_by_key(|unit| {
            SECTIONS.iter().position(|section| unit.section.as_deref() == Some(section)).unwrap_or(SECTIONS.len())
        });
        let subdistricts = board.of_kind("subdistrict").filter(wanted);
        let mut columns: Vec<Column<'_>> = Vec::new();
        let mut groups: Vec<(String, usize)> = Vec::new();
        for unit in departments.into_iter().chain(subdistricts) {
            let group = match (&unit.section, unit.kind.as_str()) {
                (Some(section), "department") => here.t(&format!("unit-section-{}", section.replace('_', "-"))),
                (None, "department") => here.t("duty-departments"),
                _ => here.t("duty-subdistricts"),
            };
            match groups.last_mut().filter(|(name, _)| *name == group) {
                Some((_, n)) => *n += 1,
                None => {
                    if let Some(last) = columns.last_mut() {
                        last.last = true;
                    }
                    groups.push((group, 1));
                }
            }
            columns.push(Column { unit, last: false });
        }
        let gaps = gaps(board, &here.standard.pack);
        let missing = gaps.iter().filter_map(|gap| gap.line).collect();
        let cells =
            board.duties.iter().map(|duty| ((duty.content.indicator.as_str(), duty.content.unit), duty)).collect();
        Self { here, columns, groups, cells, gaps, missing }
    }

    fn tiles(&self) -> Vec<Tile> {
        let here = self.here;
        let all = here.standard.pack.indicators.len();
        let leads: Vec<&Duty> = here.board.find(|of| of.part == Part::Lead).collect();
        let manned = |duty: &&&Duty| !here.person(duty.content.post).is_empty();
        let manned = leads.iter().filter(manned).count();
        let shares: Vec<&Duty> = here
            .board
            .find(|of| {
                of.part == Part::Carry && here.board.unit(of.unit).is_some_and(|unit| unit.kind == "subdistrict")
            })
            .collect();
        let open = self.gaps.iter().filter(|gap| gap.kind == Kind::NotCascaded).count();
        let over = here.board.find(|of| of.done.is_none() && here.colour(of.due) == LampKind::Red).count();
        let gap = |kind: Kind| here.link(&format!("/duty/gaps?kind={}", kind.key()));
        vec![
            Tile::new(here.t("duty-tile-leads"), leads.len().to_string())
                .unit(here.n("duty-of", all))
                .against(here.t("duty-tile-leads-about"))
                .bad(leads.len() < all)
                .href(gap(Kind::NoLead)),
            Tile::new(here.t("duty-tile-persons"), manned.to_string())
                .unit(here.n("duty-of", leads.len()))
                .against(here.n("duty-tile-empty", leads.len() - manned))
                .bad(manned < leads.len())
                .href(gap(Kind::NoPerson)),
            Tile::new(here.t("duty-tile-supports"), here.board.find(|of| of.part == Part::Support).count().to_string())
                .unit(here.t("duty-pairs"))
                .against(here.t("duty-tile-supports-about"))
                .href(here.link("/duty")),
            Tile::new(here.t("duty-tile-cascade"), (shares.len() - open).to_string())
                .unit(here.n("duty-of", shares.len()))
                .against(here.n("duty-tile-uncascaded", open))
                .bad(open > 0)
                .href(gap(Kind::NotCascaded)),
            Tile::new(here.t("duty-tile-over"), over.to_string())
                .unit(here.t("duty-items"))
                .against(here.t("duty-tile-over-about"))
                .bad(over > 0)
                .href(here.link("/duty?lamp=red")),
            Tile::new(here.t("duty-gaps"), self.gaps.len().to_string())
                .unit(here.t("duty-places"))
                .against(here.t("duty-tile-gaps-about"))
                .bad(!self.gaps.is_empty())
                .href(here.link("/duty/gaps")),
        ]
    }

    fn filters(&self) -> Markup {
        let (here, lang) = (self.here, self.here.lang);
        let areas: Vec<Choice> = here
            .standard
            .pack
            .areas
            .iter()
            .map(|area| Choice::new(area.code.clone(), format!("{} {}", area.code, here.standard.area(lang, area))))
            .collect();
        let used: HashSet<Uuid> = here.board.duties.iter().map(|duty| duty.content.unit).collect();
        let units = here.board.of_kind("department").chain(here.board.of_kind("subdistrict"));
        let units: Vec<Choice> = units
            .filter(|unit| used.contains(&unit.id))
            .map(|unit| Choice::new(unit.key.clone(), unit.name.clone()))
            .collect();
        let lamps: Vec<Choice> = [LampKind::Green, LampKind::Yellow, LampKind::Red, LampKind::Grey]
            .into_iter()
            .map(|kind| {
                Choice::new(
                    kind.tag(),
                    if kind == LampKind::Grey { here.t("duty-lamp-undated") } else { kind.word(lang) },
                )
            })
            .collect();
        let gaps = [Choice::new("yes", here.t("duty-only-gaps"))];
        html! {
            (FilterBar::new(lang, &here.query)
                .select("area", &t(lang, "standard-area"), &areas)
                .select("unit", &here.t("duty-unit"), &units)
                .select("lamp", &here.t("duty-lamp"), &lamps)
                .select("gaps", &here.t("duty-gaps"), &gaps)
                .search("q", &here.t("duty-find"), &here.t("duty-find-hint")))
            p.hj-key.sm {
                span { span.mk.lead { (here.t("duty-mark-lead")) } (here.t("duty-part-lead")) }
                span { span.mk.sup { (here.t("duty-mark-support")) } (here.t("duty-part-support")) }
                span { span.mk.loc { (here.t("duty-mark-carry")) } (here.t("duty-part-carry")) }
                span { span.mk.gap { (here.t("duty-mark-gap")) } (here.t("duty-mark-gap-about")) }
            }
        }
    }

    fn passes(&self, indicator: &Indicator) -> bool {
        let here = self.here;
        let wanted = |name: &str| here.query.get(name).map(str::trim).filter(|text| !text.is_empty());
        let lead = here.board.lead(&indicator.code);
        let mut own = here.board.find(|of| of.indicator == indicator.code);
        wanted("area").is_none_or(|area| indicator.area == area)
            && wanted("unit").is_none_or(|key| {
                let unit = here.board.unit_of_key(key).map(|unit| unit.id);
                unit.is_some_and(|unit| self.cells.contains_key(&(indicator.code.as_str(), unit)))
            })
            && wanted("lamp").is_none_or(|tag| {
                own.any(|duty| duty.content.done.is_none() && here.colour(duty.content.due).tag() == tag)
            })
            && (wanted("gaps").is_none() || self.has_gap(indicator))
            && wanted("q").is_none_or(|text| {
                let unit = lead.map_or("", |duty| here.board.unit_name(duty.content.unit));
                let person = lead.map(|duty| here.person(duty.content.post)).unwrap_or_default();
                [indicator.code.as_str(), &here.standard.name(here.lang, indicator), unit, &person]
                    .iter()
                    .any(|field| field.to_lowercase().contains(&text.to_lowercase()))
            })
    }

    fn has_gap(&self, indicator: &Indicator) -> bool {
        self.gaps.iter().any(|gap| gap.code == indicator.code)
    }
}
