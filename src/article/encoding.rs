//! Bytes → text. UTF-8, UTF-16 with or without a mark, and for pages what they declare: `<meta charset="shift_jis">`.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Reason;

/// How far into a page its declaration is looked for, in bytes.
const DECLARATION_BYTES: usize = 4096;

/// The text of a file that declares no encoding: Unicode, or else `other` where the user has named one.
pub(super) fn decode(bytes: Vec<u8>, other: Option<&'static Encoding>) -> Result<String, Reason> {
    if let Some(encoding) = unicode(&bytes) {
        return Ok(encoding.decode(&bytes).0.into_owned());
    }
    match (String::from_utf8(bytes), other) {
        (Ok(text), _) => Ok(text),
        (Err(error), Some(encoding)) => Ok(encoding.decode(error.as_bytes()).0.into_owned()),
        (Err(error), None) => Err(Reason::NotUtf8(error.utf8_error().valid_up_to())),
    }
}

/// The text of a page: Unicode, else what the server or the page declares, else what browsers take it for.
pub(super) fn decode_page(bytes: &[u8], declared: Option<&str>, other: Option<&'static Encoding>) -> String {
    if let Some(encoding) = unicode(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let declared = declared.and_then(label).or_else(|| declaration(bytes)).or(other);
    // A page that declares UTF-8 and holds a few other bytes is still UTF-8.
    declared.unwrap_or(WINDOWS_1252).decode(bytes).0.into_owned()
}

/// The encoding of this name, as the web knows it.
pub(super) fn label(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The Unicode encoding that the first bytes show, unless it is UTF-8 without a mark.
pub(super) fn unicode(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    // Western text in UTF-16 has a zero in every other byte.
    let pairs: Vec<_> = bytes.chunks_exact(2).take(64).collect();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count() * 10 >= pairs.len() * 7;
    match pairs.len() {
        0..4 => None,
        _ if zeros(1) && !zeros(0) => Some(UTF_16LE),
        _ if zeros(0) && !zeros(1) => Some(UTF_16BE),
        _ => None,
    }
}

/// What a page says in `<meta charset=…>`, `content="text/html; charset=…"` or `<?xml … encoding=…?>`.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]).to_ascii_lowercase();
    ["charset", "encoding"].into_iter().find_map(|word| {
        head.match_indices(word).find_map(|(at, _)| {
            let value = head[at + word.len()..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
            let encoding = label(value.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).next()?)?;
            // A declaration that could be read is in no UTF-16.
            Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn unicode_is_known_with_and_without_a_mark() {
        let text = "Acme puts €1.2bn into Lyon.";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.into()),
            marked(b"\xFF\xFE", utf16(text, true)),
            marked(b"\xFE\xFF", utf16(text, false)),
            utf16(text, true),
            utf16(text, false),
        ] {
            assert_eq!(decode(bytes.clone(), None).unwrap(), text);
            assert_eq!(decode_page(&bytes, None, None), text);
        }
    }

    #[test]
    fn other_text_is_read_when_its_encoding_is_named() {
        assert!(matches!(decode(b"caf\xe9".to_vec(), None), Err(Reason::NotUtf8(3))));
        assert_eq!(decode(b"caf\xe9".to_vec(), label("latin1")).unwrap(), "café");
        assert_eq!(label("no such thing"), None);
    }

    #[test]
    fn pages_declare_their_encoding() {
        for (bytes, declared, text) in [
            (&b"<meta charset=\"shift_jis\">\x83A\x83N\x83\x81"[..], None, "アクメ"),
            (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>\xC0\xEA", None, "Ак"),
            (b"<?xml version='1.0' encoding=\"iso-8859-1\"?>caf\xe9", None, "café"),
            (b"\x83A\x83N", Some("Shift_JIS"), "アク"),
            (b"<p>caf\xe9 \x93Acme\x94", None, "café “Acme”"),
            (b"<meta charset=utf-16>caf\xe9", None, "caf\u{fffd}"),
            (b"<meta charset=nonsense>caf\xe9", None, "café"),
        ] {
            let read = decode_page(bytes, declared, None);
            assert!(read.ends_with(text), "{read} should end with {text}");
        }
    }
}
