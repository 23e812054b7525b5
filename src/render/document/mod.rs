//! One document to be printed: its context, its template, its styles, one HTML page.
//!
//! Documents use the widgets and the style sheet of the site, with a sheet of their own for the
//! paper. Each family has its file, its templates and the styles that only it needs.

mod company;
mod follow_up;
mod letters;
mod school_life;

use minijinja::{Environment, Value};

pub use letters::LetterError;

use super::site::RenderError;
use super::symbols;
use super::templates::{TemplateError, environment};
use crate::page::{Desk, Document, DocumentFacts, Family, SheetFrame, document_address};

/// A document as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// A whole HTML page, with its pictures, and a mark in place of the styles of its family.
    pub html: String,
    /// These styles: several times as long as most pages, and the same for thousands.
    pub styles: [&'static str; 3],
    /// What the file says of itself.
    pub facts: DocumentFacts,
}

/// What stands for the styles in a page.
const STYLES: &str = "/* styles */";

impl Sheet {
    /// The page with its styles, as it is printed.
    pub fn page(&self) -> String {
        self.html.replacen(STYLES, &self.styles.concat(), 1)
    }
}

/// What a family gives for a document: a template, its values, the frame.
type Filled = (&'static str, Value, SheetFrame);

/// Makes documents, from any thread.
pub struct Printery {
    environment: Environment<'static>,
}

impl Printery {
    /// Compiles the templates.
    ///
    /// # Errors
    /// When one of them has a syntax error.
    pub fn new() -> Result<Self, RenderError> {
        let mut environment = environment()?;
        environment.add_filter("css_string", css_string);
        environment.add_filter("de", |name: &str| crate::text::elide_de(name));
        let families =
            [follow_up::LAYOUTS, company::LAYOUTS, school_life::LAYOUTS, letters::LAYOUTS];
        for (name, source) in families.into_iter().flatten().chain(SHARED) {
            environment.add_template(name, source).map_err(TemplateError::from)?;
        }
        Ok(Self { environment })
    }

    /// Makes one document.
    ///
    /// # Errors
    /// When its template fails: a fault of the program or its layouts.
    pub fn sheet(&self, desk: &Desk<'_>, document: Document) -> Result<Sheet, RenderError> {
        let (template, values, frame) = match document {
            Document::Review(ix) => follow_up::review(desk, ix),
            Document::ClassReviews(class) => follow_up::class_reviews(desk, class),
            Document::FollowUp(d, ix) => follow_up::learner(desk, d, ix),
            Document::Grid(ix) => follow_up::grid(desk, ix),
            Document::Recap(d, session) => follow_up::recap(desk, d, session),
            Document::Bordereau(d, session) => follow_up::bordereau(desk, d, session),
            Document::Dossier(d, ix, session) => follow_up::dossier(desk, d, ix, session),
            Document::Attestation(ix) => follow_up::attestation(desk, ix),
            Document::Annex(ix) => company::annex(desk, ix),
            Document::CompanyFile(period, ix) => company::company_file(desk, period, ix),
            Document::Portfolio(ix) => company::portfolio(desk, ix),
            Document::ActivitySheet(ix, place) => company::activity_sheet(desk, ix, place),
            Document::PlacementProof(ix) => company::placement_proof(desk, ix),
            Document::PlacementRecap(d, ix) => company::placement_recap(desk, d, ix),
            Document::Booklet(d, ix) => company::booklet(desk, d, ix),
            Document::Livret(ix) => school_life::livret(desk, ix),
            Document::PaperEdition(class) => school_life::paper_edition(desk, class),
            Document::PaperSigning(class) => school_life::paper_signing(desk, class),
            Document::DeliverySheet(ix) => school_life::delivery(desk, ix),
            Document::Book(ix) => school_life::book(desk, ix),
            Document::Scenario(ix) => school_life::scenario(desk, ix),
            Document::BlankGrid(scenario, class) => school_life::blank_grid(desk, scenario, class),
            Document::ClassList(class) => school_life::class_list(desk, class),
            Document::Reminders => school_life::reminders(desk),
            Document::Kickoff => school_life::kickoff(desk),
        };
        let own = match document.kind().family {
            Family::FollowUp => follow_up::STYLE,
            Family::Company => company::STYLE,
            Family::SchoolLife => school_life::STYLE,
        };
        let rendered = self.environment.get_template(template).and_then(|one| one.render(values));
        let html = rendered.map_err(|cause| RenderError::Template {
            address: document_address(desk.site, document),
            cause: cause.into(),
        })?;
        let html = without_links(&symbols::only_those_used(&html));
        Ok(Sheet { html, styles: [SITE_STYLE, PAPER_STYLE, own], facts: frame.facts() })
    }
}

/// The templates that all families share.
static SHARED: &[(&str, &str)] = &[
    ("papier/cadre.html", include_str!("../../../layouts/papier/cadre.html")),
    ("papier/entete.html", include_str!("../../../layouts/papier/entete.html")),
    ("papier/signatures.html", include_str!("../../../layouts/papier/signatures.html")),
];
const SITE_STYLE: &str = include_str!("../../../assets/css/jalon.css");
const PAPER_STYLE: &str = include_str!("../../../assets/css/papier.css");

/// Words as a string of CSS, fit to stand in a style element.
fn css_string(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() + 8);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' | '\'' => out.push_str(&format!("\\{:x} ", u32::from(c))),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    Value::from_safe_string(out)
}

/// A page whose links lead nowhere: those of the widgets lead to pages of the site, which paper does
/// not have. The words stay.
fn without_links(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("<a ") {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let (tag, after) = (&rest[at..end], &rest[end..]);
        out.push_str(&rest[..at]);
        match (tag.find(" href=\""), tag) {
            (Some(href), tag) => {
                let value = href + " href=\"".len();
                let close = tag[value..].find('"').map_or(tag.len(), |close| value + close + 1);
                out.push_str(&tag[..href]);
                out.push_str(&tag[close..]);
            }
            (None, tag) => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_of_a_document_is_embedded_and_compiles() {
        let printery = Printery::new().unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/papier");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(printery.environment.get_template(&format!("papier/{name}")).is_ok(), "{name}");
        }
    }

    #[test]
    fn paper_has_no_links() {
        let page = r##"<p><a class="x" href="../a.html" title="t">Un</a> <a href="b">deux</a> <abbr>x</abbr><use href="#i-a"/></p>"##;
        let bare = r##"<p><a class="x" title="t">Un</a> <a>deux</a> <abbr>x</abbr><use href="#i-a"/></p>"##;
        assert_eq!(without_links(page), bare);
    }

    #[test]
    fn words_in_a_style_stay_words() {
        let words = css_string("L’« aide » \"<b>\n").to_string();
        assert_eq!(words, "\"L’« aide » \\22 \\3c b\\3e  \"");
    }
}
