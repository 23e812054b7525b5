//! What the livret, the register, the book, the scenarios, the classes and the console say on paper.

mod blank_grid;
mod book;
mod class_list;
mod console;
mod delivery;
mod livret;
mod paper;
mod scenario;

pub use blank_grid::{BlankColumn, BlankGridSheet, BlankTable, blank_grid_sheet};
pub use book::{BookLeaf, BookSheet, Print, book_sheet};
pub use class_list::{ClassListSheet, ListedPupil, class_list_sheet};
pub use console::{
    KickoffSheet, KickoffTopic, Letter, RemindersSheet, kickoff_sheet, reminders_sheet,
};
pub use delivery::{DeliverySheet, delivery_sheet};
pub use livret::{LivretPart, LivretSheet, livret_sheet};
pub use paper::{
    PaperEditionSheet, PaperPupil, PaperSigningSheet, paper_edition_sheet, paper_signing_sheet,
};
pub(in crate::page) use paper::{guardian_name, refusals};
pub use scenario::{ScenarioSheet, scenario_sheet};
