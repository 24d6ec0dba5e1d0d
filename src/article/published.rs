//! Days of publication as ISO 8601. "Tue, 19 Nov 2019 10:07:00 GMT" → "2019-11-19T10:07:00Z", "Nov. 19, 2019" → "2019-11-19".

use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822;

/// The months as they are written out; three letters are enough to know one.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/// The years that a date of publication may have.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

/// The date or date-time in `text` as ISO 8601. What is one already stays as it is; what names no day yields none.
pub(super) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(iso) = iso_form(text) {
        return Some(iso);
    }
    if let Ok(zoned) = rfc2822::DateTimeParser::new().parse_zoned(text) {
        return Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().replace("+00:00", "Z"));
    }
    // "20191119" and the seconds since 1970 are both digits only.
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return of_digits(text);
    }
    // "2019-11-19 10:07:00 some zone", "2019/11/19".
    let opening: Vec<_> = text.split(|c: char| !c.is_ascii_digit()).take(3).collect();
    if let [year, month, day] = opening[..]
        && year.len() == 4
        && let Some(date) = date(year, month.parse().ok()?, day)
    {
        return Some(date.to_string());
    }
    written(text)
}

/// The date in an address: `https://example.org/2019/11/19/acme-builds`.
pub(super) fn of_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<_> = path.split('/').collect();
    parts
        .windows(3)
        .find_map(|window| {
            let [year, month, day] = window else { return None };
            let month = month.parse().ok().or_else(|| month_of(month))?;
            (year.len() == 4 && day.len() <= 2).then(|| date(year, month, day)).flatten()
        })
        .map(|date| date.to_string())
}

/// "2019-11-19 10:07:00 +0000" as "2019-11-19T10:07:00+00:00"; the date alone when its time or zone is no ISO 8601.
fn iso_form(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    if day.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let date: Date = day.parse().ok()?;
    if !YEARS.contains(&date.year()) {
        return None;
    }
    let rest = text.get(10..)?.trim_start_matches(['T', 't', ' ']);
    let zone_at = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(zone_at);
    let Ok(time) = time.parse::<Time>() else { return Some(date.to_string()) };
    let zone = zone.trim();
    let offset = zone.get(1..).unwrap_or_default().replace(':', "");
    let offset_digits = offset.bytes().all(|b| b.is_ascii_digit());
    Some(match zone.as_bytes().first() {
        None => format!("{date}T{time}"),
        Some(b'Z' | b'z') if zone.len() == 1 => format!("{date}T{time}Z"),
        Some(b'+' | b'-') if offset.len() == 4 && offset_digits => {
            format!("{date}T{time}{}{}:{}", &zone[..1], &offset[..2], &offset[2..])
        }
        Some(_) => date.to_string(),
    })
}

fn of_digits(digits: &str) -> Option<String> {
    match digits.len() {
        8 => date(&digits[..4], digits[4..6].parse().ok()?, &digits[6..]).map(|date| date.to_string()),
        9 | 10 => Some(jiff::Timestamp::from_second(digits.parse().ok()?).ok()?.to_string()),
        13 => Some(jiff::Timestamp::from_millisecond(digits.parse().ok()?).ok()?.to_string()),
        _ => None,
    }
}

/// "Wednesday, November 20, 2019 1:39 am EST", "19 Nov 2019": the time is left out, since its zone is seldom sure.
fn written(text: &str) -> Option<String> {
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month_of(word)?)))?;
    let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
    let [after, second] = [words.get(at + 1).copied(), words.get(at + 2).copied()];
    // "November 20, 2019", then "20 November 2019".
    [(after, second), (before, after)].into_iter().find_map(|(day, year)| date(year?, month, day?)).map(|date| date.to_string())
}

fn month_of(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let known =
        MONTHS.iter().position(|month| lower.len() >= 3 && (month.starts_with(&lower) || (lower == "sept" && *month == "september")))?;
    i8::try_from(known + 1).ok()
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_many_forms() {
        for (text, expected) in [
            ("2019-11-19", Some("2019-11-19")),
            ("2019-11-19T10:07:00-05:00", Some("2019-11-19T10:07:00-05:00")),
            (" 2019-11-19T10:07:00.123Z ", Some("2019-11-19T10:07:00.123Z")),
            ("2019-11-19 10:07:00", Some("2019-11-19T10:07:00")),
            ("2019-11-19 10:07 +0530", Some("2019-11-19T10:07:00+05:30")),
            ("2019-11-19 10:07:00 EST", Some("2019-11-19")),
            ("2019/11/19 10:07", Some("2019-11-19")),
            ("2019-11-19 at ten", Some("2019-11-19")),
            ("Tue, 19 Nov 2019 10:07:00 GMT", Some("2019-11-19T10:07:00Z")),
            ("Tue, 19 Nov 2019 10:07:00 -0500", Some("2019-11-19T10:07:00-05:00")),
            ("Updated 1:39 am EST, Wednesday, November 20, 2019", Some("2019-11-20")),
            ("Nov. 20th 2019", Some("2019-11-20")),
            ("20 Sept 2019, 10:00", Some("2019-09-20")),
            ("20191119", Some("2019-11-19")),
            ("1574158020", Some("2019-11-19T10:07:00Z")),
            ("1574158020000", Some("2019-11-19T10:07:00Z")),
            ("yesterday", None),
            ("2019", None),
            ("0001-01-01T00:00:00Z", None),
            ("February 30, 2019", None),
            ("marching on 19 2019", None),
            ("", None),
        ] {
            assert_eq!(iso(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn addresses_hold_dates() {
        for (url, expected) in [
            ("https://x.example/2019/11/19/acme", Some("2019-11-19")),
            ("https://x.example/news/2019/nov/18/acme", Some("2019-11-18")),
            ("https://x.example/2019/13/19/acme", None),
            ("https://x.example/a?d=/2019/11/19/", None),
        ] {
            assert_eq!(of_url(url).as_deref(), expected, "{url}");
        }
    }
}
