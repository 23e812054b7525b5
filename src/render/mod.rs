//! From the plan of a site to its files: templates, Markdown, tables and charts, JSON twins.

mod attachments;
mod document;
mod family;
mod frames;
mod html;
mod logo;
mod markdown;
mod memo;
mod page;
mod photograph;
mod qr;
mod search;
mod sink;
mod site;
mod symbols;
mod templates;
mod twins;
mod widget;

pub use attachments::attachments;
pub use document::{LetterError, Printery, Sheet};
pub use family::{FamilyPress, FrameFacts, Sealed};
pub use logo::logo_address;
pub use markdown::markdown;
pub use memo::{Fingerprint, PageMemo};
pub use photograph::{Prints, develop};
pub use qr::TooLong;
pub use search::search_index;
pub use sink::{Bytes, Files, Refused, Sink};
pub use site::{RenderError, render, render_into, render_with};
pub use templates::{TemplateError, is_unverified};
