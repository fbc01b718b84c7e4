//! Three versions of a record in one: nothing is lost, nothing overwritten silently.

use proptest::prelude::*;

use super::super::{
    merge::{Changed, Merge, Pick},
    typed::Typed,
};
use super::*;
use crate::register::{ChildRow, Meta};

fn record(version: i64, heads: i64, area: i64, rows: &[(u128, i64)]) -> Record {
    let draft = full(Uuid::from_u128(9), "并");
    let mut values = draft.values;
    (values[3], values[4]) = (Value::Int(heads), Value::Int(area));
    let row = |(id, size): &(u128, i64)| {
        let mut values = draft.children[0][0].values.clone();
        values[1] = Value::Int(*size);
        ChildRow { id: Uuid::from_u128(*id), values }
    };
    let moment = crate::testing::opening();
    Record {
        meta: Meta {
            id: Uuid::from_u128(1),
            unit: draft.unit,
            state: String::new(),
            version,
            created_at: moment,
            created_by: String::new(),
            updated_at: moment,
            updated_by: String::new(),
            removed: None,
        },
        values,
        children: vec![rows.iter().map(row).collect()],
    }
}

fn rows() -> impl Strategy<Value = Vec<(u128, i64)>> {
    prop::collection::btree_map(1u128..6, 1i64..4, 0..5).prop_map(|m| m.into_iter().collect())
}

proptest! {
    #[test]
    fn what_one_side_alone_changed_is_kept_and_what_both_changed_waits_for_a_choice(
        base in (0i64..3, 1i64..3, rows()), mine in (0i64..3, 1i64..3, rows()), theirs in (0i64..3, 1i64..3, rows()), pick in any::<bool>(),
    ) {
        let of = |v, t: &(i64, i64, Vec<(u128, i64)>)| record(v, t.0, t.1, &t.2);
        let (b, m, t) = (of(1, &base), of(1, &mine), of(2, &theirs));
        // A row that was never in the base cannot be mine by its id: the form knows no other ids.
        let mut typed = Typed::of(DEF, &m);
        for row in &mut typed.children[0] {
            if !base.2.iter().any(|(id, _)| Uuid::from_u128(*id).to_string() == row.id) {
                row.id.clear();
            }
        }
        let merge = Merge::new(DEF, &b, &typed, &t);
        let waits = merge.items.iter().any(|i| i.changed == Changed::Both);
        prop_assert_eq!(merge.choose(|_| None).is_none(), waits);
        let wanted = if pick { Pick::Mine } else { Pick::Theirs };
        let chosen = merge.choose(|_| Some(wanted)).expect("every choice was made");
        let value = |at: usize, b: i64, m: i64, t: i64, decimals: u8| {
            let n = match (m != b, t != b) { (true, false) => m, (true, true) if pick => m, _ => t };
            (chosen.fields[at].clone(), crate::register::scaled_text(n, decimals))
        };
        let (got, wanted) = value(3, base.0, mine.0, theirs.0, 0);
        prop_assert_eq!(got, wanted);
        let (got, wanted) = value(4, base.1, mine.1, theirs.1, 1);
        prop_assert_eq!(got, wanted);
        // Every row that either side added is there.
        let news = typed.children[0].iter().filter(|r| r.id.is_empty()).count();
        prop_assert_eq!(chosen.children[0].iter().filter(|r| r.id.is_empty()).count(), news);
        for (id, _) in theirs.2.iter().filter(|(id, _)| !base.2.iter().any(|(b, _)| b == id)) {
            prop_assert!(chosen.children[0].iter().any(|r| r.id == Uuid::from_u128(*id).to_string()));
        }
        // Secrets nobody touched stay empty controls, which keep them.
        prop_assert_eq!(&chosen.fields[13], "");
        prop_assert!(chosen.children[0].iter().all(|r| r.cells[3].is_empty()));
    }
}
