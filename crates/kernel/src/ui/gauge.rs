//! The gauge of a score: what was got, what is not assessed, what is lost, and the pass mark.
//!
//! The rule that matters: points nobody has assessed are drawn as such, between the points got and the points lost; they are never
//! counted as lost.

use maud::{Markup, html};

use super::bars::svg_number;
use crate::i18n::{Lang, format, t, ta};

/// Points as integers scaled by `decimals`: 8530 with 2 decimals is 85.30.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gauge {
    /// Points got.
    pub got: i64,
    /// Points of indicators that are not assessed.
    pub not_assessed: i64,
    /// Points there are.
    pub full: i64,
    /// Points needed.
    pub pass: Option<i64>,
    /// Decimal places of the others.
    pub decimals: u32,
}

const CENTRE: (f64, f64) = (100.0, 98.0);
const RADIUS: f64 = 82.0;
/// The arc begins lower left and ends lower right, in degrees clockwise from the right.
const FROM: f64 = 155.0;
const SWEEP: f64 = 230.0;

fn angle(share: f64) -> f64 {
    FROM + SWEEP * share
}

fn point(share: f64, radius: f64) -> (String, String) {
    let a = angle(share).to_radians();
    (svg_number(CENTRE.0 + radius * a.cos()), svg_number(CENTRE.1 + radius * a.sin()))
}

fn arc(from: f64, to: f64) -> String {
    let ((x0, y0), (x1, y1)) = (point(from, RADIUS), point(to, RADIUS));
    let long = u8::from((to - from) * SWEEP > 180.0);
    format!("M{x0} {y0}A82 82 0 {long} 1 {x1} {y1}")
}

/// Draws the gauge with its figures.
pub fn gauge(lang: Lang, g: Gauge) -> Markup {
    let share = |points: i64| if g.full > 0 { (points as f64 / g.full as f64).clamp(0.0, 1.0) } else { 0.0 };
    let number = |points: i64| format::decimal(points, g.decimals);
    let whole = |points: i64| {
        let text = number(points);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    };
    let lost = g.full.saturating_sub(g.got).saturating_sub(g.not_assessed).max(0);
    let (got, open) = (share(g.got), share(g.got.saturating_add(g.not_assessed)));
    let mut says = ta(
        lang,
        "gauge-label",
        &[
            ("got", number(g.got).into()),
            ("full", whole(g.full).into()),
            ("open", number(g.not_assessed).into()),
            ("lost", number(lost).into()),
        ],
    );
    if let Some(pass) = g.pass {
        says.push_str(if lang == Lang::ZhCn { "，" } else { ", " });
        says.push_str(&ta(lang, "gauge-pass", &[("pass", whole(pass).into())]));
    }
    html! {
        svg.gauge viewBox="-6 0 224 150" role="img" aria-label=(says) {
            path.g-t d=(arc(0.0, 1.0)) {}
            @if got > 0.0 { path.g-v d=(arc(0.0, got)) {} }
            @if open > got { path.g-u d=(arc(got, open)) {} }
            @if let Some(pass) = g.pass {
                @let (a, b) = (point(share(pass), 70.0), point(share(pass), 95.0));
                @let at = angle(share(pass)).to_radians();
                @let text = (CENTRE.0 + 99.0 * at.cos(), CENTRE.1 + 99.0 * at.sin() + 4.0);
                line.g-m x1=(a.0) y1=(a.1) x2=(b.0) y2=(b.1) {}
                text.g-k.g-r x=(svg_number(text.0)) y=(svg_number(text.1)) text-anchor=[(at.cos() < 0.0).then_some("end")] { (whole(pass)) }
            }
            text.g-n x="100" y="100" text-anchor="middle" { (number(g.got)) }
            text.g-k x="100" y="120" text-anchor="middle" { (ta(lang, "gauge-full", &[("full", whole(g.full).into())])) }
            @let (left, right) = (point(0.0, RADIUS).0, point(1.0, RADIUS).0);
            text.g-k x=(left) y="149" text-anchor="middle" { "0" }
            text.g-k x=(right) y="149" text-anchor="middle" { (whole(g.full)) }
        }
        @if g.got == 0 && g.not_assessed >= g.full && g.full > 0 { p.xs.dim.c { (t(lang, "not-assessed")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORE: Gauge = Gauge { got: 8530, not_assessed: 300, full: 10000, pass: Some(9000), decimals: 2 };

    #[test]
    fn the_gauge_draws_got_open_and_pass_mark_and_says_them() {
        let html = gauge(Lang::ZhCn, SCORE).into_string();
        assert!(html.contains(r#"aria-label="得分 85.30 分，满分 100 分，未评 3.00 分，失分 11.70 分，合格线 90 分""#));
        assert!(html.contains(r#"<path class="g-v" d="M25.68 132.65A82 82 0 1 1 181.03 85.44">"#));
        assert!(html.contains(r#"<line class="g-m" x1="169.96" y1="100.44" x2="194.94" y2="101.32">"#));
        assert!(html.contains(">85.30</text>"));
    }

    #[test]
    fn nothing_assessed_is_said_and_no_points_are_lost() {
        let html = gauge(Lang::ZhCn, Gauge { got: 0, not_assessed: 10000, ..SCORE }).into_string();
        assert!(html.contains("失分 0.00 分"));
        assert!(html.contains(">未评</p>"));
        assert!(!html.contains("g-v"));
    }

    #[test]
    fn a_gauge_without_points_does_not_divide_by_them() {
        let html = gauge(Lang::En, Gauge { got: 5, not_assessed: 0, full: 0, pass: None, decimals: 0 }).into_string();
        assert!(!html.contains("NaN") && !html.contains("inf"));
    }
}
