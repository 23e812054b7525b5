//! The documents that a family may download: those that are final, of the pupil alone.

use serde::Serialize;

use crate::insight::followed;
use crate::page::{Day, Document, Site, documents_of};
use crate::school::{Ix, Pupil};

/// A document offered to a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FamilyDocument {
    /// The document.
    #[serde(skip)]
    pub document: Document,
    /// Name of its kind among the words of the frame: "review".
    pub kind: &'static str,
    /// What tells it apart: "PFMP 3", "2026-2027".
    pub label: String,
    /// Its day, when it has one.
    pub day: Option<Day>,
    /// The name of the file that is downloaded; it tells nothing of whose it is.
    pub file: String,
}

/// The documents of a pupil that a family may read: by diploma, the present one first, then kind and
/// time.
///
/// Never a CCF grid nor what holds its mark (the file for the jury), nor a draft: reviews that are
/// validated, livrets once they were sent, what the company and the head of school sign.
pub fn family_documents(site: &Site<'_>, ix: Ix<Pupil>) -> Vec<FamilyDocument> {
    let school = site.school;
    let diplomas = followed(school, &school.pupils[ix]).into_iter();
    let all = diplomas.flat_map(|d| documents_of(site, d, ix));
    all.filter_map(|document| {
        let (kind, label, day) = match document {
            Document::Review(ix) => {
                let review = &school.reviews[ix];
                if !review.is_locked() {
                    return None;
                }
                ("doc_bilan", String::new(), Some(review.key.date))
            }
            Document::FollowUp(..) => ("doc_suivi", String::new(), None),
            Document::Livret(ix) => {
                let livret = &school.livrets[ix];
                if livret.record.envois.is_empty() {
                    return None;
                }
                ("doc_livret", livret.year.to_string(), None)
            }
            Document::Attestation(ix) => {
                ("doc_attestation", String::new(), Some(school.attestations[ix].key.date))
            }
            Document::PlacementProof(ix) => {
                let period = &school.periods[school.portfolios[ix].period];
                ("doc_pfmp", period.short_name(), Some(period.record.fin))
            }
            Document::PlacementRecap(..) => ("doc_pfmp_total", String::new(), None),
            Document::Booklet(..) => ("doc_apprenti", String::new(), None),
            Document::Book(_) => ("doc_book", String::new(), None),
            _ => return None,
        };
        let slug = document.kind().slug;
        let about = day.map_or_else(|| crate::text::slug(&label), |day| day.to_string());
        let file =
            if about.is_empty() { format!("{slug}.pdf") } else { format!("{slug}-{about}.pdf") };
        Some(FamilyDocument { document, kind, label, day: day.map(Day::from), file })
    })
    .collect()
}
