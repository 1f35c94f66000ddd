//! What machines read.

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::Visitor;

#[tokio::test]
async fn the_sitemap_names_only_addresses_that_open() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let sitemap = visitor.get("/sitemap.xml").await;
    let text = sitemap.text();
    let addresses: Vec<&str> = text.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    assert!(addresses.len() == 33 && text.contains("hreflang=\"x-default\""));
    for address in addresses {
        visitor.get(address.strip_prefix("http://127.0.0.1:3000").expect("public_url")).await.assert_status(200);
    }
}

#[tokio::test]
async fn feeds_and_lists_are_there() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for (path, media_type, part) in [
        ("/pt/feed.xml", "application/atom+xml", ARTICLE),
        ("/robots.txt", "text/plain", "Sitemap: http://127.0.0.1:3000/sitemap.xml"),
        ("/llms.txt", "text/plain", ".md): "),
        ("/metrics", "application/openmetrics-text", "ajuda_articles 5"),
        ("/api/v1/openapi.json", "application/json", "/api/v1/search"),
    ] {
        let reply = visitor.get(path).await;
        reply.assert_status(200);
        assert!(reply.header("content-type").starts_with(media_type) && reply.text().contains(part), "{path}");
    }
}

#[tokio::test]
async fn structured_data_is_json_that_nothing_can_break_out_of() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let text = visitor.get(ARTICLE).await.text();
    let blocks: Vec<&str> = text.split("<script type=\"application/ld+json\">").skip(1).filter_map(|rest| rest.split("</script>").next()).collect();
    let kinds: Vec<serde_json::Value> = blocks.iter().map(|block| serde_json::from_str(block).expect("JSON")).collect();
    assert_eq!(kinds.iter().filter_map(|kind| kind["@type"].as_str()).collect::<Vec<_>>(), ["Article", "BreadcrumbList"]);
    assert!(blocks.iter().all(|block| !block.contains('<')));
}
