//! The three languages of a help center.

use std::ops::{Index, IndexMut};

/// A language of the interface and of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    Pt,
    Es,
    En,
}

impl Lang {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Pt, Self::Es, Self::En];

    /// The code in addresses, file names and the API: `pt`, `es`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pt => "pt",
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language tag of a page (`lang`, hreflang): Portuguese is that of Brazil, Spanish that of Latin America (UN M.49: 419).
    pub fn tag(self) -> &'static str {
        match self {
            Self::Pt => "pt-BR",
            Self::Es => "es-419",
            Self::En => "en",
        }
    }

    /// The name that its own speakers give it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Pt => "Português",
            Self::Es => "Español",
            Self::En => "English",
        }
    }

    /// The name that `lang` has for it, for the middle of a sentence.
    pub fn name_in(self, lang: Self) -> &'static str {
        let names = match lang {
            Self::Pt => ["português", "espanhol", "inglês"],
            Self::Es => ["portugués", "español", "inglés"],
            Self::En => ["Portuguese", "Spanish", "English"],
        };
        names[self as usize]
    }

    /// The language of a code as it stands in an address; `None` for any other text.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
}

/// One value for each language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PerLang<T>(pub [T; 3]);

impl<T> PerLang<T> {
    /// Each language with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        Lang::ALL.into_iter().zip(&self.0)
    }
}

impl<T> Index<Lang> for PerLang<T> {
    type Output = T;
    fn index(&self, lang: Lang) -> &T {
        &self.0[lang as usize]
    }
}

impl<T> IndexMut<Lang> for PerLang<T> {
    fn index_mut(&mut self, lang: Lang) -> &mut T {
        &mut self.0[lang as usize]
    }
}
