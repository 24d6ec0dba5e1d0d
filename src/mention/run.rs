//! Where a run of name words ends. "Quillon & Marsh Pvt. Ltd. Rs 40 crore" → `Quillon & Marsh Pvt. Ltd.`

use super::name::Finder;
use crate::lexicon::Class;
use crate::text::Shape;

impl Finder<'_> {
    /// Where the run of name words that begins at `at` ends.
    pub(super) fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        loop {
            if end > at + 1 && self.closes_name(end - 1) && !self.is(end, Class::LegalForm) || self.is_currency(end) {
                return end;
            }
            if self.capital(end) && self.attached(end).is_none() || self.is_name_number(end) {
                end += 1;
            } else if let Some(next) = self.connected(at, end) {
                end = next;
            } else {
                return end;
            }
        }
    }

    /// A legal form behind which no name goes on: "Ltd", "Inc".
    fn closes_name(&self, at: usize) -> bool {
        self.is(at, Class::LegalForm)
            && matches!(
                self.doc.form(at).trim_end_matches('.'),
                "Ltd" | "Limited" | "Inc" | "GmbH" | "plc" | "PLC" | "Plc" | "LLC" | "Bhd" | "Corp" | "NV" | "AG"
            )
    }

    /// A number that belongs to the name before it: "Channel 4", "Vision 2030".
    fn is_name_number(&self, at: usize) -> bool {
        if at >= self.end || !self.shape(at).has(Shape::NUMBER) {
            return false;
        }
        let form = self.doc.form(at);
        let before = self.is(at - 1, Class::InitiativeWord);
        form.bytes().all(|b| b.is_ascii_digit()) && ((form.len() == 4 && before) || (form.len() == 1 && !self.quantity_follows(at + 1)))
    }

    fn quantity_follows(&self, at: usize) -> bool {
        at < self.end && (self.shape(at).has(Shape::LETTER) && !self.capital(at) || self.doc.form(at) == "%")
    }

    /// "2024 Olympic Games": a year opens the name of an event.
    pub(super) fn year_opens_name(&self, at: usize) -> bool {
        let form = self.doc.form(at);
        form.len() == 4 && (form.starts_with("19") || form.starts_with("20")) && self.capital(at + 1) && {
            let end = self.run_end(at + 1);
            self.is(end - 1, Class::InitiativeWord)
        }
    }

    /// Past a connector and the name word after it, when the two belong to the run.
    fn connected(&self, start: usize, at: usize) -> Option<usize> {
        if at >= self.end {
            return None;
        }
        let form = self.doc.form(at);
        let next = if self.doc.form(at + 1) == "the" { at + 2 } else { at + 1 };
        if !self.capital(next) {
            return None;
        }
        let before = at - 1;
        let head_noun = (start..at).any(|t| {
            self.is(t, Class::BodyWord) || self.is(t, Class::InitiativeWord) || self.doc.form(t) == "Bank" || self.doc.form(t) == "Fund"
        });
        let belongs = match form {
            "&" | "+" => !self.joins_two(start, at, next),
            "of" if matches!(self.doc.form(before), "Group" | "Corporation" | "Company" | "Trust") => true,
            "of" => {
                head_noun
                    && (self.is(before, Class::BodyWord) || self.is(before, Class::InitiativeWord) || self.is(before, Class::CompanyWord))
            }
            "for" => head_noun && next == at + 1,
            "and" => {
                let end = self.run_end(next);
                (head_noun && (start..at).any(|t| matches!(self.doc.form(t), "of" | "for")) && !self.is(end - 1, Class::LegalForm))
                    || (self.is(end - 1, Class::InitiativeWord) && self.doc.form(end - 1) == "Act")
                    || (self.is(end - 1, Class::LegalForm) && at - start == 1 && !self.is_known_at(start, at))
                    || (self.is(end - 1, Class::LegalForm)
                        && (next..end).all(|t| self.is(t, Class::CompanyWord) || self.is(t, Class::LegalForm)))
            }
            "de" | "du" | "des" | "da" | "do" | "dos" | "di" | "del" | "della" | "von" | "van" | "der" | "den" | "la" | "le" | "y"
            | "et" | "e" | "und" | "bin" | "al" | "für" | "delle" => true,
            _ => false,
        };
        belongs.then_some(next + 1)
    }

    /// "IFC & Acorn Ventures": two names and no firm of two partners.
    fn joins_two(&self, start: usize, at: usize, next: usize) -> bool {
        let end = self.run_end(next);
        let acronym = at == start + 1 && self.shape(start).has(Shape::ALL_CAPITALS) && self.is_known_at(start, at);
        acronym && end - next >= 2 && self.is(end - 1, Class::CompanyWord)
    }
}

#[cfg(test)]
mod tests {
    use crate::mention::name::tests::found;

    #[test]
    fn name_ends_at_its_legal_form() {
        assert_eq!(found("Then Ostrel Foods Ltd. Rs 40 crore and Bravik Inc put up more."), ["Ostrel Foods Ltd.", "Bravik Inc"]);
    }

    #[test]
    fn two_partners_are_one_firm_and_two_firms_are_two() {
        assert_eq!(found("Lawyers at Quillon & Marsh advised."), ["Quillon & Marsh"]);
        assert_eq!(found("Money came from IFC & Quillon Ventures."), ["IFC", "Quillon Ventures"]);
        assert_eq!(
            found("It was built by Quillon Infrastructure and Services Pvt. Ltd. last year."),
            ["Quillon Infrastructure and Services Pvt. Ltd."]
        );
    }
}
