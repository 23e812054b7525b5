//! A school year as a drawing: official periods, then PFMP level by level; tables say the same.

use crate::page::Timeline;
use crate::render::html::Html;
use crate::text::Date;

/// Width kept at the left for the names of levels, and width of the year.
const LEFT: i32 = 110;
const WIDTH: i32 = 780;

/// A bar: label, first and last day.
type Bar = (String, Date, Date);

/// The drawing of a year.
pub(in crate::render) fn timeline_figure(timeline: &Timeline) -> Html {
    let periods = lanes(&timeline.periods);
    let rows: Vec<_> = timeline.rows.iter().map(|(level, bars)| (level, lanes(bars))).collect();
    let count = periods.len() + rows.iter().map(|(_, lanes)| lanes.len()).sum::<usize>();
    let height = 30 + 26 * i32::try_from(count).unwrap_or(0) + 8;
    let mut html = Html::with_capacity(4_096);
    html.raw("<svg class=\"frise\" viewBox=\"0 0 900 ").number(height);
    html.raw("\" role=\"img\" aria-label=\"Frise de l’année\u{a0}: périodes officielles et PFMP de chaque niveau\u{a0}; les dates sont dans les tableaux qui suivent\">");
    months(&mut html, timeline, height);
    let mut y = 26;
    for lane in periods {
        for each in lane {
            bar(&mut html, timeline, y, each, false);
        }
        y += 26;
    }
    y += 6;
    for (level, lanes) in rows {
        html.raw("<text x=\"10\" y=\"").number(y + 15).raw("\">").text(level.label());
        html.raw("</text>");
        for lane in lanes {
            for each in lane {
                bar(&mut html, timeline, y, each, true);
            }
            y += 26;
        }
    }
    html.raw("</svg>");
    html
}

/// Bars laid out so that none hides another: each goes to the first lane that is free.
fn lanes(bars: &[Bar]) -> Vec<Vec<&Bar>> {
    let mut sorted: Vec<&Bar> = bars.iter().collect();
    sorted.sort_by_key(|(_, from, to)| (*from, *to));
    let mut lanes: Vec<Vec<&Bar>> = Vec::new();
    for bar in sorted {
        let is_free = |lane: &&mut Vec<&Bar>| lane.last().is_none_or(|last| last.2 < bar.1);
        match lanes.iter_mut().find(is_free) {
            Some(lane) => lane.push(bar),
            None => lanes.push(vec![bar]),
        }
    }
    lanes
}

/// A bar between two dates, with its label.
fn bar(html: &mut Html, timeline: &Timeline, y: i32, (label, from, to): &Bar, pfmp: bool) {
    let (left, right) = (place(timeline, *from), place(timeline, to.next()));
    let width = (right - left - 2).max(4);
    html.raw(if pfmp { "<rect class=\"pfmp\" x=\"" } else { "<rect class=\"per\" x=\"" });
    html.number(left).raw("\" y=\"").number(y).raw("\" width=\"").number(width);
    html.raw("\" height=\"22\" rx=\"").number(if pfmp { 11 } else { 3 }).raw("\"/>");
    html.raw(if pfmp { "<text class=\"inv\" x=\"" } else { "<text x=\"" });
    html.number(if pfmp { left + width / 2 } else { left + 8 })
        .raw("\" y=\"")
        .number(y + 15)
        .raw("\">")
        .text(label)
        .raw("</text>");
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
