//! Narrows a view. `focus("AWS", 1)` → AWS, what it invests in and who owns it.
//!
//! A step leads from one named thing to the next. An investment or a job commitment is no stop but part of the step:
//! whoever sees it also sees all that it connects, or the picture would tell half of a fact.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::View;

/// Most paths that [`View::between`] gives.
const MAX_PATHS: usize = 50;

impl View {
    /// What lies within `depth` steps of any of these nodes.
    #[must_use]
    pub fn focus(&self, nodes: &[NodeIndex], depth: usize) -> Self {
        // In half steps: to a fact is one, through it to its other ends the second; from name to name is two.
        let limit = 2 * depth.min(self.graph().node_count());
        let mut at: Vec<BTreeSet<NodeIndex>> = vec![BTreeSet::new(); limit.max(1) + 3];
        for &node in nodes {
            at[usize::from(self.is_fact(node))].insert(node);
        }
        let mut near: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let mut done = BTreeSet::new();
        for distance in 0..=limit {
            for node in std::mem::take(&mut at[distance]) {
                if !done.insert(node) {
                    continue;
                }
                near.insert(node);
                for next in self.neighbours(node) {
                    let cost = if self.is_fact(node) || self.is_fact(next) { 1 } else { 2 };
                    // A fact on the rim would stand without its ends.
                    let further = distance + cost + usize::from(self.is_fact(next));
                    if further <= limit && !done.contains(&next) {
                        at[distance + cost].insert(next);
                    }
                }
            }
        }
        self.part(&near)
    }

    /// The shortest ways from one node to another, along edges in any direction; none when nothing connects them.
    ///
    /// They come in the order of their nodes, and no more than fifty.
    #[must_use]
    pub fn between(&self, from: NodeIndex, to: NodeIndex) -> Vec<Vec<NodeIndex>> {
        let distances = self.distances(to);
        if !distances.contains_key(&from) {
            return Vec::new();
        }
        let mut paths = Vec::new();
        let mut open = vec![vec![from]];
        while let (Some(path), true) = (open.pop(), paths.len() < MAX_PATHS) {
            let end = path[path.len() - 1];
            let left = distances[&end];
            if left == 0 {
                paths.push(path);
                continue;
            }
            let nearer = self.neighbours(end).into_iter().rev().filter(|next| distances.get(next) == Some(&(left - 1)));
            open.extend(nearer.map(|next| path.iter().copied().chain([next]).collect()));
        }
        paths
    }

    /// The part of the view that the shortest ways between two nodes run through, with the other ends of their facts.
    #[must_use]
    pub fn connection(&self, from: NodeIndex, to: NodeIndex) -> Self {
        let mut nodes: BTreeSet<NodeIndex> = self.between(from, to).into_iter().flatten().collect();
        let facts: Vec<NodeIndex> = nodes.iter().copied().filter(|&node| self.is_fact(node)).collect();
        nodes.extend(facts.into_iter().flat_map(|fact| self.neighbours(fact)));
        self.part(&nodes)
    }

    /// How many edges part each node from this one.
    fn distances(&self, from: NodeIndex) -> BTreeMap<NodeIndex, usize> {
        let mut distances = BTreeMap::from([(from, 0)]);
        let mut rim = vec![from];
        for distance in 1.. {
            let next: BTreeSet<NodeIndex> =
                rim.iter().flat_map(|&node| self.neighbours(node)).filter(|node| !distances.contains_key(node)).collect();
            if next.is_empty() {
                break;
            }
            distances.extend(next.iter().map(|&node| (node, distance)));
            rim = next.into_iter().collect();
        }
        distances
    }

    fn is_fact(&self, node: NodeIndex) -> bool {
        self.graph()[node].what.kind().is_fact()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ids, sample};

    #[test]
    fn depth_counts_steps_between_named_things() {
        let view = sample();
        let aws = view.find("AWS").unwrap();
        assert_eq!(ids(&view.focus(&[aws], 0)), ["company/aws"]);
        assert_eq!(
            ids(&view.focus(&[aws], 1)),
            [
                "company/amazon",
                "company/aws",
                "country/FR",
                "initiative/choose-france",
                "investment/a-i1",
                "job/a-j1",
                "place/auvergne-rhone-alpes",
                "place/paris"
            ]
        );
        let two = ids(&view.focus(&[aws], 2));
        assert!(two.contains(&"country/US".to_owned()), "Amazon's seat is two steps away");
        assert!(!two.contains(&"investment/b-i1".to_owned()), "what nothing connects stays away");
    }

    #[test]
    fn an_investment_in_focus_shows_its_ends() {
        let view = sample();
        let investment = view.find("investment/b-i1").unwrap();
        assert_eq!(ids(&view.focus(&[investment], 0)), ["investment/b-i1"]);
        assert_eq!(ids(&view.focus(&[investment], 1)), ["company/acme-soehne", "company/lumen", "investment/b-i1"]);
    }

    #[test]
    fn no_depth_is_too_great() {
        let view = sample();
        let france = view.find("FR").unwrap();
        assert_eq!(ids(&view.focus(&[france], 3)), ids(&view.focus(&[france], 1000)));
    }

    #[test]
    fn paths_are_all_the_shortest_ones() {
        let view = sample();
        let [amazon, paris, acme] = ["Amazon", "Paris", "company/acme-soehne"].map(|name| view.find(name).unwrap());
        let paths: Vec<Vec<&str>> =
            view.between(amazon, paris).iter().map(|path| path.iter().map(|&i| view.graph()[i].id()).collect()).collect();
        assert_eq!(paths, [["company/amazon", "company/aws", "investment/a-i1", "place/paris"]]);
        assert!(view.between(amazon, acme).is_empty());
        assert_eq!(view.between(amazon, amazon), [[amazon]]);
        assert!(ids(&view.connection(amazon, paris)).contains(&"initiative/choose-france".to_owned()));
    }
}
