//! Sums of fractions with different denominators, exactly: fractions of one denominator are added first, then a recursive
//! expression puts one denominator after the other under the common one, `n / d + a / v = (n * v + a * d) / (d * v)`.
//!
//! Numbers have a fixed number of limbs here. The product of the distinct denominators and the sum must stay within about 770
//! bits; every whole denominator from 1 to 127 together does. Beyond that the figure is flagged `too_wide`, never rounded.

use super::layers::{Layers, Term};
use super::number::Num;
use super::wide::{BITS, MASK, Wide};
use super::{Query, SqlError};
use crate::exact::Exact;

/// Limbs of numerator and denominator.
const LIMBS: usize = 42;
/// What a limb of the running sum can reach: two masked parts and a small third.
const LIMB_MOST: i128 = (1 << (BITS + 1)) + (1 << 9);

/// A finished sum: `step` has `scope, moment, too_wide` and the limbs of `p` (parts above 0), `q` (below 0) and `d`.
pub(super) struct Sum {
    pub step: String,
}

impl Sum {
    /// The columns, taken from the alias; null where too wide.
    pub(super) fn columns(&self, alias: &str) -> String {
        let limbs = |array: &'static str| (0..LIMBS).map(move |i| (array, i));
        let all = limbs("p").chain(limbs("q")).chain(limbs("d"));
        all.map(|(array, i)| format!(", case when {alias}.too_wide = 0 then {alias}.{array}{i} end as {array}{i}"))
            .collect()
    }

    /// The sum as a number over those columns.
    pub(super) fn number(&self, layers: &mut Layers, scale: &Exact) -> Num {
        let array = |prefix: &str, low: i128| Wide::columns(prefix, &[(low, LIMB_MOST); LIMBS]);
        let n = array("p", 0).minus(&array("q", 0), layers);
        Num::of(n, array("d", 0), scale)
    }
}

/// Adds `w * n / d` over the rows of `rows(scope, moment, n, d, w, good)` with `good = 1`; `d` is above 0, `w` at most `most_w`.
pub(super) fn sum(query: &mut Query<'_>, rows: &str, most_w: i128) -> Result<Sum, SqlError> {
    let (most, units, unit) = (query.limits.most(), query.limits.units(), query.limits.one());
    // Whole numbers are stored with decimals that are 0; without them denominators stay small.
    let small = |column: &str| {
        format!("case when n % {unit} = 0 and d % {unit} = 0 then cast({column} / {unit} as bigint) else {column} end")
    };
    let base =
        format!("  select scope, moment, {} as v, {} as n, w from {rows} where good = 1", small("d"), small("n"));
    let mut layers = Layers::new(&query.name("t"), base);
    let product = Wide::column("n", -most, most).times(&Wide::column("w", -most_w, most_w), &mut layers);
    let product = product.narrow(&mut layers).bound(&mut layers);
    let sign = product.sign(&mut layers);
    let sign = layers.bind(&sign);
    let side = |layers: &mut Layers, word: &str, turn: &str| {
        let chosen = Wide::choose(&[&product], layers, &|texts| Term {
            sql: format!("case when {} {word} 0 then {turn}{} else 0 end", sign.sql, texts[0]),
            level: sign.level,
        });
        chosen.bound(layers)
    };
    let (above, below) = (side(&mut layers, ">=", ""), side(&mut layers, "<", "-"));
    let keep: Vec<&str> = ["scope", "moment", "v"].into_iter().chain(above.texts()).chain(below.texts()).collect();
    let last = layers.finish(&mut query.steps, &keep);
    let sums = |wide: &Wide, prefix: &str| {
        let limbs = wide.0.iter().enumerate();
        limbs.map(|(i, limb)| format!(", cast(sum({}) as bigint) as {prefix}{i}", limb.term.sql)).collect::<String>()
    };
    let mut layers = Layers::new(
        &query.name("t"),
        format!(
            "  select scope, moment, v, row_number() over (partition by scope, moment order by v) as k,
    count(*) over (partition by scope, moment) as total{}{}
  from {last} group by scope, moment, v",
            sums(&above, "a"),
            sums(&below, "b")
        ),
    );
    let wider = |wide: &Wide| -> Vec<(i128, i128)> {
        wide.bounds().iter().map(|(low, high)| low.abs().max(high.abs()) * units).map(|most| (-most, most)).collect()
    };
    let mut cut = |wide: Wide| wide.rippled(&mut layers).bound(&mut layers);
    let (above, below) = (cut(Wide::columns("a", &wider(&above))), cut(Wide::columns("b", &wider(&below))));
    let v = cut(Wide::column("v", 1, most));
    query.check(&layers)?;
    let limbs = above.texts().chain(below.texts()).chain(v.texts());
    let keep: Vec<&str> = ["scope", "moment", "k", "total"].into_iter().chain(limbs).collect();
    let groups = layers.finish(&mut query.steps, &keep);
    Ok(recursion(query, &groups, &above, &below, &v))
}

fn recursion(query: &mut Query<'_>, groups: &str, above: &Wide, below: &Wide, v: &Wide) -> Sum {
    let (name, terms) = (query.name("s"), query.name("s"));
    let limbs = |array: &str| (0..LIMBS).map(|i| format!("{array}{i}")).collect::<Vec<_>>().join(", ");
    let start = |one: &str| {
        let zeros = (1..LIMBS).map(|_| "cast(0 as bigint)").collect::<Vec<_>>().join(", ");
        format!("cast({one} as bigint), {zeros}")
    };
    // The place `i` of `x * v + a * d`, before carries.
    let place = |x: &str, a: Option<&Wide>, i: usize| {
        let left = v.0.iter().enumerate().filter(|(j, _)| *j <= i);
        let left = left.map(|(j, limb)| format!("r.{x}{} * g.{}", i - j, limb.term.sql));
        let right = a.into_iter().flat_map(|a| a.0.iter().enumerate()).filter(|(j, _)| *j <= i);
        let right = right.map(|(j, limb)| format!("r.d{} * g.{}", i - j, limb.term.sql));
        left.chain(right).collect::<Vec<_>>().join(" + ")
    };
    let next = |x: &str, a: Option<&Wide>| {
        let limb = |i: usize| {
            let part =
                |back: usize, write: &dyn Fn(String) -> String| (i >= back).then(|| write(place(x, a, i - back)));
            let parts = [
                part(0, &|t| format!("(({t}) & {MASK})")),
                part(1, &|t| format!("((({t}) >> {BITS}) & {MASK})")),
                part(2, &|t| format!("(({t}) >> {})", 2 * BITS)),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" + ")
        };
        (0..LIMBS).map(limb).collect::<Vec<_>>().join(",\n    ")
    };
    // Products of these limbs would fall off the end, so a sum that reaches them goes no further.
    let spare = above.0.len().max(below.0.len()).max(v.0.len()) + 2;
    let reached =
        ["p", "q", "d"].map(|x| (LIMBS - spare..LIMBS).map(|i| format!("r.{x}{i}")).collect::<Vec<_>>().join(" + "));
    let reached = reached.join(" + ");
    query.steps.push(format!(
        "create temporary table {name} as with recursive adding(scope, moment, k, total, {}, {}, {}) as (
  select scope, moment, cast(0 as bigint), total, {}, {}, {} from {groups} where k = 1
  union all
  select g.scope, g.moment, g.k, g.total,
    {},
    {},
    {}
  from adding r join {groups} g on g.scope = r.scope and g.moment = r.moment and g.k = r.k + 1
  where {reached} = 0)
select * from adding",
        limbs("p"),
        limbs("q"),
        limbs("d"),
        start("0"),
        start("0"),
        start("1"),
        next("p", Some(above)),
        next("q", Some(below)),
        next("d", None),
    ));
    query.steps.push(format!(
        "create temporary table {terms} as
  select r.*, case when r.k = r.total then 0 else 1 end as too_wide
  from {name} r join (select scope, moment, max(k) as k from {name} group by scope, moment) l
    on l.scope = r.scope and l.moment = r.moment and l.k = r.k"
    ));
    Sum { step: terms }
}
