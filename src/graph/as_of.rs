//! The graph as it was known on a day. Store + "2024-06-01" → a store in memory with the articles of that day and before.
//!
//! Three times are kept apart: when the money flows (`ig:from`, `ig:until`), when an article was published (`schema:datePublished`), and when it was loaded
//! (`ig:loaded`). Known on a day is what was published by then; an article without a date counts from the day on which it was loaded.
//! The user's decisions hold for all days: they tell what the articles meant.

use oxigraph::model::{GraphNameRef, Quad};

use super::vocab::{DECISIONS, LOADS, ig};
use super::{Store, StoreError, iri, resolve};

impl Store {
    /// The graph as it was known at the end of a day.
    ///
    /// # Errors
    /// When the database below fails.
    pub fn as_of(&self, day: &str) -> Result<Self, StoreError> {
        let known = Self::in_memory()?;
        known.insert_bulk(self.graph_quads(DECISIONS.into())?)?;
        for article in self.articles()? {
            let node = iri::article(&article.id);
            let loaded = self.value(node.as_ref(), ig::LOADED, LOADS.into())?;
            // Days written as 2024-06-01 sort as they follow; another form of date says nothing certain.
            let since = article.published.filter(|published| is_day(published)).or(loaded);
            if since.is_some_and(|since| since.as_str() <= day) {
                let quads = self.graph_quads(node.as_ref().into())?;
                known.insert_bulk(quads.into_iter().chain([resolve::pending(node.as_ref())]))?;
            }
        }
        known.refresh()?;
        Ok(known)
    }

    fn graph_quads(&self, graph: GraphNameRef<'_>) -> Result<Vec<Quad>, StoreError> {
        Ok(self.oxigraph().quads_for_pattern(None, None, None, Some(graph)).collect::<Result<_, _>>()?)
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Stage;
    use crate::graph::sample::{Story, dump, millions, store};

    fn story(name: &str, day: &str, stage: Stage) -> Story {
        Story::new(name, day).company(&["Acme Cells"]).invests("FR", |fact| {
            fact.amount = Some(millions(1200, "EUR"));
            fact.stage = stage;
        })
    }

    #[test]
    fn later_articles_are_not_known_yet() {
        let first = story("a", "2024-05-13", Stage::Planned);
        let second = story("b", "2025-01-10", Stage::Done);
        let all = store([first.graph(), second.graph()]);
        for (day, expected) in [
            ("2024-05-12", store([])),
            ("2024-05-13", store([first.graph()])),
            ("2025-01-09", store([first.graph()])),
            ("2025-01-10", store([first.graph(), second.graph()])),
        ] {
            assert_eq!(dump(&all.as_of(day).unwrap()), dump(&expected), "{day}");
        }
    }

    #[test]
    fn an_article_without_a_date_is_known_since_it_was_loaded() {
        let mut all = Store::in_memory().unwrap();
        let mut load = all.load().on("2024-08-01");
        load.put(story("a", "", Stage::Planned).graph()).unwrap();
        load.finish().unwrap();
        assert_eq!(all.as_of("2024-07-31").unwrap().articles().unwrap().len(), 0);
        assert_eq!(all.as_of("2024-08-01").unwrap().articles().unwrap().len(), 1);
        let before = dump(&all);
        assert!(!before.contains("2024-08-01"), "the day of loading is no part of the graph");
        let id = all.articles().unwrap().swap_remove(0).id;
        all.remove(&id).unwrap();
        assert_eq!(all.oxigraph().len().unwrap(), 0, "nor does it stay");
    }
}
