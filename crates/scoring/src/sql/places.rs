//! Who is scored and whose figures count there: the tree of units on the day, as steps.
//!
//! `whole` holds the districts, `place` everything that is scored, `member` the units of each level a figure is made of.

/// The expressions, in order.
pub(super) fn steps() -> Vec<String> {
    let levels = "'district', 'subdistrict', 'community'";
    [
        "create temporary table score_being as 
  select u.unit, u.level, u.sort_order from unit u cross join asked q
  where (u.valid_from is null or u.valid_from <= q.day) and (u.valid_to is null or q.day < u.valid_to)"
            .to_owned(),
        // Every unit under itself and under each one above it; the tree is at most 32 levels deep.
        "create temporary table score_below as with recursive tree(scope, unit, hops) as (
  select unit, unit, cast(0 as bigint) from unit
  union all
  select p.parent, t.unit, t.hops + 1 from tree t join unit p on p.unit = t.scope where p.parent is not null)
select scope, unit, hops from tree"
            .to_owned(),
        "create temporary table score_place as 
  select unit as scope, 1 as whole from score_being where level = 'district'
  union all
  select b.unit, 0 from score_being b where b.level <> 'district'
    and exists (select 1 from score_below t join score_being d on d.unit = t.scope where t.unit = b.unit and d.level = 'district')
    and exists (select 1 from score_below t join score_being c on c.unit = t.unit where t.scope = b.unit and c.level = 'community')"
            .to_owned(),
        "create temporary table score_inside as 
  select p.scope, b.level, b.unit, b.sort_order from score_place p join score_below t on t.scope = p.scope join score_being b on b.unit = t.unit"
            .to_owned(),
        // Where a level lies above the scope, the nearest unit of it counts.
        format!(
            "create temporary table score_above as 
  select p.scope, b.level, b.unit, b.sort_order,
    row_number() over (partition by p.scope, b.level order by t.hops) as nearness
  from score_place p join score_below t on t.unit = p.scope join score_being b on b.unit = t.scope
  where b.level in ({levels}) and t.hops > 0
    and not exists (select 1 from score_inside i where i.scope = p.scope and i.level = b.level)"
        ),
        format!(
            "create temporary table score_member as 
  select scope, level, unit, row_number() over (partition by scope, level order by sort_order) as turn,
    count(*) over (partition by scope, level) as total
  from (select scope, level, unit, sort_order from score_inside where level in ({levels})
    union all select scope, level, unit, sort_order from score_above where nearness = 1) every_member"
        ),
        "create temporary table score_place_now as select scope, cast(0 as bigint) as moment from score_place".to_owned(),
        "create temporary table score_whole_now as
  select scope, cast(0 as bigint) as moment from score_place where whole = 1"
            .to_owned(),
    ]
    .to_vec()
}
