//! The logo of the establishment, as documents carry it: small, without what its file says beside pixels.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// Greatest width and height, in pixels: sharp at 40 × 15 mm on paper.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 300;
/// Most pixels on a side of a file that is read, and most memory that decoding may take, in bytes.
const SIDE: u32 = 16_000;
const MEMORY: u64 = 128 * 1024 * 1024;

/// The `data:` address of a logo, from the bytes of its file (PNG or JPEG): a PNG of at most 600 × 300
/// pixels, in proportion, never larger than it was. The same bytes give the same address.
///
/// Nothing when the file is in another format, too large, or cannot be opened: documents then have
/// no logo (ECOLE-LOGO tells it).
pub fn logo_address(bytes: &[u8]) -> Option<String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    if decoder.total_bytes() > MEMORY {
        return None;
    }
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    let image = DynamicImage::ImageRgba8(within(image).to_rgba8());
    let mut png = Cursor::new(Vec::new());
    image.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(format!("data:image/png;base64,{}", STANDARD.encode(png.into_inner())))
}

/// The image within the greatest width and height.
fn within(image: DynamicImage) -> DynamicImage {
    if image.width() <= WIDTH && image.height() <= HEIGHT {
        return image;
    }
    image.resize(WIDTH, HEIGHT, FilterType::CatmullRom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let image = image::RgbImage::from_fn(width, height, |x, _| {
            image::Rgb(if x < width / 2 { [20, 90, 60] } else { [240, 240, 240] })
        });
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn opened(address: &str) -> DynamicImage {
        let data = address.strip_prefix("data:image/png;base64,").unwrap();
        image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap()
    }

    #[test]
    fn a_logo_is_small_and_the_same_twice() {
        let large = file(2400, 600, ImageFormat::Jpeg);
        let address = logo_address(&large).unwrap();
        let image = opened(&address);
        assert_eq!((image.width(), image.height()), (600, 150));
        assert_eq!(logo_address(&large).unwrap(), address);
        let high = opened(&logo_address(&file(400, 1200, ImageFormat::Png)).unwrap());
        assert_eq!((high.width(), high.height()), (100, 300));
        let little = opened(&logo_address(&file(40, 30, ImageFormat::Png)).unwrap());
        assert_eq!((little.width(), little.height()), (40, 30));
    }

    #[test]
    fn what_is_no_logo_gives_none() {
        assert_eq!(logo_address(b"<svg/>"), None);
        assert_eq!(logo_address(&file(20, 20, ImageFormat::WebP)), None);
        let png = file(64, 48, ImageFormat::Png);
        assert_eq!(logo_address(&png[..60]), None);
        // A small file that claims to be huge.
        let mut huge = png;
        huge[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(logo_address(&huge), None);
    }
}
