//! Finds sums of money. "between €500m and €700m" → 700000000 EUR at most; "Rs 2,500 crore a year" → 25000000000 INR a year.

use smallvec::SmallVec;

use super::bound::{bound_after, bound_before};
use super::conversion::link_conversions;
use super::currency::Sides;
use super::number::{Decimal, Number};
use super::range::read_range;
use super::{Amount, CurrencySource, Money, MoneyMention, Reading};
use crate::lexicon::{Bound, CurrencyCode};

/// Which pieces a sum takes up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// First piece of the bound before it, or of the sum.
    pub(super) lead: usize,
    /// First piece of the sum.
    pub(super) first: usize,
    /// Piece after the sum.
    pub(super) end: usize,
    /// Piece after the bound and the unit that follow it.
    pub(super) tail: usize,
}

/// Pieces of a sentence that a reader has used, in order and apart.
pub(super) type Taken = SmallVec<[(usize, usize); 8]>;

/// Adds the sums of one sentence to `found`, and tells which pieces they take up.
pub(super) fn read_money(reading: &Reading<'_>, numbers: &[Number], found: &mut Vec<MoneyMention>) -> Taken {
    let offset = found.len();
    let mut extents: SmallVec<[Extent; 8]> = SmallVec::new();
    let mut floor = 0;
    let mut at = 0;
    while let Some(number) = numbers.get(at) {
        let next = numbers.get(at + 1);
        let sides = Sides::read(reading, number, next, floor);
        let sum = next
            .and_then(|next| read_range(reading, (number, &sides), (next, &Sides::read(reading, next, None, number.end))))
            .map(|sum| (sum, 2))
            .or_else(|| read_single(reading, number, &sides).map(|sum| (sum, 1)));
        let Some((sum, used)) = sum else {
            at += 1;
            continue;
        };
        at += used;
        floor = sum.end;
        let (mention, extent) = finish(reading, sum);
        found.push(mention);
        extents.push(extent);
    }
    link_conversions(reading, &extents, offset, found);
    extents.iter().map(|extent| (extent.first, extent.end)).collect()
}

/// A sum before its surroundings are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) amount: Amount,
    pub(super) low: Option<Amount>,
    pub(super) currency: CurrencyCode,
}

fn read_single(reading: &Reading<'_>, number: &Number, sides: &Sides<'_>) -> Option<Sum> {
    if number.is_attached && sides.before.is_none() {
        return None;
    }
    let (currency, is_subunit) = sides.currency(reading)?;
    let amount = amount(number.value, is_subunit)?;
    Some(Sum { first: sides.first(number), end: sides.end(number), amount, low: None, currency })
}

pub(super) fn amount(value: Decimal, is_subunit: bool) -> Option<Amount> {
    let hundredths = if is_subunit { value.whole()? } else { value.hundredths()? };
    (hundredths > 0).then(|| Amount::from_hundredths(hundredths))
}

/// Reads the bound, the unit and the range's frame around a sum.
fn finish(reading: &Reading<'_>, sum: Sum) -> (MoneyMention, Extent) {
    let (pieces, words) = (reading.pieces, reading.words);
    let before = bound_before(pieces, sum.first, words);
    let after = bound_after(pieces, sum.end, words);
    let mut tail = after.map_or(sum.end, |bound| bound.end);
    let per = words.per_units.find(|onward| pieces.key(tail + onward)).and_then(|(length, per)| {
        tail += if per.is_some() { length } else { 0 };
        *per
    });
    let bound = before.or(after);
    let mention = MoneyMention {
        span: pieces.span(sum.first, sum.end),
        bound_span: bound.map(|bound| pieces.span(bound.first, bound.end)),
        money: Money {
            amount: sum.amount,
            currency: sum.currency,
            bound: if sum.low.is_some() { Bound::Max } else { bound.map_or(Bound::Exact, |bound| bound.bound) },
        },
        low: sum.low,
        per,
        source: CurrencySource::Stated,
        equivalent_of: None,
    };
    let lead = before.map_or(sum.first, |bound| bound.first);
    (mention, Extent { lead, first: sum.first, end: sum.end, tail })
}

#[cfg(test)]
mod tests {
    use crate::mention::quantity::sample::{self, check_sums as check};

    #[test]
    fn currency_before_the_number() {
        check(
            &[],
            &[
                ("Volta will invest €1.2bn in Spain.", "1200000000 EUR"),
                ("The group spent US$ 520 million on land.", "520000000 USD"),
                ("a Rs 2,500 crore plant near Pune", "25000000000 INR"),
                ("a Rs2,500 crore plant near Pune", "25000000000 INR"),
                ("It paid Rs. 40 lakh in rent.", "4000000 INR"),
                ("an outlay of INR 300 cr was cleared", "3000000000 INR"),
                ("₹1.5 lakh crore over five years", "1500000000000 INR"),
                ("EUR 1.2 billion of bonds", "1200000000 EUR"),
                ("a RM3.5 billion data centre", "3500000000 MYR"),
                ("raised A$40m from funds", "40000000 AUD"),
                ("bids worth US Dollar 14.25 billion", "14250000000 USD"),
                ("The bank lent Tk 500 crore to the mill.", "5000000000 BDT"),
                ("a loan of CFA 3bn to the port", "3000000000 XOF"),
                ("It put $ 4bn into chips.", "4000000000 USD"),
                ("a USD1.3bn order book", "1300000000 USD"),
                ("$1.2-billion expansion of the mine", "1200000000 USD"),
                ("C$250-million for a smelter", "250000000 CAD"),
                ("R500m for a solar park outside Upington", "500000000 ZAR"),
                ("R 1.5 billion was set aside", "1500000000 ZAR"),
                ("P2.5 billion for a mall in Cebu", "2500000000 PHP"),
                ("N5bn brewery opens in Lagos", "5000000000 NGN"),
                ("Sh7.4 billion cement works", "7400000000 KES"),
                ("R$300 milhões or R$300 million", "300 BRL | 300000000 BRL"),
                ("HK$6.4bn, S$3.15 billion and NT$82.5 billion", "6400000000 HKD | 3150000000 SGD | 82500000000 TWD"),
                ("SFr120m was paid", "120000000 CHF"),
                ("CHF 1'200'000 was paid", "1200000 CHF"),
                ("a $7.5m round and a $20M one", "7500000 USD | 20000000 USD"),
                ("$500k of seed money", "500000 USD"),
                ("$15MM Series A", "15000000 USD"),
                ("$1.1 Trillion fund", "1100000000000 USD"),
                ("The shop cost £10,000.", "10000 GBP"),
                ("the $US20m factory", "20000000 USD"),
                ("a price of $20.50.", "20.5 USD"),
                ("€1,5 milliard for rail", "1500000000 EUR"),
                ("€1.200.000 was granted", "1200000 EUR"),
                ("¥300bn plant in Kumamoto", "300000000000 JPY"),
                ("CNY 5 billion and RMB 300 million", "5000000000 CNY | 300000000 CNY"),
                ("Rp 3.2 trillion smelter", "3200000000000 IDR"),
                ("U.S. $20 million was raised", "20000000 USD"),
                ("AED 1.8bn tower", "1800000000 AED"),
                ("$2 and a half billion for ships", "2500000000 USD"),
            ],
        );
    }

    #[test]
    fn currency_after_the_number() {
        check(
            &[],
            &[
                ("It will spend 1.2 billion euros there.", "1200000000 EUR"),
                ("300 million US dollars for a dam", "300000000 USD"),
                ("300 million U.S. dollars for a dam", "300000000 USD"),
                ("120m Swiss francs of aid", "120000000 CHF"),
                ("1.5 billion yuan in Hefei", "1500000000 CNY"),
                ("half a billion euros went to Brno", "500000000 EUR"),
                ("40 million pounds of lottery money", ""),
                ("40 million pounds for the stadium", "40000000 GBP"),
                ("500 million reais for ports", "500000000 BRL"),
                ("a 3.5m-euro prize", "3500000 EUR"),
                ("a 15bn-euro plan", "15000000000 EUR"),
                ("a half-a-billion-dollar bet", "500000000 USD"),
                ("a 40-million-dollar bet", "40000000 USD"),
                ("25 crore rupees for roads", "250000000 INR"),
                ("It is worth a billion dollars.", "1000000000 USD"),
                ("two-and-a-half billion pounds for rail", "2500000000 GBP"),
                ("one and a half million euros", "1500000 EUR"),
                ("a dozen million euros", "12000000 EUR"),
                ("31 trillion won for shipyards", "31000000000000 KRW"),
                ("46 billion baht for canals", "46000000000 THB"),
                ("500 million USD and 25 mln EUR", "500000000 USD | 25000000 EUR"),
                ("500 million € for hospitals", "500000000 EUR"),
                ("60 million kronor for a wind farm", "60000000 SEK"),
                ("2 billion Norwegian kroner in fish", "2000000000 NOK"),
                ("800 million Czech crowns for a lab", "800000000 CZK"),
                ("$250 million Canadian for ore", "250000000 CAD"),
                ("$5 million AUD raised", "5000000 AUD"),
                ("$5 million Canadian dollars raised", "5000000 CAD"),
                ("a $5 million US plant", "5000000 USD"),
                ("3 trillion rupiah in nickel", "3000000000000 IDR"),
                ("300,000 Bangladeshi taka", "300000 BDT"),
                ("It costs 40 cents in Ohio and 90 pence in Leeds.", "0.4 USD | 0.9 GBP"),
                ("shares rose 15p and closed at 320p", "0.15 GBP | 3.2 GBP"),
                ("three quarters of a billion dollars", "750000000 USD"),
                ("50 billion CFA francs for cotton", "50000000000 XOF"),
                ("12 billion forints for tyres", "12000000000 HUF"),
                ("more than 6,000 million of euros", "min 6000000000 EUR"),
                ("in 2004 dollars", ""),
            ],
        );
    }

    #[test]
    fn bounds_stand_before_and_after() {
        check(
            &[],
            &[
                ("more than €1.2bn", "min 1200000000 EUR"),
                ("over $3 billion has gone", "min 3000000000 USD"),
                ("at least an additional $5m", "min 5000000 USD"),
                ("upwards of US$50m", "min 50000000 USD"),
                ("in excess of £70m", "min 70000000 GBP"),
                ("just over $9bn", "min 9000000000 USD"),
                ("no less than 2 billion euros", "min 2000000000 EUR"),
                ("$300m or more", "min 300000000 USD"),
                ("a $1bn-plus programme", "min 1000000000 USD"),
                ("$100m+ is needed", "min 100000000 USD"),
                ("$100m plus interest", "100000000 USD"),
                ("exceeding Rs 900 crore", "min 9000000000 INR"),
                ("a minimum of €2m", "min 2000000 EUR"),
                ("up to €500m of aid", "max 500000000 EUR"),
                ("up to a total of €500m", "max 500000000 EUR"),
                ("less than $10m", "max 10000000 USD"),
                ("as much as $9-billion", "max 9000000000 USD"),
                ("not more than 36 million zlotys", "max 36000000 PLN"),
                ("a maximum of $3m", "max 3000000 USD"),
                ("about $40m", "about 40000000 USD"),
                ("worth around 90 million euros", "about 90000000 EUR"),
                ("some $2bn", "about 2000000000 USD"),
                ("nearly half a billion euros", "about 500000000 EUR"),
                ("almost $85 billion", "about 85000000000 USD"),
                ("an estimated $6bn", "about 6000000000 USD"),
                ("approx. €20m", "about 20000000 EUR"),
                ("~$20m of seed money", "about 20000000 USD"),
                ("close to £600m", "about 600000000 GBP"),
                ("in the region of $80m", "about 80000000 USD"),
                ("just under €1bn", "about 1000000000 EUR"),
                ("$30m or so", "about 30000000 USD"),
                ("Its shares add up to €35m.", "35000000 EUR"),
                ("The club handed over €45m.", "45000000 EUR"),
                ("The bill could reach $8-billion.", "max 8000000000 USD"),
                ("It costs €4 billion ($5 billion) or so", "about 4000000000 EUR | =5000000000 USD"),
                ("a row over $5m of fees", "5000000 USD"),
                ("The plant cost $5m.", "5000000 USD"),
                ("More than a billion dollars was spent", "min 1000000000 USD"),
            ],
        );
    }

    #[test]
    fn units_are_recorded() {
        check(
            &[],
            &[
                ("$500m a year in royalties", "500000000 USD per Year"),
                ("€20m annually", "20000000 EUR per Year"),
                ("£3m per annum", "3000000 GBP per Year"),
                ("a £5m-a-year deal", "5000000 GBP per Year"),
                ("$27.50 a share", "27.5 USD per Share"),
                ("$3.40 per share at noon", "3.4 USD per Share"),
                ("$71.25 a barrel", "71.25 USD per Unit"),
                ("€900 per tonne", "900 EUR per Unit"),
                ("$65 a head in 2011", "65 USD per Unit"),
                ("$3,000 a month", "3000 USD per Month"),
                ("£24,000 a year from the band", "24000 GBP per Year"),
                ("$5bn a year ago", "5000000000 USD"),
                ("$20m a year earlier", "20000000 USD"),
                ("more than $500 million per year", "min 500000000 USD per Year"),
            ],
        );
    }

    #[test]
    fn home_decides_what_a_shared_word_means() {
        check(
            &["CAD"],
            &[
                ("$7-billion for locomotives", "7000000000 CAD"),
                ("US$35-million for a foundry", "35000000 USD"),
                ("about $55 million (US$40 million)", "about 55000000 CAD | =40000000 USD"),
                ("40 million dollars", "40000000 CAD"),
                ("62 cents a share", "0.62 CAD per Share"),
                ("$5 million U.S.", "5000000 USD"),
            ],
        );
        check(&["PKR"], &[("Rs 20 billion and 5 million rupees", "20000000000 PKR | 5000000 PKR")]);
        check(&["PHP"], &[("200 million pesos", "200000000 PHP")]);
        check(&["DKK"], &[("50 million crowns, 7 billion kroner", "50000000 DKK | 7000000000 DKK")]);
        check(&["CNY"], &[("¥500m", "500000000 CNY")]);
    }

    #[test]
    fn no_sum_without_currency_and_number() {
        check(
            &[],
            &[
                ("billions of dollars flowed in", ""),
                ("tens of millions of euros", ""),
                ("a multi-million-dollar deal and a billion-dollar one", ""),
                ("It is a million-dollar question.", ""),
                ("The dollar fell 2%.", ""),
                ("They won 20 medals and a 10m sprint.", ""),
                ("She lifted 200 kg, or 440 pounds.", "440 GBP"),
                ("The Boeing 747 and the G20 in Euro 2004", ""),
                ("Article 50, Formula 1, S&P 500, Route 66, 5G", ""),
                ("The team won 3-1 in 2005.", ""),
                ("Call 020 7946 0018 today.", ""),
                ("a five million strong crowd", ""),
                ("the R&D 50 and R2-D2", ""),
                ("The rapper 50 Cent sold out.", ""),
                ("3 million won't be enough", ""),
                ("5 real options and 10 crown jewels", ""),
                ("0.5 percent, 3 percent", ""),
            ],
        );
    }

    #[test]
    fn spans_cover_number_and_currency() {
        for (text, sum, bound) in [
            ("It paid more than $1.2-billion for it.", "$1.2-billion", "more than"),
            ("It paid some Rs2,500 crore for it.", "Rs2,500 crore", "some"),
            ("a total of over 300 million US dollars.", "300 million US dollars", "over"),
            ("a 3.5m-euro-plus prize", "3.5m-euro-plus", "3.5m-euro-plus"),
        ] {
            sample::each(&[], [text], |doc, found| {
                let mention = found.money[0];
                assert_eq!(doc.text_of(mention.span), sum);
                assert_eq!(mention.bound_span.map(|span| doc.text_of(span)), Some(bound));
            });
        }
    }
}
