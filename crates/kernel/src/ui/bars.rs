//! Small figures drawn by the server: bars, strips, sparks, columns, evidence dots.
//!
//! The rule that matters: geometry is SVG attributes, never style; a drawing repeats what stands beside it in figures, so it is hidden
//! from screen readers unless it is given a sentence.

use maud::{Markup, html};

/// Colour of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarTone {
    /// The accent.
    #[default]
    Accent,
    /// Met.
    Green,
    /// Short.
    Yellow,
    /// Far short.
    Red,
    /// No judgement.
    Dim,
}

impl BarTone {
    fn class(self) -> &'static str {
        match self {
            BarTone::Accent => "v",
            BarTone::Green => "v green",
            BarTone::Yellow => "v yellow",
            BarTone::Red => "v red",
            BarTone::Dim => "v dim",
        }
    }
}

/// A figure for an attribute: two decimals at most, nothing that is not a number.
pub(super) fn svg_number(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A bar: `share` of the whole (0 to 1), then `open` (not assessed), and a line at `mark` (the norm). `says` is the sentence for screen
/// readers; empty when the figure stands beside it.
pub fn bar(share: f64, open: f64, mark: Option<f64>, tone: BarTone, says: &str) -> Markup {
    let percent = |part: f64| if part.is_finite() { part.clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    let (got, open) = (percent(share), percent(open));
    let open = open.min(100.0 - got);
    html! {
        svg.hj-bar viewBox="0 0 100 8" preserveAspectRatio="none" role=[(!says.is_empty()).then_some("img")]
            aria-label=[(!says.is_empty()).then_some(says)] aria-hidden=[says.is_empty().then_some("true")] {
            rect.t width="100" height="8" {}
            rect class=(tone.class()) width=(svg_number(got)) height="8" {}
            @if open > 0.0 { rect.u x=(svg_number(got)) width=(svg_number(open)) height="8" {} }
            @if let Some(mark) = mark {
                @let x = svg_number(percent(mark));
                line.m x1=(x) x2=(x) y1="-1" y2="9" {}
            }
        }
    }
}

/// One dot a community on a scale from `low` to `high`, with a line at `pass`.
pub fn strip(values: &[f64], low: f64, high: f64, pass: Option<f64>) -> Markup {
    let span = if high > low { high - low } else { 1.0 };
    let x = |value: f64| svg_number(((value - low) / span).clamp(0.0, 1.0) * 120.0);
    html! {
        svg.strip viewBox="0 0 120 14" aria-hidden="true" {
            line.b0 x1="0" x2="120" y1="7" y2="7" {}
            @if let Some(pass) = pass { line.p90 x1=(x(pass)) x2=(x(pass)) y1="0" y2="14" {} }
            @for value in values.iter().filter(|v| v.is_finite()) { circle cx=(x(*value)) cy="7" r="2.4" {} }
        }
    }
}

/// The run of a figure, its last point marked. `None` leaves a gap in the line.
pub fn spark(values: &[Option<f64>]) -> Markup {
    let known = || values.iter().flatten().copied().filter(|v| v.is_finite());
    let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let span = if high > low { high - low } else { 1.0 };
    let step = 70.0 / (values.len().max(2) - 1) as f64;
    let place =
        |(i, value): (usize, f64)| (svg_number(1.0 + step * i as f64), svg_number(18.0 - (value - low) / span * 16.0));
    let mut path = String::new();
    let mut drawn = false;
    let mut last = None;
    for (i, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|v| v.is_finite()) else {
            drawn = false;
            continue;
        };
        let (x, y) = place((i, value));
        path.push_str(&format!("{}{x} {y}", if drawn { "L" } else { "M" }));
        drawn = true;
        last = Some((x, y));
    }
    html! {
        svg.spark viewBox="0 0 72 20" aria-hidden="true" {
            path d=(path) {}
            @if let Some((x, y)) = last { circle cx=(x) cy=(y) r="2" {} }
        }
    }
}

/// Columns with their figures above and names below; `now` is the index of the one to stress. `says` is the sentence for screen readers.
pub fn columns(items: &[(String, f64)], now: Option<usize>, says: &str) -> Markup {
    let high = items.iter().map(|(_, v)| *v).filter(|v| v.is_finite()).fold(0.0, f64::max);
    let width = items.len().max(1) * 54;
    html! {
        svg.load viewBox=(format!("0 -14 {width} 88")) role="img" aria-label=(says) {
            @for (i, (name, value)) in items.iter().enumerate() {
                @let height = if high > 0.0 && value.is_finite() { (value / high).max(0.0) * 52.0 } else { 0.0 };
                @let middle = i * 54 + 27;
                rect class=[(now == Some(i)).then_some("now")] x=(i * 54 + 8) y=(svg_number(52.0 - height)) width="38" height=(svg_number(height)) {}
                text x=(middle) y=(svg_number(48.0 - height)) text-anchor="middle" { (svg_number(*value)) }
                text.w x=(middle) y="68" text-anchor="middle" { (name) }
            }
        }
    }
}

/// Pieces of evidence there and missing: filled and empty squares, `names` says which.
pub fn dots(there: usize, of: usize, names: &str) -> Markup {
    let there = there.min(of);
    html! {
        span.hj-dots title=(names) {
            @for i in 0..of {
                svg viewBox="0 0 10 10" aria-hidden="true" {
                    rect class=(if i < there { "dot1" } else { "dot0" }) x="1" y="1" width="8" height="8" {}
                }
            }
        }
        span.sr { (there) "/" (of) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_leaves_its_track() {
        let html = bar(0.87, 0.5, Some(1.4), BarTone::Accent, "").into_string();
        assert!(html.contains(r#"<rect class="v" width="87" height="8">"#));
        assert!(html.contains(r#"<rect class="u" x="87" width="13" height="8">"#));
        assert!(html.contains(r#"<line class="m" x1="100" x2="100""#));
        assert!(bar(f64::NAN, -1.0, None, BarTone::Red, "").into_string().contains(r#"width="0""#));
    }

    #[test]
    fn a_drawing_without_a_sentence_is_silent() {
        assert!(bar(0.5, 0.0, None, BarTone::Accent, "").into_string().contains(r#"aria-hidden="true""#));
        let said = bar(0.5, 0.0, None, BarTone::Accent, "得分率 50%").into_string();
        assert!(said.contains(r#"role="img" aria-label="得分率 50%""#) && !said.contains("aria-hidden"));
    }

    #[test]
    fn a_strip_has_one_dot_a_community() {
        let html = strip(&[70.0, 100.0, f64::NAN], 70.0, 100.0, Some(90.0)).into_string();
        assert_eq!(html.matches("<circle").count(), 2);
        assert!(html.contains(r#"<line class="p90" x1="80" x2="80""#));
    }

    #[test]
    fn a_gap_in_a_run_is_a_gap_in_the_line() {
        let html = spark(&[Some(1.0), None, Some(3.0), Some(2.0)]).into_string();
        assert_eq!(html.matches('M').count(), 2);
        assert_eq!(html.matches("<circle").count(), 1);
        assert!(!spark(&[]).into_string().contains("NaN"));
    }

    #[test]
    fn columns_and_dots_show_what_they_are_given() {
        let html = columns(&[("2008".into(), 39.0), ("2009".into(), 40.0)], Some(1), "用房").into_string();
        assert!(html.contains(r#"<rect class="now" x="62" y="0" width="38" height="52">"#));
        assert!(dots(5, 3, "产权、平面图、照片").into_string().contains("3/3"));
    }
}
