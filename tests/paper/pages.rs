//! The pages that are printed: rich ones, which hold what the templates of the house hold.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// The name and the HTML of each page, its pictures inside it.
pub(crate) fn pages() -> Vec<(&'static str, String)> {
    [
        ("bilan", include_str!("pages/bilan.html")),
        ("classe", include_str!("pages/classe.html")),
        ("divers", include_str!("pages/divers.html")),
    ]
    .into_iter()
    .map(|(name, html)| (name, html.replace("{{png}}", &png()).replace("{{jpeg}}", &jpeg())))
    .collect()
}

/// A disc whose edge fades: a picture with alpha.
fn png() -> String {
    let disc = RgbaImage::from_fn(48, 48, |x, y| {
        let far = (x.abs_diff(24).pow(2) + y.abs_diff(24).pow(2)).min(576);
        Rgba([20, 80, 160, 255 - u8::try_from(far * 255 / 576).unwrap()])
    });
    data(&disc.into(), ImageFormat::Png, "image/png")
}

fn jpeg() -> String {
    let slope = RgbImage::from_fn(60, 40, |x, y| Rgb([(x * 4) as u8, (y * 6) as u8, 128]));
    data(&slope.into(), ImageFormat::Jpeg, "image/jpeg")
}

fn data(picture: &DynamicImage, format: ImageFormat, kind: &str) -> String {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    format!("data:{kind};base64,{}", STANDARD.encode(bytes.into_inner()))
}
