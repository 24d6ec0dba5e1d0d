//! Names the things of the graph. "Crédit Agricole S.A." → `…/company/credit-agricole-s-a`.
//!
//! Every IRI here is a function of what it names, and safe for any name: paths hold only `a-z`, `0-9`, `-` and `.`.

use oxigraph::model::{NamedNode, NamedNodeRef};
use sha2::{Digest, Sha256};

use super::vocab::BASE;
use crate::article::Article;
use crate::fact::CountryCode;

/// Longest slug in bytes; a longer name is cut and told apart by a hash.
const MAX_SLUG: usize = 80;

/// What an entity is; the first part of its key and of its IRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// A commercial organisation.
    Company,
    /// A sovereign country.
    Country,
    /// A region, city or town.
    Place,
    /// A programme, act or event.
    Initiative,
    /// A public body that is no state.
    PublicBody,
    /// A person.
    Person,
}

impl EntityType {
    /// The folder of its IRIs.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Country => "country",
            Self::Place => "place",
            Self::Initiative => "initiative",
            Self::PublicBody => "body",
            Self::Person => "person",
        }
    }

    /// The letter that numbers it within an article: `#c1`.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Company => 'c',
            Self::Country => 'k',
            Self::Place => 'p',
            Self::Initiative => 'n',
            Self::PublicBody => 'b',
            Self::Person => 'h',
        }
    }
}

/// The article's id: from its URL, else from its text.
#[must_use]
pub fn article_id(article: &Article) -> String {
    match article.url.as_deref().map(normalised_url).filter(|url| !url.is_empty()) {
        Some(url) => format!("{}-{}", cut(&slug_of_url(&url), 60), &sha256_hex(url.as_bytes())[..12]),
        None => format!("text-{}", &sha256_hex(article.text.as_bytes())[..32]),
    }
}

/// Whether an article's id comes from its text alone.
#[must_use]
pub fn is_of_text(id: &str) -> bool {
    id.starts_with("text-")
}

/// The article's IRI, which is also the name of its graph.
#[must_use]
pub fn article(id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}article/{id}"))
}

/// The id of the article that a graph's name or a claim's IRI belongs to.
#[must_use]
pub fn article_id_of(iri: NamedNodeRef<'_>) -> Option<&str> {
    let rest = iri.as_str().strip_prefix(BASE)?.strip_prefix("article/")?;
    rest.split('#').next()
}

/// A country's IRI.
#[must_use]
pub fn country(code: CountryCode) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}country/{code}"))
}

/// The key of an entity known by `id` to the gazetteer, or else by its name: `company/credit-agricole`.
#[must_use]
pub fn entity_key(entity_type: EntityType, id: Option<&str>, name: &str) -> String {
    format!("{}/{}", entity_type.folder(), slug(id.unwrap_or(name)))
}

/// The IRI of what has this key.
#[must_use]
pub fn entity(key: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{key}"))
}

/// The IRI of the investment or job commitment that a claim alone tells of.
#[must_use]
pub fn resolved_claim(folder: &str, claim: NamedNodeRef<'_>) -> NamedNode {
    let rest = claim.as_str().strip_prefix(BASE).unwrap_or(claim.as_str());
    let name = rest.strip_prefix("article/").unwrap_or(rest).replace('#', "-");
    NamedNode::new_unchecked(format!("{BASE}{folder}/{name}"))
}

/// A name as part of an IRI: lower case, without accents, words joined by "-".
///
/// Scripts other than Latin are transliterated, and marked by a hash since two names may sound alike.
#[must_use]
pub fn slug(name: &str) -> String {
    let name = name.trim();
    let mut slug = String::with_capacity(name.len());
    for part in any_ascii::any_ascii(&name.replace('&', " and ").replace('+', " plus ")).split(|c: char| !c.is_ascii_alphanumeric()) {
        if part.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&part.to_ascii_lowercase());
    }
    let foreign = name.chars().any(|c| c.is_alphabetic() && !is_latin(c));
    if foreign || slug.is_empty() || slug.len() > MAX_SLUG {
        let hash = &sha256_hex(name.to_lowercase().as_bytes())[..8];
        let kept = cut(&slug, MAX_SLUG - 9);
        return if kept.is_empty() { hash.to_owned() } else { format!("{kept}-{hash}") };
    }
    slug
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The URL without what does not tell articles apart: scheme, "www.", letter case of the host, fragment, final slash,
/// and the marks of campaigns.
fn normalised_url(url: &str) -> String {
    let url = url.trim();
    let url = url.split('#').next().unwrap_or(url);
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.find(['/', '?']).map_or((rest, ""), |at| rest.split_at(at));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_campaign_mark(pair)).collect();
    let path = path.strip_suffix('/').unwrap_or(path);
    if kept.is_empty() { format!("{host}{path}") } else { format!("{host}{path}?{}", kept.join("&")) }
}

fn is_campaign_mark(pair: &str) -> bool {
    let key = pair.split('=').next().unwrap_or(pair);
    key.starts_with("utm_") || matches!(key, "fbclid" | "gclid" | "mc_cid" | "mc_eid")
}

/// A readable stretch of the URL; the hash that follows it makes it unique.
fn slug_of_url(url: &str) -> String {
    let path = url.split('?').next().unwrap_or(url);
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
    let mut slug = String::new();
    for c in path.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            '.' if !slug.is_empty() => slug.push('.'),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug
}

/// At most `max` bytes of an ASCII slug, not ending in "-" or ".".
fn cut(slug: &str, max: usize) -> String {
    slug.get(..max).unwrap_or(slug).trim_end_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_makes_a_safe_slug() {
        for (name, expected) in [
            ("Crédit Agricole S.A.", "credit-agricole-s-a"),
            ("  AT&T ", "at-and-t"),
            ("Procter & Gamble", "procter-and-gamble"),
            ("Disney+", "disney-plus"),
            ("Auvergne-Rhône-Alpes", "auvergne-rhone-alpes"),
            ("L'Oréal", "l-oreal"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        for odd in ["", "!!!", "<script>\"\\ {}|^`", "东京", "\u{202e}", &"long ".repeat(100), "Ünïcödé ☃"] {
            let slug = slug(odd);
            assert!(!slug.is_empty() && slug.len() <= MAX_SLUG, "{odd}: {slug}");
            assert!(slug.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{odd}: {slug}");
            assert!(NamedNode::new(entity(&entity_key(EntityType::Company, None, odd)).into_string()).is_ok());
        }
    }

    #[test]
    fn names_that_only_sound_alike_stay_apart() {
        assert_ne!(slug("北京"), slug("背景"));
        assert_ne!(slug(&format!("{}a", "x".repeat(100))), slug(&format!("{}b", "x".repeat(100))));
    }

    #[test]
    fn the_same_page_has_one_id_under_every_spelling_of_its_url() {
        let id = |url: &str| article_id(&Article { url: Some(url.to_owned()), ..Article::default() });
        let plain = id("https://paper.example/news/Plant-in-Lyon.html");
        assert!(plain.starts_with("paper.example-news-plant-in-lyon-"), "{plain}");
        for same in
            ["http://www.paper.example/news/Plant-in-Lyon.html#top", " https://PAPER.example/news/Plant-in-Lyon.html/?utm_source=x "]
        {
            assert_eq!(id(same), plain, "{same}");
        }
        assert_ne!(id("https://paper.example/news/Plant-in-Lyon.html?page=2"), plain);
    }

    #[test]
    fn an_article_without_url_is_known_by_its_text() {
        let id = |text: &str| article_id(&Article { text: text.to_owned(), ..Article::default() });
        assert_eq!(id("A plant."), id("A plant."));
        assert_ne!(id("A plant."), id("A plant!"));
        assert!(id("").starts_with("text-"));
    }

    #[test]
    fn a_claim_leads_back_to_its_article() {
        let claim = NamedNode::new_unchecked(format!("{BASE}article/paper.example-x-1#i1"));
        assert_eq!(article_id_of(claim.as_ref()), Some("paper.example-x-1"));
        assert_eq!(resolved_claim("investment", claim.as_ref()).as_str(), format!("{BASE}investment/paper.example-x-1-i1"));
    }
}
