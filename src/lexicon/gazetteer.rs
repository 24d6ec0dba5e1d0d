//! The lists of names: countries, places, companies, initiatives, public bodies, currencies.

use super::files::{Files, LexiconError, parts};
use rustc_hash::FxHashMap;

/// A country or territory of ISO 3166-1.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// Usual English name.
    pub name: String,
    /// Other names, and parts that stand for it: "Britain", "Scotland".
    pub aliases: Vec<String>,
    /// "French".
    pub adjectives: Vec<String>,
    /// "Frenchman", "Frenchmen".
    pub inhabitants: Vec<String>,
    /// The capital.
    pub capital: String,
    /// Seats that stand for its government: "Downing Street".
    pub seats: Vec<String>,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// Continent and supranational regions.
    pub regions: Vec<String>,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// City or town.
    City,
    /// Part of a country: state, province, county.
    Region,
    /// Reaches over several countries.
    Supranational,
}

/// A region, city or town.
#[derive(Debug)]
pub struct Place {
    /// `GeoNames` id or a slug.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Other names and spellings.
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
    pub ambiguous: String,
}

/// A company that news writes of.
#[derive(Debug)]
pub struct Company {
    /// Slug, unique.
    pub id: String,
    /// Usual name without legal form.
    pub name: String,
    /// Short forms, acronyms, former names.
    pub aliases: Vec<String>,
    /// ISO code of its seat's country.
    pub country: String,
    /// Id of its parent company, or empty.
    pub parent: String,
    /// Nouns that news calls it by: "carmaker".
    pub trades: Vec<String>,
    /// Whether the name is also an ordinary word or another name: "yes" or empty.
    pub ambiguous: String,
}

/// A named programme, act, policy, summit or campaign.
#[derive(Debug)]
pub struct Initiative {
    /// Usual name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// ISO code of the country whose programme it is, or empty.
    pub country: String,
    /// What it is: programme, act, policy, summit, campaign, fund, event.
    pub kind: String,
}

/// A public body or another organisation that is no company.
#[derive(Debug)]
pub struct Body {
    /// Slug, unique.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it is: `supranational`, `government`, `central_bank`, `regulator` …
    pub kind: String,
    /// ISO code of its country, or empty.
    pub country: String,
}

/// A currency.
#[derive(Debug)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: String,
    /// Words: "euro", "euros".
    pub names: Vec<String>,
    /// Signs and short forms: "€", "EUR".
    pub symbols: Vec<String>,
    /// Hundredths: "cent".
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
}

impl Gazetteer {
    pub(super) fn load(files: &Files) -> Result<Self, LexiconError> {
        let (countries, country_by_code) = keyed(files, "gazetteer/countries.csv", COUNTRY, |row| Ok(Country::read(row)))?;
        let (companies, company_by_id) = keyed(files, "gazetteer/companies.csv", COMPANY, |row| Ok(Company::read(row)))?;
        let (places, _) = keyed(files, "gazetteer/places.csv", PLACE, Place::read)?;
        let (bodies, _) = keyed(files, "gazetteer/bodies.csv", BODY, |row| Ok(Body::read(row)))?;
        let (initiatives, _) = keyed(files, "gazetteer/initiatives.csv", INITIATIVE, |row| Ok(Initiative::read(row)))?;
        let (currencies, _) = keyed(files, "gazetteer/currencies.csv", CURRENCY, |row| Ok(Currency::read(row)))?;
        Ok(Self {
            countries,
            places,
            companies,
            initiatives,
            bodies,
            currencies,
            first_names: names(files, "lexicon/first_names.csv")?,
            sources: names(files, "lexicon/sources.csv")?,
            country_by_code,
            company_by_id,
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

/// Reads a list whose rows are told apart by the first of its columns; a key that comes twice is an error.
fn keyed<Row, const N: usize>(
    files: &Files,
    file: &str,
    columns: [&str; N],
    read: impl Fn([&str; N]) -> Result<Row, String>,
) -> Result<(Vec<Row>, FxHashMap<String, usize>), LexiconError> {
    let mut rows = Vec::new();
    let mut index = FxHashMap::default();
    files.each(file, columns, |line, fields| {
        let key = fields.first().copied().unwrap_or_default();
        if index.insert(key.to_owned(), rows.len()).is_some() {
            return Err(LexiconError::line(file, line, format!("\"{key}\" stands twice")));
        }
        rows.push(read(fields).map_err(|fault| LexiconError::line(file, line, fault))?);
        Ok(())
    })?;
    Ok((rows, index))
}

/// Reads a list of names.
fn names(files: &Files, file: &str) -> Result<Vec<String>, LexiconError> {
    let mut names = Vec::new();
    files.each(file, ["name"], |_, [name]| {
        names.push(name.to_owned());
        Ok(())
    })?;
    Ok(names)
}

fn list(field: &str) -> Vec<String> {
    if field.is_empty() {
        return Vec::new();
    }
    parts(field).map(str::to_owned).collect()
}

const COUNTRY: [&str; 9] = ["code", "name", "aliases", "adjectives", "inhabitants", "capital", "seats", "currency", "region"];
const PLACE: [&str; 8] = ["id", "name", "aliases", "kind", "country", "region", "population", "ambiguous"];
const COMPANY: [&str; 7] = ["id", "name", "aliases", "country", "parent", "trades", "ambiguous"];
const INITIATIVE: [&str; 4] = ["name", "aliases", "country", "kind"];
const BODY: [&str; 5] = ["id", "name", "aliases", "kind", "country"];
const CURRENCY: [&str; 4] = ["code", "names", "symbols", "subunits"];

impl Country {
    fn read([code, name, aliases, adjectives, inhabitants, capital, seats, currency, regions]: [&str; 9]) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            aliases: list(aliases),
            adjectives: list(adjectives),
            inhabitants: list(inhabitants),
            capital: capital.to_owned(),
            seats: list(seats),
            currency: currency.to_owned(),
            regions: list(regions),
        }
    }
}

impl Place {
    fn read([id, name, aliases, kind, country, region, population, ambiguous]: [&str; 8]) -> Result<Self, String> {
        let kind = match kind {
            "city" => PlaceKind::City,
            "region" => PlaceKind::Region,
            "supranational" => PlaceKind::Supranational,
            _ => return Err(format!("\"{kind}\" is no kind of place: city, region, supranational")),
        };
        let population = match population {
            "" => None,
            digits => Some(digits.parse().map_err(|_| format!("the population \"{digits}\" is no number"))?),
        };
        Ok(Self {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: list(aliases),
            kind,
            country: country.to_owned(),
            region: region.to_owned(),
            population,
            ambiguous: ambiguous.to_owned(),
        })
    }
}

impl Company {
    fn read([id, name, aliases, country, parent, trades, ambiguous]: [&str; 7]) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: list(aliases),
            country: country.to_owned(),
            parent: parent.to_owned(),
            trades: list(trades),
            ambiguous: ambiguous.to_owned(),
        }
    }
}

impl Initiative {
    fn read([name, aliases, country, kind]: [&str; 4]) -> Self {
        Self { name: name.to_owned(), aliases: list(aliases), country: country.to_owned(), kind: kind.to_owned() }
    }
}

impl Body {
    fn read([id, name, aliases, kind, country]: [&str; 5]) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), aliases: list(aliases), kind: kind.to_owned(), country: country.to_owned() }
    }
}

impl Currency {
    fn read([code, names, symbols, subunits]: [&str; 4]) -> Self {
        Self { code: code.to_owned(), names: list(names), symbols: list(symbols), subunits: list(subunits) }
    }
}
