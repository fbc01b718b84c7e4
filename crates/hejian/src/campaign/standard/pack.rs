//! The built-in pack: read once from the texts in the binary.
//!
//! The rule that matters: a pack that cannot be read stops the start, with the file and the place ([`load`]); afterwards
//! [`standard`] cannot fail.

use std::{collections::BTreeMap, sync::LazyLock};

use hejian_kernel::i18n::Lang;
use hejian_scoring::{
    Pack,
    pack::{Area, Indicator, PackErrors},
};

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../../../standards/cn-mca-2008-142-district/", $name))
    };
}

/// A standard with its words in the languages of the product.
#[derive(Debug)]
pub struct Standard {
    /// The pack.
    pub pack: Pack,
    /// [`Pack::fingerprint`], made once.
    pub fingerprint: String,
    chinese: BTreeMap<(&'static str, &'static str), &'static str>,
}

static STANDARD: LazyLock<Result<Standard, PackErrors>> = LazyLock::new(|| {
    let pack = Pack::load(
        "standards/cn-mca-2008-142-district/standard.yaml",
        file!("standard.yaml"),
        "standards/cn-mca-2008-142-district/measures.yaml",
        file!("measures.yaml"),
    )?;
    let lines = file!("words.zh-CN.tsv").lines().filter(|line| !line.starts_with('#'));
    let words = lines.filter_map(|line| {
        let mut parts = line.splitn(3, '\t');
        Some(((parts.next()?, parts.next()?), parts.next()?))
    });
    Ok(Standard { fingerprint: pack.fingerprint(), pack, chinese: words.collect() })
});

/// Reads the built-in pack; called at the start.
///
/// # Errors
/// Every fault of the pack with file, line, column and remedy.
pub fn load() -> Result<&'static Standard, &'static PackErrors> {
    STANDARD.as_ref()
}

/// The standard in force.
///
/// # Panics
/// When the texts in the binary are no pack: [`load`] says so at the start, and a test does before that.
#[must_use]
pub fn standard() -> &'static Standard {
    load().unwrap_or_else(|errors| panic!("the built-in standard cannot be read: {errors}"))
}

impl Standard {
    /// The Chinese words of a kind and key; the pack's own (English) words where the reader wants those or there are no others.
    #[must_use]
    pub fn words(&self, lang: Lang, kind: &'static str, key: &str, own: &str) -> String {
        match lang {
            Lang::ZhCn => self.chinese.get(&(kind, key)).map_or_else(|| own.to_owned(), |words| (*words).to_owned()),
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
