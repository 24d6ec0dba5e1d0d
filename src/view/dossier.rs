//! All that is known of one thing. A store and an IRI → a [`Dossier`]: its facts, who says what of them, since when, in which words.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Term};
use oxigraph::store::StorageError;
use petgraph::graph::NodeIndex;

use crate::graph::vocab::{ig, local_name, oa, schema};
use crate::graph::{Store, iri};

use super::{Edge, Node, View, money_label, short};

/// How much of a sentence is shown, in characters.
const SENTENCE: usize = 320;

/// An article as a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceArticle {
    /// The day of publication.
    pub published: Option<String>,
    /// The name under which it was read.
    pub name: String,
    /// The headline.
    pub headline: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A value that claims give for a property, with who gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The property: "amount", "stage", …
    pub property: String,
    /// The value as a reader likes it.
    pub value: String,
    /// Whether the graph took it.
    pub chosen: bool,
    /// The articles that say so, the earliest first.
    pub articles: Vec<SourceArticle>,
}

/// One claim's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The article.
    pub article: SourceArticle,
    /// The claim's id, as `reject` takes it.
    pub claim: String,
    /// The sentence around the words.
    pub sentence: String,
}

/// An investment or job commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactDossier {
    /// Its id: "investment/…".
    pub id: String,
    /// What it is, in a line.
    pub label: String,
    /// Property → values, where there are any, in a fixed order.
    pub properties: Vec<(String, Vec<String>)>,
    /// Each stage told, with the articles that tell it, the earliest first.
    pub history: Vec<Said>,
    /// Where the claims disagree: every value of such a property, the chosen one first.
    pub disagreement: Vec<Said>,
    /// The words behind it.
    pub words: Vec<Words>,
}

/// All that is known of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Its id: "company/acme".
    pub id: String,
    /// What it is: "company", "investment", …
    pub kind: String,
    /// The name to show.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// The articles that speak of it, the earliest first.
    pub articles: Vec<SourceArticle>,
    /// Relations, each in words: "subsidiary of Amazon".
    pub relations: Vec<String>,
    /// Facts in which it has a part; for a fact, itself alone.
    pub facts: Vec<FactDossier>,
}

/// The edges that are relations between things with names, in words from either end.
const RELATIONS: [(Edge, &str, &str); 6] = [
    (Edge::SubsidiaryOf, "subsidiary of", "owns"),
    (Edge::BasedIn, "based in", "seat of"),
    (Edge::OperatesIn, "operates in", "place of business of"),
    (Edge::ParticipatesIn, "participates in", "participants"),
    (Edge::InitiativeOf, "initiative of", "initiatives"),
    (Edge::LocatedIn, "located in", "holds"),
];

impl Dossier {
    /// All that is known of the thing of this name.
    pub fn of(store: &Store, view: &View, index: NodeIndex) -> Result<Self, StorageError> {
        let node = &view.graph()[index];
        let facts = if node.what.kind().is_fact() {
            vec![fact(store, view, index)?]
        } else {
            let neighbours = view.neighbours(index).into_iter().filter(|&other| view.graph()[other].what.kind().is_fact());
            neighbours.map(|other| fact(store, view, other)).collect::<Result<_, _>>()?
        };
        let mut articles = node.articles.iter().map(|article| source(store, article)).collect::<Result<Vec<_>, _>>()?;
        articles.sort();
        Ok(Self {
            id: node.id().to_owned(),
            kind: node.what.kind().name().to_owned(),
            name: node.label.clone(),
            also: node.aliases.clone(),
            articles: dated_first(articles),
            relations: relations(view, index),
            facts,
        })
    }
}

/// Undated articles after those with a date.
fn dated_first(mut articles: Vec<SourceArticle>) -> Vec<SourceArticle> {
    articles.sort_by_key(|article| (article.published.is_none(), article.published.clone(), article.name.clone()));
    articles
}

fn relations(view: &View, index: NodeIndex) -> Vec<String> {
    let label = |index: NodeIndex| view.graph()[index].label.clone();
    let mut lines = Vec::new();
    for (edge, forth, back) in RELATIONS {
        let targets: Vec<String> = view.targets(index, edge).into_iter().map(label).collect();
        if !targets.is_empty() {
            lines.push(format!("{forth} {}", targets.join(", ")));
        }
        let sources: Vec<String> = view.sources(index, edge).into_iter().map(label).collect();
        if !sources.is_empty() {
            lines.push(format!("{back} {}", sources.join(", ")));
        }
    }
    lines
}

fn fact(store: &Store, view: &View, index: NodeIndex) -> Result<FactDossier, StorageError> {
    let node = &view.graph()[index];
    let claims = claims(store, node)?;
    let mut words = Vec::new();
    for claim in &claims {
        if let Some(sentence) = sentence(store, claim)? {
            words.push(Words { article: claim.source.clone(), claim: short(claim.node.as_str()).to_owned(), sentence });
        }
    }
    let names = |edge: Edge, turned: bool| {
        let found = if turned { view.sources(index, edge) } else { view.targets(index, edge) };
        found.into_iter().map(|other| view.graph()[other].label.clone()).collect::<Vec<_>>()
    };
    let mut properties = vec![
        ("investor".to_owned(), names(Edge::Investor, true)),
        ("company".to_owned(), names(Edge::Employer, true)),
        ("recipient".to_owned(), names(Edge::Recipient, false)),
        ("country".to_owned(), names(Edge::InCountry, false)),
        ("place".to_owned(), names(Edge::InPlace, false)),
        ("initiative".to_owned(), names(Edge::UnderInitiative, false)),
    ];
    if let super::What::Investment(investment) = &node.what {
        properties.push(("kind".to_owned(), vec![investment.kind.name().to_owned()]));
        properties.push(("stage".to_owned(), vec![investment.stage.name().to_owned()]));
        properties.push(("amount".to_owned(), investment.amount.iter().map(money_label).collect()));
        properties.push(("also printed as".to_owned(), investment.equivalents.iter().map(money_label).collect()));
        properties.push(("jobs".to_owned(), investment.jobs.iter().map(super::count_label).collect()));
        properties.push(("from".to_owned(), investment.from.iter().map(ToString::to_string).collect()));
        properties.push(("until".to_owned(), investment.until.iter().map(ToString::to_string).collect()));
    }
    properties.retain(|(_, values)| !values.is_empty());
    let chosen = chosen(store, node)?;
    let mut disagreement = Vec::new();
    for property in ["kind", "amount", "jobs", "from", "until"] {
        let said = said(&claims, property, &chosen);
        if said.len() > 1 {
            disagreement.extend(said);
        }
    }
    let mut history = said(&claims, "stage", &chosen);
    history.sort_by_key(|said| said.articles.first().map(|article| (article.published.is_none(), article.published.clone())));
    Ok(FactDossier { id: node.id().to_owned(), label: node.label.clone(), properties, history, disagreement, words })
}

/// A claim's own values.
struct Claim {
    node: NamedNode,
    article: NamedNode,
    source: SourceArticle,
    values: BTreeMap<String, String>,
}

fn claims(store: &Store, node: &Node) -> Result<Vec<Claim>, StorageError> {
    let mut claims = Vec::new();
    let fact = NamedNodeRef::new_unchecked(&node.iri);
    for quad in store.oxigraph().quads_for_pattern(Some(fact.into()), Some(ig::CLAIMED_IN), None, Some(GraphNameRef::DefaultGraph)) {
        let Term::NamedNode(claim) = quad?.object else { continue };
        let Some(article) = iri::article_id_of(claim.as_ref()).map(iri::article) else { continue };
        let values = values(store, claim.as_ref(), article.as_ref().into())?;
        claims.push(Claim { source: source(store, article.as_str())?, node: claim, article, values });
    }
    claims.sort_by_key(|claim| (claim.source.published.is_none(), claim.source.clone(), claim.node.clone()));
    Ok(claims)
}

/// The values of a fact or claim that are compared, as a reader likes them.
fn values(store: &Store, subject: NamedNodeRef<'_>, graph: GraphNameRef<'_>) -> Result<BTreeMap<String, String>, StorageError> {
    let mut raw: BTreeMap<String, String> = BTreeMap::new();
    for quad in store.oxigraph().quads_for_pattern(Some(subject.into()), None, None, Some(graph)) {
        let quad = quad?;
        let value = match &quad.object {
            Term::NamedNode(node) => local_name(node.as_ref()).to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(_) => continue,
        };
        raw.insert(local_name(quad.predicate.as_ref()).to_owned(), value);
    }
    let mut values = BTreeMap::new();
    for property in ["kind", "stage", "jobs", "from", "until"] {
        if let Some(value) = raw.get(property) {
            values.insert(property.to_owned(), value.clone());
        }
    }
    if let (Some(amount), Some(currency)) = (raw.get("amount"), raw.get("currency")) {
        values.insert("amount".to_owned(), format!("{amount} {currency}"));
    }
    Ok(values)
}

fn chosen(store: &Store, node: &Node) -> Result<BTreeMap<String, String>, StorageError> {
    values(store, NamedNodeRef::new_unchecked(&node.iri), GraphNameRef::DefaultGraph)
}

/// Each value that the claims give for a property, the chosen one first.
fn said(claims: &[Claim], property: &str, chosen: &BTreeMap<String, String>) -> Vec<Said> {
    let mut by_value: BTreeMap<&str, BTreeSet<&SourceArticle>> = BTreeMap::new();
    for claim in claims {
        if let Some(value) = claim.values.get(property) {
            by_value.entry(value).or_default().insert(&claim.source);
        }
    }
    let taken = chosen.get(property);
    let mut said: Vec<Said> = by_value
        .into_iter()
        .map(|(value, articles)| Said {
            property: property.to_owned(),
            value: value.to_owned(),
            chosen: taken.is_some_and(|taken| taken == value),
            articles: dated_first(articles.into_iter().cloned().collect()),
        })
        .collect();
    said.sort_by_key(|said| !said.chosen);
    said
}

/// An article as the default graph describes it.
fn source(store: &Store, article: &str) -> Result<SourceArticle, StorageError> {
    let node = NamedNodeRef::new_unchecked(article);
    let text = |predicate| {
        let quad = store.oxigraph().quads_for_pattern(Some(node.into()), Some(predicate), None, Some(node.into())).next().transpose()?;
        Ok::<_, StorageError>(quad.and_then(|quad| match quad.object {
            Term::NamedNode(node) => Some(node.into_string()),
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::BlankNode(_) => None,
        }))
    };
    Ok(SourceArticle {
        published: text(schema::DATE_PUBLISHED)?,
        name: text(schema::IDENTIFIER)?.unwrap_or_else(|| short(article).to_owned()),
        headline: text(schema::HEADLINE)?,
        url: text(schema::URL)?,
    })
}

/// The sentence around the words of a claim: the trigger's, else the first.
fn sentence(store: &Store, claim: &Claim) -> Result<Option<String>, StorageError> {
    let graph = GraphNameRef::NamedNode(claim.article.as_ref());
    let number = |node: NamedNodeRef<'_>, predicate| {
        let quad = store.oxigraph().quads_for_pattern(Some(node.into()), Some(predicate), None, Some(graph)).next().transpose()?;
        Ok::<_, StorageError>(quad.and_then(|quad| match quad.object {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        }))
    };
    let mut spans = Vec::new();
    for quad in store.oxigraph().quads_for_pattern(Some(claim.node.as_ref().into()), Some(ig::EVIDENCE_OF), None, Some(graph)) {
        let Term::NamedNode(evidence) = quad?.object else { continue };
        let start = number(evidence.as_ref(), oa::START)?.and_then(|text| text.parse::<usize>().ok());
        let end = number(evidence.as_ref(), oa::END)?.and_then(|text| text.parse::<usize>().ok());
        let trigger = number(evidence.as_ref(), ig::SLOT)?.is_some_and(|slot| slot == "trigger");
        spans.extend(start.zip(end).map(|(start, end)| (!trigger, start, end)));
    }
    let Some(&(_, start, end)) = spans.iter().min() else { return Ok(None) };
    let Some(text) = number(claim.article.as_ref(), schema::ARTICLE_BODY)? else { return Ok(None) };
    Ok(Some(around(&text, start, end)))
}

/// The sentence that holds these characters, end excluded.
fn around(text: &str, start: usize, end: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let ends = |at: usize| {
        let after = chars.get(at + 1).copied();
        chars[at] == '\n' || matches!(chars[at], '.' | '!' | '?') && after.is_none_or(char::is_whitespace)
    };
    let (start, end) = (start.min(chars.len()), end.min(chars.len()));
    let first = (start.saturating_sub(SENTENCE)..start).rev().find(|&at| ends(at)).map_or(start.saturating_sub(SENTENCE), |at| at + 1);
    let last = (end..chars.len().min(end + SENTENCE)).find(|&at| ends(at)).map_or(chars.len().min(end + SENTENCE), |at| at + 1);
    chars[first..last].iter().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{Story, millions, store};

    fn lyon(name: &str, day: &str, sum: u64, stage: crate::graph::Stage) -> Story {
        let mut story = Story::new(name, day).company(&["Acme Cells"]).invests("FR", |fact| {
            fact.amount = Some(millions(sum, "EUR"));
            fact.places = vec!["Lyon".into()];
            fact.stage = stage;
        });
        story.article.text = format!("Rain fell. Acme Cells puts €{sum}m into Lyon, it says. Shares rose.");
        let start = story.article.text.find("puts").unwrap_or_default();
        let start = story.article.text[..start].chars().count();
        let evidence = crate::fact::Evidence { slot: crate::fact::Slot::Trigger, quote: "puts".into(), start, end: start + 4 };
        story.facts.investments[0].evidence.push(evidence);
        story
    }

    #[test]
    fn a_dossier_tells_who_says_what_and_when() {
        use crate::graph::Stage::{Done, Planned};
        let stories = [lyon("a", "2024-05-13", 1200, Planned), lyon("b", "2024-05-14", 1300, Planned), lyon("c", "2024-06-01", 1300, Done)];
        let store = store(stories.iter().map(Story::graph));
        let view = View::read(&store).unwrap();
        let dossier = Dossier::of(&store, &view, view.find("Acme Cells").unwrap()).unwrap();
        assert_eq!((dossier.kind.as_str(), dossier.articles.len(), dossier.facts.len()), ("company", 3, 1));
        let fact = &dossier.facts[0];
        let said = |all: &[Said]| -> Vec<String> {
            let names = |said: &Said| said.articles.iter().map(|article| article.name.clone()).collect::<Vec<_>>().join(" ");
            all.iter().map(|said| format!("{}{} {}", if said.chosen { "*" } else { "" }, said.value, names(said))).collect()
        };
        assert_eq!(said(&fact.disagreement), ["*1300000000 EUR b c", "1200000000 EUR a"]);
        assert_eq!(said(&fact.history), ["planned a b", "*done c"]);
        assert_eq!(fact.words[0].sentence, "Acme Cells puts €1200m into Lyon, it says.");
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop_or_line() {
        let text = "One. The €1.2 bn plan\nnext line";
        assert_eq!(around(text, 10, 12), "The €1.2 bn plan");
        assert_eq!(around(text, 0, 1), "One.");
        assert_eq!(around("no end", 3, 900), "no end");
    }
}
