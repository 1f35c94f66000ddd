//! What comes with the program: `ajuda init` and the sample.

use std::path::Path;

use ajuda::articles::check::Recording;
use ajuda::articles::{check, init};
use ajuda::i18n::Lang;

use super::Center;

#[test]
fn a_new_help_center_passes_the_check() {
    let center = Center::new();
    let mut options = center.options();
    options.root = center.root().join("new/articles");
    init::create(&options.root).unwrap();
    let report = check::run(&options, &Recording::Changed).unwrap();
    assert!(report.problems.is_empty(), "{report}");
    assert_eq!((report.articles, report.recorded), (1, Some(15)));
    let library = ajuda::articles::content_store::ContentStore::open(options).unwrap().library();
    assert_eq!(
        library.sections.iter().map(|section| section.texts[Lang::Pt].door.as_str()).collect::<Vec<_>>(),
        ["Comprei um produto", "Vendo meus produtos", "Divulgo produtos"]
    );
    assert_eq!(library.reasons.len(), 3);
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let center = Center::new();
    let error = init::create(center.root()).unwrap_err().to_string();
    assert!(error.contains("not empty"), "{error}");
    assert!(!center.root().join("creator").exists());
}

#[test]
fn the_sample_has_no_problem() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
    if !root.exists() {
        return;
    }
    let mut options = Center::new().options();
    options.root = root;
    let report = check::run(&options, &Recording::No).unwrap();
    assert!(!report.failed(), "{report}");
}
