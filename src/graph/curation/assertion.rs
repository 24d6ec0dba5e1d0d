//! A fact that the user brings. A row of a table → an article of one sentence, with its claim and its words.
//!
//! ```text
//! kind,stage,investors,recipients,countries,places,amount,currency,jobs,until,source,date
//! project,planned,Acme Cells,,FR,Lyon,1200000000,EUR,900,2028,"annual report 2024, page 12",2025-03-01
//! ```
//!
//! A row with a `predicate` is a relation: `subject`, `predicate`, `object`. Several values in a cell are joined by ";". An investor is a country
//! where the cell holds a code, else a company; "body:European Investment Bank" and "person:Anna Berg" say otherwise.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::article::Article;
use crate::fact::{
    Amount, ArticleFacts, Bound, Confidence, Count, CountryCode, Entity, Evidence, Investment, Kind, Money, Object, Party, Predicate,
    Relation, Slot, Stage,
};
use crate::lexicon::Gazetteer;

/// The columns of a table of facts.
pub const COLUMNS: [&str; 18] = [
    "kind",
    "stage",
    "investors",
    "recipients",
    "countries",
    "places",
    "initiatives",
    "amount",
    "currency",
    "bound",
    "jobs",
    "from",
    "until",
    "subject",
    "predicate",
    "object",
    "source",
    "date",
];

/// Why a row is no fact.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// A cell that must not be empty is.
    #[error("no {0}")]
    Lacks(&'static str),
    /// A cell holds what it cannot.
    #[error("{column}: \"{value}\" is no {expected}")]
    Wrong {
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What should.
        expected: String,
    },
}

/// A row: column → cell.
pub type Row = BTreeMap<String, String>;

/// Makes an article of one row.
pub fn asserted(row: &Row, gazetteer: &Gazetteer) -> Result<(Article, ArticleFacts, String), RowError> {
    let mut reader = Reader { row, gazetteer, text: String::new(), evidence: Vec::new(), facts: ArticleFacts::default() };
    let source = reader.needed("source")?.to_owned();
    reader.say("source", None);
    if reader.cell("predicate").is_some() {
        reader.relation()?;
    } else {
        reader.investment()?;
    }
    let date = reader.cell("date").map(str::to_owned);
    if let Some(date) = &date
        && date.parse::<jiff::civil::Date>().is_err()
    {
        return Err(wrong("date", date, "day such as 2025-03-01"));
    }
    let Reader { text, mut facts, .. } = reader;
    let article = Article {
        article: format!("asserted: {source}"),
        title: Some(format!("Asserted: {}", text.lines().skip(1).collect::<Vec<_>>().join(", "))),
        text,
        publisher: Some(source.clone()),
        published: date,
        ..Article::default()
    };
    facts.article.clone_from(&article.article);
    Ok((article, facts, source))
}

fn wrong(column: &'static str, value: &str, expected: &str) -> RowError {
    RowError::Wrong { column, value: value.to_owned(), expected: expected.to_owned() }
}

/// Reads one row, and writes down its words as it goes.
struct Reader<'a> {
    row: &'a Row,
    gazetteer: &'a Gazetteer,
    text: String,
    evidence: Vec<Evidence>,
    facts: ArticleFacts,
}

impl Reader<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        self.row.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn needed(&self, column: &'static str) -> Result<&str, RowError> {
        self.cell(column).ok_or(RowError::Lacks(column))
    }

    /// Writes a cell into the text, as the evidence for a slot.
    fn say(&mut self, column: &'static str, slot: Option<Slot>) -> Option<String> {
        let cell = self.cell(column)?.to_owned();
        self.text.push_str(column);
        self.text.push_str(": ");
        let start = self.text.chars().count();
        self.text.push_str(&cell);
        if let Some(slot) = slot {
            self.evidence.push(Evidence { slot, quote: cell.clone(), start, end: start + cell.chars().count() });
        }
        self.text.push('\n');
        Some(cell)
    }

    fn list(&mut self, column: &'static str, slot: Slot) -> Vec<String> {
        let cell = self.say(column, Some(slot)).unwrap_or_default();
        cell.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn value<T: FromStr>(&mut self, column: &'static str, slot: Slot, expected: &str) -> Result<Option<T>, RowError> {
        let Some(cell) = self.say(column, Some(slot)) else { return Ok(None) };
        cell.parse().map(Some).map_err(|_| wrong(column, &cell, expected))
    }

    fn relation(&mut self) -> Result<(), RowError> {
        let subject = self.needed("subject")?.to_owned();
        let object = self.needed("object")?.to_owned();
        let word = self.needed("predicate")?.to_owned();
        let predicate = named(Predicate::ALL, Predicate::name, "predicate", &word)?;
        self.say("subject", Some(Slot::Subject));
        self.say("predicate", Some(Slot::Trigger));
        self.say("object", Some(Slot::Object));
        if predicate == Predicate::InitiativeOf {
            self.initiative(&subject);
        } else {
            self.company(&subject);
        }
        let object = match predicate {
            Predicate::SubsidiaryOf => {
                self.company(&object);
                Object::Company(object)
            }
            Predicate::ParticipatesIn => {
                self.initiative(&object);
                Object::Initiative(object)
            }
            _ => Object::Country(self.country("object", &object)?),
        };
        let evidence = std::mem::take(&mut self.evidence);
        self.facts.relations.push(Relation {
            subject,
            predicate,
            object,
            evidence,
            confidence: Confidence::new(1.0),
            found_by: "asserted".into(),
        });
        Ok(())
    }

    fn investment(&mut self) -> Result<(), RowError> {
        let kind = named(Kind::ALL, Kind::name, "kind", self.needed("kind")?)?;
        let stage = named(Stage::ALL, Stage::name, "stage", self.cell("stage").unwrap_or("planned"))?;
        self.say("kind", Some(Slot::Trigger));
        self.say("stage", None);
        let investors = self.list("investors", Slot::Investor);
        let investors = investors.iter().map(|name| self.party(name)).collect();
        let recipients = self.list("recipients", Slot::Recipient);
        for name in &recipients {
            self.company(name);
        }
        let countries = self.list("countries", Slot::Country);
        let countries = countries.iter().map(|name| self.country("countries", name)).collect::<Result<_, _>>()?;
        let places = self.list("places", Slot::Place);
        let initiatives = self.list("initiatives", Slot::Initiative);
        for name in &initiatives {
            self.initiative(name);
        }
        let amount = self.money()?;
        let jobs = self.value("jobs", Slot::Jobs, "number of jobs")?.map(|count| Count { count, bound: Bound::Exact });
        let from = self.value("from", Slot::From, "year")?;
        let until = self.value("until", Slot::Until, "year")?;
        self.facts.investments.push(Investment {
            kind,
            stage,
            investors,
            recipients,
            countries,
            places,
            amount,
            equivalents: Vec::new(),
            jobs,
            initiatives,
            from,
            until,
            evidence: std::mem::take(&mut self.evidence),
            confidence: Confidence::new(1.0),
            found_by: "asserted".into(),
        });
        Ok(())
    }

    fn money(&mut self) -> Result<Option<Money>, RowError> {
        let Some(cell) = self.say("amount", Some(Slot::Amount)) else { return Ok(None) };
        let units = cell.replace([',', ' ', '_'], "");
        let amount = units.parse().ok().and_then(Amount::from_units).ok_or_else(|| wrong("amount", &cell, "full number"))?;
        let currency = self.needed("currency")?;
        let currency = currency.parse().map_err(|_| wrong("currency", currency, "ISO 4217 code"))?;
        self.say("currency", None);
        let bounds = [Bound::Exact, Bound::Min, Bound::Max, Bound::About];
        let bound = named(bounds, Bound::name, "bound", self.cell("bound").unwrap_or("exact"))?;
        Ok(Some(Money { amount, currency, bound }))
    }

    fn party(&mut self, name: &str) -> Party {
        if let Ok(code) = name.parse::<CountryCode>() {
            return Party::Country(code);
        }
        match name.split_once(':').map(|(kind, name)| (kind, name.trim().to_owned())) {
            Some(("body", name)) => Party::PublicBody(name),
            Some(("person", name)) => Party::Person(name),
            _ => {
                self.company(name);
                Party::Company(name.to_owned())
            }
        }
    }

    fn company(&mut self, name: &str) {
        let known =
            self.gazetteer.companies().iter().find(|company| company.name == name || company.aliases.iter().any(|alias| alias == name));
        let entity = Entity { names: vec![name.to_owned()], id: known.map(|company| company.id.clone()) };
        if !self.facts.companies.contains(&entity) {
            self.facts.companies.push(entity);
        }
    }

    fn initiative(&mut self, name: &str) {
        self.facts.initiatives.push(Entity { names: vec![name.to_owned()], id: None });
    }

    /// A country by its code or name.
    fn country(&mut self, column: &'static str, name: &str) -> Result<CountryCode, RowError> {
        let known = self.gazetteer.countries().iter().find(|country| country.code == name || country.name == name);
        known.and_then(|country| country.code.parse().ok()).ok_or_else(|| wrong(column, name, "country's code or name"))
    }
}

fn named<T: Copy, const N: usize>(all: [T; N], name: impl Fn(T) -> &'static str, column: &'static str, value: &str) -> Result<T, RowError> {
    let known = || all.iter().map(|item| name(*item)).collect::<Vec<_>>().join(", ");
    let found = all.into_iter().find(|item| name(*item) == value);
    found.ok_or_else(|| wrong(column, value, &format!("{column}: one of {}", known())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn row(cells: &[(&str, &str)]) -> Row {
        cells.iter().map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned())).collect()
    }

    fn read(cells: &[(&str, &str)]) -> Result<(Article, ArticleFacts, String), RowError> {
        asserted(&row(cells), Lexicon::embedded().unwrap().gazetteer())
    }

    #[test]
    fn every_slot_of_a_row_has_its_words() {
        let (article, facts, source) = read(&[
            ("kind", "project"),
            ("investors", "Acme Cells; DE; body:European Union"),
            ("countries", "France"),
            ("places", "Lyon"),
            ("amount", "1,200,000,000"),
            ("currency", "EUR"),
            ("jobs", "900"),
            ("until", "2028"),
            ("source", "annual report, page 12"),
            ("date", "2025-03-01"),
        ])
        .unwrap();
        let fact = &facts.investments[0];
        assert_eq!(fact.investors.len(), 3);
        assert_eq!((fact.until, fact.jobs.map(|jobs| jobs.count), source.as_str()), (Some(2028), Some(900), "annual report, page 12"));
        let text: Vec<char> = article.text.chars().collect();
        assert_eq!(fact.evidence.len(), 7);
        for evidence in &fact.evidence {
            assert_eq!(text[evidence.start..evidence.end].iter().collect::<String>(), evidence.quote);
        }
    }

    #[test]
    fn a_row_with_a_predicate_is_a_relation() {
        let (_, facts, _) =
            read(&[("subject", "Acme"), ("predicate", "basedIn"), ("object", "Poland"), ("source", "https://registry.example/acme")])
                .unwrap();
        assert_eq!(facts.relations[0].object, Object::Country("PL".parse().unwrap()));
    }

    #[test]
    fn mistakes_are_told_with_their_column() {
        for (cells, message) in [
            (vec![("kind", "project")], "no source"),
            (vec![("source", "x")], "no kind"),
            (vec![("source", "x"), ("kind", "gift")], "kind: \"gift\" is no kind: one of project, acquisition, funding, public, total"),
            (vec![("source", "x"), ("kind", "project"), ("countries", "Atlantis")], "countries: \"Atlantis\" is no country's code or name"),
            (vec![("source", "x"), ("kind", "project"), ("amount", "1.2bn")], "amount: \"1.2bn\" is no full number"),
            (vec![("source", "x"), ("kind", "project"), ("amount", "1")], "no currency"),
            (vec![("source", "x"), ("kind", "project"), ("date", "May")], "date: \"May\" is no day such as 2025-03-01"),
        ] {
            assert_eq!(read(&cells).unwrap_err().to_string(), message);
        }
    }
}
