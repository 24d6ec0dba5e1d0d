//! Finds names again where capitals say nothing. "… backed by Lantern." makes `Lantern` a name in "Lantern Raises $4m", too.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::name::{Name, NameQuality, first_word, is_title_case};
use crate::lexicon::{Class, Lexicon, NameKind};
use crate::text::{Document, Shape, Span};

/// Finds again the names that stand for certain inside some sentence where capitals say nothing: "Bolt Raises $40m".
pub(super) fn find_again(doc: &Document<'_>, lexicon: &Lexicon, names: &mut Vec<Name>) {
    let words = lexicon.words();
    let mut certain: FxHashMap<u64, SmallVec<[Span; 2]>> = FxHashMap::default();
    for name in names.iter() {
        let start = name.span.start as usize;
        let person = !name.kinds.is_empty() && name.kinds.iter().all(|k| matches!(k, NameKind::FirstName));
        let geography = name.kinds.iter().any(|k| !matches!(k, NameKind::Company(_) | NameKind::Initiative(_) | NameKind::FirstName));
        if name.quality == NameQuality::Doubtful || person || geography || !(words.is(doc.key(start), Class::Common) || name.span.len() > 1)
        {
            continue;
        }
        let list = certain.entry(doc.key(start)).or_default();
        if !list.iter().any(|s| same_words(doc, *s, name.span.start as usize)) {
            list.push(name.span);
        }
    }
    let mut found: Vec<Name> = Vec::new();
    for sentence in &doc.sentences {
        let title_case = is_title_case(doc, sentence);
        let first = first_word(doc, sentence);
        let stop = if title_case { sentence.span.end as usize } else { first + 1 };
        let mut at = first;
        while at < stop {
            let token = doc.tokens[at];
            let best = certain.get(&token.key).filter(|_| token.shape.has(Shape::CAPITAL)).and_then(|list| {
                list.iter().filter(|s| at + s.len() <= sentence.span.end as usize && same_words(doc, **s, at)).max_by_key(|s| s.len())
            });
            let Some(&like) = best else {
                at += 1;
                continue;
            };
            let span = Span::new(at, at + like.len());
            let from = names.partition_point(|n| n.span.end as usize <= at);
            let free = names[from..]
                .iter()
                .take_while(|n| (n.span.start as usize) < at + like.len())
                .all(|n| n.quality == NameQuality::Doubtful && span.covers(n.span) && n.span != span);
            if free {
                let kinds = lexicon.names().exact(&doc.tokens[span.range()]).map(|entry| entry.kinds.clone()).unwrap_or_default();
                found.push(Name { span, kinds, quality: NameQuality::Doubtful, quoted: false });
            }
            at += like.len();
        }
    }
    if !found.is_empty() {
        names.retain(|n| !found.iter().any(|f| f.span.overlaps(n.span)));
        names.append(&mut found);
        names.sort_by_key(|n| n.span.start);
    }
}

/// Whether the words of a name stand at `at` again, the first with a capital.
fn same_words(doc: &Document<'_>, name: Span, at: usize) -> bool {
    at + name.len() <= doc.tokens.len() && name.range().enumerate().all(|(i, t)| doc.key(t) == doc.key(at + i))
}

#[cfg(test)]
mod tests {
    use crate::mention::name::tests::found;

    #[test]
    fn name_of_the_body_is_found_at_the_start_of_a_sentence() {
        assert_eq!(found("Savings went into Lantern last year. Lantern grew quickly."), ["Lantern", "Lantern"]);
    }

    #[test]
    fn everyday_word_that_is_never_a_name_stays_one() {
        assert_eq!(found("Savings went into a lantern last year. Lantern makers grew."), Vec::<String>::new());
    }
}
