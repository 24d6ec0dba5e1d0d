//! Which claims are one. Claims → groups, each of one investment or job commitment, whatever their order.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Claim;
use super::likeness::{contradict, likeness};
use crate::graph::curation::Decisions;

/// Claims that may be one, with what the user has decided of them.
pub(super) struct Clusters<'a> {
    claims: Vec<&'a Claim>,
    prints: Vec<Option<String>>,
    decisions: &'a Decisions,
}

impl<'a> Clusters<'a> {
    /// Of these claims, each with its print where a decision concerns its article.
    pub(super) fn new(mut claims: Vec<(&'a Claim, Option<String>)>, decisions: &'a Decisions) -> Self {
        claims.sort_by(|(a, _), (b, _)| a.node.as_str().cmp(b.node.as_str()));
        let (claims, prints) = claims.into_iter().unzip();
        Self { claims, prints, decisions }
    }

    /// The groups, each in the order of its claims' IRIs. Rejected claims are left out.
    pub(super) fn groups(&self) -> Vec<Vec<&'a Claim>> {
        let mut groups: Vec<BTreeSet<usize>> = (0..self.claims.len()).map(|at| BTreeSet::from([at])).collect();
        let mut place: Vec<usize> = (0..self.claims.len()).collect();
        let mut join = |a: usize, b: usize, forced: bool, allowed: &dyn Fn(usize, usize) -> bool| {
            let (to, from) = (place[a].min(place[b]), place[a].max(place[b]));
            let fits = || groups[to].iter().all(|&one| groups[from].iter().all(|&other| allowed(one, other)));
            if to == from || !(forced || fits()) {
                return;
            }
            let moved = std::mem::take(&mut groups[from]);
            for &claim in &moved {
                place[claim] = to;
            }
            groups[to].extend(moved);
        };
        for (a, b) in self.decided_pairs() {
            join(a, b, true, &|_, _| true);
        }
        for (_, a, b) in self.alike() {
            join(a, b, false, &|one, other| !contradict(self.claims[one], self.claims[other]) && !self.decided_apart(one, other));
        }
        let rejected = |at: usize| self.prints[at].as_ref().is_some_and(|print| self.decisions.rejects_claim(print));
        let whole = |at: usize| self.prints[at].as_ref().is_some_and(|print| self.decisions.rejects_fact(print));
        groups
            .into_iter()
            .filter(|group| !group.iter().any(|&at| whole(at)))
            .map(|group| group.into_iter().filter(|&at| !rejected(at)).map(|at| self.claims[at]).collect::<Vec<_>>())
            .filter(|group| !group.is_empty())
            .collect()
    }

    /// Pairs that tell of one thing, the surest first. Where a claim fits two of one article equally well, it goes with neither.
    fn alike(&self) -> Vec<(u32, usize, usize)> {
        let mut pairs = Vec::new();
        // For each claim and each article, the best likeness and how often it is reached.
        let mut best: BTreeMap<(usize, &str), (u32, usize)> = BTreeMap::new();
        for a in 0..self.claims.len() {
            for b in a + 1..self.claims.len() {
                let Some(score) = likeness(self.claims[a], self.claims[b]) else { continue };
                pairs.push((score, a, b));
                for (one, other) in [(a, b), (b, a)] {
                    let entry = best.entry((one, self.claims[other].article.as_str())).or_default();
                    match score.cmp(&entry.0) {
                        std::cmp::Ordering::Greater => *entry = (score, 1),
                        std::cmp::Ordering::Equal => entry.1 += 1,
                        std::cmp::Ordering::Less => {}
                    }
                }
            }
        }
        pairs.retain(|&(score, a, b)| {
            [(a, b), (b, a)].iter().all(|&(one, other)| best[&(one, self.claims[other].article.as_str())] == (score, 1))
        });
        pairs.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        pairs
    }

    fn decided_pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for together in self.decisions.claims_together() {
            let members: Vec<usize> =
                (0..self.claims.len()).filter(|&at| self.prints[at].as_ref().is_some_and(|print| together.contains(print))).collect();
            pairs.extend(members.windows(2).map(|pair| (pair[0], pair[1])));
        }
        pairs
    }

    fn decided_apart(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (&self.prints[a], &self.prints[b]) else { return false };
        self.decisions.claims_apart(a, b)
    }
}
