//! A standard with its words: read from texts, and the built-in one from the texts in the binary.
//!
//! The rule that matters: what a page shows comes from a pack that passed every check; texts with faults are only ever a draft.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use hejian_kernel::i18n::Lang;
use hejian_scoring::{
    Pack,
    pack::{Area, Indicator, PackErrors, PackTexts},
};

/// The texts of a pack, one for each file of its folder; empty where a pack has no such file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// `standard.yaml`
    pub standard: String,
    /// `measures.yaml`
    pub measures: String,
    /// `migration.yaml`
    pub migration: String,
    /// `tests.yaml`
    pub tests: String,
    /// `words.zh-CN.tsv`
    pub words: String,
}

/// The files of a pack's folder, in the order of reading.
pub const FILES: [&str; 5] = ["standard.yaml", "measures.yaml", "migration.yaml", "tests.yaml", "words.zh-CN.tsv"];

impl Texts {
    /// The text of a file of [`FILES`].
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        let at = FILES.iter().position(|file| *file == name)?;
        Some([&self.standard, &self.measures, &self.migration, &self.tests, &self.words][at])
    }

    /// The same, to be changed.
    pub fn file_mut(&mut self, name: &str) -> Option<&mut String> {
        let at = FILES.iter().position(|file| *file == name)?;
        [&mut self.standard, &mut self.measures, &mut self.migration, &mut self.tests, &mut self.words]
            .into_iter()
            .nth(at)
    }

    /// Reads and checks the pack. Errors name the files of [`FILES`].
    ///
    /// # Errors
    /// Every fault with file, line, column and remedy.
    pub fn read(&self) -> Result<Pack, PackErrors> {
        Pack::from_texts(&self.of_pack())
    }

    /// Those the scoring engine knows: all but the words.
    #[must_use]
    pub fn of_pack(&self) -> PackTexts {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        PackTexts {
            name: String::new(),
            standard: self.standard.clone(),
            measures: self.measures.clone(),
            migration: some(&self.migration),
            tests: some(&self.tests),
        }
    }
}

impl From<PackTexts> for Texts {
    /// Without words.
    fn from(texts: PackTexts) -> Self {
        let PackTexts { standard, measures, migration, tests, .. } = texts;
        let words = String::new();
        Self { standard, measures, migration: migration.unwrap_or_default(), tests: tests.unwrap_or_default(), words }
    }
}

/// A standard with its words in the languages of the product.
#[derive(Debug)]
pub struct Standard {
    /// The pack.
    pub pack: Pack,
    /// [`Pack::fingerprint`], made once.
    pub fingerprint: String,
    /// Kind → key → Chinese words.
    chinese: BTreeMap<String, BTreeMap<String, String>>,
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../../../standards/cn-mca-2008-142-district/", $name)).to_owned()
    };
}

/// The texts of the built-in pack.
#[must_use]
pub fn built_in_texts() -> Texts {
    Texts {
        standard: file!("standard.yaml"),
        measures: file!("measures.yaml"),
        migration: file!("migration.yaml"),
        tests: file!("tests.yaml"),
        words: file!("words.zh-CN.tsv"),
    }
}

static BUILT_IN: LazyLock<Result<Arc<Standard>, PackErrors>> =
    LazyLock::new(|| Standard::read(&built_in_texts()).map(Arc::new));

/// Reads the built-in pack; called at the start.
///
/// # Errors
/// Every fault of the pack with file, line, column and remedy.
pub fn load() -> Result<&'static Arc<Standard>, &'static PackErrors> {
    BUILT_IN.as_ref()
}

/// The built-in standard.
///
/// # Panics
/// When the texts in the binary are no pack: [`load`] says so at the start, and a test does before that.
#[must_use]
pub fn built_in() -> Arc<Standard> {
    load().unwrap_or_else(|errors| panic!("the built-in standard cannot be read: {errors}")).clone()
}

impl Standard {
    /// Reads a pack and its words.
    ///
    /// # Errors
    /// Every fault with file, line, column and remedy.
    pub fn read(texts: &Texts) -> Result<Self, PackErrors> {
        let pack = texts.read()?;
        let mut chinese: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for line in texts.words.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.splitn(3, '\t');
            if let (Some(kind), Some(key), Some(words)) = (parts.next(), parts.next(), parts.next()) {
                chinese.entry(kind.to_owned()).or_default().insert(key.to_owned(), words.to_owned());
            }
        }
        Ok(Self { fingerprint: pack.fingerprint(), pack, chinese })
    }

    /// The Chinese words of a kind and key; the pack's own (English) words where the reader wants those or there are no others.
    #[must_use]
    pub fn words(&self, lang: Lang, kind: &str, key: &str, own: &str) -> String {
        match lang {
            Lang::ZhCn => self.chinese.get(kind).and_then(|of| of.get(key)).map_or(own, String::as_str).to_owned(),
            Lang::En => own.to_owned(),
        }
    }

    /// An indicator's name.
    #[must_use]
    pub fn name(&self, lang: Lang, indicator: &Indicator) -> String {
        match lang {
            Lang::ZhCn => indicator.name_zh.clone(),
            Lang::En => sentence(&indicator.name_en),
        }
    }

    /// An area's name.
    #[must_use]
    pub fn area(&self, lang: Lang, area: &Area) -> String {
        match lang {
            Lang::ZhCn => area.name_zh.clone(),
            Lang::En => sentence(&area.name_en),
        }
    }

    /// What a measure counts.
    #[must_use]
    pub fn measure(&self, lang: Lang, id: &str) -> String {
        let own = self.pack.measure(id).map_or(id, |measure| measure.words.as_str());
        self.words(lang, "measure", id, own)
    }

    /// What a name in an expression stands for, short.
    #[must_use]
    pub fn term(&self, lang: Lang, name: &str) -> String {
        self.words(lang, "name", name, &name.replace('_', " "))
    }

    /// A register's name, of one that is there or one still to come.
    #[must_use]
    pub fn register(&self, lang: Lang, key: &str) -> String {
        self.words(lang, "register", key, &key.replace('_', " "))
    }
}

/// `gdp_growth` as words: `Gdp growth`, with the abbreviations of the field kept large.
fn sentence(identifier: &str) -> String {
    let words = identifier.replace('_', " ");
    let mut chars = words.chars();
    let text: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    text.replace("Gdp", "GDP")
}
