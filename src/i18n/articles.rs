//! Words of the room `articles`.

use super::Lang;

pub struct ArticleTexts {}

impl Lang {
    pub fn articles(self) -> &'static ArticleTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: ArticleTexts = ArticleTexts {};
const ES: ArticleTexts = ArticleTexts {};
const EN: ArticleTexts = ArticleTexts {};
