//! French: collation, plural, lists, dates, slugs, nearest names.

mod characters;
mod collate;
mod count;
mod date;
mod list;
mod nearest;
mod slug;

pub use characters::{characters, composed};
pub use collate::{Collation, natural_key};
pub use count::{count, plural};
pub use date::{Date, SchoolYear, day_month, long_date, short_date};
pub use list::{and_list, elide_de, or_list, quoted};
pub use nearest::{nearest, nearest_all};
pub use slug::{is_slug, slug};
