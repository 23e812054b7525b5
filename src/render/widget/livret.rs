//! The table of a livret: expected competences × reviews, and the blue column, the only one that is
//! sent (LSL-21 to LSL-28).

use crate::insight::{
    Hundredths, Origin, Recopied, annual_mean, hundredths, level_origin, mark_origin,
};
use crate::page::{DEGREES, LivretPage, Site, Subject, address, decimal, link};
use crate::record::{Level, PeriodMark};
use crate::render::html::Html;
use crate::school::{CompetenceIx, Livret, Referential, Review};
use crate::text::short_date;

/// What the table is drawn from.
struct Table<'a> {
    site: &'a Site<'a>,
    page: &'a LivretPage,
    referential: &'a Referential,
    reviews: Vec<&'a Review>,
    livret: Option<&'a Livret>,
    /// How many of the columns, the first ones, are of earlier years.
    older: usize,
}

/// Draws the table.
pub(in crate::render) fn livret_table(site: &Site<'_>, page: &LivretPage, at: &str) -> Html {
    let school = site.school;
    let class = &school.classes[page.class_ix];
    let reviews: Vec<_> = page.columns.iter().map(|ix| &school.reviews[*ix]).collect();
    let older =
        reviews.iter().filter(|review| school.classes[review.class].year != class.year).count();
    let table = Table {
        site,
        page,
        referential: &school.referentials[class.diploma],
        reviews,
        livret: page.livret.map(|ix| &school.livrets[ix]),
        older,
    };
    let mut html = Html::with_capacity(8_192);
    table.head(&mut html, at);
    table.body(&mut html);
    table.foot(&mut html);
    html
}

impl Table<'_> {
    fn head(&self, html: &mut Html, at: &str) {
        html.raw("<thead><tr><th scope=\"col\">Compétence attendue</th>");
        for (ix, review) in self.page.columns.iter().zip(&self.reviews) {
            html.raw("<th scope=\"col\"><a href=\"");
            html.text(&link(at, &address(self.site, Subject::Review(*ix)))).raw("\">");
            html.text(&short_date(review.key.date));
            if review.key.number > 1 {
                html.raw(" (").number(review.key.number).raw(")");
            }
            html.raw("</a>");
            if !review.is_valid() {
                html.raw("<small>brouillon</small>");
            } else if review.record.terminal {
                html.raw("<small>terminal</small>");
            }
            html.raw("</th>");
        }
        html.raw("<th scope=\"col\" class=\"liv\"><b>Livret</b><small>seul envoyé</small></th>");
        html.raw("</tr></thead>\n");
    }

    fn body(&self, html: &mut Html) {
        let list = self.referential.record.lsl.as_ref();
        let lines = list.map_or(&[][..], |list| list.competences.as_slice());
        html.raw("<tbody>");
        for (place, line) in lines.iter().enumerate() {
            let gathered: Vec<CompetenceIx> =
                line.regroupe.iter().filter_map(|code| self.referential.competence(code)).collect();
            let alone = line.regroupe.len() == 1;
            html.raw("<tr><th scope=\"row\"><span class=\"code\">").text(&line.code);
            html.raw("</span> ").text(&line.intitule);
            if !alone {
                html.raw("<small>");
                match gathered.len() {
                    0 | 1 => html.raw("ligne positionnée à la main"),
                    number => html.number(number).raw(" compétences réunies"),
                };
                html.raw("</small>");
            }
            html.raw("</th>");
            for review in &self.reviews {
                html.raw("<td>");
                if let ([one], true) = (gathered.as_slice(), alone) {
                    position(html, review.position(*one));
                }
                html.raw("</td>");
            }
            self.blue(html, place);
            html.raw("</tr>\n");
            if !alone {
                gathered.iter().for_each(|competence| self.gathered(html, *competence));
            }
        }
        html.raw("</tbody>");
    }

    /// A competence gathered under the line above, in grey (LSL-25).
    fn gathered(&self, html: &mut Html, competence: CompetenceIx) {
        let record = self.referential.competence_record(competence);
        html.raw("<tr class=\"reunie\"><th scope=\"row\"><span class=\"code\">").text(&record.code);
        html.raw("</span> ").text(&record.intitule).raw("</th>");
        for review in &self.reviews {
            html.raw("<td>");
            position(html, review.position(competence));
            html.raw("</td>");
        }
        html.raw("<td class=\"liv\"></td></tr>\n");
    }

    /// The level of the livret, and where it comes from; "?" as long as nobody chose it.
    fn blue(&self, html: &mut Html, place: usize) {
        html.raw("<td class=\"liv\">");
        let copied = self.page.copy.as_ref().and_then(|copy| copy.lines.get(place)).copied();
        let level = self.livret.and_then(|livret| Some((livret, livret.level(place)?)));
        if let Some((livret, level)) = level {
            html.raw("<span class=\"degre\">");
            degree(html, level, "");
            html.raw("<span>").raw(word(level)).raw("</span></span>");
            let copy = self.page.copy.as_ref();
            let origin = level_origin(self.site.school, livret, place, copy);
            html.raw("<small>").raw(origin.as_str());
            if let (Origin::Guided, Some(Recopied::Level(other))) = (origin, copied) {
                html.raw(", bilan\u{a0}:\u{a0}").number(other);
            }
            html.raw("</small>");
        } else {
            html.raw("<b class=\"att\" title=\"à positionner\">?</b>");
            match copied {
                Some(Recopied::Level(level)) => {
                    html.raw("<small>Recopie\u{a0}:\u{a0}").number(level).raw("</small>");
                }
                Some(Recopied::NotAssessed) => {
                    html.raw("<small>non évaluée au bilan</small>");
                }
                Some(Recopied::Merged) => {
                    html.raw("<small>à la main</small>");
                }
                None => {}
            }
        }
        html.raw("</td>");
    }

    /// The marks beside the reviews of the year; older columns have no such cells (LSL-23).
    fn foot(&self, html: &mut Html) {
        html.raw("<tfoot>");
        self.foot_row(html, "Note proposée par le bilan", |html, review| {
            match review.record.note.map(hundredths) {
                Some(note) => html.text(&decimal(note)),
                None => html.raw("<span class=\"gris\">aucune</span>"),
            };
        });
        html.raw("<td class=\"liv\"></td></tr>\n");
        self.foot_row(html, "Note pour le livret", |html, review| {
            let Some((livret, mark)) = self.mark_of(review) else {
                html.raw("<span class=\"gris\">–</span>");
                return;
            };
            self.typed(html, livret, mark, review);
        });
        html.raw("<td class=\"liv\">");
        let class = &self.site.school.classes[self.page.class_ix];
        let rules = self.site.school.livret_rules_of(class);
        let mean = self.livret.zip(rules).and_then(|(l, rules)| annual_mean(l, rules.arrondi));
        if let Some(mean) = mean {
            html.raw("<b>").text(&decimal(mean)).raw("</b><small>année</small>");
        }
        html.raw("</td></tr>\n");
        self.foot_row(html, "Période", |html, review| match self.mark_of(review) {
            Some((_, mark)) => drop(html.raw("<b>").text(&mark.periode).raw("</b>")),
            None => drop(html.raw("<span class=\"gris\">–</span>")),
        });
        html.raw("<td class=\"liv\"></td></tr></tfoot>");
    }

    fn foot_row(&self, html: &mut Html, title: &'static str, cell: impl Fn(&mut Html, &Review)) {
        html.raw("<tr><th scope=\"row\">").raw(title).raw("</th>");
        if self.older > 0 {
            html.raw("<td class=\"ant\" colspan=\"").number(self.older).raw("\"></td>");
        }
        for review in self.reviews.iter().skip(self.older) {
            html.raw("<td>");
            cell(html, review);
            html.raw("</td>");
        }
    }

    /// The mark that stands beside a review: on the last one of its day.
    fn mark_of(&self, review: &Review) -> Option<(&Livret, &PeriodMark)> {
        let livret = self.livret?;
        let day = review.key.date;
        let last = self.reviews.iter().rev().find(|other| other.key.date == day)?;
        let mark = livret.record.notes.iter().find(|mark| mark.bilan == Some(day))?;
        (last.key == review.key).then_some((livret, mark))
    }

    fn typed(&self, html: &mut Html, livret: &Livret, mark: &PeriodMark, review: &Review) {
        if mark.non_note {
            html.raw("<b title=\"pas de note pour cette période\">NN</b>");
        } else if let Some(note) = mark.note.map(hundredths) {
            html.raw("<b>").text(&decimal(note)).raw("</b>");
            if let Some(proposed) = review.record.note.map(hundredths).filter(|p| *p != note) {
                difference(html, proposed, note);
            }
        }
        let origin = mark_origin(self.site.school, livret, mark);
        html.raw("<small>").raw(origin.as_str()).raw("</small>");
    }
}

/// "+0,5": what the mark of the livret adds to the one proposed, or takes from it (LSL-28).
fn difference(html: &mut Html, proposed: Hundredths, typed: Hundredths) {
    let sign = if typed > proposed { "+" } else { "\u{2212}" };
    html.raw(" <span class=\"badge att\" title=\"écart avec la note proposée\">").text(sign);
    html.text(&decimal(typed.abs_diff(proposed))).raw("</span>");
}

/// A position of a review, as the livret counts it: 1 to 4, or NE.
fn position(html: &mut Html, level: Level) {
    match level.rank() {
        Some(rank) => degree(html, rank, level.as_str()),
        None => drop(html.raw("<span class=\"gris\" title=\"non évaluée\">NE</span>")),
    }
}

/// A degree in words.
fn word(rank: u8) -> &'static str {
    DEGREES[usize::from(rank.clamp(1, 4)) - 1]
}

/// A degree from 1 to 4: number, colour, and words on hover and for screen readers.
fn degree(html: &mut Html, rank: u8, sign: &str) {
    let class = ["n1", "n2", "n3", "n4"][usize::from(rank.clamp(1, 4)) - 1];
    html.raw("<i role=\"img\" class=\"").raw(class).raw("\" title=\"").raw(word(rank));
    if !sign.is_empty() {
        html.raw(" (").text(sign).raw(")");
    }
    html.raw("\"><b>").number(rank).raw("</b></i>");
}
