//! Reads what the words between two companies say of ownership. "Google, a unit of Alphabet" → `IsUnitOf`.

use crate::fact::reading::Reading;
use crate::lexicon::Class;
use crate::mention::{EntityId, EntityKind, Mention, MentionForm};
use crate::text::Span;

/// What the words between two companies say of ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Statement {
    /// No words of that sort, or the two are never told together.
    Nothing,
    /// "Alphabet … owns … Google" with much between.
    Distant,
    /// "Alphabet's Google".
    Possessive,
    /// "Ford runs Volvo".
    Runs,
    /// "a venture of Ford and SK".
    Venture,
    /// "the Alphabet unit Google", "Alphabet's search unit Google".
    UnitOf,
    /// "Google, a unit of Alphabet".
    IsUnitOf,
    /// "Google parent Alphabet", "Alphabet, the owner of Google".
    Parent,
    /// "Google, owned by Alphabet".
    OwnedBy,
    /// "Alphabet owns Google".
    Owns,
    /// "Alphabet-owned Google".
    Hyphen,
}

impl Statement {
    /// A word for it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Distant => "distant",
            Self::Possessive => "possessive",
            Self::Runs => "runs",
            Self::Venture => "venture",
            Self::UnitOf => "unit of",
            Self::IsUnitOf => "is unit of",
            Self::Parent => "parent",
            Self::OwnedBy => "owned by",
            Self::Owns => "owns",
            Self::Hyphen => "hyphen",
        }
    }

    /// How plain it is.
    pub(super) const fn strength(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Distant | Self::Possessive | Self::Runs => "weak",
            _ => "strong",
        }
    }
}

/// The plainest statement in any sentence that `unit` is owned by `owner`, and whether nothing stands in its way.
pub(super) fn best_statement(reading: &Reading<'_>, unit: EntityId, owner: EntityId) -> (Statement, bool) {
    let mut best = (Statement::Nothing, false);
    for u in reading.mentions.iter().filter(|m| m.entity == unit) {
        let sentence = reading.doc.sentence_of(u.span.start as usize);
        for o in reading.mentions_in(sentence).iter().filter(|m| m.entity == owner && !m.span.overlaps(u.span)) {
            let direct = if parted(reading, sentence, u, o) { Statement::Nothing } else { statement(reading, u.span, o.span) };
            let told = if direct == Statement::Nothing { through_list(reading, sentence, u, o) } else { direct };
            let clean = !is_past(reading, u.span, o.span);
            if (clean, told) > (best.1, best.0) || best.0 == Statement::Nothing {
                best = (told, clean);
            }
        }
    }
    best
}

/// Whether a third company stands between the two: "Tesla and Google's parent Alphabet". "GV, an arm of Google parent Alphabet" does not count.
fn parted(reading: &Reading<'_>, sentence: usize, u: &Mention, o: &Mention) -> bool {
    let (from, to) = if u.span.end <= o.span.start { (u.span.end, o.span.start) } else { (o.span.end, u.span.start) };
    let words = reading.lexicon.words();
    reading.mentions_in(sentence).iter().any(|m| {
        let third = m.entity != u.entity
            && m.entity != o.entity
            && m.form == MentionForm::Name
            && reading.entity(m.entity).kind == EntityKind::Company;
        let title = words.is(reading.doc.key(m.span.end as usize), Class::Owner) && m.span.end + 1 == to;
        third && m.span.start >= from && m.span.end <= to && !title
    })
}

/// "arms A and B", "a venture of C and D": what is said of the first of a list is said of the others.
fn through_list(reading: &Reading<'_>, sentence: usize, u: &Mention, o: &Mention) -> Statement {
    let doc = reading.doc;
    let before = |m: &Mention| {
        reading
            .mentions_in(sentence)
            .iter()
            .rev()
            .find(|c| c.span.end <= m.span.start && reading.entity(c.entity).kind == EntityKind::Company && c.form == MentionForm::Name)
            .copied()
            .filter(|c| {
                let gap = c.span.end as usize..m.span.start as usize;
                gap.len() <= 5
                    && gap.clone().any(|t| matches!(doc.form(t), "and" | "," | "&" | "with" | "or"))
                    && !gap.clone().any(|t| matches!(doc.form(t), "of" | "by" | "is" | "was" | "in" | "which" | "that" | ";" | "said"))
                    && (m.entity == u.entity || !gap.clone().any(|t| matches!(doc.form(t), "'s" | "’s")))
            })
    };
    if let Some(first) = before(o).filter(|c| c.entity != u.entity) {
        let told = statement(reading, u.span, first.span);
        if matches!(told, Statement::Venture | Statement::OwnedBy | Statement::IsUnitOf) {
            return told;
        }
    }
    if let Some(first) = before(u).filter(|c| c.entity != o.entity) {
        let told = statement(reading, first.span, o.span);
        if matches!(told, Statement::UnitOf | Statement::Owns | Statement::Possessive) {
            return told;
        }
    }
    Statement::Nothing
}

/// Whether the words around say that it was once, will be, or is only in part.
fn is_past(reading: &Reading<'_>, a: Span, b: Span) -> bool {
    let doc = reading.doc;
    let (from, to) = (a.start.min(b.start) as usize, a.end.max(b.end) as usize);
    (from.saturating_sub(3)..to + 2).any(|t| {
        matches!(
            doc.form(t),
            "former"
                | "formerly"
                | "ex"
                | "once"
                | "sold"
                | "selling"
                | "sell"
                | "stake"
                | "minority"
                | "affiliate"
                | "rival"
                | "competitor"
                | "bid"
                | "merger"
                | "from"
                | "buy"
                | "acquire"
                | "acquired"
                | "bought"
        ) || doc.form(t).ends_with('%')
    })
}

/// What the words between a unit and its owner say, when they stand in one sentence.
fn statement(reading: &Reading<'_>, unit: Span, owner: Span) -> Statement {
    if owner.end <= unit.start { owner_first(reading, unit, owner) } else { unit_first(reading, unit, owner) }
}

/// "'s", or the "s" of it that a plural leaves out.
fn is_possessive_sign(form: &str) -> bool {
    matches!(form, "'s" | "’s" | "'" | "’")
}

/// Whether a span is "its" or "their".
fn is_possessive_pronoun(reading: &Reading<'_>, span: Span) -> bool {
    span.len() == 1 && matches!(reading.doc.form(span.start as usize), "its" | "Its" | "their")
}

/// "Alphabet's search unit Google", "Alphabet, the owner of Google".
fn owner_first(reading: &Reading<'_>, unit: Span, owner: Span) -> Statement {
    let doc = reading.doc;
    let is = |t: usize, class: Class| reading.lexicon.words().is(doc.key(t), class);
    let mark = |t: usize| is_possessive_sign(doc.form(t));
    let pronoun = is_possessive_pronoun(reading, owner);
    let (mut from, to) = (owner.end as usize, unit.start as usize);
    if ["-owned", "-controlled"].iter().any(|tail| doc.form(from - 1).ends_with(tail)) && to - from <= 3 {
        return Statement::Hyphen;
    }
    let whose = (from..to.min(from + 3)).find(|&t| doc.form(t) == "whose");
    let possessive = pronoun || mark(from) || whose.is_some();
    if let Some(whose) = whose {
        from = whose + 1;
    } else if mark(from) {
        from += 1;
    }
    let unit_noun = (from..to).any(|t| is(t, Class::Unit)) || (possessive && to - from <= 3 && is(unit.end as usize, Class::Unit));
    if possessive && (from..to).any(|t| is(t, Class::Owner)) {
        return Statement::Nothing;
    }
    let broken = (from..to).any(|t| matches!(doc.form(t), ";" | ":" | "and" | "in" | "from" | "with" | "to" | "said" | "at"));
    if possessive && to - from <= 7 && !broken {
        return if unit_noun {
            Statement::UnitOf
        } else if to == from || (to - from <= 2 && !(from..to).any(|t| doc.form(t) == ",")) {
            Statement::Possessive
        } else {
            Statement::Distant
        };
    }
    if pronoun {
        return Statement::Nothing;
    }
    if !possessive && unit_noun && to - from <= 4 && !broken && !(from..to).any(|t| matches!(doc.form(t), "," | "of" | "is")) {
        return Statement::UnitOf;
    }
    let of = doc.form(to.wrapping_sub(1)) == "of" || doc.form(to.wrapping_sub(2)) == "of";
    if of && to - from <= 8 && (from..to).any(|t| is(t, Class::Owner)) {
        return Statement::Parent;
    }
    if to - from <= 6 && (from..to).any(|t| is(t, Class::Owns)) {
        return Statement::Owns;
    }
    if to - from <= 6 && !broken && (from..to).any(|t| matches!(doc.form(t), "runs" | "operates" | "manages" | "includes" | "has")) {
        return Statement::Runs;
    }
    let forms = to - from <= 14
        && (from..to)
            .any(|t| is(t, Class::Owns) || is(t, Class::Owner) || matches!(doc.form(t), "unit" | "subsidiary" | "arm" | "majority"));
    if forms { Statement::Distant } else { Statement::Nothing }
}

/// "Google, a unit of Alphabet", "Google parent Alphabet".
fn unit_first(reading: &Reading<'_>, unit: Span, owner: Span) -> Statement {
    let doc = reading.doc;
    let is = |t: usize, class: Class| reading.lexicon.words().is(doc.key(t), class);
    let mark = |t: usize| is_possessive_sign(doc.form(t));
    let pronoun = is_possessive_pronoun(reading, owner);
    let (from, to) = (unit.end as usize, owner.start as usize);
    // A name may stand within the other: "Iberdrola" in "Iberdrola Energía".
    if to < from || to - from > 16 {
        return Statement::Nothing;
    }
    let end = owner.end as usize;
    let next_unit = |t: usize, reach: usize| {
        (t..t + reach).take_while(|&t| !matches!(doc.form(t), "," | "." | ";" | "and" | "in" | "to")).any(|t| is(t, Class::Unit))
    };
    if (pronoun || mark(end))
        && to - from <= 6
        && (from..to).any(|t| matches!(doc.form(t), "," | "(" | "–" | "—" | "is"))
        && next_unit(if pronoun { end } else { end + 1 }, 5)
    {
        return Statement::IsUnitOf;
    }
    if pronoun {
        return Statement::Nothing;
    }
    let last = |class: Class| (from..to).rev().find(|&t| is(t, class));
    if let Some(t) = last(Class::Venture).filter(|&t| doc.form(t + 1) != "capital")
        && (t + 1..to).any(|t| matches!(doc.form(t), "of" | "between" | "by" | "with"))
    {
        return Statement::Venture;
    }
    if let Some(t) = last(Class::Owned)
        && (t + 1..to).any(|t| doc.form(t) == "by")
        && to - t <= 7
    {
        return Statement::OwnedBy;
    }
    let tail: Vec<&str> = (from..to).map(|t| doc.form(t)).collect();
    if tail.iter().any(|w| matches!(*w, "belongs" | "belonging")) || tail.windows(2).any(|w| w == ["part", "of"]) {
        return Statement::OwnedBy;
    }
    if let Some(t) = last(Class::Unit)
        && (t + 1..to).any(|t| matches!(doc.form(t), "of"))
        && to - t <= 7
    {
        return Statement::IsUnitOf;
    }
    if to - from <= 5 && last(Class::Owner).is_some_and(|t| to - t <= 3 && !(t..to).any(|t| doc.form(t) == "of")) {
        return Statement::Parent;
    }
    if (from..to).any(|t| doc.form(t) == "which") && (end..end + 4).any(|t| is(t, Class::Owns)) {
        return Statement::OwnedBy;
    }
    if (from..to).any(|t| doc.form(t) == "which")
        && (end..end + 3).any(|t| matches!(doc.form(t), "runs" | "manages" | "operates" | "shares"))
    {
        return Statement::Venture;
    }
    let forms = (from..to).any(|t| is(t, Class::Owned) || is(t, Class::Owner) || matches!(doc.form(t), "unit" | "subsidiary" | "arm"));
    if forms { Statement::Distant } else { Statement::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::relate::sample::{company, with_reading};

    fn says(text: &str, unit: &str, owner: &str) -> Statement {
        let mut told = Statement::Nothing;
        with_reading(text, &[unit, owner, "Quarnel", "Ostrevo", "Tiskarn"], |reading| {
            told = best_statement(reading, company(reading, unit), company(reading, owner)).0;
        });
        told
    }

    #[test]
    fn ownership_is_told_in_many_ways() {
        for (text, expected) in [
            ("Brimwell, a unit of Tarvana, opened a mill in Lille.", Statement::IsUnitOf),
            ("Brimwell, the logistics arm of Tarvana, opened a depot.", Statement::IsUnitOf),
            ("Tarvana's Brimwell unit opened a mill in Lille.", Statement::UnitOf),
            ("The loan goes to Tarvana subsidiary Brimwell for a mill.", Statement::UnitOf),
            ("Brimwell, owned by Tarvana, opened a mill in Lille.", Statement::OwnedBy),
            ("Brimwell, which belongs to Tarvana, opened a mill.", Statement::OwnedBy),
            ("Tarvana, the owner of Brimwell, opened a mill in Lille.", Statement::Parent),
            ("Profits rose at Brimwell parent Tarvana last year.", Statement::Parent),
            ("Tarvana owns Brimwell and a mill in Lille.", Statement::Owns),
            ("Brimwell, a joint venture of Quarnel and Tarvana, opened a mill.", Statement::Venture),
        ] {
            assert_eq!(says(text, "Brimwell", "Tarvana"), expected, "{text}");
        }
    }

    #[test]
    fn a_third_company_between_takes_the_statement() {
        assert_eq!(says("Shares of Brimwell and Quarnel's parent Tarvana fell on Monday.", "Brimwell", "Tarvana"), Statement::Nothing);
    }

    #[test]
    fn firms_told_side_by_side_own_nothing() {
        for text in ["Brimwell and Tarvana will build a mill in Lille.", "Brimwell sells paper to Tarvana in Lille."] {
            assert_eq!(says(text, "Brimwell", "Tarvana"), Statement::Nothing, "{text}");
        }
    }

    #[test]
    fn an_owner_is_no_unit() {
        assert_eq!(says("Tarvana's owner Brimwell opened a mill.", "Brimwell", "Tarvana"), Statement::Nothing);
    }
}
