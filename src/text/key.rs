//! Keys of words: the same number for the same word however it is written. `Île`, `ILE`, `ile` → one key.

use smallvec::SmallVec;

/// The key of a word: a 64-bit hash of its lower-case form without accents, with straight quotes, and without the full
/// stop of an abbreviation: `Inc.` and `Inc` have one key. The key of an empty word is 0.
#[must_use]
pub fn key_of(form: &str) -> u64 {
    match form.strip_suffix('.') {
        Some(word) if word.ends_with(|c: char| c.is_alphabetic()) => key_of_whole(word),
        _ => key_of_whole(form),
    }
}

/// As [`key_of`], with the full stop if there is one.
pub(super) fn key_of_whole(form: &str) -> u64 {
    if form.is_ascii() {
        return hash(form.as_bytes());
    }
    let mut folded: SmallVec<[u8; 32]> = SmallVec::new();
    for letter in form.chars() {
        if letter.is_ascii() {
            folded.push(letter as u8);
        } else {
            folded.extend_from_slice(any_ascii::any_ascii_char(letter).as_bytes());
        }
    }
    hash(&folded)
}

/// Hash of ASCII letters, capitals read as small ones: eight at a time.
#[inline]
fn hash(letters: &[u8]) -> u64 {
    let (blocks, rest) = letters.as_chunks();
    let whole = blocks.iter().fold(0, |hash, block| step(hash, u64::from_le_bytes(*block)));
    let last = match *rest {
        [] => return whole,
        [a] => u64::from(a),
        [a, b] => u64::from(u16::from_le_bytes([a, b])),
        [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
        [a, b, c, d, ..] => {
            // The last four letters overlap the first four where there are fewer than eight.
            let tail = rest.last_chunk().map_or(0, |tail| u32::from_le_bytes(*tail));
            u64::from(u32::from_le_bytes([a, b, c, d])) | u64::from(tail) << (8 * (rest.len() - 4))
        }
    };
    step(whole, last)
}

/// Mixes eight letters in.
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are wanted")]
#[inline]
const fn step(hash: u64, letters: u64) -> u64 {
    let product = ((hash ^ lower(letters)) as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (product >> 64) as u64 ^ product as u64
}

/// Eight ASCII letters in lower case.
#[inline]
const fn lower(letters: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The highest bit of each byte tells whether the byte is at least `A`, and whether it is more than `Z`.
    let from_a = letters.wrapping_add(EACH * (0x80 - b'A' as u64));
    let past_z = letters.wrapping_add(EACH * (0x7F - b'Z' as u64));
    letters | ((from_a ^ past_z) & (EACH << 7)) >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_case_accents_and_quotes() {
        assert_eq!(key_of("Île-de-France"), key_of("ile-de-france"));
        assert_eq!(key_of("l’Oréal"), key_of("L'Oreal"));
        assert_ne!(key_of("oral"), key_of("Oreal"));
    }

    #[test]
    fn an_abbreviation_has_the_key_of_its_word() {
        assert_eq!(key_of("Inc."), key_of("inc"));
        assert_eq!(key_of("U.S."), key_of("u.s"));
        assert_ne!(key_of("1."), key_of("1"));
    }

    #[test]
    fn words_of_any_length_have_keys_of_their_own() {
        let word = "AtZ@[`{incorporationsandmore";
        let keys: std::collections::BTreeSet<u64> = (0..=word.len()).map(|end| key_of(&word[..end])).collect();
        assert_eq!(keys.len(), word.len() + 1);
        assert!((0..=word.len()).all(|end| key_of(&word[..end]) == key_of(&word[..end].to_ascii_lowercase())));
        assert_eq!(key_of(""), 0);
    }
}
