//! The letters of printed documents: Source Sans 3, carried by the program, so that a document has
//! the same shape on every machine.

/// The fonts of the house, by the name of their file under `fonts/`.
///
/// The family is "Source Sans 3": regular (400), italic (400) and semibold (600).
pub const FONTS: &[(&str, &[u8])] = &[
    ("SourceSans3-Regular.woff2", include_bytes!("../../assets/fonts/SourceSans3-Regular.woff2")),
    ("SourceSans3-It.woff2", include_bytes!("../../assets/fonts/SourceSans3-It.woff2")),
    ("SourceSans3-Semibold.woff2", include_bytes!("../../assets/fonts/SourceSans3-Semibold.woff2")),
];
