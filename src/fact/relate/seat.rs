//! Judges which companies are of which country. "Canadian firm Brookfield" → Brookfield basedIn CA.

use super::geography::{beside_features, geographic_features, pairs};
use super::{Deeds, Link, mentions_of};
use crate::fact::Predicate;
use crate::fact::reading::Reading;
use crate::lexicon::{Candidate, Judge, Task};

/// Judges seats: which companies are of which country.
pub fn seats(reading: &Reading<'_>, judge: &mut impl Judge) -> Vec<Link> {
    let mut features = judge.features();
    let nothing = Deeds::default();
    let mut links = Vec::new();
    for pair in pairs(reading) {
        features.clear();
        let own = mentions_of(reading, pair.company);
        geographic_features(reading, pair.company, pair.country, pair.far, &nothing, &mut features);
        beside_features(reading, pair.company, pair.country, &own, &mut features);
        let object = [reading.code(pair.country).to_owned()];
        let p = judge.judge(Task::BasedIn, &Candidate::Pair { subject: &reading.entity(pair.company).names, object: &object }, &features);
        links.push(Link {
            subject: pair.company,
            predicate: Predicate::BasedIn,
            object: pair.place.entity,
            probability: p[1],
            subject_mention: pair.who.span,
            object_mention: pair.place.span,
        });
    }
    links
}
