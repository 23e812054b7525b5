//! A small picture of the first page of a document, for the gallery.

use std::io::Cursor;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, RgbaImage};

/// The longest side of a picture, in pixels: sharp at half that size on dense screens.
const SIDE: u32 = 300;
/// How much larger pages are drawn before they are reduced: small letters then stay legible.
const FINER: f32 = 2.0;

/// Draws the first page of a finished document as a PNG picture. The same document gives the same
/// picture on every machine: no browser is needed, and no font but those in the file.
///
/// Nothing when the document cannot be read.
pub fn picture(document: &[u8]) -> Option<Vec<u8>> {
    let pdf = Pdf::new(document.to_vec()).ok()?;
    let page = pdf.pages().first()?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !(1.0..=20_000.0).contains(&longest) {
        return None;
    }
    let scale = 300.0 * FINER / longest;
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &pixels,
    );
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let image = RgbaImage::from_raw(width, height, drawn.data_as_u8_slice().to_vec())?;
    let small = DynamicImage::ImageRgba8(image).resize(SIDE, SIDE, FilterType::Triangle).to_rgb8();
    let mut bytes = Cursor::new(Vec::new());
    small.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}
