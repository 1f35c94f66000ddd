//! From everything read to the library that pages and search use. What has not changed is taken over from before.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::groups::check_sections;
use super::markdown::template::{Resolved, fill_markdown};
use super::model::{Article, ArticleId, ArticleText, Library, PageTarget, Picture, Section, Topic};
use super::problem::{Findings, Level, Problem};
use super::resolve::Resolver;
use super::source::{self, LiveText, Source};
use super::text::{fill_brand, quoted};
use crate::articles::navigation;
use crate::articles::navigation::Navigation;
use crate::articles::options::LoadOptions;
use crate::articles::placement::{ArticleAddress, Placement, Placer};
use crate::articles::redirects as moved;
use crate::articles::source_cache::SourceCache;
use crate::clock::Micros;
use crate::i18n::{Lang, PerLang};
use crate::values::fold;

/// The library as of a moment, and every problem there is.
pub(super) fn assemble(cache: &mut SourceCache, options: &LoadOptions, now: Micros, before: Option<&Library>) -> (Library, Vec<Problem>) {
    let mut problems = cache.scan_problems.clone();
    problems.extend(cache.problems_of_files().cloned());
    problems.extend(cache.groups.values().flat_map(|group| &group.problems).cloned());
    problems.extend(cache.pictures.values().flat_map(|picture| &picture.problems).cloned());
    if !cache.has_file(super::scan::CONTACT_FILE) {
        let mut findings = Findings::new(super::scan::CONTACT_FILE);
        findings.wrong(1, "This file is missing, so the contact form has no reasons.", "Write it: a table for each reason.");
        problems.extend(findings.into_problems());
    }
    let navigation = navigation::build(cache, options, &mut problems);
    let sections_of: Vec<&str> = navigation.keys().map(String::as_str).filter(|folder| !folder.contains('/')).collect();
    problems.extend(check_sections(cache.reasons.good.as_deref().unwrap_or_default(), &sections_of));
    let placing = Placer { cache, navigation: &navigation, now, default_lang: options.default_lang };
    let placement = placing.place(&mut problems);
    let next_change = placement.chosen.values().filter_map(|source| source.next_change(now)).min();
    let articles = build_articles(cache, options, &navigation, &placement, before, &mut problems);
    let mut library = Library {
        default_lang: options.default_lang,
        sections: sections(&navigation, &articles, options.default_lang),
        reasons: cache.reasons.good.clone().unwrap_or_default(),
        synonyms: cache.synonyms.good.clone().unwrap_or_default(),
        pins: cache.pins.good.clone().unwrap_or_default(),
        pages: HashMap::new(),
        moved: HashMap::new(),
        withheld: HashSet::new(),
        pictures: pictures(cache, &articles),
        next_change,
        problem_count: 0,
        articles,
    };
    library.pages = pages(&library);
    pins_without_article(&library, &mut problems);
    moved::fill(&mut library, cache, &placement, &mut problems);
    problems.sort();
    problems.dedup();
    library.problem_count =
        problems.iter().filter(|problem| problem.level == Level::Broken).map(|problem| &problem.file).collect::<HashSet<_>>().len();
    (library, problems)
}

fn build_articles(
    cache: &mut SourceCache,
    options: &LoadOptions,
    navigation: &Navigation,
    placement: &Placement,
    before: Option<&Library>,
    problems: &mut Vec<Problem>,
) -> HashMap<ArticleId, Arc<Article>> {
    let open_groups: HashSet<String> = placement
        .places
        .keys()
        .flat_map(|id| id.match_indices('/').map(|(at, _)| id[..at].to_owned()))
        .chain(navigation.keys().filter(|folder| !folder.contains('/')).cloned())
        .collect();
    let resolver = Resolver { cache, navigation, places: &placement.places, open_groups: &open_groups, default_lang: options.default_lang };
    let resolved: Vec<(String, Lang, Vec<Resolved>)> = placement
        .places
        .iter()
        .flat_map(|(id, place)| place.sources.iter().filter_map(move |(lang, source)| Some((id, lang, source.as_ref()?))))
        .map(|(id, lang, source)| (id.clone(), lang, resolver.resolve(source, problems)))
        .collect();
    let mut texts: BTreeMap<String, PerLang<Option<Arc<ArticleText>>>> = BTreeMap::new();
    for (id, lang, resolved) in resolved {
        let Some(source) = placement.places.get(&id).and_then(|place| place.sources[lang].clone()) else { continue };
        let text = keep_or_build(cache, options, &id, &source, &placement.places[&id], resolved);
        texts.entry(id).or_default()[lang] = text;
    }
    keep_hidden(cache, placement);
    texts
        .into_iter()
        .filter(|(_, texts)| texts.0.iter().any(Option::is_some))
        .map(|(id, texts)| {
            let article = article(&id, texts, &placement.places[&id], before);
            (article.id.clone(), article)
        })
        .collect()
}

/// The finished text of a file: that from before if neither the file nor what it links has changed.
fn keep_or_build(
    cache: &mut SourceCache,
    options: &LoadOptions,
    id: &str,
    source: &Arc<Source>,
    place: &ArticleAddress,
    resolved: Vec<Resolved>,
) -> Option<Arc<ArticleText>> {
    let slug = place.urls[source.lang].rsplit('/').next().unwrap_or_default();
    let is_reason = |id: &String| cache.reasons.good.iter().flatten().any(|reason| &reason.id == id);
    let contact = source.front.contact.clone().filter(is_reason);
    let updated = cache.records.good.as_ref().and_then(|records| records.get(&*source.file)).map(|record| record.day);
    let insertions = &cache.insertions;
    let entry = cache.texts.get_mut(id)?[source.lang].as_mut()?;
    if let Some(good) = &entry.good
        && Arc::ptr_eq(&good.source, source)
        && good.resolved == resolved
        && let Some(text) = good.text.as_ref().filter(|text| text.slug == slug && text.contact == contact && text.updated == updated)
    {
        return Some(text.clone());
    }
    let is_current = entry.current.as_ref().is_ok_and(|current| Arc::ptr_eq(current, source));
    let body =
        if is_current { entry.body.take().or_else(|| Some(source::read(options, insertions, &source.file, source.lang).ok()?.1)) } else { None };
    let Some(body) = body else {
        // The file is broken by now, so its last good text stays as it was, links included.
        return entry.good.as_ref().and_then(|good| good.text.clone());
    };
    let markdown = fill_markdown(body.markdown, &source.references, &resolved);
    let markdown = if let Cow::Owned(filled) = fill_brand(&markdown, &options.brand) { filled } else { markdown };
    let text = Arc::new(ArticleText {
        lang: source.lang,
        title: if source.is_shown_early(options.clock.now()) { source.lang.draft(&source.front.title) } else { source.front.title.clone() },
        summary: source.front.summary.clone(),
        slug: slug.to_owned(),
        keywords: source.front.keywords.clone(),
        contact,
        steps: source.front.steps,
        html: body.html.fill(&source.references, &resolved),
        markdown,
        passages: body.passages,
        asks: source.front.asks.clone(),
        applies_to: source.front.applies_to.clone(),
        updated,
        reviewed: source.front.reviewed,
    });
    entry.good = Some(LiveText { source: source.clone(), resolved, text: Some(text.clone()) });
    Some(text)
}

/// A draft is a good version too: if it breaks later, the published text from before must not come back.
fn keep_hidden(cache: &mut SourceCache, placement: &Placement) {
    for ((id, lang), source) in &placement.chosen {
        let is_live = placement.places.get(id).is_some_and(|place| place.sources[*lang].is_some());
        if is_live {
            continue;
        }
        if let Some(entry) = cache.texts.get_mut(id).and_then(|entries| entries[*lang].as_mut())
            && !entry.good.as_ref().is_some_and(|good| Arc::ptr_eq(&good.source, source))
        {
            entry.good = Some(LiveText { source: source.clone(), resolved: Vec::new(), text: None });
        }
    }
}

fn article(id: &str, texts: PerLang<Option<Arc<ArticleText>>>, place: &ArticleAddress, before: Option<&Library>) -> Arc<Article> {
    let article_id = ArticleId(id.into());
    if let Some(known) = before.and_then(|library| library.articles.get(&article_id)) {
        let same_texts = known.texts.iter().zip(&texts.0).all(|((_, one), two)| match (one, two) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (None, None) => true,
            _ => false,
        });
        if same_texts && known.urls == place.urls {
            return known.clone();
        }
    }
    let mut parts = id.split('/').map(str::to_owned);
    let (section, topic) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    Arc::new(Article { id: article_id, section, topic, texts, urls: place.urls.clone() })
}

fn sections(navigation: &Navigation, articles: &HashMap<ArticleId, Arc<Article>>, default: Lang) -> Vec<Section> {
    let mut by_topic: BTreeMap<String, Vec<Arc<Article>>> = BTreeMap::new();
    for article in articles.values() {
        by_topic.entry(format!("{}/{}", article.section, article.topic)).or_default().push(article.clone());
    }
    let mut sections: Vec<Section> = navigation
        .iter()
        .filter(|(folder, _)| !folder.contains('/'))
        .map(|(folder, shown)| Section {
            id: folder.clone(),
            order: shown.order,
            icon: shown.icon.clone(),
            texts: shown.texts.clone(),
            topics: Vec::new(),
        })
        .collect();
    for (folder, mut articles) in by_topic {
        let Some(((section, topic), shown)) = folder.split_once('/').zip(navigation.get(&folder)) else { continue };
        articles.sort_by_cached_key(|article| (fold(&article.shown(default, default).title), article.id.clone()));
        if let Some(section) = sections.iter_mut().find(|candidate| candidate.id == section) {
            section.topics.push(Topic { id: topic.to_owned(), order: shown.order, icon: shown.icon.clone(), texts: shown.texts.clone(), articles });
        }
    }
    for section in &mut sections {
        section.topics.sort_by(|one, two| (one.order, &one.id).cmp(&(two.order, &two.id)));
    }
    sections.sort_by(|one, two| (one.order, &one.id).cmp(&(two.order, &two.id)));
    sections
}

fn pins_without_article(library: &Library, problems: &mut Vec<Problem>) {
    let mut findings = Findings::new(super::scan::PINS_FILE);
    for pin in library.pins.iter().filter(|pin| library.articles.get(&pin.article).is_none_or(|article| article.texts[pin.lang].is_none())) {
        let what = format!("There is no article {} in the language {}.", quoted(pin.article.as_str()), pin.lang.code());
        findings.wrong(pin.line, what, "Write an article's folders, section/topic/article, or take the entry out.");
    }
    problems.extend(findings.into_problems());
}

fn pages(library: &Library) -> HashMap<String, PageTarget> {
    let mut pages = HashMap::with_capacity(3 * library.articles.len());
    for lang in Lang::ALL {
        for section in &library.sections {
            pages.insert(library.section_url(section, lang), PageTarget::Section(lang, section.id.clone()));
            for topic in &section.topics {
                pages.insert(library.topic_url(section, topic, lang), PageTarget::Topic(lang, section.id.clone(), topic.id.clone()));
            }
        }
        for article in library.articles.values() {
            // Where the borrowed address was taken, the url is that of another language and is already a page.
            if super::addresses::lang_of(&article.urls[lang]) == Some(lang) {
                pages.insert(article.urls[lang].clone(), PageTarget::Article(lang, article.id.clone()));
            }
        }
    }
    pages
}

/// The pictures that visible texts show.
fn pictures(cache: &SourceCache, articles: &HashMap<ArticleId, Arc<Article>>) -> HashMap<String, Picture> {
    articles
        .values()
        .flat_map(|article| article.texts.iter().filter(|(_, text)| text.is_some()).map(|(lang, _)| (article.id.as_str(), lang)))
        .filter_map(|(id, lang)| cache.texts.get(id)?[lang].as_ref()?.good.as_ref())
        .flat_map(|good| &good.resolved)
        .filter_map(|resolved| if let Resolved::Picture(picture) = resolved { Some(picture) } else { None })
        .map(|picture| (picture.address.clone(), Picture { bytes: picture.bytes.clone(), media_type: picture.media_type }))
        .collect()
}
