//! From the plan of a site to its files: templates, Markdown, tables and charts, JSON twins.

mod html;
mod markdown;
mod page;
mod site;
mod templates;
mod twins;
mod widget;

pub use markdown::markdown;
pub use site::{Files, RenderError, render};
pub use templates::TemplateError;
