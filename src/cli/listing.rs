//! Facts for a reader at the terminal. An article's facts → each under the sentence that says it, its words highlighted.
//!
//! ```text
//! Acme to build plant in Lyon
//!
//!   Acme will invest €1.2 billion in Lyon.
//!     project, planned: Acme → FR, Lyon · 1.2 bn EUR · confidence 0.92
//! ```

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use anstyle::{AnsiColor, Effects, Style};

use super::wording;
use crate::article::Article;
use crate::fact::{ArticleFacts, Confidence, Entity, Evidence, Slot};
use crate::text::{Abbreviations, Document};

const HEADLINE: Style = Style::new().effects(Effects::BOLD);
const FACT: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);

/// One article with its facts, ready to print.
pub(super) struct Listing<'a> {
    pub(super) article: &'a Article,
    pub(super) facts: &'a ArticleFacts,
    pub(super) abbreviations: &'a Abbreviations,
    /// Whether the rule and the quotes of each fact are told.
    pub(super) explain: bool,
}

/// One fact in words, with what stands behind it.
struct Line<'a> {
    words: String,
    confidence: Confidence,
    evidence: &'a [Evidence],
    found_by: &'a str,
}

impl Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.facts;
        write!(f, "{HEADLINE}{}{HEADLINE:#}", printable(self.article.title.as_deref().unwrap_or(&facts.article)))?;
        writeln!(f, "{DIM}  {}{DIM:#}", printable(&facts.article))?;
        self.entities(f)?;
        let lines = self.lines();
        if lines.is_empty() {
            writeln!(f, "\n  {DIM}no investment, job number or relation found{DIM:#}")?;
        }
        for (sentence, lines) in by_sentence(&self.article.text, self.abbreviations, lines) {
            write!(f, "\n  ")?;
            sentence.fmt_highlighted(f, &lines)?;
            for line in &lines {
                write!(f, "    {FACT}{}{FACT:#}", printable(&line.words))?;
                writeln!(f, "{DIM} · confidence {}{DIM:#}", line.confidence)?;
                if self.explain {
                    explain(f, line)?;
                }
            }
        }
        writeln!(f)
    }
}

impl<'a> Listing<'a> {
    fn entities(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = |entities: &[Entity]| entities.iter().filter_map(|entity| entity.names.first().cloned()).collect::<Vec<_>>();
        let countries = self.facts.countries.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (label, names) in
            [("companies", first(&self.facts.companies)), ("countries", countries), ("initiatives", first(&self.facts.initiatives))]
        {
            if !names.is_empty() {
                writeln!(f, "  {DIM}{label}: {}{DIM:#}", printable(&names.join(", ")))?;
            }
        }
        Ok(())
    }

    fn lines(&self) -> Vec<Line<'a>> {
        let ArticleFacts { investments, jobs, relations, .. } = self.facts;
        let investments = investments.iter().map(|fact| Line {
            words: wording::investment(fact),
            confidence: fact.confidence,
            evidence: &fact.evidence,
            found_by: &fact.found_by,
        });
        let jobs = jobs.iter().map(|fact| Line {
            words: wording::jobs(fact),
            confidence: fact.confidence,
            evidence: &fact.evidence,
            found_by: &fact.found_by,
        });
        let relations = relations.iter().map(|fact| Line {
            words: wording::relation(fact),
            confidence: fact.confidence,
            evidence: &fact.evidence,
            found_by: &fact.found_by,
        });
        investments.chain(jobs).chain(relations).collect()
    }
}

/// One sentence of the article, with its character range.
struct Quoted<'t> {
    text: &'t str,
    start: usize,
}

impl Quoted<'_> {
    /// Prints the sentence on one line, the words behind its facts in the colour of their slot.
    fn fmt_highlighted(&self, f: &mut fmt::Formatter<'_>, lines: &[Line<'_>]) -> fmt::Result {
        let mut slots: Vec<Option<Slot>> = vec![None; self.text.chars().count()];
        // Shorter quotes lie within longer ones ("Acme" in "Acme's plant") and show on top.
        let mut evidence: Vec<&Evidence> = lines.iter().flat_map(|line| line.evidence).collect();
        evidence.sort_by_key(|quote| (std::cmp::Reverse(quote.end - quote.start), quote.start, quote.slot));
        for quote in evidence {
            let (start, end) = (quote.start.saturating_sub(self.start), quote.end.saturating_sub(self.start).min(slots.len()));
            if quote.start >= self.start && start < end {
                slots[start..end].fill(Some(quote.slot));
            }
        }
        let mut open = None;
        for (c, slot) in self.text.chars().zip(slots) {
            if slot != open {
                write!(f, "{:#}{}", open.map(style).unwrap_or_default(), slot.map(style).unwrap_or_default())?;
                open = slot;
            }
            write!(f, "{}", if c.is_whitespace() || c.is_control() { ' ' } else { c })?;
        }
        writeln!(f, "{:#}", open.map(style).unwrap_or_default())
    }
}

/// The facts by the sentence of their trigger, else of their first quote, in the order of the text.
fn by_sentence<'t, 'l>(text: &'t str, abbreviations: &Abbreviations, lines: Vec<Line<'l>>) -> Vec<(Quoted<'t>, Vec<Line<'l>>)> {
    let doc = Document::read(text, abbreviations);
    let sentences: Vec<Quoted<'t>> = sentences(text, &doc);
    let mut grouped: BTreeMap<usize, Vec<Line<'l>>> = BTreeMap::new();
    for line in lines {
        let trigger = line.evidence.iter().find(|quote| quote.slot == Slot::Trigger);
        let at = trigger.or(line.evidence.first()).map_or(0, |quote| quote.start);
        let sentence = sentences.partition_point(|sentence| sentence.start <= at).saturating_sub(1);
        grouped.entry(sentence).or_default().push(line);
    }
    let mut sentences: Vec<Option<Quoted<'t>>> = sentences.into_iter().map(Some).collect();
    grouped.into_iter().filter_map(|(at, lines)| Some((sentences.get_mut(at)?.take()?, lines))).collect()
}

fn sentences<'t>(text: &'t str, doc: &Document<'_>) -> Vec<Quoted<'t>> {
    let (mut byte, mut character) = (0, 0);
    let mut quoted = Vec::with_capacity(doc.sentences.len());
    for sentence in &doc.sentences {
        let (start, end) = doc.bytes_of(sentence.span);
        character += text[byte..start].chars().count();
        byte = start;
        quoted.push(Quoted { text: &text[start..end], start: character });
    }
    quoted
}

fn explain(f: &mut fmt::Formatter<'_>, line: &Line<'_>) -> fmt::Result {
    if !line.found_by.is_empty() {
        writeln!(f, "      {DIM}found by {}{DIM:#}", printable(line.found_by))?;
    }
    for quote in line.evidence {
        let style = style(quote.slot);
        writeln!(
            f,
            "      {DIM}{:<10}{DIM:#} {style}{}{style:#}{DIM} at {}{DIM:#}",
            quote.slot.name(),
            printable(&quote.quote),
            quote.start
        )?;
    }
    Ok(())
}

const fn style(slot: Slot) -> Style {
    let color = match slot {
        Slot::Trigger => return Style::new().effects(Effects::UNDERLINE),
        Slot::Investor | Slot::Recipient | Slot::Subject | Slot::Object => AnsiColor::Cyan,
        Slot::Country | Slot::Place => AnsiColor::Yellow,
        Slot::Amount | Slot::Equivalent => AnsiColor::Green,
        Slot::Jobs => AnsiColor::Magenta,
        Slot::Initiative | Slot::From | Slot::Until => AnsiColor::Blue,
    };
    color.on_default().effects(Effects::BOLD)
}

/// The text without control characters, which could disturb a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;
    use crate::fact::{Amount, Bound, Count, Investment, Kind, Money, Object, Party, Predicate, Relation, Stage};

    const TEXT: &str =
        "Acme to build in Lyon\n\nÉlan Corp. said so on Monday. Acme, an Élan unit, will invest\nover €1.25 billion in Lyon by 2027.\n";

    fn evidence(slot: Slot, quote: &str) -> Evidence {
        let byte = TEXT.rfind(quote).unwrap();
        let start = TEXT[..byte].chars().count();
        Evidence { slot, quote: quote.to_owned(), start, end: start + quote.chars().count() }
    }

    fn facts() -> ArticleFacts {
        let investment = Investment {
            kind: Kind::Project,
            stage: Stage::Planned,
            investors: vec![Party::Company("Acme".into())],
            recipients: Vec::new(),
            countries: vec!["FR".parse().unwrap()],
            places: vec!["Lyon".into()],
            amount: Some(Money { amount: Amount::from_units(1_250_000_000).unwrap(), currency: "EUR".parse().unwrap(), bound: Bound::Min }),
            equivalents: Vec::new(),
            jobs: Some(Count { count: 3000, bound: Bound::About }),
            initiatives: Vec::new(),
            from: None,
            until: Some(2027),
            evidence: vec![evidence(Slot::Trigger, "invest"), evidence(Slot::Amount, "over €1.25 billion"), evidence(Slot::Place, "Lyon")],
            confidence: Confidence::new(0.92),
            found_by: "invest".into(),
        };
        let relation = Relation {
            subject: "Acme".into(),
            predicate: Predicate::SubsidiaryOf,
            object: Object::Company("Élan".into()),
            evidence: vec![evidence(Slot::Subject, "Acme"), evidence(Slot::Object, "Élan")],
            confidence: Confidence::new(0.8),
            found_by: "unit".into(),
        };
        let companies = ["Acme", "Élan"].map(|name| Entity { names: vec![name.into()], id: None }).into();
        ArticleFacts {
            article: "acme".into(),
            companies,
            investments: vec![investment],
            relations: vec![relation],
            ..ArticleFacts::default()
        }
    }

    fn listing(facts: &ArticleFacts, explain: bool) -> String {
        let article =
            Article { article: "acme".into(), title: Some("Acme to build in Lyon".into()), text: TEXT.into(), ..Article::default() };
        Listing { article: &article, facts, abbreviations: &Abbreviations::default(), explain }.to_string()
    }

    #[test]
    fn facts_stand_under_their_sentence() {
        insta::assert_snapshot!(strip_str(&listing(&facts(), false)), @"
        Acme to build in Lyon  acme
          companies: Acme, Élan

          Acme, an Élan unit, will invest over €1.25 billion in Lyon by 2027.
            project, planned: Acme → FR, Lyon · over 1.25 bn EUR · about 3,000 jobs · until 2027 · confidence 0.92
            Acme subsidiaryOf Élan · confidence 0.8
        ");
    }

    #[test]
    fn explanations_name_the_rule_and_every_quote() {
        insta::assert_snapshot!(strip_str(&listing(&facts(), true)), @"
        Acme to build in Lyon  acme
          companies: Acme, Élan

          Acme, an Élan unit, will invest over €1.25 billion in Lyon by 2027.
            project, planned: Acme → FR, Lyon · over 1.25 bn EUR · about 3,000 jobs · until 2027 · confidence 0.92
              found by invest
              trigger    invest at 78
              amount     over €1.25 billion at 85
              place      Lyon at 107
            Acme subsidiaryOf Élan · confidence 0.8
              found by unit
              subject    Acme at 53
              object     Élan at 62
        ");
    }

    #[test]
    fn evidence_is_highlighted_to_the_character() {
        let listing = listing(&facts(), false);
        let amount = style(Slot::Amount);
        assert!(listing.contains(&format!("{amount}over €1.25 billion{amount:#} in ")), "{listing:?}");
        let company = style(Slot::Object);
        assert!(listing.contains(&format!("an {company}Élan{company:#} unit")), "{listing:?}");
    }

    #[test]
    fn no_facts_are_told_as_such() {
        let facts = ArticleFacts { article: "acme".into(), ..ArticleFacts::default() };
        assert!(listing(&facts, false).contains("no investment, job number or relation found"));
    }
}
