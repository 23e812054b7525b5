//! The référentiels that the program ships, for schools that it creates.

use std::collections::BTreeMap;

macro_rules! shipped {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/content/referentials/", $code, ".toml")))),*]
    };
}

static SHIPPED: &[(&str, &str)] =
    shipped!["agora", "ciel", "commun", "ma", "mcv-a", "mcv-b", "melec", "mrc", "sn"];

/// The référentiels by code.
pub(super) fn shipped() -> BTreeMap<String, String> {
    SHIPPED.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_referential_of_the_content_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content/referentials");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), SHIPPED.len());
    }
}
