//! One page: its context, its template, its bytes.

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::templates::TemplateError;
use super::widget;
use crate::page::{self, Site, Subject};

/// Renders one page at its address.
pub(super) fn render_page(
    environment: &Environment<'_>,
    site: &Site<'_>,
    at: &str,
    subject: Subject,
) -> Result<Vec<u8>, TemplateError> {
    let (template, context): (&str, Value) = match subject {
        Subject::Dashboard(d, pupil) => {
            let page = page::dashboard_page(site, d, pupil, at, Subject::Dashboard);
            let table = widget::dashboard_table(site, at, &page).into_value();
            let details = widget::dashboard_details(site, at, &page).into_value();
            ("dashboard.html", context!(page => Serde(&page), table, details))
        }
        Subject::Compact(d, pupil) => {
            let page = page::dashboard_page(site, d, pupil, at, Subject::Compact);
            let table = widget::compact_table(site, &page).into_value();
            ("compact.html", context!(page => Serde(&page), table))
        }
        Subject::Evaluation(ix) => {
            let page = page::evaluation_page(site, ix, at);
            let table = widget::evaluation_table(site, at, ix, &page.distribution).into_value();
            ("evaluation.html", context!(page => Serde(&page), table))
        }
        _ => return Ok(Vec::new()),
    };
    let rendered = environment.get_template(template)?.render(context)?;
    Ok(rendered.into_bytes())
}
