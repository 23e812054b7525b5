//! Two reviews drawn as a radar, around the origin, with a gap where nothing was assessed.

use std::f64::consts::TAU;

use crate::record::Level;
use crate::render::html::Html;
use crate::school::Review;
use crate::text::short_date;

use super::evolution::Axis;

/// Radius of a figure, and angle between two axes.
struct Frame {
    radius: f64,
    step: f64,
}

impl Frame {
    /// The point of an axis at a share of the radius.
    fn point(&self, axis: usize, share: f64) -> Point {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a référentiel has some tens of competences"
        )]
        let angle = self.step * axis as f64 - TAU / 4.0;
        let length = self.radius * share;
        (length * angle.cos(), length * angle.sin())
    }
}

type Point = (f64, f64);

/// The figure of two reviews; with many axes it is large, and may be scrolled.
pub(super) fn figure(
    html: &mut Html,
    axes: &[Axis<'_>],
    before: &Review,
    now: &Review,
    many: bool,
) {
    let (old, new) = (short_date(before.key.date), short_date(now.key.date));
    html.raw("<figure><figcaption><b>Trait plein et ronds :</b> ").text(&new);
    html.raw(". <b>Tirets et carrés :</b> ").text(&old);
    html.raw(
        ". Une compétence non évaluée (NE) n’est pas un zéro : le trait s’interrompt.</figcaption>",
    );
    if many {
        html.raw("<div class=\"def\" role=\"region\" aria-label=\"Radar\" tabindex=\"0\">");
    }
    html.raw(opening(many));
    html.raw(" role=\"img\" aria-label=\"Radar des positions des bilans du ").text(&old);
    html.raw(" et du ").text(&new).raw(if many {
        " ; les valeurs sont dans le tableau des positions\">"
    } else {
        " ; les valeurs sont dans le tableau qui suit\">"
    });
    inside(html, axes, many);
    html.raw("</svg>").raw(if many { "</div></figure>" } else { "</figure>" });
}

/// The drawing of two reviews, without a word: what stands around it says what it shows.
pub(super) fn drawing(html: &mut Html, axes: &[Axis<'_>], many: bool) {
    html.raw(opening(many)).raw(" aria-hidden=\"true\">");
    inside(html, axes, many);
    html.raw("</svg>");
}

fn opening(many: bool) -> &'static str {
    if many {
        "<svg class=\"radar grand\" viewBox=\"-340 -315 680 630\""
    } else {
        "<svg class=\"radar\" viewBox=\"-250 -215 500 430\""
    }
}

fn inside(html: &mut Html, axes: &[Axis<'_>], many: bool) {
    #[expect(clippy::cast_precision_loss, reason = "a référentiel has some tens of competences")]
    let step = TAU / axes.len() as f64;
    let frame = Frame { radius: if many { 260.0 } else { 150.0 }, step };
    rings(html, &frame, axes, many);
    spokes(html, &frame, axes);
    labels(html, &frame, axes, many);
    html.raw("<path class=\"aire\" d=\"");
    for run in runs(axes, |axis| axis.now) {
        html.raw("M0 0");
        run.into_iter().for_each(|vertex| on(html, frame.point(vertex.0, vertex.1)));
        html.raw("Z");
    }
    html.raw("\"/>");
    line(html, &frame, axes, "<path class=\"av\" d=\"", |axis| axis.before);
    line(html, &frame, axes, "<path class=\"ap\" d=\"", |axis| axis.now);
    html.raw("<path class=\"pv\" d=\"");
    for (at, share) in shares(axes, |axis| axis.before) {
        let (x, y) = frame.point(at, share);
        start(html, (x - 3.5, y - 3.5));
        html.raw("h7v7h-7z");
    }
    html.raw("\"/><path class=\"pp\" d=\"");
    for (at, share) in shares(axes, |axis| axis.now) {
        start(html, frame.point(at, share));
        html.raw("h0");
    }
    html.raw("\"/>");
}

/// Four rings: with many axes nobody tells a polygon from a circle.
fn rings(html: &mut Html, frame: &Frame, axes: &[Axis<'_>], many: bool) {
    let shares = [0.25, 0.5, 0.75, 1.0];
    if many {
        for share in shares {
            html.raw("<circle class=\"an\" r=\"");
            tenth(html, frame.radius * share);
            html.raw("\"/>");
        }
        return;
    }
    html.raw("<path class=\"an\" d=\"");
    for share in shares {
        start(html, frame.point(0, share));
        (1..axes.len()).for_each(|at| on(html, frame.point(at, share)));
        html.raw("Z");
    }
    html.raw("\"/>");
}

/// The axes; that of a competence that the shown review leaves out is dotted.
fn spokes(html: &mut Html, frame: &Frame, axes: &[Axis<'_>]) {
    for (markup, assessed) in
        [("<path class=\"ax\" d=\"", true), ("<path class=\"ax ne\" d=\"", false)]
    {
        html.raw(markup);
        for (at, axis) in axes.iter().enumerate() {
            if axis.now.rank().is_some() == assessed {
                html.raw("M0 0");
                on(html, frame.point(at, 1.0));
            }
        }
        html.raw("\"/>");
    }
}

fn labels(html: &mut Html, frame: &Frame, axes: &[Axis<'_>], many: bool) {
    let share = if many { 1.06 } else { 1.125 };
    // The axes on the left come one after the other.
    let mut on_the_left = false;
    for (at, axis) in axes.iter().enumerate() {
        let (x, y) = frame.point(at, share);
        if !on_the_left && x < -1.0 {
            html.raw("<g text-anchor=\"end\">");
            on_the_left = true;
        }
        html.raw("<text x=\"");
        tenth(html, x);
        html.raw("\" y=\"");
        tenth(html, y + 4.0);
        html.raw(if x.abs() > 1.0 { "\"" } else { "\" text-anchor=\"middle\"" });
        html.raw(if axis.now.rank().is_none() { " class=\"tne\">" } else { ">" });
        html.text(axis.code);
        // With many axes the words would run into one another: the dotted axis and the table say it.
        if axis.now.rank().is_none() && !many {
            html.raw(" NE");
        }
        html.raw("</text>");
    }
    if on_the_left {
        html.raw("</g>");
    }
    for (share, level) in [0.25, 0.5, 0.75, 1.0].into_iter().zip(&Level::ALL[1..]) {
        let (x, y) = frame.point(0, share);
        html.raw("<text class=\"gr\" x=\"");
        tenth(html, x + 4.0);
        html.raw("\" y=\"");
        tenth(html, y + 11.0);
        html.raw("\">").raw(level.as_str()).raw("</text>");
    }
}

fn line(
    html: &mut Html,
    frame: &Frame,
    axes: &[Axis<'_>],
    markup: &'static str,
    of: impl Fn(&Axis<'_>) -> Level,
) {
    html.raw(markup);
    for run in runs(axes, of) {
        for (nth, (at, share)) in run.into_iter().enumerate() {
            let go = if nth == 0 { start } else { on };
            go(html, frame.point(at, share));
        }
    }
    html.raw("\"/>");
}

/// An axis and a share of the radius.
type Vertex = (usize, f64);

/// The axes that were assessed, with their share of the radius.
fn shares<'a>(
    axes: &'a [Axis<'a>],
    of: impl Fn(&Axis<'_>) -> Level + 'a,
) -> impl Iterator<Item = Vertex> + 'a {
    axes.iter()
        .enumerate()
        .filter_map(move |(at, axis)| Some((at, f64::from(of(axis).rank()?) / 4.0)))
}

/// Neighbours that are assessed one after the other, all around: what a line goes through.
fn runs(axes: &[Axis<'_>], of: impl Fn(&Axis<'_>) -> Level) -> Vec<Vec<Vertex>> {
    let share = |at: usize| Some((at, f64::from(of(&axes[at]).rank()?) / 4.0));
    let mut runs: Vec<Vec<Vertex>> = Vec::new();
    for at in 0..axes.len() {
        let (Some(a), Some(b)) = (share(at), share((at + 1) % axes.len())) else { continue };
        match runs.last_mut().filter(|run| run.last() == Some(&a)) {
            Some(run) => run.push(b),
            None => runs.push(vec![a, b]),
        }
    }
    runs
}

/// Begins a path at a point.
fn start(html: &mut Html, (x, y): Point) {
    html.raw("M");
    tenth(html, x);
    apart(html, y);
}

/// Draws a straight line on to a point: what follows a point in a path, unless it says otherwise.
fn on(html: &mut Html, (x, y): Point) {
    apart(html, x);
    apart(html, y);
}

/// A length after another one: a sign keeps them apart as well as a space.
fn apart(html: &mut Html, length: f64) {
    if tenths(length) >= 0 {
        html.raw(" ");
    }
    tenth(html, length);
}

/// A length, to one decimal: the same bytes on every machine.
fn tenth(html: &mut Html, length: f64) {
    let tenths = tenths(length);
    if tenths < 0 {
        html.raw("-");
    }
    html.number(tenths.abs() / 10);
    if tenths % 10 != 0 {
        html.raw(".").number(tenths.abs() % 10);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "figures are some hundreds of units wide")]
fn tenths(length: f64) -> i32 {
    (length * 10.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_path_are_short_and_stay_apart() {
        let mut html = Html::default();
        start(&mut html, (-0.04, -2.5));
        on(&mut html, (3.0, -0.01));
        on(&mut html, (-1.96, 10.25));
        assert_eq!(html.as_str(), "M0-2.5 3 0-2 10.3");
    }

    #[test]
    fn a_line_goes_on_all_around_and_breaks_where_nothing_was_assessed() {
        let axes = |signs: &[&str]| -> Vec<Axis<'_>> {
            let level = |sign: &&str| Level::parse(sign).unwrap();
            signs.iter().map(|s| Axis { code: "", before: level(s), now: level(s) }).collect()
        };
        let places = |signs: &[&str]| -> Vec<Vec<usize>> {
            let runs = runs(&axes(signs), |axis| axis.now);
            runs.iter().map(|run| run.iter().map(|(at, _)| *at).collect()).collect()
        };
        assert_eq!(places(&["+", "-", "++"]), [[0, 1, 2, 0]]);
        assert_eq!(places(&["+", "NE", "+", "-"]), [[2, 3, 0]]);
        assert_eq!(places(&["+", "+", "NE", "+", "+"]), [vec![0, 1], vec![3, 4, 0]]);
        assert_eq!(places(&["+", "NE", "+", "NE"]), Vec::<Vec<usize>>::new());
    }
}
