//! The sample answers every topic that it was made for, in every language.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Topics of buyers, creators and affiliates, and those that belong to nobody alone.
const TOPICS: [(char, usize); 4] = [('B', 27), ('C', 29), ('A', 28), ('X', 9)];

#[test]
fn every_topic_has_an_article_in_three_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
    let table = fs::read_to_string(root.join("topics.tsv")).unwrap();
    let mut answered: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in table.lines() {
        let (topic, article) = line.split_once('\t').expect("a topic and an article");
        answered.entry(topic).or_default().push(article);
    }
    let wanted: Vec<String> = TOPICS.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}"))).collect();
    assert_eq!(wanted.len(), 93);
    for topic in &wanted {
        let articles = answered.remove(topic.as_str()).unwrap_or_else(|| panic!("no article for {topic}"));
        for file in articles.iter().flat_map(|article| ["pt", "es", "en"].map(|lang| root.join(article).join(format!("{lang}.md")))) {
            let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing for {topic}", file.display()));
            assert!(
                text.contains("\nstatus: published\n") && text.matches("\n  - \"").count() >= 3 && text.contains("\nasks:\n"),
                "{}",
                file.display()
            );
        }
    }
    assert!(answered.is_empty(), "unknown topics: {answered:?}");
}
