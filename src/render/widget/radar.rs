//! Two reviews compared: a radar with a gap where nothing was assessed, and the same values in words.

use std::f64::consts::TAU;

use crate::page::{ReviewPage, Site};
use crate::record::Level;
use crate::render::html::Html;
use crate::school::Review;
use crate::text::{count, short_date};

use super::level;

/// Above this number of axes the figure grows and stands alone.
const MANY: usize = 24;

/// The last two reviews, as a figure and as a table; nothing with one review only (BIL-10).
pub(in crate::render) fn comparison(site: &Site<'_>, page: &ReviewPage) -> Option<Html> {
    let school = site.school;
    let (before, now) = (&school.reviews[page.previous?], &school.reviews[page.shown]);
    let referential = &school.referentials[now.diploma];
    let axes: Vec<Axis<'_>> = referential
        .competence_ixs()
        .map(|competence| Axis {
            code: &referential.competences[competence.0 as usize].code,
            before: before.position(competence),
            now: now.position(competence),
        })
        .collect();
    let many = axes.len() > MANY;
    let mut html = Html::with_capacity(4_096 + axes.len() * 420);
    html.raw(if many { "<div>" } else { "<div class=\"deux\">" });
    // Two axes make no surface: the table says it all.
    if axes.len() > 2 {
        figure(&mut html, &axes, before, now, many);
    }
    table(&mut html, &axes, before, now);
    html.raw("</div>");
    Some(html)
}

/// A competence in both reviews.
struct Axis<'a> {
    code: &'a str,
    before: Level,
    now: Level,
}

/// Centre, radius and size of a figure.
struct Frame {
    x: f64,
    y: f64,
    radius: f64,
    step: f64,
}

impl Frame {
    /// The point of an axis at a share of the radius.
    fn point(&self, axis: usize, share: f64) -> (f64, f64) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a référentiel has some tens of competences"
        )]
        let angle = self.step * axis as f64 - TAU / 4.0;
        let length = self.radius * share;
        (self.x + length * angle.cos(), self.y + length * angle.sin())
    }
}

fn figure(html: &mut Html, axes: &[Axis<'_>], before: &Review, now: &Review, many: bool) {
    let (old, new) = (short_date(before.key.date), short_date(now.key.date));
    #[expect(clippy::cast_precision_loss, reason = "a référentiel has some tens of competences")]
    let step = TAU / axes.len() as f64;
    let frame = if many {
        Frame { x: 340.0, y: 315.0, radius: 260.0, step }
    } else {
        Frame { x: 250.0, y: 215.0, radius: 150.0, step }
    };
    html.raw("<figure><figcaption><b>Trait plein et ronds :</b> ").text(&new);
    html.raw(". <b>Tirets et carrés :</b> ").text(&old);
    html.raw(
        ". Une compétence non évaluée (NE) n’est pas un zéro : le trait s’interrompt.</figcaption>",
    );
    html.raw(if many {
        "<div class=\"def\" role=\"region\" aria-label=\"Radar\" tabindex=\"0\"><svg class=\"radar grand\" viewBox=\"0 0 680 630\""
    } else {
        "<svg class=\"radar\" viewBox=\"0 0 500 430\""
    });
    html.raw(" role=\"img\" aria-label=\"Radar des positions des bilans du ").text(&old);
    html.raw(" et du ").text(&new).raw(" ; les valeurs sont dans le tableau qui suit\">");
    rings(html, &frame, axes);
    labels(html, &frame, axes, many);
    surface(html, &frame, axes);
    line(html, &frame, axes, "<path class=\"av\" d=\"", |axis| axis.before);
    line(html, &frame, axes, "<path class=\"ap\" d=\"", |axis| axis.now);
    html.raw("<path class=\"pv\" d=\"");
    for (at, share) in shares(axes, |axis| axis.before) {
        let (x, y) = frame.point(at, share);
        html.raw("M");
        point(html, (x - 3.5, y - 3.5));
        html.raw("h7v7h-7z");
    }
    html.raw("\"/><path class=\"pp\" d=\"");
    for (at, share) in shares(axes, |axis| axis.now) {
        html.raw("M");
        point(html, frame.point(at, share));
        html.raw("h0");
    }
    html.raw("\"/></svg>").raw(if many { "</div></figure>" } else { "</figure>" });
}

/// Four closed rings and the axes; the axis of a competence that the shown review leaves out is dotted.
fn rings(html: &mut Html, frame: &Frame, axes: &[Axis<'_>]) {
    html.raw("<path class=\"an\" d=\"");
    for share in [0.25, 0.5, 0.75, 1.0] {
        for at in 0..axes.len() {
            html.raw(if at == 0 { "M" } else { "L" });
            point(html, frame.point(at, share));
        }
        html.raw("Z");
    }
    html.raw("\"/>");
    for (markup, assessed) in
        [("<path class=\"ax\" d=\"", true), ("<path class=\"ax ne\" d=\"", false)]
    {
        html.raw(markup);
        for (at, _) in
            axes.iter().enumerate().filter(|(_, axis)| axis.now.rank().is_some() == assessed)
        {
            html.raw("M");
            point(html, (frame.x, frame.y));
            html.raw("L");
            point(html, frame.point(at, 1.0));
        }
        html.raw("\"/>");
    }
}

fn labels(html: &mut Html, frame: &Frame, axes: &[Axis<'_>], many: bool) {
    let share = if many { 1.06 } else { 1.125 };
    for (at, axis) in axes.iter().enumerate() {
        let (x, y) = frame.point(at, share);
        let anchor = match x - frame.x {
            aside if aside > 1.0 => "start",
            aside if aside < -1.0 => "end",
            _ => "middle",
        };
        html.raw("<text x=\"");
        tenth(html, x);
        html.raw("\" y=\"");
        tenth(html, y + 4.0);
        html.raw("\" text-anchor=\"").raw(anchor);
        html.raw(if axis.now.rank().is_none() { "\" class=\"tne\">" } else { "\">" });
        html.text(axis.code);
        // With many axes the words would run into one another: the dotted axis and the table say it.
        if axis.now.rank().is_none() && !many {
            html.raw(" NE");
        }
        html.raw("</text>");
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

/// A triangle for each pair of neighbours that are both assessed.
fn surface(html: &mut Html, frame: &Frame, axes: &[Axis<'_>]) {
    html.raw("<path class=\"aire\" d=\"");
    for (a, b) in pairs(axes, |axis| axis.now) {
        html.raw("M");
        point(html, (frame.x, frame.y));
        html.raw("L");
        point(html, frame.point(a.0, a.1));
        html.raw("L");
        point(html, frame.point(b.0, b.1));
        html.raw("Z");
    }
    html.raw("\"/>");
}

fn line(
    html: &mut Html,
    frame: &Frame,
    axes: &[Axis<'_>],
    markup: &'static str,
    of: impl Fn(&Axis<'_>) -> Level,
) {
    html.raw(markup);
    let mut last = None;
    for (a, b) in pairs(axes, of) {
        if last != Some(a.0) {
            html.raw("M");
            point(html, frame.point(a.0, a.1));
        }
        html.raw("L");
        point(html, frame.point(b.0, b.1));
        last = Some(b.0);
    }
    html.raw("\"/>");
}

/// The axes that were assessed, with their share of the radius.
fn shares<'a>(
    axes: &'a [Axis<'a>],
    of: impl Fn(&Axis<'_>) -> Level + 'a,
) -> impl Iterator<Item = (usize, f64)> + 'a {
    axes.iter()
        .enumerate()
        .filter_map(move |(at, axis)| Some((at, f64::from(of(axis).rank()?) / 4.0)))
}

type Vertex = (usize, f64);

/// Neighbours that are both assessed, all around.
fn pairs<'a>(
    axes: &'a [Axis<'a>],
    of: impl Fn(&Axis<'_>) -> Level + 'a,
) -> impl Iterator<Item = (Vertex, Vertex)> + 'a {
    (0..axes.len()).filter_map(move |at| {
        let next = (at + 1) % axes.len();
        let share = |at: usize| Some(f64::from(of(&axes[at]).rank()?) / 4.0);
        Some(((at, share(at)?), (next, share(next)?)))
    })
}

fn point(html: &mut Html, (x, y): (f64, f64)) {
    tenth(html, x);
    html.raw(" ");
    tenth(html, y);
}

/// A positive length, to one decimal: the same bytes on every machine.
#[expect(clippy::cast_possible_truncation, reason = "figures are some hundreds of units wide")]
fn tenth(html: &mut Html, length: f64) {
    let tenths = (length * 10.0).round() as i32;
    html.number(tenths / 10);
    if tenths % 10 != 0 {
        html.raw(".").number(tenths % 10);
    }
}

/// What became of a competence; a level that is missing on one side compares with nothing.
fn evolution(axis: &Axis<'_>) -> Option<std::cmp::Ordering> {
    Some(axis.now.rank()?.cmp(&axis.before.rank()?))
}

fn table(html: &mut Html, axes: &[Axis<'_>], before: &Review, now: &Review) {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let number = |wanted| axes.iter().filter(|axis| evolution(axis) == wanted).count();
    html.raw("<div class=\"def\" role=\"region\" aria-label=\"Évolution par compétence\" tabindex=\"0\"><table class=\"serre\"><caption><span>Les mêmes valeurs en tableau <small>");
    let words = [
        (number(Some(Greater)), "en progrès", "en progrès"),
        (number(Some(Equal)), "stable", "stables"),
        (number(Some(Less)), "en recul", "en recul"),
        (number(None), "sans comparaison possible", "sans comparaison possible"),
    ];
    let said = words.iter().filter(|(number, _, _)| *number > 0);
    let said: Vec<String> = said.map(|(number, one, many)| count(*number, one, many)).collect();
    html.text(&said.join(", "));
    html.raw(
        "</small></span></caption><thead><tr><th scope=\"col\">Compétence</th><th scope=\"col\">",
    );
    html.text(&short_date(before.key.date)).raw("</th><th scope=\"col\">");
    html.text(&short_date(now.key.date))
        .raw("</th><th scope=\"col\">Évolution</th></tr></thead><tbody>");
    for axis in axes {
        html.raw("<tr><th scope=\"row\">").text(axis.code).raw("</th><td>");
        level::position(html, axis.before);
        html.raw("</td><td>");
        level::position(html, axis.now);
        html.raw("</td><td>");
        html.raw(match evolution(axis) {
            Some(Greater) => "<b>en progrès</b>",
            Some(Equal) => "stable",
            Some(Less) => "<b>en recul</b>",
            None => "<span class=\"gris\">pas de comparaison</span>",
        });
        html.raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div>");
}
