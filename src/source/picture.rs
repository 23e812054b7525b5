//! What a photograph of a book or the logo is, from its bytes and without drawing it: format, size,
//! whole or not.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use image::{ImageDecoder as _, ImageFormat, ImageReader};
use rayon::prelude::*;

use super::{Entry, Source, Stamp};

/// Heaviest photograph that is read, in bytes.
const HEAVIEST: u64 = 15 * 1024 * 1024;
/// Most pixels of a photograph that is drawn.
const MOST_PIXELS: u64 = 50_000_000;
/// Most bytes that the pixels of a photograph may take.
const MOST_BYTES: u64 = 300_000_000;

/// A file beside a page of a book, as far as it is a photograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A photograph that can be shown.
    Sound {
        /// Width in pixels, once upright.
        width: u32,
        /// Height in pixels, once upright.
        height: u32,
        /// Digest of the bytes of the file.
        digest: [u8; 32],
    },
    /// A photograph in the format of some phones, which browsers do not read.
    Heic,
    /// A film or a sound.
    Film,
    /// Neither JPEG, nor PNG, nor WebP.
    Foreign,
    /// More than 15 MB: its size in bytes.
    Heavy(u64),
    /// More pixels than can be drawn with a bounded memory: width and height.
    Vast(u32, u32),
    /// Cut short, damaged, or impossible to open.
    Broken,
}

/// Photographs of an earlier reading, each with the stamp its file had.
#[derive(Debug, Default)]
pub(super) struct Album(BTreeMap<Arc<str>, (Stamp, Picture)>);

/// Looks at all files beside the pages of books or beside `school.toml`, where the logo is, but those
/// that surely did not change.
pub(super) fn look_at(
    source: &dyn Source,
    files: &[Entry],
    album: &mut Album,
) -> BTreeMap<Arc<str>, Picture> {
    let known = &album.0;
    let looked: Vec<(Arc<str>, Option<Stamp>, Picture)> = files
        .par_iter()
        .filter(|entry| may_be_a_picture(&entry.path))
        .map(|entry| {
            // Taken before reading.
            let stamp = source.stamp(&entry.path);
            let picture = match (known.get(entry.path.as_str()), stamp) {
                (Some((kept, picture)), Some(now)) if kept.still_holds(&now) => picture.clone(),
                _ => Picture::of_file(source, entry),
            };
            (Arc::from(entry.path.as_str()), stamp, picture)
        })
        .collect();
    let stamped = looked.iter().filter_map(|(path, stamp, picture)| {
        Some((Arc::clone(path), ((*stamp)?, picture.clone())))
    });
    album.0 = stamped.collect();
    looked.into_iter().map(|(path, _, picture)| (path, picture)).collect()
}

/// `students/2025/dupont-lea/book/vitrine/photo.jpg`, `logo.png`
fn may_be_a_picture(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts[..], ["students", _, _, "book", _, _] | [_])
}

impl Picture {
    fn of_file(source: &dyn Source, entry: &Entry) -> Self {
        Self::of_entry(&entry.path, entry.size).unwrap_or_else(|| {
            source.read(&entry.path).map_or(Self::Broken, |bytes| Self::of_bytes(&bytes))
        })
    }

    /// Tells from the name and the size of a file whether it need not be read.
    fn of_entry(path: &str, size: u64) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        match end.as_str() {
            "heic" | "heif" => Some(Self::Heic),
            "mp4" | "mov" | "m4v" | "avi" | "mkv" | "webm" | "3gp" | "mp3" | "m4a" | "wav"
            | "ogg" => Some(Self::Film),
            "jpg" | "jpeg" | "png" | "webp" if size > HEAVIEST => Some(Self::Heavy(size)),
            "jpg" | "jpeg" | "png" | "webp" => None,
            _ => Some(Self::Foreign),
        }
    }

    /// Looks at the bytes of a photograph.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        if let Some(brand) = bytes.get(4..12).and_then(|head| head.strip_prefix(b"ftyp")) {
            let still = [b"heic", b"heix", b"mif1", b"msf1", b"heif", b"avif"];
            return if still.iter().any(|one| *one == brand) { Self::Heic } else { Self::Film };
        }
        let Ok(reader) = ImageReader::new(Cursor::new(bytes)).with_guessed_format() else {
            return Self::Broken;
        };
        let whole = match reader.format() {
            Some(ImageFormat::Jpeg) => is_whole_jpeg(bytes),
            Some(ImageFormat::Png) => bytes.windows(4).any(|chunk| chunk == b"IEND"),
            Some(ImageFormat::WebP) => is_whole_webp(bytes),
            // A page of error, or a few zeros, under the name of a photograph.
            None => return Self::Broken,
            Some(_) => return Self::Foreign,
        };
        let Ok(mut decoder) = reader.into_decoder() else { return Self::Broken };
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES
        {
            return Self::Vast(width, height);
        }
        if !whole || width == 0 || height == 0 {
            return Self::Broken;
        }
        // EXIF orientations from 5 on lie on a side.
        let lies = decoder.orientation().is_ok_and(|orientation| orientation.to_exif() >= 5);
        let (width, height) = if lies { (height, width) } else { (width, height) };
        Self::Sound { width, height, digest: *blake3::hash(bytes).as_bytes() }
    }
}

/// Whether a JPEG goes to its end: the mark of the end comes after the first scan.
///
/// Phones write things after it, and a smaller JPEG in the header: the last bytes tell nothing.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, mark, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        at += 2 + length;
        if *mark == 0xda {
            return bytes
                .get(at..)
                .is_some_and(|scan| scan.windows(2).any(|two| two == [0xff, 0xd9]));
        }
    }
    false
}

/// Whether a WebP is as long as it says.
fn is_whole_webp(bytes: &[u8]) -> bool {
    let length = bytes.get(4..8).and_then(|length| <[u8; 4]>::try_from(length).ok());
    length.is_some_and(|length| u64::from(u32::from_le_bytes(length)) + 8 <= bytes.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap(), 90])
        });
        image.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_photograph_is_known_by_its_bytes() {
        let whole = jpeg(60, 40);
        assert!(matches!(Picture::of_bytes(&whole), Picture::Sound { width: 60, height: 40, .. }));
        assert_eq!(Picture::of_bytes(&whole[..whole.len() - 2]), Picture::Broken);
        assert_eq!(Picture::of_bytes(&whole[..whole.len() / 2]), Picture::Broken);
        assert_eq!(Picture::of_bytes(b"<!DOCTYPE html>"), Picture::Broken);
        assert_eq!(Picture::of_bytes(b"GIF89a\x01\0\x01\0\0\0\0"), Picture::Foreign);
        assert_eq!(Picture::of_bytes(b"\0\0\0\x18ftypheic\0\0\0\0"), Picture::Heic);
        assert_eq!(Picture::of_bytes(b"\0\0\0\x18ftypisom\0\0\0\0"), Picture::Film);
        assert_eq!(Picture::of_bytes(b""), Picture::Broken);
        // What a phone adds after the end does no harm.
        assert!(matches!(
            Picture::of_bytes(&[&whole, &b"MotionPhoto"[..]].concat()),
            Picture::Sound { .. }
        ));
    }

    #[test]
    fn a_small_file_that_claims_a_huge_image_is_not_drawn() {
        let mut png = Cursor::new(Vec::new());
        image::RgbImage::new(1, 1).write_to(&mut png, ImageFormat::Png).unwrap();
        let mut png = png.into_inner();
        // The header says 60,000 × 60,000; its checksum is made to agree.
        png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let crc = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(Picture::of_bytes(&png), Picture::Vast(60_000, 60_000));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }

    #[test]
    fn names_and_sizes_spare_reading() {
        assert_eq!(Picture::of_entry("a/b.HEIC", 1), Some(Picture::Heic));
        assert_eq!(Picture::of_entry("a/b.mp4", u64::MAX), Some(Picture::Film));
        assert_eq!(Picture::of_entry("a/b.pdf", 1), Some(Picture::Foreign));
        assert_eq!(Picture::of_entry("a/b.jpg", 16 << 20), Some(Picture::Heavy(16 << 20)));
        assert_eq!(Picture::of_entry("a/b.JPG", 15 << 20), None);
    }
}
