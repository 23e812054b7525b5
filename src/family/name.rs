//! The names of sealed files: they look random, and tell nothing.

use data_encoding::BASE32_NOPAD_NOCASE;

/// The name of a file: 128 bits that look random.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub(super) [u8; 16]);

impl Name {
    /// As a page names it: 26 letters and digits.
    pub fn text(&self) -> String {
        BASE32_NOPAD_NOCASE.encode(&self.0).to_ascii_lowercase()
    }

    /// Below the folder of its kind: two letters, so that no folder is crowded, then the rest.
    pub(super) fn address(&self, folder: &str) -> String {
        let text = self.text();
        format!("{folder}/{}/{}", &text[..2], &text[2..])
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_in_folders_of_two_letters() {
        let name = Name([0xff; 16]);
        assert_eq!(name.text(), "77777777777777777777777774");
        assert_eq!(name.address("blocs"), "blocs/77/777777777777777777777774");
    }
}
