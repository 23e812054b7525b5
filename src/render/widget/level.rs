//! One level as a coloured sign: colour, sign and words always together.

use minijinja::Value;

use crate::insight::{Mark, ResultCode, Tally};
use crate::record::Level;
use crate::render::html::Html;

/// Class of a level: `n0` (not assessed) to `n4`.
pub(super) fn class(level: Level) -> &'static str {
    ["n0", "n1", "n2", "n3", "n4"][level as usize]
}

/// A level alone: a position.
pub(super) fn position(html: &mut Html, level: Level) {
    html.raw("<i role=\"img\" class=\"").raw(class(level)).raw("\" title=\"").raw(level.label());
    html.raw("\"><b>").raw(level.as_str()).raw("</b></i>");
}

/// A level with a style of its own: `gros` in grids, `s` for a suggestion.
pub(super) fn styled(html: &mut Html, level: Level, style: &'static str, before: &'static str) {
    html.raw("<i role=\"img\" class=\"").raw(class(level)).raw(" ").raw(style).raw("\" title=\"");
    html.raw(before).raw(level.label()).raw("\"><b>").raw(level.as_str()).raw("</b></i>");
}

/// A position and the day it was decided.
pub(super) fn dated(html: &mut Html, level: Level, day: &str) {
    html.raw("<i role=\"img\" class=\"").raw(class(level)).raw("\" title=\"").raw(level.label());
    html.raw(", ").text(day).raw("\"><b>").raw(level.as_str()).raw("</b></i>");
}

/// Where a result stands, when its column does not say it: the day and the number of the
/// evaluation, so that a script can count columns (DASH-04).
pub(super) struct Standing<'a> {
    /// The day, as people read it.
    pub(super) day: &'a str,
    /// Number of the evaluation or company review among those of the pupil.
    pub(super) evaluation: usize,
}

/// A cell of a dashboard: a rectangle for a result in school, a capsule for a result in a company,
/// with its code (DASH-07 to 09), or why there is none.
pub(super) fn cell(html: &mut Html, code: ResultCode, mark: Mark, at: Option<&Standing<'_>>) {
    let sign = code.as_str();
    let class = match mark {
        Mark::Level(level) => class(level),
        Mark::Absent | Mark::Exempt => "nx",
    };
    html.raw("<i role=\"img\" class=\"").raw(class).raw(shape(code));
    if let Some(at) = at {
        html.raw("\" data-t=\"").raw(sign).raw("\" data-e=\"").number(at.evaluation);
    }
    html.raw("\" title=\"");
    if let Some(at) = at {
        html.text(at.day).raw(", ");
    }
    html.raw(sign).raw(if code.is_company() { " (entreprise), " } else { ", " });
    match mark {
        Mark::Level(level) => html
            .raw(level.label())
            .raw("\">")
            .raw(sign)
            .raw("<b>")
            .raw(level.as_str())
            .raw("</b></i>"),
        Mark::Absent => html.raw("absent\">abs</i>"),
        Mark::Exempt => html.raw("dispensé\">disp</i>"),
    };
}

/// A result in a company beside its words.
pub(super) fn capsule(html: &mut Html, level: Level) {
    html.raw("<i class=\"").raw(class(level)).raw(" e\" aria-hidden=\"true\">E<b>");
    html.raw(level.as_str()).raw("</b></i>");
}

/// The class of the shape of a cell (DASH-09).
fn shape(code: ResultCode) -> &'static str {
    if code.is_company() { " e" } else { "" }
}

/// A distribution as a bar, with its numbers in text.
pub(super) fn bar(html: &mut Html, tally: &Tally, numbers: bool) {
    let total = tally.total();
    if total > 0 {
        html.raw("<svg class=\"rep\" viewBox=\"0 0 ").number(total);
        html.raw(" 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        let mut x = 0;
        for (level, class) in Level::ALL.iter().zip(["f0", "f1", "f2", "f3", "f4"]) {
            let width = tally.of(*level);
            if width > 0 {
                html.raw("<rect class=\"").raw(class).raw("\" x=\"").number(x);
                html.raw("\" width=\"").number(width).raw("\" height=\"1\"/>");
                x += width;
            }
        }
        html.raw("</svg>");
    }
    if numbers {
        html.raw("<ul class=\"reps\">");
        for level in Level::ALL {
            html.raw("<li>")
                .raw(level.as_str())
                .raw(" <b>")
                .number(tally.of(*level))
                .raw("</b></li>");
        }
        html.raw("</ul>");
    }
}

/// A level for templates, by its sign.
pub(in crate::render) fn level_by_sign(sign: &str) -> Value {
    let mut html = Html::default();
    if let Some(level) = Level::parse(sign) {
        position(&mut html, level);
    }
    html.into_value()
}
