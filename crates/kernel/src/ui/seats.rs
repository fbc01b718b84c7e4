//! Choosing posts: one from a list, or several by ticking, in groups as the district is built.
//!
//! The rule that matters: a post is shown with its unit and whoever holds it, because people know each other by name.

use maud::{Markup, html};

use super::controls::Choice;
use crate::access::Seat;

/// The heading a post stands under: a subdistrict for its own posts and those of its communities, otherwise the unit above.
fn heading(seat: &Seat) -> &str {
    match seat.kind.as_str() {
        "subdistrict" => &seat.unit_name,
        _ if seat.above.is_empty() => &seat.unit_name,
        _ => &seat.above,
    }
}

fn label(seat: &Seat) -> String {
    if seat.holder.is_empty() { seat.label() } else { format!("{}　{}", seat.label(), seat.holder) }
}

/// The posts as choices of a list.
#[must_use]
pub fn choices(seats: &[Seat]) -> Vec<Choice> {
    let choice = |seat: &Seat| Choice::new(seat.post.to_string(), label(seat)).group(heading(seat));
    grouped(seats).into_iter().flat_map(|(_, seats)| seats.into_iter().map(choice).collect::<Vec<_>>()).collect()
}

/// Tick boxes that send `name` for each ticked post; groups with a ticked post, or the only group, are open.
#[must_use]
pub fn checks(legend: &str, name: &str, seats: &[Seat], ticked: &[String]) -> Markup {
    let groups = grouped(seats);
    let open = |seats: &[&Seat]| groups.len() == 1 || seats.iter().any(|s| ticked.contains(&s.post.to_string()));
    html! {
        fieldset.hj-seats {
            legend.sr { (legend) }
            @for (heading, seats) in &groups {
                details open[open(seats)] {
                    summary { (heading) " " span.dim.xs { (seats.len()) } }
                    div.hj-seats-in {
                        @for seat in seats {
                            @let value = seat.post.to_string();
                            label.form-check {
                                input.form-check-input type="checkbox" name=(name) value=(value) checked[ticked.contains(&value)];
                                span.form-check-label { (seat.label()) @if !seat.holder.is_empty() { span.dim.xs { "　" (seat.holder) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn grouped(seats: &[Seat]) -> Vec<(&str, Vec<&Seat>)> {
    let mut groups: Vec<(&str, Vec<&Seat>)> = Vec::new();
    for seat in seats {
        let heading = heading(seat);
        match groups.iter_mut().find(|(h, _)| *h == heading) {
            Some((_, of)) => of.push(seat),
            None => groups.push((heading, vec![seat])),
        }
    }
    groups
}
