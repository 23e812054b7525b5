//! One page: its context, its template, its bytes.

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::html::Html;
use super::templates::TemplateError;
use super::{symbols, widget};
use crate::page::{self, D, Site, Subject};
use crate::school::{Ix, Review};

/// Renders one page at its address.
pub(super) fn render_page(
    environment: &Environment<'_>,
    site: &Site<'_>,
    at: &str,
    subject: Subject,
) -> Result<Vec<u8>, TemplateError> {
    let (template, context): (&str, Value) = match subject {
        Subject::Accessibility => {
            let page = page::accessibility_page(site, at);
            ("accessibility.html", context!(page => Serde(&page)))
        }
        Subject::Annex(ix) => {
            let page = page::annex_page(site, ix, at);
            ("annex.html", context!(page => Serde(&page)))
        }
        Subject::Annexes(d) => {
            let page = page::annexes_page(site, d, at);
            ("annexes.html", context!(page => Serde(&page)))
        }
        Subject::Apprentices(d) => {
            let page = page::apprentices_page(site, d, at);
            ("apprentices.html", context!(page => Serde(&page)))
        }
        Subject::Attestation(ix) => {
            let page = page::attestation_page(site, ix, at);
            ("attestation.html", context!(page => Serde(&page)))
        }
        Subject::Attestations(d) => {
            let page = page::attestations_page(site, d, at);
            ("attestations.html", context!(page => Serde(&page)))
        }
        Subject::Certification(d) => {
            let page = page::certification_page(site, d, at);
            ("certification.html", context!(page => Serde(&page)))
        }
        Subject::Class(ix) => {
            let page = page::class_page(site, ix, at);
            let table = widget::class_table(site, at, &page.view, |_, _| true).into_value();
            ("class.html", context!(page => Serde(&page), table))
        }
        Subject::Classes(d) => {
            let page = page::classes_page(site, d, at);
            ("classes.html", context!(page => Serde(&page)))
        }
        Subject::Compact(d, pupil) => {
            let page = page::dashboard_page(site, d, pupil, at, Subject::Compact);
            let table = widget::compact_table(site, &page).into_value();
            ("compact.html", context!(page => Serde(&page), table))
        }
        Subject::Coverage(d) => {
            let page = page::coverage_page(site, d, at);
            ("coverage.html", context!(page => Serde(&page)))
        }
        Subject::Dashboard(d, pupil) => {
            let page = page::dashboard_page(site, d, pupil, at, Subject::Dashboard);
            let table = widget::dashboard_table(site, &page).into_value();
            let details = widget::dashboard_details(site, &page).into_value();
            ("dashboard.html", context!(page => Serde(&page), table, details))
        }
        Subject::Diploma(d) => diploma(site, d, at),
        Subject::Evaluation(ix) => {
            let page = page::evaluation_page(site, ix, at);
            let table = widget::evaluation_table(site, at, ix, &page.distribution).into_value();
            ("evaluation.html", context!(page => Serde(&page), table))
        }
        Subject::Grid(d, pupil, session, place) => {
            let page = page::grid_page(site, d, pupil, session, place, at);
            let none = std::collections::BTreeMap::new();
            let line = |block: &page::GridBlock| {
                widget::compact_lines(site, &page.dashboard, &none, |other| {
                    block.drawn && other == block.competence
                })
            };
            let tables: Vec<Value> =
                page.blocks.iter().map(|block| line(block).into_value()).collect();
            ("grid.html", context!(page => Serde(&page), tables))
        }
        Subject::Home => match page::only_diploma(site) {
            Some(d) => diploma(site, d, at),
            None => ("home.html", context!(page => Serde(&page::home_page(site, at)))),
        },
        Subject::LastReview(d, pupil) => match page::last_review(site, d, pupil) {
            Some(ix) => review(site, ix, subject, at),
            None => {
                let page = page::no_review_page(site, d, pupil, at);
                ("no_review.html", context!(page => Serde(&page)))
            }
        },
        Subject::Portfolio(_, pupil, period) => {
            let page = page::portfolio_page(site, pupil, period, at);
            let body = widget::portfolio_body(site, &page).into_value();
            ("portfolio.html", context!(page => Serde(&page), body))
        }
        Subject::Portfolios(d) => portfolios(site, d, false, at),
        Subject::OlderPortfolios(d) => portfolios(site, d, true, at),
        Subject::Booklet(d, pupil) => {
            let page = page::booklet_page(site, d, pupil, at);
            let results = |period: &page::BookletPeriod| {
                widget::company_results_of(site, period.period, pupil).map(Html::into_value)
            };
            let results: Vec<Option<Value>> = page.periods.iter().map(results).collect();
            let positions = widget::positions_table(site, d, &page.columns).into_value();
            let tasks = widget::tasks_of_diploma(site, d, pupil).into_value();
            ("booklet.html", context!(page => Serde(&page), results, positions, tasks))
        }
        Subject::Projects(d) => {
            let page = page::projects_page(site, d, at);
            ("projects.html", context!(page => Serde(&page)))
        }
        Subject::PupilDocuments(d, pupil) => {
            let page = page::pupil_documents_page(site, d, pupil, at);
            ("pupil_documents.html", context!(page => Serde(&page)))
        }
        Subject::Gallery => {
            let page = page::gallery_page(site, at);
            ("gallery.html", context!(page => Serde(&page)))
        }
        Subject::Pupils(d) => {
            let page = page::pupils_page(site, d, at);
            ("pupils.html", context!(page => Serde(&page)))
        }
        Subject::Review(ix) => review(site, ix, subject, at),
        Subject::Reviews(d) => {
            let page = page::reviews_page(site, d, at);
            ("reviews.html", context!(page => Serde(&page)))
        }
        Subject::Transversal(d) => {
            let page = page::transversal_page(site, d, at);
            let table =
                |view| widget::class_table(site, at, view, page::is_transversal).into_value();
            let tables: Vec<Value> = page.views.iter().map(table).collect();
            ("transversal.html", context!(page => Serde(&page), tables))
        }
        Subject::Past => {
            let page = page::past_page(site, at);
            ("past.html", context!(page => Serde(&page)))
        }
        Subject::Alerts => {
            let page = page::alerts_page(site, at);
            ("alerts.html", context!(page => Serde(&page)))
        }
        Subject::Calendar => {
            let page = page::calendar_page(site, at);
            let timeline = page
                .timeline
                .as_ref()
                .map(|timeline| widget::timeline_figure(timeline).into_value());
            ("calendar.html", context!(page => Serde(&page), timeline))
        }
        Subject::CommonRules(d) | Subject::Referential(d) => {
            let page = page::referential_page(site, d, at);
            let matrix = widget::matrix_table(&site.school.referentials[d]).into_value();
            ("referential.html", context!(page => Serde(&page), matrix))
        }
        Subject::Evaluations(d) => {
            let page = page::evaluations_page(site, d, false, at);
            ("evaluations.html", context!(page => Serde(&page)))
        }
        Subject::Lsl(d) => lsl(site, d, at),
        Subject::Livret(class, pupil) => match page::livret_page(site, class, pupil, at) {
            Some(page) => {
                let table = widget::livret_table(site, &page, at).into_value();
                ("livret.html", context!(page => Serde(&page), table))
            }
            None => lsl(site, site.school.classes[class].diploma, at),
        },
        Subject::LivretCopy(class, pupil) => match page::copy_page(site, class, pupil, at) {
            Some(page) => ("livret_copy.html", context!(page => Serde(&page))),
            None => lsl(site, site.school.classes[class].diploma, at),
        },
        Subject::LivretScreen(class) => match page::screen_page(site, class, at) {
            Some(page) => ("livret_screen.html", context!(page => Serde(&page))),
            None => lsl(site, site.school.classes[class].diploma, at),
        },
        Subject::Method => {
            let page = page::method_page(site, at);
            ("method.html", context!(page => Serde(&page)))
        }
        Subject::OlderEvaluations(d) => {
            let page = page::evaluations_page(site, d, true, at);
            ("evaluations.html", context!(page => Serde(&page)))
        }
        Subject::Period(ix) => {
            let page = page::period_page(site, ix, at);
            ("period.html", context!(page => Serde(&page)))
        }
        Subject::Periods(d) => {
            let page = page::periods_page(site, d, at);
            ("periods.html", context!(page => Serde(&page)))
        }
        Subject::Person(ix) => {
            let page = page::person_page(site, ix, at);
            ("person.html", context!(page => Serde(&page)))
        }
        Subject::PrepareAttestation(d, pupil) => {
            let page = page::prepare_attestation_page(site, d, pupil, at);
            ("prepare_attestation.html", context!(page => Serde(&page)))
        }
        Subject::Recap(d, session) => {
            let page = page::recap_page(site, d, session, at);
            ("recap.html", context!(page => Serde(&page)))
        }
        Subject::Resources(d) => {
            let page = page::resources_page(site, d, at);
            ("resources.html", context!(page => Serde(&page)))
        }
        Subject::Scenario(ix) => {
            let page = page::scenario_page(site, ix, at);
            ("scenario.html", context!(page => Serde(&page)))
        }
        Subject::Scenarios(d) => {
            let page = page::scenarios_page(site, d, at);
            ("scenarios.html", context!(page => Serde(&page)))
        }
        Subject::Search => {
            let page = page::search_page(site, at);
            ("search.html", context!(page => Serde(&page)))
        }
        Subject::Storage(d) => {
            let page = page::storage_page(site, d, at);
            ("storage.html", context!(page => Serde(&page)))
        }
        Subject::Console => {
            let page = page::console_page(site, at);
            ("console.html", context!(page => Serde(&page)))
        }
        Subject::Reminders => {
            let page = page::reminders_page(site, at);
            ("reminders.html", context!(page => Serde(&page)))
        }
        Subject::Kickoff => {
            let page = page::kickoff_page(site, at);
            ("kickoff.html", context!(page => Serde(&page)))
        }
        Subject::Books(d) => {
            let page = page::books_page(site, d, at);
            ("books.html", context!(page => Serde(&page)))
        }
        Subject::Book(d, pupil) => {
            let page = page::learner_book_page(site, d, pupil, at);
            ("book.html", context!(page => Serde(&page)))
        }
        Subject::Families => {
            let page = page::families_page(site, at);
            ("families.html", context!(page => Serde(&page)))
        }
        Subject::Transfers => {
            let page = page::transfers_page(site, at);
            ("transfers.html", context!(page => Serde(&page)))
        }
        Subject::Received(ix) => {
            let page = page::received_page(site, ix, at);
            ("received.html", context!(page => Serde(&page)))
        }
        Subject::Register => {
            let page = page::register_page(site, at);
            ("register.html", context!(page => Serde(&page)))
        }
        Subject::RegisterCommission(ix) => {
            let page = page::commission_page(site, ix, at);
            ("commission.html", context!(page => Serde(&page)))
        }
        Subject::RegisterDelivery(ix) => {
            let page = page::delivery_page(site, ix, at);
            ("delivery.html", context!(page => Serde(&page)))
        }
        Subject::PupilRegister(d, pupil) => {
            let page = page::pupil_register_page(site, d, pupil, at);
            ("pupil_register.html", context!(page => Serde(&page)))
        }
        Subject::Team => {
            let page = page::team_page(site, at);
            ("team.html", context!(page => Serde(&page)))
        }
    };
    let context = context!(life => Serde(page::life(site, subject)), ..context);
    let rendered = environment.get_template(template)?.render(context)?;
    Ok(symbols::only_those_used(&rendered).into_bytes())
}

/// The home of a diploma: at its own address, and at the top of a site that has no other.
fn diploma(site: &Site<'_>, d: D, at: &str) -> (&'static str, Value) {
    ("diploma.html", context!(page => Serde(&page::diploma_page(site, d, at))))
}

/// The portfolios of a diploma, each period with its table.
fn portfolios(site: &Site<'_>, d: D, older: bool, at: &str) -> (&'static str, Value) {
    let page = page::portfolios_page(site, d, older, at);
    let table = |part: &page::PeriodPart| widget::portfolios_table(site, at, part).into_value();
    let of_year =
        |year: &page::PortfolioYear| year.periods.iter().map(table).collect::<Vec<Value>>();
    let tables: Vec<Vec<Value>> = page.years.iter().map(of_year).collect();
    ("portfolios.html", context!(page => Serde(&page), tables))
}

/// The livrets of a diploma; in place of a livret that nobody has to fill.
fn lsl(site: &Site<'_>, d: D, at: &str) -> (&'static str, Value) {
    ("lsl.html", context!(page => Serde(&page::lsl_page(site, d, at))))
}

/// A review: at its own address, and at that of the pupil's last review.
fn review(site: &Site<'_>, ix: Ix<Review>, subject: Subject, at: &str) -> (&'static str, Value) {
    let page = page::review_page(site, ix, subject, at);
    let table = widget::review_table(site, &page).into_value();
    let comparison = widget::comparison(site, &page).map(Html::into_value);
    ("review.html", context!(page => Serde(&page), table, comparison))
}
