//! Words of the preview for those who write articles. What the program says to them of their files is English, as `ajuda check` is.

use super::Lang;

impl Lang {
    /// The title of an article that readers can't open yet.
    pub fn draft(self, title: &str) -> String {
        let mark = match self {
            Self::Pt => "Rascunho",
            Self::Es => "Borrador",
            Self::En => "Draft",
        };
        format!("[{mark}] {title}")
    }
}
