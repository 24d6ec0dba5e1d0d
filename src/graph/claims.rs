//! Writes down what one article says. `Article` + `ArticleFacts` → the quads of the article's named graph.

use oxigraph::model::Quad;

use super::iri::{self, EntityType};
use super::names::Names;
use super::writer::Writer;
use crate::article::Article;
use crate::fact::{ArticleFacts, CountryCode};

/// Name and version of the extractor, as written into every article's graph.
pub const EXTRACTOR: &str = concat!("investgraph ", env!("CARGO_PKG_VERSION"));

/// One article's named graph, ready for the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleGraph {
    /// The article's id.
    pub id: String,
    /// SHA-256 over what was read and the extractor: equal hashes mean equal claims.
    pub hash: String,
    /// The name under which it was read.
    pub identifier: String,
    /// The quads, sorted, all of them in the article's graph.
    pub quads: Vec<Quad>,
}

/// The hash by which a reload sees that nothing has changed.
///
/// It covers what was read, but not the name of the file, and the extractor, whose text must differ whenever
/// the same article could yield other facts.
#[must_use]
pub fn hash(article: &Article, extractor: &str) -> String {
    let fields = [
        Some(extractor),
        article.title.as_deref(),
        Some(&*article.text),
        article.url.as_deref(),
        article.publisher.as_deref(),
        article.published.as_deref(),
        article.language.as_deref(),
    ];
    let mut bytes = Vec::with_capacity(article.text.len() + 256);
    for field in fields {
        // The length before each field keeps "ab" + "c" apart from "a" + "bc".
        let length = field.map_or(u64::MAX, |field| field.len() as u64);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(field.unwrap_or_default().as_bytes());
    }
    iri::sha256_hex(&bytes)
}

/// Writes an article and its facts as the article's graph.
///
/// ```
/// use investgraph::article::Article;
/// use investgraph::fact::ArticleFacts;
/// use investgraph::graph::claims::{EXTRACTOR, article_graph};
/// use investgraph::graph::Names;
///
/// let article = Article { text: "Nothing was bought.".into(), ..Article::default() };
/// let graph = article_graph(&article, &ArticleFacts::default(), &Names::default(), EXTRACTOR);
/// assert!(graph.id.starts_with("text-"));
/// assert!(graph.quads.iter().any(|quad| quad.to_string().contains("NewsArticle")));
/// ```
#[must_use]
pub fn article_graph(article: &Article, facts: &ArticleFacts, names: &Names, extractor: &str) -> ArticleGraph {
    let id = iri::article_id(article);
    let hash = hash(article, extractor);
    let mut writer = Writer::new(iri::article(&id), names, near(facts));

    writer.article(article, &hash, extractor);
    for company in &facts.companies {
        writer.named(EntityType::Company, company.id.as_deref(), &company.names);
    }
    for initiative in &facts.initiatives {
        writer.named(EntityType::Initiative, initiative.id.as_deref(), &initiative.names);
    }
    for &code in &facts.countries {
        writer.country(code);
    }
    for (at, investment) in facts.investments.iter().enumerate() {
        writer.investment(at + 1, investment);
    }
    for (at, jobs) in facts.jobs.iter().enumerate() {
        writer.jobs(at + 1, jobs);
    }
    for (at, relation) in facts.relations.iter().enumerate() {
        writer.relation(at + 1, relation);
    }

    ArticleGraph { id, hash, identifier: article.article.trim().to_owned(), quads: writer.finish() }
}

/// Every country of the facts, once.
fn near(facts: &ArticleFacts) -> Vec<CountryCode> {
    let invested = facts.investments.iter().flat_map(|investment| investment.countries.iter().copied());
    let mut near: Vec<CountryCode> = Vec::new();
    for code in invested.chain(facts.countries.iter().copied()) {
        if !near.contains(&code) {
            near.push(code);
        }
    }
    near
}

#[cfg(test)]
mod tests {
    use oxigraph::model::GraphName;

    use super::*;
    use crate::fact::{Investment, Party};
    use crate::graph::sample::{entity, graph, investment, lyon, lyon_facts};
    use crate::graph::write::to_nquads;

    #[test]
    fn an_article_becomes_its_own_graph() {
        let graph = graph(&lyon(), &lyon_facts());
        assert!(graph.quads.iter().all(|quad| quad.graph_name == GraphName::NamedNode(iri::article(&graph.id))));
        let blank = graph.quads.iter().any(|quad| quad.subject.is_blank_node() || quad.object.is_blank_node());
        assert!(!blank, "no blank nodes");
        let text = to_nquads(&graph.quads).replace(&format!("{}#", iri::article(&graph.id).as_str()), "#");
        for expected in [
            "<#i1> <https://w3id.org/investgraph/ontology#amount> \"1500000000\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
            "<#i1> <https://w3id.org/investgraph/ontology#investor> <#c1>",
            "<#i1> <https://w3id.org/investgraph/ontology#until> \"2028\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
            "<#i1> <https://w3id.org/investgraph/ontology#evidence> <#i1/investor/1>",
            "<#i1/amount/1> <http://www.w3.org/ns/oa#exact> \"more than €1.5 billion\"",
            "<#i1/equivalent-sum/1> <https://w3id.org/investgraph/ontology#currency> \"USD\"",
            "<#c1> <http://www.w3.org/2004/02/skos/core#altLabel> \"Helio\"",
            "<#c1> <https://w3id.org/investgraph/ontology#matchKey> \"company/helio-cloud\"",
            "<#r1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <#c2>",
            "<https://schema.org/datePublished> \"2024-05-13\"^^<http://www.w3.org/2001/XMLSchema#date>",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        assert_eq!(to_nquads(&graph(&lyon(), &lyon_facts()).quads), to_nquads(&graph(&lyon(), &lyon_facts()).quads));
    }

    #[test]
    fn every_quote_stands_in_the_text_at_its_offsets() {
        let text: Vec<char> = lyon().text.chars().collect();
        for evidence in lyon_facts().investments.iter().flat_map(|investment| &investment.evidence) {
            assert_eq!(text[evidence.start..evidence.end].iter().collect::<String>(), evidence.quote);
        }
    }

    #[test]
    fn the_hash_covers_what_was_read_but_not_the_name_of_the_file() {
        let hash = |change: fn(&mut Article)| {
            let mut article = lyon();
            change(&mut article);
            hash(&article, "test")
        };
        let plain = hash(|_| {});
        assert_eq!(hash(|article| article.article = "other".into()), plain);
        assert_ne!(hash(|article| article.text.push('!')), plain);
        assert_ne!(hash(|article| article.title = None), plain);
        assert_ne!(super::hash(&lyon(), "another version"), plain);
    }

    #[test]
    fn names_unfit_for_iris_are_written_all_the_same() {
        for name in ["A\"B\\C <D>", "株式会社", "\u{0}", "line\nbreak"] {
            let facts = ArticleFacts {
                companies: vec![entity(&[name])],
                investments: vec![Investment { places: vec![name.to_owned()], ..investment(Party::Person(name.to_owned()), "FR") }],
                ..ArticleFacts::default()
            };
            let quads = graph(&Article { url: Some(format!("https://x.example/{name}")), ..lyon() }, &facts).quads;
            let text = to_nquads(&quads);
            let read = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::NQuads).for_slice(text.as_bytes());
            let read: Vec<Quad> = read.collect::<Result<_, _>>().unwrap();
            assert_eq!(read.len(), quads.len(), "{name}: {text}");
        }
    }
}
