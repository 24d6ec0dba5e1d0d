//! The words of the graph: IRIs of our ontology (`ig:`) and of the standard vocabularies it leans on.
//!
//! `ontology/investgraph.ttl` explains each `ig:` term; a test holds the two in step.

use oxigraph::model::NamedNodeRef;

use crate::fact::{Bound, Kind, Predicate, Stage};

/// The IRI under which articles, entities and investments live.
pub const BASE: &str = "https://w3id.org/investgraph/";

/// The graph of the user's decisions.
pub const DECISIONS: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/investgraph/decisions");

/// The graph that says when articles were loaded. It is of this store and no part of what articles say.
pub const LOADS: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/investgraph/loads");

/// The prefixes declared in every query, in the order in which they are written out.
pub const PREFIXES: [(&str, &str); 11] = [
    ("ig", "https://w3id.org/investgraph/ontology#"),
    ("schema", "https://schema.org/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

macro_rules! terms {
    ($namespace:literal: $($(#[$doc:meta])+ $name:ident = $local:literal;)+) => {
        $($(#[$doc])+ pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)+

        /// Every term above, in the order written.
        pub const TERMS: &[NamedNodeRef<'static>] = &[$($name),+];
    };
}

/// Our own ontology.
pub mod ig {
    use super::NamedNodeRef;

    terms! { "https://w3id.org/investgraph/ontology#":
        /// A commercial organisation.
        COMPANY = "Company";
        /// A sovereign country.
        COUNTRY = "Country";
        /// A region, city or town, or a region of several countries.
        PLACE = "Place";
        /// A named programme, act or event that carries investment.
        INITIATIVE = "Initiative";
        /// A public body that is no state: the EU, the World Bank.
        PUBLIC_BODY = "PublicBody";
        /// A named person who invests.
        PERSON = "Person";
        /// A commitment of money in the real world.
        INVESTMENT = "Investment";
        /// A number of jobs promised or created outside of an investment.
        JOB_COMMITMENT = "JobCommitment";
        /// Something that the user decided about the graph.
        DECISION = "Decision";
        /// Decision: several are one.
        MERGE = "Merge";
        /// Decision: one is several.
        SPLIT = "Split";
        /// Decision: it has another name.
        RENAMING = "Renaming";
        /// Decision: it is wrong.
        REJECTION = "Rejection";
        /// Decision: it is so.
        ASSERTION = "Assertion";
        /// What is common to the three kinds of claim.
        CLAIM = "Claim";
        /// One article's statement of an investment.
        INVESTMENT_CLAIM = "InvestmentClaim";
        /// One article's statement of a number of jobs.
        JOB_CLAIM = "JobClaim";
        /// One article's statement of a relation between two entities.
        RELATION_CLAIM = "RelationClaim";
        /// The article's own words for one slot of a claim.
        EVIDENCE = "Evidence";
        /// A sum of money with its currency.
        SUM = "Sum";
        /// What an investment's money is for.
        INVESTMENT_KIND = "InvestmentKind";
        /// How far an investment has come.
        STAGE_CLASS = "Stage";
        /// How a stated figure bounds the true one.
        BOUND_CLASS = "Bound";

        /// Investment → its kind.
        KIND = "kind";
        /// Investment → its stage.
        STAGE = "stage";
        /// Investment → who pays.
        INVESTOR = "investor";
        /// Investment → the company bought, funded or aided.
        RECIPIENT = "recipient";
        /// Job commitment → the company that creates the jobs.
        EMPLOYER = "company";
        /// Investment or job commitment → the country it goes to.
        IN_COUNTRY = "country";
        /// Investment → the region or town it goes to.
        IN_PLACE = "place";
        /// Investment → the initiative it was made under.
        UNDER_INITIATIVE = "initiative";
        /// Investment or sum → the full number in units of the currency.
        AMOUNT = "amount";
        /// Investment or sum → ISO 4217 code.
        CURRENCY = "currency";
        /// Investment or sum → how the amount bounds the true sum.
        BOUND = "bound";
        /// Investment → the same sum in another currency, as printed.
        EQUIVALENT = "equivalent";
        /// Investment or job commitment → number of jobs.
        JOBS = "jobs";
        /// Investment or job commitment → how the number bounds the true one.
        JOBS_BOUND = "jobsBound";
        /// Investment → first year.
        FROM = "from";
        /// Investment → last year.
        UNTIL = "until";
        /// Claim, investment or job commitment → how sure the extractor is, 0 to 1.
        CONFIDENCE = "confidence";
        /// Claim → the rule that found it.
        FOUND_BY = "foundBy";
        /// Claim → the words behind it.
        EVIDENCE_OF = "evidence";
        /// Evidence → the slot that the words fill.
        SLOT = "slot";
        /// Investment or job commitment → an article's claim of it.
        CLAIMED_IN = "claimedIn";
        /// Resolved thing → an article that speaks of it.
        MENTIONED_IN = "mentionedIn";
        /// Resolved entity → the entity as one article names it.
        MENTIONED_AS = "mentionedAs";
        /// Entity as an article names it → key shared by all that may be the same.
        MATCH_KEY = "matchKey";
        /// Entity as an article names it → key of another name that the article uses for it.
        ALIAS_KEY = "aliasKey";
        /// Resolved entity → every key under which it is mentioned.
        NAME_KEY = "nameKey";
        /// Entity as an article names it → its name in the gazetteer.
        REFERENCE_NAME = "referenceName";
        /// Country → ISO 3166-1 alpha-2 code.
        CODE = "code";
        /// Article → mark of a change that the default graph does not show yet.
        PENDING = "pending";
        /// Article → the day on which it was loaded.
        LOADED = "loaded";
        /// A graph of what a rule has inferred.
        INFERRED_GRAPH = "InferredGraph";
        /// Investment → a parent company, region or country that it counts for, by inference.
        COUNTS_FOR = "countsFor";
        /// Investor → another that pays for the same, by inference.
        CO_INVESTOR_OF = "coInvestorOf";
        /// Decision → what it was about when it was taken.
        ABOUT_THING = "concerns";
        /// Merge → the entity that stays.
        KEEPS = "keeps";
        /// Split → the entity that comes of it.
        INTO = "into";
        /// Split → the name that is another entity's, as a slug.
        SPLIT_NAME = "splitName";
        /// Split → an article that means another entity.
        IN_ARTICLE = "inArticle";
        /// Decision → what a claim says that it concerns.
        CLAIM_PRINT = "claimPrint";
        /// Split of claims → what the others say.
        REST_PRINT = "restPrint";
        /// Article → SHA-256 of what was read and of the extractor.
        HASH = "hash";
        /// Article → name and version of the extractor.
        EXTRACTOR = "extractor";

        /// Company → its owner.
        SUBSIDIARY_OF = "subsidiaryOf";
        /// Company → the country of its seat.
        BASED_IN = "basedIn";
        /// Company → a country where it is active.
        OPERATES_IN = "operatesIn";
        /// Company → an initiative it takes part in.
        PARTICIPATES_IN = "participatesIn";
        /// Initiative → the country whose programme it is.
        INITIATIVE_OF = "initiativeOf";
        /// Place → the country or region that it lies in.
        LOCATED_IN = "locatedIn";

        /// A company's own activity in a place.
        PROJECT = "project";
        /// Buying a company, a stake or assets.
        ACQUISITION = "acquisition";
        /// Money into a company that stays a separate company.
        FUNDING = "funding";
        /// Grants, aid, loans or budgets of a state or public body.
        PUBLIC = "public";
        /// A sum over several investors or investments.
        TOTAL = "total";
        /// Talks, may, could, a bid without agreement.
        CONSIDERED = "considered";
        /// Announced, agreed, set to.
        PLANNED = "planned";
        /// Spent, completed, bought.
        DONE = "done";
        /// Rejected, dropped, failed.
        CANCELLED = "cancelled";
        /// The figure itself.
        EXACT = "exact";
        /// More than, at least, over.
        MIN = "min";
        /// Up to, less than, and the upper end of a range.
        MAX = "max";
        /// Around, some, nearly.
        ABOUT = "about";
    }
}

/// schema.org.
pub mod schema {
    use super::NamedNodeRef;

    terms! { "https://schema.org/":
        /// A news article.
        NEWS_ARTICLE = "NewsArticle";
        /// Its headline.
        HEADLINE = "headline";
        /// Its text.
        ARTICLE_BODY = "articleBody";
        /// Where it was published.
        URL = "url";
        /// The paper or agency.
        PUBLISHER = "publisher";
        /// The day of publication.
        DATE_PUBLISHED = "datePublished";
        /// BCP 47 language tag.
        IN_LANGUAGE = "inLanguage";
        /// The name under which it was read.
        IDENTIFIER = "identifier";
        /// An entity that it names.
        MENTIONS = "mentions";
    }
}

/// SKOS.
pub mod skos {
    use super::NamedNodeRef;

    terms! { "http://www.w3.org/2004/02/skos/core#":
        /// The name to show.
        PREF_LABEL = "prefLabel";
        /// Another name.
        ALT_LABEL = "altLabel";
    }
}

/// Web Annotation.
pub mod oa {
    use super::NamedNodeRef;

    terms! { "http://www.w3.org/ns/oa#":
        /// A selector by the quoted words.
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector";
        /// A selector by character positions.
        TEXT_POSITION_SELECTOR = "TextPositionSelector";
        /// The quoted words.
        EXACT = "exact";
        /// First character.
        START = "start";
        /// Character after the last.
        END = "end";
    }
}

/// PROV-O.
pub mod prov {
    use super::NamedNodeRef;

    terms! { "http://www.w3.org/ns/prov#":
        /// Claim → its article.
        HAD_PRIMARY_SOURCE = "hadPrimarySource";
        /// Assertion → the graph that holds its fact.
        GENERATED = "generated";
    }
}

/// Dublin Core.
pub mod dct {
    use super::NamedNodeRef;

    terms! { "http://purl.org/dc/terms/":
        /// When it was made.
        CREATED = "created";
        /// Where it comes from.
        SOURCE = "source";
    }
}

/// RDF Schema.
pub mod rdfs {
    use super::NamedNodeRef;

    terms! { "http://www.w3.org/2000/01/rdf-schema#":
        /// A remark.
        COMMENT = "comment";
    }
}

/// The individual for a kind.
#[must_use]
pub const fn kind(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Project => ig::PROJECT,
        Kind::Acquisition => ig::ACQUISITION,
        Kind::Funding => ig::FUNDING,
        Kind::Public => ig::PUBLIC,
        Kind::Total => ig::TOTAL,
    }
}

/// The individual for a stage.
#[must_use]
pub const fn stage(stage: Stage) -> NamedNodeRef<'static> {
    match stage {
        Stage::Considered => ig::CONSIDERED,
        Stage::Planned => ig::PLANNED,
        Stage::Done => ig::DONE,
        Stage::Cancelled => ig::CANCELLED,
    }
}

/// The individual for a bound.
#[must_use]
pub const fn bound(bound: Bound) -> NamedNodeRef<'static> {
    match bound {
        Bound::Exact => ig::EXACT,
        Bound::Min => ig::MIN,
        Bound::Max => ig::MAX,
        Bound::About => ig::ABOUT,
    }
}

/// The property for a relation's predicate.
#[must_use]
pub const fn predicate(predicate: Predicate) -> NamedNodeRef<'static> {
    match predicate {
        Predicate::SubsidiaryOf => ig::SUBSIDIARY_OF,
        Predicate::BasedIn => ig::BASED_IN,
        Predicate::OperatesIn => ig::OPERATES_IN,
        Predicate::ParticipatesIn => ig::PARTICIPATES_IN,
        Predicate::InitiativeOf => ig::INITIATIVE_OF,
    }
}

/// The term's local name: "subsidiaryOf".
#[must_use]
pub fn local_name(term: NamedNodeRef<'_>) -> &str {
    let iri = term.as_str();
    iri.rfind(['#', '/']).map_or(iri, |at| &iri[at + 1..])
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Quad;

    use super::*;
    use crate::graph::sample::articles;
    use crate::lexicon::Files;

    fn ontology() -> Vec<Quad> {
        let turtle = Files::Embedded.read("investgraph.ttl").unwrap();
        RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()).collect::<Result<_, _>>().unwrap()
    }

    fn ours(iri: &str) -> bool {
        iri.starts_with(PREFIXES[0].1)
    }

    #[test]
    fn every_term_is_defined_in_the_ontology_and_every_defined_term_is_here() {
        let here: BTreeSet<String> = ig::TERMS.iter().map(|term| term.as_str().to_owned()).collect();
        assert_eq!(here.len(), ig::TERMS.len(), "no term twice");
        let defined: BTreeSet<String> = ontology()
            .iter()
            .filter(|quad| quad.predicate.as_str().ends_with("#type"))
            .map(|quad| quad.subject.to_string().trim_matches(['<', '>']).to_owned())
            .filter(|iri| ours(iri))
            .collect();
        assert_eq!(here, defined);
    }

    #[test]
    fn every_term_is_labelled_and_explained() {
        let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for quad in ontology() {
            let subject = quad.subject.to_string();
            said.entry(subject.trim_matches(['<', '>']).to_owned()).or_default().insert(local_name(quad.predicate.as_ref()).to_owned());
        }
        for term in ig::TERMS {
            let said = &said[term.as_str()];
            assert!(said.contains("label") && said.contains("comment"), "{term}");
            let lower = local_name(*term).starts_with(char::is_lowercase);
            let individual = said.contains("notation");
            assert!(!lower || individual || said.contains("range") || said.contains("rangeIncludes"), "{term} has no range");
            assert!(lower || said.contains("subClassOf"), "{term} has no parent");
        }
    }

    #[test]
    fn the_ontology_speaks_only_of_itself_as_ours() {
        let known: BTreeSet<&str> = ig::TERMS.iter().map(|term| term.as_str()).collect();
        for quad in ontology() {
            for word in [quad.subject.to_string(), quad.object.to_string()] {
                let iri = word.trim_matches(['<', '>']);
                assert!(!ours(iri) || known.contains(iri), "{iri}");
            }
        }
    }

    #[test]
    fn the_graph_uses_no_word_of_ours_that_is_not_defined() {
        for quad in crate::graph::sample::store(articles()).quads().unwrap() {
            for iri in [quad.predicate.to_string(), quad.object.to_string()] {
                let iri = iri.trim_matches(['<', '>']).to_owned();
                assert!(!ours(&iri) || ig::TERMS.iter().any(|term| term.as_str() == iri), "{iri}");
            }
        }
    }
}
