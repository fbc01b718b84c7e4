//! One macro for closed lists of words: the enum, its words in the pack file, reading, writing and the list for error messages.

/// Declares an enum whose variants each have exactly one word in files and JSON.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every word that may be written.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word in files and JSON.
            pub fn word(&self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value of a word, or `None` when it is not in the list.
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::names::Word for $name {
            const WORDS: &'static [&'static str] = Self::WORDS;
            fn of_word(word: &str) -> Option<Self> {
                Self::of_word(word)
            }
        }
    };
}
pub(crate) use names;

/// A closed list of words, for readers that do not care which.
pub(crate) trait Word: Sized {
    /// Every word that may be written.
    const WORDS: &'static [&'static str];
    /// The value of a word.
    fn of_word(word: &str) -> Option<Self>;
}
