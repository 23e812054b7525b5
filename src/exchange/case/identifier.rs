//! Identifiers that follow from names: the same référentiel has the same ones, whoever makes the package.

use sha1::{Digest as _, Sha1};

/// The space of our names, drawn once: 5c5c8b0e-6f0d-4f0e-9d2e-0b7f3a3c9a51.
const SPACE: [u8; 16] = [
    0x5c, 0x5c, 0x8b, 0x0e, 0x6f, 0x0d, 0x4f, 0x0e, 0x9d, 0x2e, 0x0b, 0x7f, 0x3a, 0x3c, 0x9a, 0x51,
];

/// The UUID of version 5 of a name (RFC 9562, 5.5).
pub(super) fn uuid(name: &str) -> String {
    named(SPACE, name)
}

fn named(space: [u8; 16], name: &str) -> String {
    let mut hash = Sha1::new();
    hash.update(space);
    hash.update(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    #[test]
    fn identifiers_are_those_that_others_would_compute() {
        // RFC 9562, appendix A.4: "www.example.com" in the space of domain names.
        let domains = [
            0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4,
            0x30, 0xc8,
        ];
        assert_eq!(
            super::named(domains, "www.example.com"),
            "2ed6657d-e927-568b-95e1-2665a8aea6a2"
        );
    }
}
