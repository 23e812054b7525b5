//! A photograph made fit to be shown: upright, smaller, and silent about where and how it was taken.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, RgbImage};

use crate::page::{LARGE, SMALL, fitted};

/// Quality of the JPEG files: faults do not show on paper, a photograph weighs 200 to 400 kB.
const QUALITY: u8 = 82;
/// Most memory that decoding one photograph may take, in bytes.
const MEMORY: u64 = 512 * 1024 * 1024;

/// The two JPEG files of a photograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prints {
    /// At most [`LARGE`] pixels on a side.
    pub large: Vec<u8>,
    /// At most [`SMALL`] pixels on a side.
    pub small: Vec<u8>,
}

/// Develops a photograph from the bytes of its file: JPEG, PNG or WebP. Only pixels go through, so
/// that nothing the file says beside them (place, time, device) can: BOOK-03. The same bytes give
/// the same prints.
///
/// Nothing when the file cannot be read after all.
pub fn develop(bytes: &[u8]) -> Option<Prints> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    // Smaller first: turning is then cheap, and the limits are those of a square.
    image = shrunk(image, LARGE);
    image.apply_orientation(orientation);
    let large = DynamicImage::ImageRgb8(on_white(&image));
    let small = shrunk(large.clone(), SMALL);
    Some(Prints { large: jpeg(&large)?, small: jpeg(&small)? })
}

/// The image within a square of this side; never larger than it was.
fn shrunk(image: DynamicImage, side: u32) -> DynamicImage {
    let (width, height) = fitted(image.width(), image.height(), side);
    if (width, height) == (image.width(), image.height()) {
        return image;
    }
    image.resize_exact(width, height, FilterType::CatmullRom)
}

/// What is transparent shows the paper.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let seen = image.to_rgba8();
    let mut paper = RgbImage::new(seen.width(), seen.height());
    for (on, over) in paper.pixels_mut().zip(seen.pixels()) {
        let [red, green, blue, alpha] = over.0;
        let blend = |value: u8| {
            let mixed = u16::from(value) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        on.0 = [blend(red), blend(green), blend(blue)];
    }
    paper
}

fn jpeg(image: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(image).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::*;

    /// Red on the left, blue on the right.
    fn halves(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
            image::Rgb(if x < width / 2 { [220, 20, 20] } else { [20, 20, 220] })
        }))
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF header: an orientation, the make of a phone, and a place (GPS).
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
        tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        tiff.extend([0x0f, 0x01, 2, 0, 10, 0, 0, 0, 50, 0, 0, 0]);
        tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 60, 0, 0, 0]);
        tiff.extend([0; 4]);
        tiff.extend(b"Telephone\0");
        // GPSLatitudeRef N, then nothing: enough to be recognised.
        tiff.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend(tiff);
        segment.extend(b"GPS 48.6921 6.1844");
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &segment, &jpeg[2..]].concat()
    }

    fn decoded(bytes: &[u8]) -> RgbImage {
        image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().to_rgb8()
    }

    fn holds(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|window| window == words)
    }

    #[test]
    fn nothing_of_the_place_or_the_phone_goes_through() {
        let photo = with_exif(&encoded(&halves(64, 48), ImageFormat::Jpeg), 1);
        assert!(holds(&photo, b"Exif") && holds(&photo, b"GPS") && holds(&photo, b"Telephone"));
        let prints = develop(&photo).unwrap();
        for print in [&prints.large, &prints.small] {
            for word in [&b"Exif"[..], b"GPS", b"Telephone", b"48.69", b"ICC_PROFILE", b"http"] {
                assert!(!holds(print, word));
            }
            // Only the segments that draw: no application segment but JFIF, no comment.
            let mut at = 2;
            while print[at + 1] != 0xda {
                assert!(!matches!(print[at + 1], 0xe1..=0xef | 0xfe), "{:x}", print[at + 1]);
                at += 2 + usize::from(u16::from_be_bytes([print[at + 2], print[at + 3]]));
            }
        }
    }

    #[test]
    fn a_photograph_stands_upright() {
        // Orientation 6: the left of the file is the top of the photograph.
        let photo = with_exif(&encoded(&halves(64, 48), ImageFormat::Jpeg), 6);
        let print = decoded(&develop(&photo).unwrap().large);
        assert_eq!(print.dimensions(), (48, 64));
        let (top, bottom) = (print.get_pixel(24, 5).0, print.get_pixel(24, 58).0);
        assert!(top[0] > 150 && top[2] < 90 && bottom[2] > 150 && bottom[0] < 90);
        // The source tells the same size without drawing it.
        let told = crate::record::Picture::of_bytes(&photo);
        assert!(matches!(told, crate::record::Picture::Sound { width: 48, height: 64, .. }));
    }

    #[test]
    fn prints_fit_and_are_the_same_twice() {
        let photo = encoded(&halves(2000, 500), ImageFormat::Png);
        let prints = develop(&photo).unwrap();
        assert_eq!(decoded(&prints.large).dimensions(), (1600, 400));
        assert_eq!(decoded(&prints.small).dimensions(), (480, 120));
        assert_eq!(develop(&photo).unwrap(), prints);
        let tiny = develop(&encoded(&halves(30, 20), ImageFormat::WebP)).unwrap();
        assert_eq!(decoded(&tiny.large).dimensions(), (30, 20));
        assert_eq!(tiny.large, tiny.small);
    }

    #[test]
    fn what_is_transparent_is_white_and_what_is_broken_is_nothing() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::new(8, 8));
        let print = decoded(&develop(&encoded(&clear, ImageFormat::Png)).unwrap().large);
        assert!(print.pixels().all(|pixel| pixel.0 == [255, 255, 255]));
        assert_eq!(develop(b"not an image"), None);
        let png = encoded(&halves(64, 48), ImageFormat::Png);
        assert_eq!(develop(&png[..60]), None);
    }
}
