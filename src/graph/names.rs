//! What the gazetteer adds to the names of an article. "Amazon Web Services" → id `aws`, the name to show, its country.
//!
//! Names that the gazetteer does not know are normalised: "Northvolt AB" and "Northvolt" share a key.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::iri::{self, EntityType};
use crate::fact::CountryCode;
use crate::lexicon::{Lexicon, LexiconError};

/// An entry of the gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id, unique within the type.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// For a place: the country it lies in.
    pub country: Option<CountryCode>,
    /// For a place: the name of the region it lies in.
    pub region: Option<String>,
}

/// Names that are known beforehand. The default knows none.
#[derive(Clone, Debug, Default)]
pub struct Names {
    countries: BTreeMap<String, String>,
    companies: BTreeMap<String, String>,
    /// By type and slug of each name.
    named: BTreeMap<(EntityType, String), Vec<Entry>>,
    /// Legal forms, the longest first, each with the space before it.
    legal_forms: Vec<String>,
}

#[derive(Deserialize)]
struct SuffixRow {
    suffix: String,
    kind: String,
}

impl Names {
    /// The names of the gazetteer.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let gazetteer = lexicon.gazetteer();
        let mut names = Self::default();
        for country in gazetteer.countries() {
            names.countries.insert(country.code.clone(), country.name.clone());
        }
        for company in gazetteer.companies() {
            names.companies.insert(company.id.clone(), company.name.clone());
        }
        for place in gazetteer.places() {
            let entry = Entry {
                id: place.id.clone(),
                name: place.name.clone(),
                country: place.country.parse().ok(),
                region: region(&place.region),
            };
            names.add(EntityType::Place, &entry, &place.aliases);
        }
        for initiative in gazetteer.initiatives() {
            let entry = Entry { id: initiative.name.clone(), name: initiative.name.clone(), ..Entry::default() };
            names.add(EntityType::Initiative, &entry, &initiative.aliases);
        }
        for body in gazetteer.bodies() {
            let entry = Entry { id: body.id.clone(), name: body.name.clone(), ..Entry::default() };
            names.add(EntityType::PublicBody, &entry, &body.aliases);
        }
        let rows = lexicon.files().rows::<SuffixRow>("lexicon/company_suffixes.csv")?;
        let words: BTreeSet<&str> = rows.iter().filter(|(_, row)| row.kind == "word").map(|(_, row)| row.suffix.as_str()).collect();
        for (_, row) in &rows {
            // "Acme Holdings Ltd" stays "Acme Holdings", and "Nestlé India Limited" is not Nestlé.
            let first = row.suffix.split(' ').next().unwrap_or_default();
            let names_country = names.countries.values().any(|country| row.suffix.contains(country.as_str()));
            if row.kind == "legal" && !words.contains(first) && !names_country {
                names.legal_forms.push(format!(" {}", row.suffix));
            }
        }
        names.legal_forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), form.clone()));
        Ok(names)
    }

    fn add(&mut self, entity_type: EntityType, entry: &Entry, aliases: &[String]) {
        for name in std::iter::once(&entry.name).chain(aliases) {
            let entries = self.named.entry((entity_type, iri::slug(name))).or_default();
            if !entries.contains(entry) {
                entries.push(entry.clone());
            }
        }
    }

    /// The country's name, or its code.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> String {
        self.countries.get(code.as_str()).cloned().unwrap_or_else(|| code.to_string())
    }

    /// The entry for an entity: by its id, if the extractor knows it, else by name.
    ///
    /// Of several places of one name the first is taken that lies in one of the `countries`; none, when all lie elsewhere.
    #[must_use]
    pub fn entry(&self, entity_type: EntityType, id: Option<&str>, name: &str, countries: &[CountryCode]) -> Option<Entry> {
        if entity_type == EntityType::Company {
            let id = id?;
            return self.companies.get(id).map(|name| Entry { id: id.to_owned(), name: name.clone(), ..Entry::default() });
        }
        let entries = self.named.get(&(entity_type, iri::slug(name)))?;
        let near = entries.iter().find(|entry| entry.country.is_some_and(|country| countries.contains(&country)));
        near.or(if entries.len() == 1 { entries.first() } else { None }).cloned()
    }

    /// The name without its legal form: "Northvolt AB" → "Northvolt".
    #[must_use]
    pub fn plain<'n>(&self, entity_type: EntityType, name: &'n str) -> &'n str {
        let mut plain = name.trim();
        if entity_type != EntityType::Company {
            return plain;
        }
        let shorter = |name: &'n str| {
            let shorter = self.legal_forms.iter().find_map(|form| name.strip_suffix(form.as_str()))?;
            Some(shorter.trim_end_matches([',', ' '])).filter(|shorter| !shorter.is_empty())
        };
        while let Some(next) = shorter(plain) {
            plain = next;
        }
        plain
    }
}

/// The region's name, unless there is none.
fn region(name: &str) -> Option<String> {
    Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new(&Lexicon::embedded().unwrap()).unwrap()
    }

    fn codes(codes: &[&str]) -> Vec<CountryCode> {
        codes.iter().map(|code| code.parse().unwrap()).collect()
    }

    #[test]
    fn legal_forms_do_not_tell_companies_apart() {
        let names = names();
        for (name, plain) in [
            ("Northvolt AB", "Northvolt"),
            ("Acme Holdings Co., Ltd.", "Acme Holdings"),
            ("Tiffany & Co.", "Tiffany"),
            ("Nestlé India Limited", "Nestlé India"),
            ("Inc", "Inc"),
            ("Spa", "Spa"),
        ] {
            assert_eq!(names.plain(EntityType::Company, name), plain, "{name}");
        }
        assert_eq!(names.plain(EntityType::Person, "Anna AB"), "Anna AB");
    }

    #[test]
    fn a_place_is_sought_in_the_countries_of_the_article() {
        let names = names();
        let place = |countries: &[&str]| names.entry(EntityType::Place, None, "Paris", &codes(countries)).and_then(|entry| entry.country);
        assert_eq!(place(&["DE", "FR"]), "FR".parse().ok());
        assert_eq!(names.entry(EntityType::Place, None, "Nowhere-on-Sea", &[]), None);
    }

    #[test]
    fn a_city_knows_its_region() {
        let names = names();
        let lyon = names.entry(EntityType::Place, None, "Lyon", &codes(&["FR"])).unwrap();
        assert_eq!(lyon.region.as_deref(), Some("Auvergne-Rhône-Alpes"));
        assert_eq!(names.entry(EntityType::Place, None, "Saxony", &[]).unwrap().region, None);
    }

    #[test]
    fn without_a_gazetteer_names_stand_for_themselves() {
        let names = Names::default();
        assert_eq!(names.country("FR".parse().unwrap()), "FR");
        assert_eq!(names.entry(EntityType::Company, Some("aws"), "AWS", &[]), None);
    }
}
