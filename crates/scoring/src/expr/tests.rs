//! The grammar, the three-valued tables, and that no text can make the parser panic.

use proptest::prelude::*;

use super::*;

fn eval(text: &str) -> Option<bool> {
    BoolExpr::parse(text).unwrap().eval(&|name| match name {
        "one" => Some(Exact::one()),
        "two" => Some(Exact::from(2_i64)),
        _ => None,
    })
}

fn number(text: &str) -> Option<String> {
    NumExpr::parse(text).unwrap().eval(&|_| None).map(|value| value.to_string())
}

#[test]
fn products_bind_before_sums_and_both_associate_to_the_left() {
    assert_eq!(number("2 + 3 * 4 - 5"), Some("9".into()));
    assert_eq!(number("100 / 10 / 2"), Some("5".into()));
    assert_eq!(number("-(2 - 5) * -1"), Some("-3".into()));
    assert_eq!(number("max(1, 2 * 3, min(9, 8))"), Some("8".into()));
}

#[test]
fn unknown_is_neither_true_nor_false() {
    for (text, truth) in [
        ("one > two and missing > 1", Some(false)),
        ("missing > 1 and one > two", Some(false)),
        ("one < two and missing > 1", None),
        ("one < two or missing > 1", Some(true)),
        ("missing > 1 or one < two", Some(true)),
        ("one > two or missing > 1", None),
        ("not missing > 1", None),
        ("not one > two", Some(true)),
        ("two > max(1, missing)", None),
        ("two > min(3, missing)", None),
        ("missing == missing", None),
        ("missing * 0 == 0", None),
        ("one / 0 > 1", None),
        ("one / 0 > 1 and two < one", Some(false)),
    ] {
        assert_eq!(eval(text), truth, "{text}");
    }
}

#[test]
fn and_binds_before_or_and_not_before_and() {
    assert_eq!(eval("one < two or one < two and two < one"), Some(true));
    assert_eq!(eval("(one < two or one < two) and two < one"), Some(false));
    assert_eq!(eval("not two < one and one < two"), Some(true));
}

#[test]
fn errors_name_the_character_they_stand_at() {
    for (text, at) in [
        ("", 1),
        ("1 +", 4),
        ("a >= 3 $ 2", 8),
        ("1 < 2 < 3", 7),
        ("max 3", 5),
        ("avg(1, 2)", 4),
        ("(1 < 2", 7),
        ("1.2.3 > 1", 1),
        ("1 < 2 and 3", 11),
        ("1 + (2 < 3) > 0", 5),
    ] {
        assert_eq!(BoolExpr::parse(text).unwrap_err().at, at, "{text}: {}", BoolExpr::parse(text).unwrap_err());
    }
    assert_eq!(NumExpr::parse("1 < 2").unwrap_err().fault, ExprFault::NeedsNumber);
    assert_eq!(BoolExpr::parse("1 + 2").unwrap_err().fault, ExprFault::NeedsTruth);
}

#[test]
fn nesting_beyond_the_limit_is_an_error_and_not_a_crash() {
    for text in [
        format!("{}1{} > 0", "(".repeat(900), ")".repeat(900)),
        format!("{}1 > 0", "-".repeat(399)),
        format!("{}1 > 0", "not ".repeat(390)),
        "1+".repeat(900),
    ] {
        assert_eq!(BoolExpr::parse(&text).unwrap_err().fault, ExprFault::TooLarge);
    }
}

#[test]
fn an_explanation_shows_the_numbers_of_the_condition() {
    let expr = BoolExpr::parse("floor_area >= max(300, households / 100 * 20)").unwrap();
    let shown =
        expr.with_numbers(&|name| (name == "floor_area").then(|| Exact::from(459_i64)).or(Some(Exact::from(2446_i64))));
    assert_eq!(shown, "459 >= max(300, 2446 / 100 * 20) = 489.2");
    assert_eq!(expr.with_numbers(&|_| None), "? >= max(300, ? / 100 * 20)");
    assert_eq!(expr.names(), ["floor_area", "households"]);
}

fn numbers() -> impl Strategy<Value = NumExpr> {
    let leaf = prop_oneof![
        (0_i64..5000, 0_u32..3).prop_map(|(units, places)| NumExpr::Number(Exact::scaled(units, places))),
        "[a-c]".prop_map(NumExpr::Name)
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let op = prop_oneof![
            Just(Arithmetic::Add),
            Just(Arithmetic::Subtract),
            Just(Arithmetic::Multiply),
            Just(Arithmetic::Divide)
        ];
        prop_oneof![
            inner.clone().prop_map(|x| NumExpr::Negate(Box::new(x))),
            (op, inner.clone(), inner.clone()).prop_map(|(op, l, r)| NumExpr::Arithmetic(op, Box::new(l), Box::new(r))),
            (prop_oneof![Just(Pick::Max), Just(Pick::Min)], prop::collection::vec(inner, 1..3))
                .prop_map(|(pick, parts)| NumExpr::Pick(pick, parts)),
        ]
    })
}

fn truths() -> impl Strategy<Value = BoolExpr> {
    let op = prop_oneof![
        Just(Comparison::Less),
        Just(Comparison::AtMost),
        Just(Comparison::Greater),
        Just(Comparison::AtLeast),
        Just(Comparison::Equal)
    ];
    let leaf = (op, numbers(), numbers()).prop_map(|(op, l, r)| BoolExpr::Compare(op, l, r));
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|x| BoolExpr::Not(Box::new(x))),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| BoolExpr::And(Box::new(l), Box::new(r))),
            (inner.clone(), inner).prop_map(|(l, r)| BoolExpr::Or(Box::new(l), Box::new(r))),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_without_a_panic(text in "[a-c0-9.+*/<>=(), -]{0,60}|.{0,60}|((not |\\(|max\\()){0,40}1 > 0") {
        let _ = BoolExpr::parse(&text);
        let _ = NumExpr::parse(&text);
    }

    #[test]
    fn what_is_written_is_parsed_back_to_the_same_expression(expr in truths()) {
        let text = expr.to_string();
        if let Err(error) = BoolExpr::parse(&text) {
            // The generator may exceed the limits of a written expression; nothing else may fail.
            prop_assert_eq!(error.fault, ExprFault::TooLarge, "{}", text);
        } else {
            prop_assert_eq!(BoolExpr::parse(&text).unwrap(), expr);
        }
    }
}
