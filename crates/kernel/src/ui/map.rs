//! A map drawn by the server: one SVG, no tiles, no script.
//!
//! Owns the projection and the drawing; the shapes come as rings of longitude and latitude in degrees. The rule that matters: a map never
//! stands alone — its legend carries the count of each class and the same figures stand in a table beside it — and every area is a link
//! that the keyboard reaches.
//!
//! Projection: equirectangular with longitudes shortened by the cosine of the middle latitude; over a district (some 20 km) the error
//! is far below a pixel.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::{bars::svg_number, lamp::LampKind};
use crate::i18n::{Lang, ta};

/// A ring of (longitude, latitude) in degrees; the last point may repeat the first.
pub type Ring = Vec<(f64, f64)>;

/// Fill of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum MapClass {
    /// No data, not assessed.
    #[default]
    NoData,
    /// Step 1 (low) to 5 (high) of the one-colour scale; other numbers are brought into that range.
    Step(u8),
    /// One of six fills without meaning (0 to 5, counted round), so that neighbours differ.
    Plan(u8),
    /// Short of the norm.
    Short,
    /// A lamp.
    Lamp(LampKind),
}

impl MapClass {
    /// The class that fills it.
    pub fn css(self) -> String {
        match self {
            MapClass::NoData => "sw-m0".into(),
            MapClass::Step(n) => format!("sw-m{}", n.clamp(1, 5)),
            MapClass::Plan(n) => format!("sw-k{}", n % 6),
            MapClass::Short => "sw-y".into(),
            MapClass::Lamp(kind) => format!("sw-l-{}", kind.tag()),
        }
    }

    /// The step of `value` on a scale cut at `cuts` (ascending, up to four): below the first cut is 1.
    pub fn of(value: f64, cuts: &[f64]) -> MapClass {
        if !value.is_finite() {
            return MapClass::NoData;
        }
        let above = cuts.iter().take(4).filter(|cut| value >= **cut).count();
        MapClass::Step(u8::try_from(above + 1).unwrap_or(5))
    }
}

/// An area with its figure.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Outer rings and holes together.
    pub rings: Vec<Ring>,
    /// Its class.
    pub class: MapClass,
    /// A word written on it; may be empty.
    pub label: String,
    /// Where it opens.
    pub href: Option<String>,
    /// What it is and its figure, for the pointer and screen readers: 军民村社区　78.5 分.
    pub title: String,
    /// Stressed: the one looked at, or one with a warning.
    pub stressed: bool,
}

/// A line over all areas: a subdistrict's boundary with its name.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Its rings.
    pub rings: Vec<Ring>,
    /// Its name; may be empty.
    pub label: String,
}

/// An entry of the legend.
#[derive(Debug, Clone, Default)]
pub struct LegendItem {
    /// The class.
    pub class: MapClass,
    /// What it means: 75～80.
    pub label: String,
}

impl LegendItem {
    /// A class with its meaning.
    pub fn new(class: MapClass, label: impl Into<String>) -> Self {
        LegendItem { class, label: label.into() }
    }
}

/// Width of the drawing in its own units; the page scales it.
const WIDTH: f64 = 800.0;
const MARGIN: f64 = 8.0;

/// Longitude and latitude to the drawing's units.
struct Projection {
    west: f64,
    north: f64,
    squeeze: f64,
    scale: f64,
    height: f64,
}

impl Projection {
    fn over<'a>(rings: impl Iterator<Item = &'a Ring>) -> Option<Projection> {
        let (mut west, mut east, mut south, mut north) =
            (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
        for (lon, lat) in rings.flatten().filter(|(lon, lat)| lon.is_finite() && lat.is_finite()) {
            (west, east) = (west.min(*lon), east.max(*lon));
            (south, north) = (south.min(*lat), north.max(*lat));
        }
        if !(west.is_finite() && south.is_finite()) {
            return None;
        }
        let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.01);
        let width = ((east - west) * squeeze).max(1e-9);
        let scale = (WIDTH - 2.0 * MARGIN) / width;
        // A sliver would otherwise make a drawing of any height.
        let height = ((north - south) * scale + 2.0 * MARGIN).min(4.0 * WIDTH);
        Some(Projection { west, north, squeeze, scale, height })
    }

    fn place(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        (MARGIN + (lon - self.west) * self.squeeze * self.scale, MARGIN + (self.north - lat) * self.scale)
    }

    fn path(&self, rings: &[Ring]) -> String {
        let mut out = String::new();
        for ring in rings {
            let mut last = None;
            for point in ring.iter().filter(|(lon, lat)| lon.is_finite() && lat.is_finite()) {
                let (x, y) = self.place(*point);
                let here = (format!("{x:.1}"), format!("{y:.1}"));
                if last.as_ref() == Some(&here) {
                    continue;
                }
                // Writing to a String does not fail.
                let _ = write!(out, "{}{} {}", if last.is_none() { 'M' } else { 'L' }, here.0, here.1);
                last = Some(here);
            }
            if last.is_some() {
                out.push('Z');
            }
        }
        out
    }

    /// Centre of gravity of the largest ring (shoelace formula).
    fn centre(&self, rings: &[Ring]) -> Option<(f64, f64)> {
        let centre = |ring: &Ring| {
            let points: Vec<_> =
                ring.iter().filter(|(a, b)| a.is_finite() && b.is_finite()).map(|p| self.place(*p)).collect();
            let first = *points.first()?;
            let (mut area, mut cx, mut cy) = (0.0, 0.0, 0.0);
            for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
                let cross = a.0 * b.1 - b.0 * a.1;
                area += cross;
                cx += (a.0 + b.0) * cross;
                cy += (a.1 + b.1) * cross;
            }
            if area.abs() < 1e-6 {
                Some((0.0, first))
            } else {
                Some((area.abs(), (cx / (3.0 * area), cy / (3.0 * area))))
            }
        };
        rings.iter().filter_map(centre).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
    }
}

/// Draws areas, then outlines, then the legend with the count of each class. Without any shape only the legend stands.
pub fn map_svg(lang: Lang, shapes: &[Shape], outlines: &[Outline], legend: &[LegendItem]) -> Markup {
    let rings = shapes.iter().flat_map(|s| &s.rings).chain(outlines.iter().flat_map(|o| &o.rings));
    let projection = Projection::over(rings);
    html! {
        @if let Some(p) = &projection {
            div.hj-map.hj-map-svg {
                svg viewBox=(format!("0 0 {} {}", svg_number(WIDTH), svg_number(p.height))) role="group"
                    aria-label=(ta(lang, "map-label", &[("n", shapes.len().into())])) {
                    // The stressed ones last, so that their edge is not covered.
                    @for stressed in [false, true] { @for shape in shapes.iter().filter(|s| s.stressed == stressed) { (area(p, shape)) } }
                    @for outline in outlines { path.sw-edge.ml d=(p.path(&outline.rings)) {} }
                    @for shape in shapes { (label(p, &shape.rings, &shape.label, "mt")) }
                    @for outline in outlines { (label(p, &outline.rings, &outline.label, "mt sub")) }
                }
            }
        }
        (map_legend(lang, shapes, legend))
    }
}

fn area(p: &Projection, shape: &Shape) -> Markup {
    let class = format!("ma {}{}", shape.class.css(), if shape.stressed { " on" } else { "" });
    let path = html! { path class=(class) d=(p.path(&shape.rings)) fill-rule="evenodd" { title { (shape.title) } } };
    html! {
        @match &shape.href {
            Some(href) => a href=(href) aria-label=(shape.title) { (path) },
            None => (path),
        }
    }
}

fn label(p: &Projection, rings: &[Ring], text: &str, class: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            @if let Some((x, y)) = p.centre(rings) {
                text class=(class) x=(svg_number(x)) y=(svg_number(y)) text-anchor="middle" aria-hidden="true" { (text) }
            }
        }
    }
}

/// The legend: each class with how many areas it has.
pub fn map_legend(lang: Lang, shapes: &[Shape], legend: &[LegendItem]) -> Markup {
    html! {
        @if !legend.is_empty() {
            div.hj-legend {
                @for item in legend {
                    @let count = shapes.iter().filter(|shape| shape.class == item.class).count();
                    span {
                        svg viewBox="0 0 18 12" aria-hidden="true" {
                            rect class=(item.class.css()) x="0.5" y="0.5" width="17" height="11" {}
                        }
                        (ta(lang, "map-count", &[("label", item.label.clone().into()), ("n", count.into())]))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(west: f64, south: f64, side: f64) -> Ring {
        vec![(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    }

    #[test]
    fn longitudes_are_shortened_by_the_cosine_of_the_latitude() {
        let shape = Shape { rings: vec![square(111.0, 59.5, 1.0)], ..Shape::default() };
        let html = map_svg(Lang::ZhCn, &[shape], &[], &[]).into_string();
        // At 60° north a square of degrees is twice as high as wide: 784 units wide within the margins, 1568 high, 16 of margin.
        assert!(html.contains(r#"viewBox="0 0 800 1584""#), "{html}");
    }

    #[test]
    fn an_area_is_a_link_that_says_its_figure_and_the_legend_counts() {
        let shape = |class, href: &str| Shape {
            rings: vec![square(111.6, 29.0, 0.1)],
            class,
            label: "军民村".into(),
            href: Some(href.into()),
            title: "军民村社区　78.5 分".into(),
            stressed: false,
        };
        let legend = [LegendItem::new(MapClass::Step(2), "75～80"), LegendItem::new(MapClass::NoData, "未评")];
        let outline = Outline { rings: vec![square(111.6, 29.0, 0.1)], label: "城北街道".into() };
        let html = map_svg(
            Lang::ZhCn,
            &[shape(MapClass::Step(2), "/c/1"), shape(MapClass::Step(2), "/c/2")],
            &[outline],
            &legend,
        )
        .into_string();
        assert!(html.contains(r#"<a href="/c/1" aria-label="军民村社区　78.5 分"><path class="ma sw-m2""#));
        assert!(html.contains("<title>军民村社区　78.5 分</title>"));
        assert!(html.contains("75～80：2") && html.contains("未评：0"));
        assert!(html.contains(r#"class="mt sub" x="400""#));
    }

    #[test]
    fn a_value_falls_into_the_step_between_its_cuts() {
        let cuts = [75.0, 80.0, 85.0, 90.0];
        let steps = [74.9, 75.0, 84.9, 90.0, 100.0].map(|v| MapClass::of(v, &cuts));
        assert_eq!(steps, [1, 2, 3, 5, 5].map(MapClass::Step));
        assert_eq!(MapClass::of(f64::NAN, &cuts), MapClass::NoData);
    }

    #[test]
    fn nothing_to_draw_leaves_only_the_legend() {
        let html =
            map_svg(Lang::ZhCn, &[Shape::default()], &[], &[LegendItem::new(MapClass::NoData, "未评")]).into_string();
        assert!(!html.contains("<path") && html.contains("未评：1"));
    }

    proptest! {
        #[test]
        fn any_points_give_a_drawing_without_broken_figures(
            rings in prop::collection::vec(prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..6), 0..4)
        ) {
            let shape = Shape { rings, label: "x".into(), ..Shape::default() };
            let html = map_svg(Lang::ZhCn, &[shape], &[], &[]).into_string();
            prop_assert!(!html.contains("NaN") && !html.contains("inf "));
        }
    }
}
