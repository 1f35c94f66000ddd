//! Help articles. Support staff edit Markdown files; readers get pages. A bad file never goes live and never takes the
//! good ones down: it keeps its last good version, and `ajuda check` says what is wrong and how to mend it.

pub mod model;
