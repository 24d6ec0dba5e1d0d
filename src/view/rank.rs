//! Who matters most: by number of connections, or by money. EUR → AWS 1200000000, …

use std::cmp::Reverse;

use petgraph::graph::NodeIndex;

use crate::graph::{Amount, CurrencyCode, Kind, Stage};

use super::{Edge, NodeKind, View, What};

impl View {
    /// The nodes of one kind with the number of their edges, the best connected first.
    #[must_use]
    pub fn by_degree(&self, kind: NodeKind) -> Vec<(NodeIndex, usize)> {
        let degree = |index| self.graph().neighbors_undirected(index).count();
        let mut ranked: Vec<(NodeIndex, usize)> = self.of_kind(kind).map(|(index, _)| (index, degree(index))).collect();
        ranked.sort_by_key(|&(index, degree)| (Reverse(degree), index));
        ranked
    }

    /// The nodes of one kind with the sum of what they invest, or what is invested in or under them; the largest first.
    ///
    /// Sums told in another currency count by the conversion that the article printed. Totals, which tell single
    /// investments again, and cancelled plans do not count, and nodes without any sum are left out.
    #[must_use]
    pub fn by_sum(&self, kind: NodeKind, currency: CurrencyCode) -> Vec<(NodeIndex, Amount)> {
        let mut ranked: Vec<(NodeIndex, Amount)> =
            self.of_kind(kind).map(|(index, _)| (index, self.sum(index, currency))).filter(|(_, sum)| sum.hundredths() > 0).collect();
        ranked.sort_by_key(|&(index, sum)| (Reverse(sum), index));
        ranked
    }

    fn sum(&self, node: NodeIndex, currency: CurrencyCode) -> Amount {
        let paid = self.targets(node, Edge::Investor);
        let investments = if paid.is_empty() {
            let edges = [Edge::Recipient, Edge::InCountry, Edge::InPlace, Edge::UnderInitiative];
            edges.into_iter().flat_map(|edge| self.sources(node, edge)).collect()
        } else {
            paid
        };
        let hundredths = investments.into_iter().filter_map(|index| self.amount(index, currency));
        Amount::from_hundredths(hundredths.fold(0, |sum, amount| sum.saturating_add(amount.hundredths())))
    }

    fn amount(&self, node: NodeIndex, currency: CurrencyCode) -> Option<Amount> {
        let What::Investment(investment) = &self.graph()[node].what else { return None };
        if investment.kind == Kind::Total || investment.stage == Stage::Cancelled {
            return None;
        }
        let sums = investment.amount.iter().chain(&investment.equivalents);
        sums.into_iter().find(|money| money.currency == currency).map(|money| money.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn the_best_connected_stand_first() {
        let view = sample();
        let ranked: Vec<(&str, usize)> =
            view.by_degree(NodeKind::Country).into_iter().map(|(i, n)| (view.graph()[i].label.as_str(), n)).collect();
        assert_eq!(ranked, [("France", 6), ("United States", 1), ("Germany", 0)]);
    }

    #[test]
    fn sums_count_conversions_but_no_totals() {
        let view = sample();
        let ranked = |kind, currency: &str| {
            let ranked = view.by_sum(kind, currency.parse().unwrap());
            ranked.into_iter().map(|(index, sum)| (view.graph()[index].label.clone(), sum.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(ranked(NodeKind::Company, "EUR"), [("Amazon Web Services".to_owned(), "1200000000".to_owned())]);
        assert_eq!(ranked(NodeKind::Country, "USD"), [("France".to_owned(), "1300000000".to_owned())]);
        assert_eq!(ranked(NodeKind::Company, "JPY"), []);
    }
}
