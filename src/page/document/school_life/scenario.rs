//! A scenario on paper.

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{ScenarioPage, scenario_page};
use crate::school::{Ix, Scenario};

/// The context of a printed scenario.
#[derive(Debug, Serialize)]
pub struct ScenarioSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub scenario: ScenarioPage,
}

/// Computes a printed scenario.
pub fn scenario_sheet(desk: &Desk<'_>, ix: Ix<Scenario>) -> ScenarioSheet {
    let scenario = &desk.site.school.scenarios[ix];
    let page = scenario_page(desk.site, ix, "");
    let about = format!("Scénario de {}", page.level);
    let shown = [&*scenario.file];
    let sheet = sheet_frame(desk, &page.title, Some(about), Some(scenario.diploma), shown);
    ScenarioSheet { sheet, scenario: page }
}
