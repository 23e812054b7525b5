//! A school year as a drawing: official periods, then PFMP level by level; tables say the same.

use crate::page::Timeline;
use crate::render::html::Html;
use crate::text::Date;

/// Width kept at the left for the names of levels, and width of the year.
const LEFT: i32 = 110;
const WIDTH: i32 = 780;

/// The drawing of a year.
pub(in crate::render) fn timeline_figure(timeline: &Timeline) -> Html {
    let height = 62 + 30 * i32::try_from(timeline.rows.len()).unwrap_or(0);
    let mut html = Html::with_capacity(4_096);
    html.raw("<svg class=\"frise\" viewBox=\"0 0 900 ").number(height);
    html.raw("\" role=\"img\" aria-label=\"Frise de l’année : périodes officielles et PFMP de chaque niveau ; les dates sont dans les tableaux qui suivent\">");
    months(&mut html, timeline, height);
    for (label, from, to) in &timeline.periods {
        bar(&mut html, timeline, 24, (label, *from, *to), false);
    }
    let mut y = 58;
    for (level, bars) in &timeline.rows {
        html.raw("<text x=\"10\" y=\"").number(y + 16).raw("\">").text(level.label());
        html.raw("</text>");
        for (label, from, to) in bars {
            bar(&mut html, timeline, y, (label, *from, *to), true);
        }
        y += 30;
    }
    html.raw("</svg>");
    html
}

/// A bar between two dates, with its label.
fn bar(
    html: &mut Html,
    timeline: &Timeline,
    y: i32,
    (label, from, to): (&str, Date, Date),
    pfmp: bool,
) {
    let (left, right) = (place(timeline, from), place(timeline, to.next()));
    html.raw(if pfmp { "<rect class=\"pfmp\" x=\"" } else { "<rect class=\"per\" x=\"" });
    html.number(left).raw("\" y=\"").number(y).raw("\" width=\"").number((right - left - 2).max(4));
    html.raw("\" height=\"22\" rx=\"").number(if pfmp { 11 } else { 3 }).raw("\"/>");
    html.raw(if pfmp { "<text class=\"inv\" x=\"" } else { "<text x=\"" });
    html.number(left + 8).raw("\" y=\"").number(y + 15).raw("\">").text(label).raw("</text>");
}

/// A line and a name at the first day of each month.
fn months(html: &mut Html, timeline: &Timeline, height: i32) {
    const NAMES: [&str; 12] = [
        "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ];
    let (mut year, mut month) = (timeline.from.0.year(), timeline.from.0.month());
    while let Some(day) = Date::new(year, month, 1).filter(|day| *day <= timeline.to) {
        let x = place(timeline, day);
        html.raw("<line x1=\"").number(x).raw("\" x2=\"").number(x);
        html.raw("\" y1=\"6\" y2=\"").number(height - 2).raw("\"/><text class=\"gr\" x=\"");
        let name = NAMES[usize::from(month.unsigned_abs()) - 1];
        html.number(x + 5).raw("\" y=\"16\">").raw(name).raw("</text>");
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
}

/// Where a day stands; a year of no length is at the left.
fn place(timeline: &Timeline, day: Date) -> i32 {
    let length = timeline.from.days_until(timeline.to).max(1);
    LEFT + (timeline.from.days_until(day).clamp(0, length) * WIDTH) / length
}
