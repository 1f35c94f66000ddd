//! What each element does to the lines of text.

/// What an element is to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Inline,
    Bold,
    Link,
    /// Stands on lines of its own.
    Block,
    /// With a blank line before and after.
    Paragraph,
    Pre,
    List,
    Item,
    Quote,
    Table,
    Row,
    Cell,
    /// Nobody sees its content.
    Unseen,
    /// Never has content.
    Void,
    /// May be left out, and changes nothing.
    Ignored,
}

impl Shape {
    pub(super) fn is_block(self) -> bool {
        use Shape::{Block, Cell, Item, List, Paragraph, Pre, Quote, Row, Table};
        matches!(self, Block | Paragraph | Pre | List | Item | Quote | Table | Row | Cell)
    }
}

/// By name, in the order of their bytes.
const ELEMENTS: [(&str, Shape); 107] = {
    use Shape::{Block, Bold, Cell, Ignored, Inline, Item, Link, List, Paragraph, Pre, Quote, Row, Table, Unseen, Void};
    [
        ("a", Link),
        ("abbr", Inline),
        ("address", Block),
        ("area", Void),
        ("article", Block),
        ("aside", Block),
        ("audio", Unseen),
        ("b", Bold),
        ("base", Void),
        ("basefont", Void),
        ("bgsound", Void),
        ("big", Inline),
        ("blockquote", Quote),
        ("body", Ignored),
        ("br", Void),
        ("button", Inline),
        ("canvas", Inline),
        ("caption", Block),
        ("center", Block),
        ("cite", Inline),
        ("code", Inline),
        ("col", Void),
        ("datalist", Unseen),
        ("dd", Block),
        ("del", Inline),
        ("details", Block),
        ("dir", List),
        ("div", Block),
        ("dl", Paragraph),
        ("dt", Block),
        ("em", Inline),
        ("embed", Void),
        ("fieldset", Block),
        ("figcaption", Block),
        ("figure", Paragraph),
        ("font", Inline),
        ("footer", Block),
        ("form", Block),
        ("frame", Void),
        ("h1", Paragraph),
        ("h2", Paragraph),
        ("h3", Paragraph),
        ("h4", Paragraph),
        ("h5", Paragraph),
        ("h6", Paragraph),
        ("head", Ignored),
        ("header", Block),
        ("hr", Void),
        ("html", Ignored),
        ("i", Inline),
        ("iframe", Unseen),
        ("img", Void),
        ("input", Void),
        ("ins", Inline),
        ("kbd", Inline),
        ("label", Inline),
        ("legend", Block),
        ("li", Item),
        ("link", Void),
        ("main", Block),
        ("mark", Inline),
        ("math", Unseen),
        ("menu", List),
        ("meta", Void),
        ("nav", Block),
        ("noembed", Unseen),
        ("noframes", Unseen),
        ("object", Inline),
        ("ol", List),
        ("p", Paragraph),
        ("param", Void),
        ("pre", Pre),
        ("s", Inline),
        ("samp", Inline),
        ("script", Unseen),
        ("section", Block),
        ("select", Unseen),
        ("small", Inline),
        ("source", Void),
        ("span", Inline),
        ("strike", Inline),
        ("strong", Bold),
        ("style", Unseen),
        ("sub", Inline),
        ("summary", Block),
        ("sup", Inline),
        ("svg", Unseen),
        ("table", Table),
        ("tbody", Block),
        ("td", Cell),
        ("template", Unseen),
        ("textarea", Pre),
        ("tfoot", Block),
        ("th", Cell),
        ("thead", Block),
        ("time", Inline),
        ("title", Unseen),
        ("tr", Row),
        ("track", Void),
        ("tt", Inline),
        ("u", Inline),
        ("ul", List),
        ("var", Inline),
        ("video", Unseen),
        ("wbr", Void),
        ("xml", Unseen),
        ("xmp", Pre),
    ]
};
pub(super) const KINDS: usize = ELEMENTS.len() + 1;

/// An element's name as a number. All unknown names are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind(u8);

impl Kind {
    pub(super) fn of(name: &[u8]) -> Self {
        let found = ELEMENTS.binary_search_by(|(known, _)| known.as_bytes().cmp(name));
        Self(found.unwrap_or(ELEMENTS.len()) as u8)
    }

    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    pub(super) fn name(self) -> &'static str {
        ELEMENTS.get(self.index()).map_or("", |(name, _)| name)
    }

    pub(super) fn shape(self) -> Shape {
        ELEMENTS.get(self.index()).map_or(Shape::Inline, |(_, shape)| *shape)
    }
}
