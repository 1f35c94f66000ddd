//! Words of the room `search`.

use super::Lang;

pub struct SearchTexts {}

impl Lang {
    pub fn search(self) -> &'static SearchTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: SearchTexts = SearchTexts {};
const ES: SearchTexts = SearchTexts {};
const EN: SearchTexts = SearchTexts {};
