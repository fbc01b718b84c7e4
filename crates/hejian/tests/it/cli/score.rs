//! `hejian score` over files: broken ones are named, sound ones scored; what the terminal shows of it.

use std::fs;

use super::{
    pack::standard,
    run::{Place, Said, run},
};

const UNITS: &str = "unit,parent,kind,valid_from,valid_to,name\n\
    430702,,district,,,武陵区\n\
    430702001,430702,subdistrict,,,城北街道\n\
    430702001001,430702001,community,2002-06-01,,军民村社区\n\
    430702001002,430702001,community,2002-06-01,,紫桥社区\n";
const FACTS: &str = "unit,period,measure,value,numerator,denominator\n\
    430702001001,2009-05,premises.usable_floor_area,489.2,,\n\
    430702001002,2009-05,premises.usable_floor_area,299.9,,\n\
    430702001001,2008,series.households,2446,,\n\
    430702001002,2008,series.households,2000,,\n\
    430702,2008,series.birth_policy_rate,,97,100\n";

/// Scores two texts on 2009-06-22.
fn score(place: &Place, units: &[u8], facts: &[u8], more: &[&str]) -> Said {
    let (units_file, facts_file) = (place.text("units.csv"), place.text("facts.csv"));
    fs::write(&units_file, units).expect("a file");
    fs::write(&facts_file, facts).expect("a file");
    let (pack, day) = (standard(), "2009-06-22");
    let fixed = ["score", "--pack", &pack, "--units", &units_file, "--facts", &facts_file, "--as-of", day];
    run(&[&fixed, more].concat())
}

#[test]
fn two_files_are_scored_shown_and_explained_down_to_the_records() {
    let place = Place::sqlite();
    let found = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &["--json"]).works().json();
    let of = |code: &str| {
        let all = found["indicators"].as_array().expect("a list");
        all.iter().find(|score| score["code"] == code).expect("the indicator").clone()
    };
    assert_eq!(of("D02")["outcome"]["points"], "0.75");
    assert_eq!(found["points"], "1.75");
    assert_eq!(found["as_of"], "2009-06-22");
    let text = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &[]).works().out;
    assert!(text.contains("武陵区 (430702)") && text.contains("D02  0.75 of 3"), "{text}");
    let text = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &["--explain", "D02"]).works().out;
    assert!(text.contains("489.2 >= max(300, 2446 / 100 * 20) = 489.2 · met"), "{text}");
    let one = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &["--explain", "D02", "--json"]).works().json();
    assert_eq!((&one["explanation"], &one["pack_version"]), (&of("D02")["explanation"], &found["pack_version"]));
    let unit = ["--unit", "430702001001"];
    let community = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &[&unit[..], &["--json"]].concat());
    let community = community.works().json();
    assert_eq!((&community["unit"], &community["score"]), (&"430702001001".into(), &"100".into()));
    let text = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &unit).works().out;
    assert!(text.contains("军民村社区 (430702001001)") && text.contains("shown, not counted"), "{text}");
    score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &["--unit", "9"]).refuses(2, &["no unit `9`"]);
    score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &["--explain", "Z99"]).refuses(2, &["no indicator Z99"]);
    let none = UNITS.replace("district", "quarter");
    score(&place, none.as_bytes(), FACTS.lines().next().unwrap_or_default().as_bytes(), &[])
        .refuses(2, &["lists no district in being on 2009-06-22", "--unit"]);
}

#[test]
fn eight_kinds_of_broken_facts_are_named_with_file_line_column_and_remedy() {
    let place = Place::sqlite();
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let units = |from: &str, to: &str| UNITS.replacen(from, to, 1).into_bytes();
    let facts = |from: &str, to: &str| FACTS.replacen(from, to, 1).into_bytes();
    let (sound_units, sound_facts) = (UNITS.as_bytes().to_vec(), FACTS.as_bytes().to_vec());
    let row = "430702001001,2008,series.households,2446,,\n";
    let again = "430702001002,430702,community,2005-01-01,2006-01-01,紫桥社区\n";
    let cut = {
        let mut bytes = gb(UNITS);
        let end = bytes.len() - 2;
        bytes.truncate(end);
        bytes
    };
    let last = UNITS.trim_end().rfind('\n').expect("lines") + 1;
    let mixed = [gb(&UNITS[..last]), UNITS.as_bytes()[last..].to_vec()].concat();
    let kinds = [
        ("missing_column", "facts.csv", 1, "measure", sound_units.clone(), facts("measure", "what")),
        ("not_a_number", "facts.csv", 2, "value", sound_units.clone(), facts("489.2", "489.2㎡")),
        ("unknown_unit", "facts.csv", 4, "unit", sound_units.clone(), facts("430702001001,2008", "430702001009,2008")),
        ("overlap", "units.csv", 6, "valid_from", [UNITS, again].concat().into_bytes(), sound_facts.clone()),
        ("not_text", "units.csv", 5, "", cut, sound_facts.clone()),
        ("mixed_encodings", "units.csv", 5, "", mixed, sound_facts.clone()),
        ("scientific", "units.csv", 4, "unit", units("430702001001,", "4.3E+17,"), sound_facts.clone()),
        ("duplicate_row", "facts.csv", 5, "", sound_units.clone(), {
            let twice = FACTS.replacen(row, &row.repeat(2), 1);
            twice.into_bytes()
        }),
        ("unknown_measure", "facts.csv", 4, "measure", sound_units, facts("series.households", "series.house")),
    ];
    for (fault, file, line, column, units, facts) in kinds {
        let said = score(&place, &units, &facts, &["--json"]);
        assert_eq!(said.code, 1, "{fault}: {said:?}");
        let found = said.json();
        let error = &found["errors"][0];
        let at = format!("{}:{}:{}", file, line, column);
        let name = error["file"].as_str().and_then(|name| name.rsplit('/').next()).unwrap_or_default();
        let place_of = format!("{name}:{}:{}", error["line"], error["column"].as_str().unwrap_or_default());
        assert_eq!((error["fault"].as_str(), place_of), (Some(fault), at), "{found}");
        assert!(error["remedy"].as_str().is_some_and(|remedy| remedy.len() > 10), "{fault}: {found}");
        assert!(found.get("points").is_none(), "{fault}: nothing half-printed");
        let text = score(&place, &units, &facts, &[]);
        assert_eq!((text.code, text.out.as_str()), (1, ""), "{fault}: {text:?}");
        assert!(text.err.contains(&format!("{file}:{line}: ")), "{fault}: {text:?}");
        assert!(text.err.trim_end().ends_with("nothing was scored. 未评分。"), "{fault}: {text:?}");
    }
}

#[test]
fn a_mark_is_no_part_of_the_text_and_gb18030_is_read_with_a_note() {
    let place = Place::sqlite();
    let plain = score(&place, UNITS.as_bytes(), FACTS.as_bytes(), &["--json"]).works();
    let mark = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    let marked = score(&place, &mark(UNITS), &mark(FACTS), &["--json"]).works();
    assert_eq!((marked.out, marked.err.as_str()), (plain.out.clone(), ""));
    let gb = encoding_rs::GB18030.encode(UNITS).0.into_owned();
    let read = score(&place, &gb, FACTS.as_bytes(), &["--json"]).works();
    assert_eq!(read.out, plain.out);
    assert!(read.err.starts_with("note: ") && read.err.contains("is GB18030, not UTF-8"), "{read:?}");
}

#[test]
fn a_broken_pack_or_a_missing_file_scores_nothing() {
    let place = Place::sqlite();
    let pack = place.path("pack");
    fs::create_dir(&pack).expect("a folder");
    for file in ["standard.yaml", "measures.yaml"] {
        fs::write(pack.join(file), "areas: [\n").expect("a file");
    }
    let pack = pack.display().to_string();
    let (units, facts) = (place.text("units.csv"), place.text("facts.csv"));
    let with = |pack: &str| run(&["score", "--pack", pack, "--units", &units, "--facts", &facts, "--json"]);
    let said = with(&pack);
    assert_eq!((said.code, said.json()["ok"].as_bool()), (1, Some(false)), "{said:?}");
    with(&standard()).refuses(2, &[&units, "cannot read"]);
    assert_eq!(run(&["score", "--pack", &pack]).code, 2);
    let wrong_day = ["score", "--pack", &pack, "--units", &units, "--facts", &facts, "--as-of", "22.6.2009"];
    assert_eq!(run(&wrong_day).code, 2);
}
