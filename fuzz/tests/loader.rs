//! What must hold for any text a loader is given: no panic, no overflow of a small stack, and no more memory than a small
//! multiple of the text. The number of cases and the seed come from `FUZZ_CASES` and `FUZZ_SEED`; without them a short run
//! that is the same every time. One test, so that nothing else allocates meanwhile.

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hejian_fuzz::{Random, mutated};
use hejian_scoring::Pack;
use hejian_scoring::pack::import::{ciso, oscal};
use hejian_scoring::pack::{PackTexts, diff};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes held at the peak for each byte of the text. What people write takes about 25; the parser's queue of tokens in a
/// long flow list, which it reads ahead before it gives out the first, is bounded by its marks.
const MULTIPLE: usize = 40;
/// Bytes any text may cost: two hundred faults a file with their words.
const BASE: usize = 4 * 1024 * 1024;
/// The stack a loader must do with.
const STACK: usize = 1024 * 1024;

const PACKS: [&str; 2] = ["cn-mca-2008-142-district", "synthetic-safe-liveable-blocks"];

const LIBRARY: &str = include_str!("samples/library.yaml");
const CATALOG: &str = include_str!("samples/catalog.json");

fn texts(name: &str) -> PackTexts {
    let read = |file: &str| {
        let path = format!("{}/../standards/{name}/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).ok()
    };
    PackTexts {
        name: String::new(),
        standard: read("standard.yaml").unwrap_or_default(),
        measures: read("measures.yaml").unwrap_or_default(),
        migration: read("migration.yaml"),
        tests: read("tests.yaml"),
    }
}

/// The text without most of its indicators or measures: a small text is read quickly and fails early.
fn shortened(text: &str, random: &mut Random) -> String {
    let starts: Vec<usize> = text.match_indices("\n- ").map(|(at, _)| at).collect();
    if starts.len() < 4 || random.below(3) == 0 {
        return text.to_owned();
    }
    let from = random.below(starts.len() - 1);
    let to = (from + 1 + random.below(4)).min(starts.len() - 1);
    format!("{}{}", &text[..starts[0]], &text[starts[from]..starts[to]])
}

/// What a loader is given.
enum Text {
    Library(String),
    Catalog(String),
    Pack(PackTexts),
}

impl Text {
    /// One case.
    fn random(packs: &[(PackTexts, Pack)], random: &mut Random) -> Text {
        let mut texts = random.one_of(packs).0.clone();
        match random.below(10) {
            0 => return Text::Library(mutated(LIBRARY, random)),
            1 => return Text::Catalog(mutated(CATALOG, random)),
            2 | 3 => texts.measures = mutated(&shortened(&texts.measures, random), random),
            4 => texts.migration = texts.migration.map(|text| mutated(&text, random)),
            5 => texts.tests = texts.tests.map(|text| mutated(&text, random)),
            6 | 7 => texts.standard = mutated(&texts.standard, random),
            _ => texts.standard = mutated(&shortened(&texts.standard, random), random),
        }
        Text::Pack(texts)
    }

    fn files(&self) -> Vec<(&str, &str)> {
        match self {
            Text::Library(text) => vec![("library.yaml", text)],
            Text::Catalog(text) => vec![("catalog.json", text)],
            Text::Pack(texts) => {
                let optional = [("migration.yaml", &texts.migration), ("tests.yaml", &texts.tests)];
                let optional = optional.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)));
                [("standard.yaml", texts.standard.as_str()), ("measures.yaml", &texts.measures)]
                    .into_iter()
                    .chain(optional)
                    .collect()
            }
        }
    }

    fn bytes(&self) -> usize {
        self.files().iter().map(|(_, text)| text.len()).sum()
    }

    /// Kept where a person can look at it.
    fn keep(&self) -> String {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("case");
        for (name, text) in self.files() {
            std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(name), text)).expect("a file");
        }
        folder.display().to_string()
    }

    fn load(&self) -> Outcome {
        let drafted = match self {
            Text::Library(text) => ciso::read("x", text).map(|found| found.draft().len()).is_ok(),
            Text::Catalog(text) => oscal::read("x", text).map(|found| found.draft().len()).is_ok(),
            Text::Pack(texts) => return read_pack(texts),
        };
        if drafted { Outcome::Drafted } else { Outcome::Refused }
    }
}

/// What came of one text.
enum Outcome {
    Refused,
    Drafted,
    Read(Box<Pack>),
}

/// Whether something was read, and the memory reading took.
fn load(text: &Text, original: &Pack) -> (bool, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let outcome = text.load();
    let peak = MEMORY.peak_usage().saturating_sub(before);
    if let Outcome::Read(pack) = &outcome {
        says_the_same_when_written(pack, original);
    }
    (!matches!(outcome, Outcome::Refused), peak)
}

/// Faults are written out too.
fn read_pack(texts: &PackTexts) -> Outcome {
    match Pack::from_texts(texts) {
        Err(errors) => {
            assert!(!errors.0.is_empty(), "refused without a fault");
            let mut shown = String::new();
            for error in &errors.0 {
                shown.clear();
                let _ = write!(shown, "{error}");
            }
            Outcome::Refused
        }
        Ok(pack) => Outcome::Read(Box::new(pack)),
    }
}

fn says_the_same_when_written(pack: &Pack, original: &Pack) {
    let again =
        Pack::from_texts(&pack.write()).unwrap_or_else(|errors| panic!("what was written is refused: {errors}"));
    assert_eq!(again.fingerprint(), pack.fingerprint(), "what was written says something else");
    let _ = diff(original, pack);
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn run(cases: u64, seed: u64) -> String {
    let packs: Vec<(PackTexts, Pack)> = PACKS
        .iter()
        .map(|name| texts(name))
        .map(|texts| (texts.clone(), Pack::from_texts(&texts).unwrap_or_else(|errors| panic!("{errors}"))))
        .collect();
    let (mut bytes, mut sound, mut worst, mut most) = (0, 0, 0.0_f64, 0);
    for i in 0..cases {
        let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(i));
        let text = Text::random(&packs, &mut random);
        let input = text.bytes();
        let Ok((read, peak)) = catch_unwind(AssertUnwindSafe(|| load(&text, &packs[0].1))) else {
            panic!("case {i} of seed {seed} panicked, see {}", text.keep())
        };
        bytes += input;
        sound += u64::from(read);
        most = most.max(peak);
        worst = worst.max(peak.saturating_sub(BASE) as f64 / input.max(1) as f64);
        assert!(
            peak <= BASE + MULTIPLE * input,
            "case {i} of seed {seed}: {peak} bytes of memory for a text of {input} bytes, see {}",
            text.keep()
        );
    }
    format!(
        "{cases} cases of seed {seed}: {bytes} bytes, {sound} read, no panic; at most {most} bytes of memory, {worst:.1} a byte of text beyond {BASE}"
    )
}

#[test]
fn no_text_makes_a_loader_panic_or_outgrow_its_stack_or_its_text() {
    let (cases, seed) = (setting("FUZZ_CASES", 300), setting("FUZZ_SEED", 1));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || run(cases, seed));
    let report = worker.expect("a thread can be started").join().expect("the case named above failed");
    println!("{report}");
}
