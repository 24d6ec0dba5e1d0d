//! Sums and counts as a reader likes them. 1200000000 EUR, min → "€1.2 bn+".

use crate::graph::{Bound, Count, CurrencyCode, Money};

use super::Investment;

/// Hundredths of a unit in a thousand units.
const THOUSAND: u64 = 100_000;

/// A sum: "€1.2 bn+", "up to $500 m", "about ₹25 bn", "PLN 420 m".
#[must_use]
pub fn money_label(money: &Money) -> String {
    bounded(&format!("{}{}", sign(money.currency), magnitude(money.amount.hundredths())), money.bound)
}

/// A number of jobs: "3,000+ jobs", "about 600 jobs", "1 job".
#[must_use]
pub fn count_label(jobs: &Count) -> String {
    let noun = if jobs.count == 1 { "job" } else { "jobs" };
    format!("{} {noun}", bounded(&number(jobs.count), jobs.bound))
}

/// An investment in a few words: sum and stage, or kind and stage where no sum is known.
#[must_use]
pub fn investment_label(investment: &Investment) -> String {
    let what = investment.amount.as_ref().map_or_else(|| investment.kind.name().to_owned(), money_label);
    format!("{what} · {}", investment.stage.name())
}

/// A number with its thousands parted: "1,234,567".
#[must_use]
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut parted = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}

fn bounded(figure: &str, bound: Bound) -> String {
    match bound {
        Bound::Exact => figure.to_owned(),
        Bound::Min => format!("{figure}+"),
        Bound::Max => format!("up to {figure}"),
        Bound::About => format!("about {figure}"),
    }
}

/// The sign that leaves no doubt about the currency, else its code and a space.
fn sign(currency: CurrencyCode) -> String {
    match currency.as_str() {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        "CNY" => "CN¥",
        "INR" => "₹",
        "KRW" => "₩",
        "AUD" => "A$",
        "BRL" => "R$",
        "CAD" => "C$",
        "HKD" => "HK$",
        "NZD" => "NZ$",
        "SGD" => "S$",
        "TWD" => "NT$",
        "NGN" => "₦",
        "PHP" => "₱",
        "VND" => "₫",
        "UAH" => "₴",
        "ILS" => "₪",
        "TRY" => "₺",
        code => return format!("{code} "),
    }
    .to_owned()
}

/// The figure with at most two decimals: "1.2 bn", "468 m", "85,000", "4.50".
fn magnitude(hundredths: u64) -> String {
    let scales = [(THOUSAND * 1_000_000_000, " tn"), (THOUSAND * 1_000_000, " bn"), (THOUSAND * 1_000, " m")];
    for (unit, name) in scales {
        // A figure that rounds up to the unit is told in it: 999.999 m is 1 bn.
        if hundredths >= unit - unit / 200_000 {
            let rounded = u64::try_from((u128::from(hundredths) * 100 + u128::from(unit) / 2) / u128::from(unit)).unwrap_or(u64::MAX);
            return format!("{}{name}", decimal(rounded));
        }
    }
    match (hundredths / 100, hundredths % 100) {
        (units, 0) => number(units),
        (units, rest) => format!("{}.{rest:02}", number(units)),
    }
}

/// Hundredths as a decimal without trailing zeros.
fn decimal(hundredths: u64) -> String {
    let (units, rest) = (number(hundredths / 100), hundredths % 100);
    match rest {
        0 => units,
        tenths if tenths % 10 == 0 => format!("{units}.{}", tenths / 10),
        rest => format!("{units}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::Amount;

    use super::*;

    fn money(hundredths: u64, currency: &str, bound: Bound) -> Money {
        Money { amount: Amount::from_hundredths(hundredths), currency: currency.parse().unwrap(), bound }
    }

    #[test]
    fn sums_show_sign_magnitude_and_bound() {
        for (hundredths, currency, bound, expected) in [
            (120_000_000_000, "EUR", Bound::Min, "€1.2 bn+"),
            (50_000_000_000, "USD", Bound::Max, "up to $500 m"),
            (2_500_000_000_000, "INR", Bound::About, "about ₹25 bn"),
            (42_000_000_000, "PLN", Bound::Exact, "PLN 420 m"),
            (64_000_000_000, "CAD", Bound::Exact, "C$640 m"),
            (120_500_000_000, "EUR", Bound::Exact, "€1.21 bn"),
            (99_999_999_999, "USD", Bound::Exact, "$1 bn"),
            (99_949_999_999, "USD", Bound::Exact, "$999.5 m"),
            (250_000_000_000_000, "USD", Bound::Exact, "$2.5 tn"),
            (8_500_000, "GBP", Bound::Exact, "£85,000"),
            (450, "EUR", Bound::Exact, "€4.50"),
            (0, "EUR", Bound::Exact, "€0"),
            (u64::MAX, "JPY", Bound::Exact, "¥184,467.44 tn"),
        ] {
            assert_eq!(money_label(&money(hundredths, currency, bound)), expected);
        }
    }

    #[test]
    fn counts_show_thousands_and_bound() {
        for (count, bound, expected) in [
            (3000, Bound::Min, "3,000+ jobs"),
            (600, Bound::About, "about 600 jobs"),
            (1_200_000, Bound::Max, "up to 1,200,000 jobs"),
            (1, Bound::Exact, "1 job"),
        ] {
            assert_eq!(count_label(&Count { count, bound }), expected);
        }
    }
}
