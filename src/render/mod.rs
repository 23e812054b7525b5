//! From the plan of a site to its files: templates, Markdown, tables and charts, JSON twins.

mod attachments;
mod html;
mod markdown;
mod page;
mod search;
mod site;
mod templates;
mod twins;
mod widget;

pub use attachments::attachments;
pub use markdown::markdown;
pub use search::search_index;
pub use site::{Files, RenderError, render};
pub use templates::{TemplateError, is_unverified};
