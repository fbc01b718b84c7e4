//! A run over time as one line: drawn by the server, the same on paper, on a telephone and without script.
//!
//! The rule that matters: what was not assessed leaves a gap and is never drawn as 0, and the figures of the line stand in a table
//! beside it, which is where whoever cannot see the drawing reads them.

use maud::{Markup, html};

use super::bars::svg_number;

/// One place of the line.
#[derive(Debug, Clone, Default)]
pub struct Spot {
    /// Below the axis; may be empty.
    pub label: String,
    /// The figure; none leaves a gap.
    pub value: Option<f64>,
    /// The figure as it is written.
    pub shown: String,
    /// Where the place opens.
    pub href: Option<String>,
}

/// What is drawn beside the line.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// Lowest and highest figure of the axis.
    pub span: (f64, f64),
    /// A line across: its figure and its words.
    pub mark: Option<(f64, String)>,
    /// Upright lines: at which place, and the words.
    pub moments: Vec<(usize, String)>,
    /// The sentence for screen readers.
    pub says: String,
}

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 24.0;
/// More labels than this would run into each other.
const LABELS: usize = 12;

/// The lowest and highest of an axis for these figures: whole tens, with room above.
#[must_use]
pub fn span_of(values: impl Iterator<Item = f64>, most: f64) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if !low.is_finite() {
        return (0.0, most.max(1.0));
    }
    let step = if high - low > 20.0 || most > 20.0 { 10.0 } else { 1.0 };
    let (low, high) = ((low / step).floor() * step - step, (high / step).ceil() * step + step);
    (low.max(0.0), if most > 0.0 { high.min(most.max(low + step)) } else { high })
}

/// Draws the line.
#[must_use]
pub fn trend(spots: &[Spot], ground: &Ground) -> Markup {
    let (low, high) = ground.span;
    let height = if high > low { high - low } else { 1.0 };
    let across = (WIDTH - LEFT - RIGHT) / (spots.len().max(2) - 1) as f64;
    let x = |at: usize| LEFT + across * at as f64;
    let y = |value: f64| TOP + (1.0 - ((value - low) / height).clamp(0.0, 1.0)) * (HEIGHT - TOP - BOTTOM);
    let lines: Vec<f64> = (0..=4).map(|n| low + height * f64::from(n) / 4.0).collect();
    let every = spots.len().div_ceil(LABELS).max(1);
    // Counted from the end, so that the last place always has its label.
    let labelled = |at: usize| (spots.len() - 1 - at).is_multiple_of(every);
    // A telephone has room for every other label only.
    let second = |at: usize| (spots.len() - 1 - at) / every % 2 == 1;
    let mut path = String::new();
    let mut drawn = false;
    for (at, spot) in spots.iter().enumerate() {
        match spot.value.filter(|value| value.is_finite()) {
            None => drawn = false,
            Some(value) => {
                let sign = if drawn { 'L' } else { 'M' };
                path.push_str(&format!("{sign}{} {}", svg_number(x(at)), svg_number(y(value))));
                drawn = true;
            }
        }
    }
    html! {
        svg.trend viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label=(ground.says) {
            @for value in &lines {
                line.grid x1=(svg_number(LEFT)) x2=(svg_number(WIDTH - RIGHT)) y1=(svg_number(y(*value))) y2=(svg_number(y(*value))) {}
                text.axis x=(svg_number(LEFT - 6.0)) y=(svg_number(y(*value) + 4.0)) text-anchor="end" { (svg_number(*value)) }
            }
            @for (at, words) in &ground.moments {
                line.moment x1=(svg_number(x(*at))) x2=(svg_number(x(*at))) y1=(svg_number(TOP - 8.0)) y2=(svg_number(HEIGHT - BOTTOM)) {}
                text.axis x=(svg_number(x(*at))) y=(svg_number(TOP - 12.0)) text-anchor=(anchor(*at, spots.len())) { (words) }
            }
            @if let Some((value, words)) = &ground.mark {
                line.mark x1=(svg_number(LEFT)) x2=(svg_number(WIDTH - RIGHT)) y1=(svg_number(y(*value))) y2=(svg_number(y(*value))) {}
                text.marked x=(svg_number(LEFT + 4.0)) y=(svg_number(y(*value) - 4.0)) { (words) }
            }
            path.run d=(path) {}
            @for (at, spot) in spots.iter().enumerate() {
                @if labelled(at) { text.axis.second[second(at)] x=(svg_number(x(at))) y=(svg_number(HEIGHT - 6.0)) text-anchor=(anchor(at, spots.len())) { (spot.label) } }
                @if let Some(value) = spot.value.filter(|value| value.is_finite()) { (place(spot, (x(at), y(value)), anchor(at, spots.len()), labelled(at), second(at))) }
            }
        }
    }
}

/// Words at the first and the last place stay within the drawing, and clear of the figures of the axis.
fn anchor(at: usize, places: usize) -> &'static str {
    match at {
        0 => "start",
        at if at + 1 == places => "end",
        _ => "middle",
    }
}

/// A place with its figure: a link where it opens.
fn place(spot: &Spot, (x, y): (f64, f64), anchor: &str, labelled: bool, second: bool) -> Markup {
    let says = format!("{} {}", spot.label, spot.shown);
    let drawn = html! {
        circle cx=(svg_number(x)) cy=(svg_number(y)) r="3" { title { (says) } }
        @if labelled { text.figure.second[second] x=(svg_number(x)) y=(svg_number(y - 8.0)) text-anchor=(anchor) { (spot.shown) } }
    };
    html! {
        @match &spot.href {
            Some(href) => a href=(href) aria-label=(says) { circle.hit cx=(svg_number(x)) cy=(svg_number(y)) r="10" {} (drawn) },
            None => (drawn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(value: Option<f64>) -> Spot {
        Spot { label: "2009-03".into(), value, shown: "76.3".into(), href: Some("/dashboard?on=2009-03-31".into()) }
    }

    #[test]
    fn what_is_not_assessed_is_a_gap_and_never_a_zero() {
        let ground = Ground { span: (0.0, 100.0), ..Ground::default() };
        let html =
            trend(&[spot(Some(50.0)), spot(None), spot(Some(70.0)), spot(Some(f64::NAN))], &ground).into_string();
        assert_eq!(html.matches("aria-label=\"2009-03 76.3\"").count(), 2, "two places are drawn");
        let path =
            html.split("<path class=\"run\" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
        assert_eq!(path.matches('M').count(), 2, "{path}");
        assert!(!html.contains("NaN"));
    }

    #[test]
    fn an_axis_spans_the_figures_in_whole_tens_and_stays_within_what_there_is() {
        assert_eq!(span_of([61.2, 85.3].into_iter(), 100.0), (50.0, 100.0));
        assert_eq!(span_of([97.0].into_iter(), 100.0), (80.0, 100.0));
        assert_eq!(span_of(std::iter::empty(), 3.0), (0.0, 3.0));
        assert_eq!(span_of([0.0, 2.5].into_iter(), 3.0), (0.0, 3.0));
    }

    #[test]
    fn one_place_alone_is_drawn_and_an_empty_run_breaks_nothing() {
        let ground = Ground { span: (0.0, 0.0), mark: Some((90.0, "90".into())), ..Ground::default() };
        assert!(trend(&[spot(Some(1.0))], &ground).into_string().contains("<circle"));
        assert!(!trend(&[], &ground).into_string().contains("<circle"));
    }
}
