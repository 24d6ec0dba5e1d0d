//! Facts as RDF. [`Article`](crate::article::Article) + [`ArticleFacts`](crate::fact::ArticleFacts) → quads → store.
//!
//! Two layers, both plain RDF 1.1 without blank nodes.
//!
//! **What an article says** stands in the named graph that bears the article's IRI. Entities there are the article's
//! own (`#c1` a company, `#n1` an initiative, `#p1` a place, `#b1` a public body, `#h1` a person), since two articles
//! may mean different things by one name; only countries are the same everywhere.
//!
//! ```text
//! GRAPH <article/paper.example-aws-3fa9…> {
//!   <article/…>     a schema:NewsArticle ; schema:headline "…" ; schema:articleBody "…" ; schema:url <…> ;
//!                   schema:publisher "…" ; schema:datePublished "2024-05-13"^^xsd:date ; schema:inLanguage "en" ;
//!                   schema:identifier "aws" ; ig:hash "…" ; ig:extractor "…" ; schema:mentions <…#c1>, <country/FR> .
//!   <…#c1>          a ig:Company ; skos:prefLabel "Amazon Web Services" ; skos:altLabel "AWS" ; ig:matchKey "company/aws" .
//!   <…#i1>          a ig:InvestmentClaim ; prov:hadPrimarySource <article/…> ; ig:kind ig:project ; ig:stage ig:planned ;
//!                   ig:investor <…#c1> ; ig:country <country/FR> ; ig:amount 1200000000 ; ig:currency "EUR" ; ig:bound ig:min ;
//!                   ig:equivalent <…#i1/equivalent/1> ; ig:jobs 3000 ; ig:jobsBound ig:min ; ig:confidence 0.9 ;
//!                   ig:evidence <…#i1/investor/1> .
//!   <…#i1/investor/1> a ig:Evidence, oa:TextQuoteSelector, oa:TextPositionSelector ; ig:slot "investor" ;
//!                   oa:exact "AWS" ; oa:start 12 ; oa:end 15 .
//!   <…#j1>          a ig:JobClaim ; ig:company <…#c1> ; ig:country <country/FR> ; ig:jobs 2000 ; ig:jobsBound ig:exact .
//!   <…#r1>          a ig:RelationClaim ; rdf:subject <…#c1> ; rdf:predicate ig:subsidiaryOf ; rdf:object <…#c2> .
//! }
//! ```
//!
//! **What the articles together say** stands in the default graph, and follows from the named graphs alone:
//!
//! ```text
//! <company/aws>     a ig:Company ; skos:prefLabel "Amazon Web Services" ; skos:altLabel "AWS" ;
//!                   ig:subsidiaryOf <company/amazon> ; ig:basedIn <country/US> ; ig:operatesIn … ; ig:participatesIn <initiative/…> ;
//!                   ig:mentionedIn <article/…> ; ig:mentionedAs <article/…#c1> .
//! <country/FR>      a ig:Country ; skos:prefLabel "France" ; ig:code "FR" ; ig:mentionedIn <article/…> .
//! <place/paris>     a ig:Place ; skos:prefLabel "Paris" ; ig:locatedIn <country/FR> ; ig:mentionedIn … ; ig:mentionedAs … .
//! <initiative/…>    a ig:Initiative ; skos:prefLabel "…" ; ig:initiativeOf <country/FR> ; …
//! <body/…>          a ig:PublicBody ; …        <person/…> a ig:Person ; …
//! <investment/…-i1> a ig:Investment ; the claim's properties, with resolved entities ; ig:claimedIn <article/…#i1> ; ig:mentionedIn <article/…> .
//! <job/…-j1>        a ig:JobCommitment ; ig:company, ig:country, ig:jobs, ig:jobsBound, ig:confidence ; ig:claimedIn … ; ig:mentionedIn … .
//! <article/…>       a schema:NewsArticle ; headline, URL, publisher, date and hash: the article is part of the default graph.
//! ```
//!
//! All IRIs above are relative to [`vocab::BASE`].

mod as_of;
pub mod claims;
pub mod curation;
pub mod infer;
pub mod iri;
pub mod load;
pub mod names;
pub mod query;
pub mod resolve;
#[cfg(test)]
pub(crate) mod sample;
pub mod saved;
pub mod scribe;
pub mod shapes;
pub mod store;
pub mod vocab;
pub mod write;
mod writer;

/// The values that the graph holds, for those who read it without the stages of extraction.
pub use crate::fact::{Amount, Bound, Count, CountryCode, CurrencyCode, Kind, Money, Predicate, Stage};
pub use claims::{ArticleGraph, article_graph};
pub use load::{Arrival, Load};
pub use names::Names;
pub use query::{QueryError, Rows};
pub use saved::SavedQuery;
pub use scribe::Scribe;
pub use store::{Store, StoreError, StoredArticle};
