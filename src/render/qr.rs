//! The square that a telephone reads (QR code), drawn as SVG.

use qrcodegen::{QrCode, QrCodeEcc};

use super::html::Html;

/// White modules around the square: the norm asks for four.
const QUIET: i32 = 4;

/// What does not fit in a square, which holds about two thousand letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("l’adresse du site des familles est trop longue pour tenir dans le carré des lettres")]
pub struct TooLong;

/// Draws the square that leads to an address; `words` is for those who do not see it.
pub(super) fn square(address: &str, words: &'static str) -> Result<Html, TooLong> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).map_err(|_| TooLong)?;
    let size = code.size();
    let side = size + 2 * QUIET;
    let mut html = Html::with_capacity(8192);
    html.raw("<svg class=\"carre\" role=\"img\" aria-label=\"").text(words);
    html.raw("\" viewBox=\"0 0 ").number(side).raw(" ").number(side);
    html.raw("\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h").number(side);
    html.raw("v").number(side).raw("H0z\"/><path fill=\"#000\" d=\"");
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                html.raw("M").number(x + QUIET).raw(" ").number(y + QUIET);
                html.raw("h").number(run).raw("v1h-").number(run).raw("z");
            }
            x += run.max(1);
        }
    }
    html.raw("\"/></svg>");
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules of a drawing, quiet zone included, and the side of the drawing.
    fn dark(svg: &str) -> (Vec<(i32, i32)>, i32) {
        let side = svg.split_once("viewBox=\"0 0 ").unwrap().1.split(' ').next().unwrap();
        let path = svg.split("fill=\"#000\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut modules = Vec::new();
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let (at, shape) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
            let (length, back) = shape.split_once("v1h-").unwrap();
            assert_eq!(length, back);
            modules.extend((0..length.parse().unwrap()).map(|step| (x + step, y)));
        }
        (modules, side.parse().unwrap())
    }

    #[test]
    fn the_drawing_has_the_modules_of_the_code_and_its_quiet_zone() {
        let address = "https://familles.lycee.example/#abcdefghijklmnopqrstuvwxyz";
        let svg = square(address, "Carré").unwrap();
        let (mut drawn, side) = dark(svg.as_str());
        let code = QrCode::encode_text(address, QrCodeEcc::Medium).unwrap();
        assert_eq!(side, code.size() + 8);
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let mut expected: Vec<(i32, i32)> =
            all.filter(|(x, y)| code.get_module(*x, *y)).map(|(x, y)| (x + 4, y + 4)).collect();
        drawn.sort_unstable();
        expected.sort_unstable();
        assert_eq!(drawn, expected);
        // The drawing never holds the address in letters.
        assert!(!svg.as_str().contains("familles"));
    }

    #[test]
    fn an_endless_address_is_refused() {
        assert_eq!(square(&"a".repeat(3000), "Carré").unwrap_err(), TooLong);
    }
}
