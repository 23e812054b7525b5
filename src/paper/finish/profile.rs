//! Says which red, green and blue are meant: those of sRGB (IEC 61966-2-1), by an ICC profile that is
//! computed here from the figures of that standard, so that nothing with a licence is embedded.

use lopdf::{Document, Object, Stream, dictionary};

use super::FinishError;

/// Declares the colours of the document.
///
/// # Errors
/// When the document has no catalog.
pub(super) fn declare(document: &mut Document) -> Result<(), FinishError> {
    let colours = document.add_object(Stream::new(dictionary! { "N" => 3 }, srgb()));
    let intent = document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => colours,
    });
    document.catalog_mut()?.set("OutputIntents", vec![Object::from(intent)]);
    Ok(())
}

/// The primaries of sRGB for the white of ICC profiles: those of the standard (x, y of 0.64 0.33,
/// 0.30 0.60, 0.15 0.06, white 0.3127 0.3290), adapted by Bradford's method.
const RED: [f64; 3] = [0.436_042_04, 0.222_484_82, 0.013_920_28];
const GREEN: [f64; 3] = [0.385_114_13, 0.716_904_55, 0.097_067_60];
const BLUE: [f64; 3] = [0.143_046_71, 0.060_610_63, 0.713_917_51];
/// The white of ICC profiles, D50.
const WHITE: [f64; 3] = [0.964_202_88, 1.0, 0.824_905_40];
/// The adaptation itself, in rows.
const ADAPTATION: [f64; 9] = [
    1.047_887_43,
    0.022_919_66,
    -0.050_215_52,
    0.029_583_23,
    0.990_482_03,
    -0.017_078_61,
    -0.009_251_64,
    0.015_072_13,
    0.751_683_32,
];
/// The curve of sRGB: gamma, and the a, b, c, d of `(a x + b) ^ gamma` from d on, `c x` before.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

/// A display profile of version 4.2 with three primaries and one curve.
fn srgb() -> Vec<u8> {
    let curve = [b"para\0\0\0\0\0\x03\0\0".to_vec(), fixed(&CURVE)].concat();
    let xyz = |values: &[f64]| [b"XYZ \0\0\0\0".to_vec(), fixed(values)].concat();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", localized("sRGB")),
        (b"cprt", localized("CC0")),
        (b"wtpt", xyz(&WHITE)),
        (b"chad", [b"sf32\0\0\0\0".to_vec(), fixed(&ADAPTATION)].concat()),
        (b"rXYZ", xyz(&RED)),
        (b"gXYZ", xyz(&GREEN)),
        (b"bXYZ", xyz(&BLUE)),
        (b"rTRC", curve),
        (b"gTRC", Vec::new()),
    ];
    let count = tags.len() + 1;
    let (mut table, mut data) = (Vec::new(), Vec::new());
    table.extend(be(count));
    let base = 128 + 4 + 12 * count;
    let mut last = (0, 0);
    for (name, bytes) in tags {
        // The green curve is the red one.
        if !bytes.is_empty() {
            last = (base + data.len(), bytes.len());
            data.extend(&bytes);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        table.extend([name.as_slice(), &be(last.0), &be(last.1)].concat());
    }
    table.extend([b"bTRC".as_slice(), &be(last.0), &be(last.1)].concat());
    let mut profile = Vec::new();
    profile.extend(be(128 + table.len() + data.len()));
    profile.extend(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ ");
    // The day of this profile's figures, then its signature.
    profile.extend(b"\x07\xea\0\x01\0\x01\0\0\0\0\0\0acsp");
    profile.resize(68, 0);
    profile.extend(fixed(&WHITE));
    profile.resize(128, 0);
    [profile, table, data].concat()
}

fn be(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

/// Numbers in sixteen bits before the point and sixteen after.
fn fixed(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|value| ((value * 65536.0).round() as i32).to_be_bytes()).collect()
}

/// A text in one language.
fn localized(text: &str) -> Vec<u8> {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    [head, be(utf16.len()).to_vec(), be(28).to_vec(), utf16].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_white() {
        let profile = srgb();
        assert_eq!(profile[..4], be(profile.len()));
        assert_eq!(&profile[36..40], b"acsp");
        assert_eq!(&profile[68..72], &[0, 0, 0xf6, 0xd6]);
        assert!(profile.len() < 600, "{}", profile.len());
        // Red, green and blue together are white.
        for axis in 0..3 {
            assert!((RED[axis] + GREEN[axis] + BLUE[axis] - WHITE[axis]).abs() < 1e-4);
        }
    }
}
