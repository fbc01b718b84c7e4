//! Changes that know lines, indentation and `key: value`: what a slip of the hand or a hostile author would write.

use crate::Random;

pub(crate) fn mutated(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return hostile(random);
    }
    let at = random.below(lines.len());
    let length = 1 + random.below((lines.len() - at).min(40));
    match random.below(10) {
        0 => drop(lines.drain(at..at + length)),
        1 => {
            let piece = lines[at..at + length].to_vec();
            let to = random.below(lines.len());
            lines.splice(to..to, piece);
        }
        2 => {
            // One entry many times over: lists far longer than a person would write.
            let piece = lines[at..at + length.min(4)].to_vec();
            let times = random.below(400);
            lines.splice(at..at, std::iter::repeat_n(piece, times).flatten());
        }
        3 => {
            let to = random.below(lines.len());
            lines.swap(at, to);
        }
        4 => {
            let indent: &&str = random.one_of(&["  ", " ", "\t", "- ", "    "]);
            lines[at].insert_str(0, indent);
        }
        5 => lines[at] = lines[at].trim_start().to_owned(),
        6 => {
            let value = lines[random.below(lines.len())].split_once(": ").map(|(_, value)| value.to_owned());
            set_value(&mut lines[at], &value.unwrap_or_default());
        }
        7 => {
            lines.insert(at, format!("{}: {}", random.one_of(&["code", "<<", "?", "é", "{}", "[a]"]), hostile(random)))
        }
        _ => set_value(&mut lines[at], &hostile(random)),
    }
    lines.join("\n")
}

/// Another value after the key of a line, or instead of the item of a list.
fn set_value(line: &mut String, value: &str) {
    let end = line.find(": ").map(|i| i + 2).or_else(|| line.find("- ").map(|i| i + 2)).unwrap_or(line.len());
    line.truncate(end);
    line.push_str(value);
}

/// A value a loader must stand up to.
fn hostile(random: &mut Random) -> String {
    let size = *random.one_of(&[1, 10, 100, 1_000, 20_000, 200_000]);
    match random.below(22) {
        0 => "9".repeat(size),
        1 => format!("0.{}", "3".repeat(size)),
        2 => random.one_of(&["1e999999999", "-0", "NaN", ".inf", "0x10", "1_000", "1/3", "-1", "４．５"]).to_string(),
        3 => "x".repeat(size),
        4 => "和".repeat(size),
        5 => format!("{}value > 1{}", "(".repeat(size), ")".repeat(size)),
        6 => format!("{}value > 1", "not ".repeat(size)),
        7 => format!("value > 1{}", " or value > 1".repeat(size)),
        8 => format!("value{}", " / 0 * value".repeat(size)),
        9 => format!("max({}value)", "value, ".repeat(size)),
        10 => "[".repeat(size),
        11 => "{a: ".repeat(size),
        12 => format!("[{}]", "a,".repeat(size)),
        13 => format!("[{}]", "{},".repeat(size)),
        14 => format!("{{{}}}", (0..size.min(20_000)).map(|i| format!("k{i}: 1,")).collect::<String>()),
        15 => format!("&a [{}]", "*a,".repeat(size)),
        16 => {
            random.one_of(&["!!binary x", "&a 1", "*a", "|\n  x", ">-", "? x", "%YAML 1.2", "---", "..."]).to_string()
        }
        17 => random.one_of(&["true", "null", "~", "''", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "'", "\""]).to_string(),
        18 => {
            random.one_of(&["2009-02-30", "2009-Q5", "9999", "term-0000-00", "0000-01-01", "10000-01-01"]).to_string()
        }
        19 => "- ".repeat(size),
        20 => format!("\"{}\"", "\\n".repeat(size)),
        _ => " ".repeat(size),
    }
}
