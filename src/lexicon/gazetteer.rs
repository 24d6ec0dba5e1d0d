//! The lists of names: countries, places, companies, initiatives, public bodies, currencies.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::files::{Files, LexiconError, list};

/// A country or territory of ISO 3166-1.
#[derive(Debug, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// Usual English name.
    pub name: String,
    /// Other names, and parts that stand for it: "Britain", "Scotland".
    #[serde(deserialize_with = "list")]
    pub aliases: Vec<String>,
    /// "French".
    #[serde(deserialize_with = "list")]
    pub adjectives: Vec<String>,
    /// "Frenchman", "Frenchmen".
    #[serde(deserialize_with = "list")]
    pub inhabitants: Vec<String>,
    /// The capital.
    pub capital: String,
    /// Seats that stand for its government: "Downing Street".
    #[serde(deserialize_with = "list")]
    pub seats: Vec<String>,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// Continent and supranational regions.
    #[serde(rename = "region", deserialize_with = "list")]
    pub regions: Vec<String>,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// City or town.
    City,
    /// Part of a country: state, province, county.
    Region,
    /// Reaches over several countries.
    Supranational,
}

/// A region, city or town.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// `GeoNames` id or a slug.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Other names and spellings.
    #[serde(deserialize_with = "list")]
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO code of its country; empty for supranational places.
    pub country: String,
    /// Name of the region that it lies in.
    pub region: String,
    /// Inhabitants, where known.
    pub population: Option<u64>,
    /// Whether the name needs context to be this place: "yes" or empty.
    #[serde(default)]
    pub ambiguous: String,
}

/// A company that news writes of.
#[derive(Debug, Deserialize)]
pub struct Company {
    /// Slug, unique.
    pub id: String,
    /// Usual name without legal form.
    pub name: String,
    /// Short forms, acronyms, former names.
    #[serde(deserialize_with = "list")]
    pub aliases: Vec<String>,
    /// ISO code of its seat's country.
    pub country: String,
    /// Id of its parent company, or empty.
    pub parent: String,
    /// Nouns that news calls it by: "carmaker".
    #[serde(deserialize_with = "list")]
    pub trades: Vec<String>,
    /// Whether the name is also an ordinary word or another name: "yes" or empty.
    #[serde(default)]
    pub ambiguous: String,
}

/// A named programme, act, policy, summit or campaign.
#[derive(Debug, Deserialize)]
pub struct Initiative {
    /// Usual name.
    pub name: String,
    /// Other names.
    #[serde(deserialize_with = "list")]
    pub aliases: Vec<String>,
    /// ISO code of the country whose programme it is, or empty.
    pub country: String,
    /// What it is: programme, act, policy, summit, campaign, fund, event.
    pub kind: String,
}

/// A public body or another organisation that is no company.
#[derive(Debug, Deserialize)]
pub struct Body {
    /// Slug, unique.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Other names.
    #[serde(deserialize_with = "list")]
    pub aliases: Vec<String>,
    /// What it is: `supranational`, `government`, `central_bank`, `regulator` …
    pub kind: String,
    /// ISO code of its country, or empty.
    pub country: String,
}

/// A currency.
#[derive(Debug, Deserialize)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: String,
    /// Words: "euro", "euros".
    #[serde(deserialize_with = "list")]
    pub names: Vec<String>,
    /// Signs and short forms: "€", "EUR".
    #[serde(deserialize_with = "list")]
    pub symbols: Vec<String>,
    /// Hundredths: "cent".
    #[serde(deserialize_with = "list")]
    pub subunits: Vec<String>,
}

/// All lists of names, with look-up by id.
#[derive(Debug)]
pub struct Gazetteer {
    countries: Vec<Country>,
    places: Vec<Place>,
    companies: Vec<Company>,
    initiatives: Vec<Initiative>,
    bodies: Vec<Body>,
    currencies: Vec<Currency>,
    first_names: Vec<String>,
    sources: Vec<String>,
    country_by_code: FxHashMap<String, usize>,
    company_by_id: FxHashMap<String, usize>,
    place_by_name: FxHashMap<String, usize>,
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
}

impl Gazetteer {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let plain = |rows: Vec<(u64, NameRow)>| rows.into_iter().map(|(_, row)| row.name).collect();
        let (countries, country_by_code) = keyed::<Country>(files, "gazetteer/countries.csv", |c| &c.code)?;
        let (companies, company_by_id) = keyed::<Company>(files, "gazetteer/companies.csv", |c| &c.id)?;
        let (places, _) = keyed::<Place>(files, "gazetteer/places.csv", |p| &p.id)?;
        let (bodies, _) = keyed::<Body>(files, "gazetteer/bodies.csv", |b| &b.id)?;
        let (initiatives, _) = keyed::<Initiative>(files, "gazetteer/initiatives.csv", |i| &i.name)?;
        let (currencies, _) = keyed::<Currency>(files, "gazetteer/currencies.csv", |c| &c.code)?;
        let mut place_by_name = FxHashMap::default();
        for (index, place) in places.iter().enumerate() {
            for name in std::iter::once(&place.name).chain(&place.aliases) {
                place_by_name.entry(name.clone()).or_insert(index);
            }
        }
        Ok(Self {
            countries,
            places,
            companies,
            initiatives,
            bodies,
            currencies,
            first_names: plain(files.rows("lexicon/first_names.csv")?),
            sources: plain(files.rows("lexicon/sources.csv")?),
            country_by_code,
            company_by_id,
            place_by_name,
        })
    }

    /// All countries, by code.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The country of an ISO 3166-1 alpha-2 code.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.country_by_code.get(code).map(|&i| &self.countries[i])
    }

    /// The index of a country among all countries, by its ISO 3166-1 alpha-2 code.
    #[must_use]
    pub fn country_index(&self, code: &str) -> Option<u32> {
        self.country_by_code.get(code).and_then(|&i| u32::try_from(i).ok())
    }

    /// All companies, by id.
    #[must_use]
    pub fn companies(&self) -> &[Company] {
        &self.companies
    }

    /// The company of an id.
    #[must_use]
    pub fn company(&self, id: &str) -> Option<&Company> {
        self.company_by_id.get(id).map(|&i| &self.companies[i])
    }

    /// All places.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The place that a name means.
    #[must_use]
    pub fn place_named(&self, name: &str) -> Option<&Place> {
        self.place_by_name.get(name).map(|&i| &self.places[i])
    }

    /// All initiatives.
    #[must_use]
    pub fn initiatives(&self) -> &[Initiative] {
        &self.initiatives
    }

    /// All public bodies.
    #[must_use]
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// All currencies.
    #[must_use]
    pub fn currencies(&self) -> &[Currency] {
        &self.currencies
    }

    /// Given names of people.
    #[must_use]
    pub fn first_names(&self) -> &[String] {
        &self.first_names
    }

    /// News media and agencies.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        &self.sources
    }
}

/// Reads a list whose rows are told apart by a key; a key that comes twice is an error.
fn keyed<Row: serde::de::DeserializeOwned>(
    files: &Files,
    file: &str,
    key: impl Fn(&Row) -> &String,
) -> Result<(Vec<Row>, FxHashMap<String, usize>), LexiconError> {
    let mut rows = Vec::new();
    let mut index = FxHashMap::default();
    for (line, row) in files.rows::<Row>(file)? {
        if index.insert(key(&row).clone(), rows.len()).is_some() {
            return Err(LexiconError::line(file, line, format!("\"{}\" stands twice", key(&row))));
        }
        rows.push(row);
    }
    Ok((rows, index))
}
