//! Hand-made articles and facts for tests.

use crate::article::Article;
use crate::fact::{
    Amount, ArticleFacts, Bound, Confidence, Count, Entity, Evidence, Investment, JobCommitment, Kind, Money, Object, Party, Predicate,
    Relation, Slot, Stage,
};
use crate::graph::claims::{ArticleGraph, article_graph};
use crate::graph::{Names, Store};

/// The graph of an article.
pub(crate) fn graph(article: &Article, facts: &ArticleFacts) -> ArticleGraph {
    article_graph(article, facts, &Names::default(), "test")
}

/// A store that holds these articles, loaded at once.
pub(crate) fn store(graphs: impl IntoIterator<Item = ArticleGraph>) -> Store {
    let mut store = Store::in_memory().unwrap();
    load(&mut store, graphs);
    store
}

/// Loads articles as one load.
pub(crate) fn load(store: &mut Store, graphs: impl IntoIterator<Item = ArticleGraph>) {
    let mut load = store.load();
    for graph in graphs {
        load.put(graph).unwrap();
    }
    load.finish().unwrap();
}

/// The store as sorted N-Quads.
pub(crate) fn dump(store: &Store) -> String {
    super::write::to_nquads(&store.quads().unwrap())
}

/// Three articles: two speak of Helio Cloud, the third of nobody they know.
pub(crate) fn articles() -> Vec<ArticleGraph> {
    vec![graph(&lyon(), &lyon_facts()), graph(&rival(), &rival_facts()), graph(&alone(), &alone_facts())]
}

pub(crate) fn lyon() -> Article {
    Article {
        article: "lyon".into(),
        title: Some("Helio Cloud to build in Lyon".into()),
        text: "Helio Cloud, a unit of Helio Group, will put more than €1.5 billion ($1.6 billion) into data centres near Lyon under \
               Choose Rhône, creating 900 jobs by 2028. Helio Group of Denmark has 300 openings in France besides."
            .into(),
        url: Some("https://paper.example/helio-lyon".into()),
        publisher: Some("The Paper".into()),
        author: None,
        published: Some("2024-05-13T08:00:00Z".into()),
        language: Some("en".into()),
    }
}

pub(crate) fn lyon_facts() -> ArticleFacts {
    let text = lyon().text;
    ArticleFacts {
        article: "lyon".into(),
        companies: vec![entity(&["Helio Cloud", "Helio"]), entity(&["Helio Group"])],
        countries: vec![code("FR"), code("DK")],
        initiatives: vec![entity(&["Choose Rhône"])],
        investments: vec![Investment {
            places: vec!["Lyon".into()],
            amount: Some(money(1_500_000_000, "EUR", Bound::Min)),
            equivalents: vec![money(1_600_000_000, "USD", Bound::Min)],
            jobs: Some(Count { count: 900, bound: Bound::Exact }),
            initiatives: vec!["Choose Rhône".into()],
            until: Some(2028),
            evidence: vec![evidence(&text, Slot::Investor, "Helio Cloud"), evidence(&text, Slot::Amount, "more than €1.5 billion")],
            ..investment(Party::Company("Helio Cloud".into()), "FR")
        }],
        jobs: vec![JobCommitment {
            company: Some("Helio Group".into()),
            country: Some(code("FR")),
            jobs: Count { count: 300, bound: Bound::About },
            evidence: vec![evidence(&text, Slot::Jobs, "300 openings")],
            confidence: Confidence::new(0.7),
            found_by: "openings".into(),
        }],
        relations: vec![
            relation("Helio Cloud", Predicate::SubsidiaryOf, Object::Company("Helio Group".into())),
            relation("Helio Group", Predicate::BasedIn, Object::Country(code("DK"))),
            relation("Helio Cloud", Predicate::ParticipatesIn, Object::Initiative("Choose Rhône".into())),
            relation("Choose Rhône", Predicate::InitiativeOf, Object::Country(code("FR"))),
        ],
    }
}

pub(crate) fn rival() -> Article {
    Article {
        article: "rival".into(),
        title: Some("Two investors back Borealis".into()),
        text: "Helio Cloud and the European Investment Bank fund Borealis with €40 million.".into(),
        url: Some("https://journal.example/borealis".into()),
        published: Some("2024-06-01".into()),
        ..Article::default()
    }
}

pub(crate) fn rival_facts() -> ArticleFacts {
    ArticleFacts {
        article: "rival".into(),
        companies: vec![entity(&["Helio Cloud"]), entity(&["Borealis"])],
        investments: vec![Investment {
            kind: Kind::Funding,
            stage: Stage::Done,
            investors: vec![Party::Company("Helio Cloud".into()), Party::PublicBody("European Investment Bank".into())],
            recipients: vec!["Borealis".into()],
            amount: Some(money(40_000_000, "EUR", Bound::Exact)),
            ..investment(Party::Company("Helio Cloud".into()), "FR")
        }],
        ..ArticleFacts::default()
    }
}

pub(crate) fn alone() -> Article {
    Article { article: "alone".into(), text: "India gives Kaveri Steel 2.5 crore rupees.".into(), ..Article::default() }
}

pub(crate) fn alone_facts() -> ArticleFacts {
    ArticleFacts {
        article: "alone".into(),
        companies: vec![entity(&["Kaveri Steel"])],
        countries: vec![code("IN")],
        investments: vec![Investment {
            kind: Kind::Public,
            recipients: vec!["Kaveri Steel".into()],
            amount: Some(money(25_000_000, "INR", Bound::Exact)),
            ..investment(Party::Country(code("IN")), "IN")
        }],
        ..ArticleFacts::default()
    }
}

/// A planned project without more than payer and country.
pub(crate) fn investment(investor: Party, country: &str) -> Investment {
    Investment {
        kind: Kind::Project,
        stage: Stage::Planned,
        investors: vec![investor],
        recipients: Vec::new(),
        countries: vec![code(country)],
        places: Vec::new(),
        amount: None,
        equivalents: Vec::new(),
        jobs: None,
        initiatives: Vec::new(),
        from: None,
        until: None,
        evidence: Vec::new(),
        confidence: Confidence::new(0.9),
        found_by: "test".into(),
    }
}

pub(crate) fn entity(names: &[&str]) -> Entity {
    Entity { names: names.iter().map(|&name| name.to_owned()).collect(), id: None }
}

pub(crate) fn code(code: &str) -> crate::fact::CountryCode {
    code.parse().unwrap()
}

pub(crate) fn money(units: u64, currency: &str, bound: Bound) -> Money {
    Money { amount: Amount::from_units(units).unwrap(), currency: currency.parse().unwrap(), bound }
}

pub(crate) fn relation(subject: &str, predicate: Predicate, object: Object) -> Relation {
    Relation { subject: subject.into(), predicate, object, evidence: Vec::new(), confidence: Confidence::new(0.8), found_by: "test".into() }
}

/// A short article for tests: who says what, and when.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) article: Article,
    pub(crate) facts: ArticleFacts,
}

impl Story {
    /// An article of this name; the day is "2024-05-13", or "" for none.
    pub(crate) fn new(name: &str, day: &str) -> Self {
        let article = Article {
            article: name.into(),
            title: Some(format!("What {name} says")),
            text: format!("This is the text of {name}."),
            url: Some(format!("https://{name}.example/story")),
            published: Some(day.to_owned()).filter(|day| !day.is_empty()),
            ..Article::default()
        };
        Self { article, facts: ArticleFacts { article: name.into(), ..ArticleFacts::default() } }
    }

    /// Names a company, the fullest name first.
    pub(crate) fn company(mut self, names: &[&str]) -> Self {
        self.facts.companies.push(entity(names));
        self
    }

    /// A relation of the first company named.
    pub(crate) fn says(mut self, predicate: Predicate, object: Object) -> Self {
        let subject = self.facts.companies[0].names[0].clone();
        self.facts.relations.push(relation(&subject, predicate, object));
        self
    }

    /// Puts the seat of the first company into a country.
    pub(crate) fn seat(self, country: &str) -> Self {
        self.says(Predicate::BasedIn, Object::Country(code(country)))
    }

    /// An investment of the first company, as `change` makes it out of a planned project.
    pub(crate) fn invests(mut self, country: &str, change: impl FnOnce(&mut Investment)) -> Self {
        let payer = Party::Company(self.facts.companies[0].names[0].clone());
        let mut fact = investment(payer, country);
        change(&mut fact);
        self.facts.investments.push(fact);
        self
    }

    pub(crate) fn graph(&self) -> ArticleGraph {
        graph(&self.article, &self.facts)
    }
}

/// A sum in millions.
pub(crate) fn millions(millions: u64, currency: &str) -> crate::fact::Money {
    money(millions * 1_000_000, currency, Bound::Exact)
}

fn evidence(text: &str, slot: Slot, quote: &str) -> Evidence {
    let start = text[..text.find(quote).unwrap()].chars().count();
    Evidence { slot, quote: quote.into(), start, end: start + quote.chars().count() }
}
