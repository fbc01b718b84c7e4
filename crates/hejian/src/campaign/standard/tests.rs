//! The built-in pack can be read, every word it needs is there, and every rule can be said in both languages.

use hejian_kernel::i18n::{self, Lang};

use super::{built_in, load, rules, words};

#[test]
fn the_built_in_standard_is_read_at_the_start() {
    let standard = load().unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(standard.pack.indicators.len(), 53);
    assert_eq!(standard.fingerprint, standard.pack.fingerprint());
}

#[test]
fn every_rule_is_said_in_both_languages_without_a_missing_label_or_a_bare_identifier() {
    let standard = &*built_in();
    for lang in Lang::ALL {
        for indicator in &standard.pack.indicators {
            let condition = rules::condition(standard, lang, indicator).unwrap_or_default();
            for says in [rules::in_words(standard, lang, indicator), rules::target(lang, indicator), condition] {
                assert!(!says.contains("[") && !says.contains('_'), "{}: {says}", indicator.code);
            }
        }
    }
    let d02 = standard.pack.indicator("D02").expect("D02");
    assert_eq!(rules::in_words(standard, Lang::ZhCn, d02), "比例：≥ 80% 得满分，≤ 40% 不得分，其间按比例");
    assert_eq!(rules::condition(standard, Lang::ZhCn, d02).as_deref(), Some("面积 ≥ max(300, 户数 ÷ 100 × 20)"));
    let a04 = standard.pack.indicator("A04").expect("A04");
    assert_eq!(rules::target(Lang::ZhCn, a04), "≤ 4.5%");
}

#[test]
fn every_chinese_text_of_the_pack_is_there() {
    let standard = &*built_in();
    let chinese = |kind, key: &str| standard.words(Lang::ZhCn, kind, key, "");
    let pack = &standard.pack;
    let lacking: Vec<&str> = (pack.measures.keys().filter(|id| chinese("measure", id).is_empty()))
        .chain(
            pack.indicators
                .iter()
                .map(|i| &i.code)
                .filter(|c| chinese("asks", c).is_empty() || chinese("why", c).is_empty()),
        )
        .chain(pack.measures.values().map(|m| &m.register).filter(|r| chinese("register", r).is_empty()))
        .map(String::as_str)
        .collect();
    assert!(lacking.is_empty(), "no Chinese words for {lacking:?}");
}

#[test]
fn figures_are_written_as_people_write_them() {
    assert_eq!(words::number("-4913.6"), "−4,913.6");
    assert_eq!(words::number("76.4706"), "76.47");
    assert_eq!(words::figure(Lang::ZhCn, "80", "%"), "80%");
    assert_eq!(words::figure(Lang::En, "2446", "户"), "2,446 households");
    assert_eq!(words::points(&hejian_scoring::Exact::parse("2.7").expect("a number")), "2.70");
}

#[test]
fn every_mark_of_confidence_has_words() {
    for lang in Lang::ALL {
        let keys = [
            "standard-mark-found",
            "standard-mark-found-part",
            "standard-mark-inferred",
            "standard-mark-synthetic",
            "standard-mark-reconstructed",
        ];
        assert_eq!(i18n::missing(lang, keys), Vec::<String>::new());
    }
    assert_eq!(words::mark(Lang::ZhCn, "found(seed: 10)"), "有出处（区工作汇报: 10）");
    assert_eq!(words::mark(Lang::ZhCn, "found parts(成都: 2次/年, 85%)"), "部分有出处（成都: 2次/年, 85%）");
}
