//! Brings investments and job commitments up to date. Changed articles → the difference in what their claims tell of.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::claim::{Claim, claims_in, is_state};
use super::cluster::Clusters;
use super::likeness::{CLOSE, likeness};
use super::source::{QuadSource, RESOLVED, claims_about, iri_of, objects};
use super::{Difference, described, event, is_fact, mentioned_in};
use crate::graph::curation::{Decisions, article_of_print};
use crate::graph::iri;
use crate::graph::vocab::ig;

/// The roles of those through which claims of one thing are found.
const ROLES: [NamedNodeRef<'static>; 5] = [ig::INVESTOR, ig::RECIPIENT, ig::EMPLOYER, ig::IN_PLACE, ig::UNDER_INITIATIVE];

/// The difference that these articles make to the facts of the default graph.
pub(super) fn facts(source: &impl QuadSource, articles: &BTreeSet<String>, decisions: &Decisions) -> Result<Difference, StorageError> {
    let mut pool = Pool { source, decisions, claims: BTreeMap::new(), by_principal: BTreeMap::new(), stale: BTreeSet::new() };
    let mut starts = Vec::new();
    for article in articles {
        let article = NamedNodeRef::new_unchecked(article);
        starts.extend(claims_in(source, article)?.into_iter().map(NamedNode::into_string));
        for fact in mentioned_in(source, article)?.into_iter().filter(|fact| is_fact(fact.as_ref())) {
            starts.extend(objects(source, fact.as_ref(), ig::CLAIMED_IN, RESOLVED)?.into_iter().filter_map(iri_of));
            pool.stale.insert(fact.into_string());
        }
    }
    let mut seen = BTreeSet::new();
    let mut new = BTreeMap::new();
    while let Some(start) = starts.pop() {
        let component = pool.around(start, &mut seen, &mut starts)?;
        let claims = component.iter().map(|claim| Ok((claim.as_ref(), pool.print(claim)?))).collect::<Result<Vec<_>, StorageError>>()?;
        for group in Clusters::new(claims, decisions).groups() {
            if let Some(node) = event::node_of(&group) {
                let triples = event::resolved(source, &node, &group)?;
                new.insert(node.into_string(), triples);
            }
        }
    }
    let mut difference = Difference::default();
    let subjects: BTreeSet<String> = new.keys().cloned().chain(pool.stale).collect();
    for subject in subjects {
        let old = described(source, NamedNodeRef::new_unchecked(&subject))?;
        Difference::between(&old, new.remove(&subject).unwrap_or_default(), &mut difference);
    }
    Ok(difference)
}

/// The claims that name one principal, by their sums: a claim is compared only with those that can be alike.
#[derive(Default)]
struct Named {
    all: Vec<Rc<Claim>>,
    /// Without a sum.
    open: Vec<Rc<Claim>>,
    /// Currency → rounded sum → claims.
    by_sum: BTreeMap<String, BTreeMap<u64, Vec<Rc<Claim>>>>,
}

impl Named {
    fn add(&mut self, claim: &Rc<Claim>) {
        self.all.push(Rc::clone(claim));
        if claim.sums.is_empty() {
            self.open.push(Rc::clone(claim));
        }
        for sum in &claim.sums {
            self.by_sum.entry(sum.currency.clone()).or_default().entry(whole(sum.amount)).or_default().push(Rc::clone(claim));
        }
    }

    /// Those whose sums do not part them from a claim.
    fn comparable(&self, claim: &Claim) -> Vec<&Rc<Claim>> {
        if claim.sums.is_empty() {
            return self.all.iter().collect();
        }
        let mut found: Vec<&Rc<Claim>> = self.open.iter().collect();
        for sum in &claim.sums {
            let Some(by_sum) = self.by_sum.get(&sum.currency) else { continue };
            let near = whole(sum.amount * (1.0 - CLOSE)).saturating_sub(1)..=whole(sum.amount / (1.0 - CLOSE)).saturating_add(1);
            found.extend(by_sum.range(near).flat_map(|(_, claims)| claims));
        }
        found
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast keeps to the type's range, and sums are positive")]
fn whole(amount: f64) -> u64 {
    amount as u64
}

/// The claims met so far.
struct Pool<'a, S> {
    source: &'a S,
    decisions: &'a Decisions,
    claims: BTreeMap<String, Option<Rc<Claim>>>,
    /// Principal → all claims that name it.
    by_principal: BTreeMap<String, Rc<Named>>,
    /// The facts of the default graph that rest on claims met.
    stale: BTreeSet<String>,
}

impl<S: QuadSource> Pool<'_, S> {
    /// The claims that are connected with this one by likeness or decision. Those that shared a fact with one of them go to `starts`.
    fn around(&mut self, start: String, seen: &mut BTreeSet<String>, starts: &mut Vec<String>) -> Result<Vec<Rc<Claim>>, StorageError> {
        let mut component = Vec::new();
        let mut queue = vec![start];
        while let Some(node) = queue.pop() {
            if !seen.insert(node.clone()) {
                continue;
            }
            starts.extend(self.companions(&node)?);
            let Some(claim) = self.claim(&node)? else { continue };
            for principal in claim.principals() {
                for other in self.of_principal(principal)?.comparable(&claim) {
                    if !seen.contains(other.node.as_str()) && likeness(&claim, other).is_some() {
                        queue.push(other.node.as_str().to_owned());
                    }
                }
            }
            queue.extend(self.decided(&claim)?);
            component.push(claim);
        }
        Ok(component)
    }

    /// The claims of the fact that a claim belonged to when it was last resolved.
    fn companions(&mut self, claim: &str) -> Result<Vec<String>, StorageError> {
        let mut companions = Vec::new();
        let claim = NamedNodeRef::new_unchecked(claim);
        for quad in self.source.quads(None, Some(ig::CLAIMED_IN), Some(claim.into()), Some(RESOLVED)) {
            let NamedOrBlankNode::NamedNode(fact) = quad?.subject else { continue };
            companions.extend(objects(self.source, fact.as_ref(), ig::CLAIMED_IN, RESOLVED)?.into_iter().filter_map(iri_of));
            self.stale.insert(fact.into_string());
        }
        Ok(companions)
    }

    fn claim(&mut self, node: &str) -> Result<Option<Rc<Claim>>, StorageError> {
        if let Some(claim) = self.claims.get(node) {
            return Ok(claim.clone());
        }
        let claim = Claim::read(self.source, &NamedNode::new_unchecked(node))?.map(Rc::new);
        self.claims.insert(node.to_owned(), claim.clone());
        Ok(claim)
    }

    /// All claims in which an entity has a role.
    fn of_principal(&mut self, entity: &str) -> Result<Rc<Named>, StorageError> {
        if let Some(claims) = self.by_principal.get(entity) {
            return Ok(Rc::clone(claims));
        }
        let mut nodes = BTreeSet::new();
        if !is_state(entity) {
            for mention in objects(self.source, NamedNodeRef::new_unchecked(entity), ig::MENTIONED_AS, RESOLVED)? {
                let Term::NamedNode(mention) = mention else { continue };
                let Some(article) = iri::article_id_of(mention.as_ref()).map(iri::article) else { continue };
                for role in ROLES {
                    let graph = GraphNameRef::NamedNode(article.as_ref());
                    let found = claims_about(self.source, role, mention.as_ref().into(), Some(graph))?;
                    nodes.extend(found.into_iter().map(|(claim, _)| claim.into_string()));
                }
            }
        }
        let mut named = Named::default();
        for node in nodes {
            if let Some(claim) = self.claim(&node)? {
                named.add(&claim);
            }
        }
        let named = Rc::new(named);
        self.by_principal.insert(entity.to_owned(), Rc::clone(&named));
        Ok(named)
    }

    /// What the claim says, where a decision may ask for it.
    fn print(&self, claim: &Claim) -> Result<Option<String>, StorageError> {
        if self.decisions.concern(claim.article.as_str()) { claim.print(self.source).map(Some) } else { Ok(None) }
    }

    /// Claims that the user has declared to be one with this.
    fn decided(&self, claim: &Claim) -> Result<Vec<String>, StorageError> {
        let mut nodes = Vec::new();
        let Some(print) = self.print(claim)? else { return Ok(nodes) };
        for together in self.decisions.claims_together().filter(|together| together.contains(&print)) {
            for article in together.iter().map(|print| article_of_print(print)).collect::<BTreeSet<_>>() {
                for node in claims_in(self.source, NamedNodeRef::new_unchecked(article))? {
                    if let Some(print) = print_of(self.source, node.as_ref())?
                        && together.contains(&print)
                    {
                        nodes.push(node.into_string());
                    }
                }
            }
        }
        Ok(nodes)
    }
}

/// What a claim says, as decisions name it; `None` when it is gone.
pub fn print_of(source: &impl QuadSource, claim: NamedNodeRef<'_>) -> Result<Option<String>, StorageError> {
    Claim::read(source, &claim.into_owned())?.map(|claim| claim.print(source)).transpose()
}

/// What the claims of an investment or job commitment say, each with the claim's IRI.
pub fn prints_of(source: &impl QuadSource, fact: NamedNodeRef<'_>) -> Result<Vec<(String, String)>, StorageError> {
    let mut prints = Vec::new();
    for claim in objects(source, fact, ig::CLAIMED_IN, RESOLVED)?.into_iter().filter_map(iri_of) {
        if let Some(print) = print_of(source, NamedNodeRef::new_unchecked(&claim))? {
            prints.push((claim, print));
        }
    }
    prints.sort();
    Ok(prints)
}
