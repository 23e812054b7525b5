//! The file of a new livret, ready to paste: what the school knows is copied, the rest is a
//! question mark (LSL-01, LSL-27).

use std::fmt::Write as _;

use crate::insight::{Recopied, Recopy};
use crate::record::{LivretRules, quote};
use crate::school::{Class, Ix, Pupil, School};

/// Writes a whole livret. A question mark stands for what a teacher decides; left there, it would
/// be told as a mistake.
pub(super) fn livret_text(
    school: &School,
    rules: &LivretRules,
    pupil: Ix<Pupil>,
    class: Ix<Class>,
    copy: Option<&Recopy>,
) -> String {
    let class_ix = class;
    let class = &school.classes[class_ix];
    let mut text = String::from("appreciation = ?\n");
    let team: Vec<String> =
        class.team.iter().map(|person| quote(&school.people[*person].id)).collect();
    let team = if team.is_empty() { quote("?") } else { team.join(", ") };
    let _ = writeln!(text, "enseignants = [{team}]\n");
    text.push_str(&levels_text(school, class, copy));
    marks(&mut text, school, pupil, class_ix);
    let form_teacher = class.form_teacher.map(|person| school.people[person].id.as_str());
    let abroad =
        school.pupils[pupil].portfolios.iter().any(|ix| school.portfolios[*ix].is_abroad());
    let _ = write!(
        text,
        "\n[pfmp]\nsynthese = ?\nenseignant = {}\n",
        quote(form_teacher.unwrap_or("?"))
    );
    if abroad {
        text.push_str("etranger = true\n");
    }
    if rules.projet.is_some() {
        text.push_str("\n[projet]\nnote = ?\nsynthese = ?\nenseignants = [\"?\"]\n");
    }
    text
}

/// The levels as "Recopie" gives them.
pub(super) fn levels_text(school: &School, class: &Class, copy: Option<&Recopy>) -> String {
    let mut text = String::from("[niveaux]\n");
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    let codes: Vec<String> = (list.iter())
        .flat_map(|list| &list.competences)
        .map(|line| bare_or_quoted(&line.code))
        .collect();
    let width = codes.iter().map(String::len).max().unwrap_or(0);
    for (line, code) in codes.iter().enumerate() {
        let _ = match copy.and_then(|copy| copy.lines.get(line)) {
            Some(Recopied::Level(level)) => writeln!(text, "{code:width$} = {level}"),
            _ => writeln!(text, "{code:width$} = ?"),
        };
    }
    text
}

/// One entry for each official period that has a validated review, with the mark of its last one.
fn marks(text: &mut String, school: &School, pupil: Ix<Pupil>, class: Ix<Class>) {
    let (class, diploma) = (&school.classes[class], school.classes[class].diploma);
    let mut written = 0;
    let periods = school.periods_of_class(class);
    for period in &periods {
        let reviews = school.pupils[pupil].reviews.iter().rev().map(|ix| &school.reviews[*ix]);
        let mut within = reviews.filter(|review| {
            let day = review.key.date;
            review.is_valid()
                && review.diploma == diploma
                && period.debut <= day
                && day <= period.fin
        });
        let Some(review) = within.next() else { continue };
        let note = review.record.note.map_or_else(|| "?".to_owned(), |note| note.0.to_string());
        let _ = write!(
            text,
            "\n[[notes]]\nperiode = {}\nbilan = {}\nnote = {note}\n",
            quote(&period.code),
            review.key.date
        );
        written += 1;
    }
    if written == 0 {
        let code = periods.first().map_or("?", |period| period.code.as_str());
        let _ = write!(text, "\n[[notes]]\nperiode = {}\nnote = ?\n", quote(code));
    }
}

fn bare_or_quoted(code: &str) -> String {
    let bare = code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { code.to_owned() } else { quote(code) }
}
