//! What was meant by a text that is not TOML: where, one sentence, what to type, the text that mends.

use std::ops::Range;

use super::decode::quote;
use super::value::{Level, Outcome};
use crate::text::{Date, quoted};

/// A syntax error as the parser tells it.
#[derive(Clone, Debug)]
pub(super) struct Upset {
    /// Where the parser stumbled.
    pub(super) span: Range<usize>,
    /// What it says, in English.
    pub(super) message: String,
}

/// A syntax error as a person can mend it.
#[derive(Debug)]
pub(super) struct Slip {
    /// The faulty bytes.
    pub(super) span: Range<usize>,
    /// One sentence.
    pub(super) message: String,
    /// What to type.
    pub(super) help: String,
    /// The text to put in place of the faulty bytes, when that is certain.
    pub(super) replacement: Option<String>,
    /// The bytes of which nothing can be trusted because of this.
    pub(super) blurred: Range<usize>,
}

/// The slips behind the parser's errors: one a line, without those that only follow from another.
pub(super) fn slips(text: &str, mut errors: Vec<Upset>) -> Vec<Slip> {
    errors.sort_by_key(|error| error.span.start);
    let mut slips: Vec<Slip> = Vec::new();
    for error in &errors {
        let line = line_around(text, error.span.start);
        if slips.iter().any(|slip| slip.blurred.contains(&line.start) || slip.blurred == line) {
            continue;
        }
        slips.push(Reading { text, error, errors: &errors, line }.slip());
    }
    slips
}

/// The line of an offset, without its end; past the last line, the last one that says something.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let last = text.trim_end().len();
    let offset = offset.min(last);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    start..start + text[start..end].trim_end().len()
}

struct Reading<'a> {
    text: &'a str,
    error: &'a Upset,
    errors: &'a [Upset],
    line: Range<usize>,
}

impl Reading<'_> {
    fn has(&self, words: &str) -> bool {
        self.error.message.contains(words)
    }

    fn line_text(&self) -> &str {
        &self.text[self.line.clone()]
    }

    /// The error, told by its own span and line.
    fn told(&self, message: &str, help: &str) -> Slip {
        self.at(self.visible(), message, help)
    }

    fn at(&self, span: Range<usize>, message: &str, help: &str) -> Slip {
        Slip {
            span,
            message: message.to_owned(),
            help: help.to_owned(),
            replacement: None,
            blurred: self.line.clone(),
        }
    }

    fn mended(&self, span: Range<usize>, message: &str, replacement: String) -> Slip {
        let help = format!("écrivez {replacement}");
        Slip { replacement: Some(replacement), ..self.at(span, message, &help) }
    }

    /// An empty span is widened to the character it stands before; past the end, to the last line.
    fn visible(&self) -> Range<usize> {
        let span = &self.error.span;
        if span.start >= self.text.trim_end().len() {
            return self.line.clone();
        }
        if !span.is_empty() {
            return span.clone();
        }
        match self.text.get(span.start..).and_then(|rest| rest.chars().next()) {
            Some(c) if c != '\n' && c != '\r' => span.start..span.start + c.len_utf8(),
            _ => span.clone(),
        }
    }

    fn slip(&self) -> Slip {
        if self.runs_into_next_key() {
            return self.unclosed_list();
        }
        if self.has("duplicate key") {
            return if self.line_text().trim_start().starts_with('[') {
                self.told(
                    "ce titre est déjà écrit plus haut",
                    "réunissez toutes les lignes sous un seul des deux titres",
                )
            } else {
                self.told(
                    "cette clé est déjà écrite plus haut dans le même tableau",
                    "gardez une seule des deux lignes",
                )
            };
        }
        if self.has("string values must be quoted") {
            return self.bare_value();
        }
        if self.has("unexpected key or value") {
            return self.after_the_value();
        }
        if self.has("key with no value") || self.has("missing assignment") {
            return self.no_equals_sign();
        }
        if self.has("unclosed array table") || self.has("unclosed table") {
            let next = self.text[self.line.end..].find("\n[");
            let end = next.map_or(self.text.len(), |at| self.line.end + at);
            let slip = self.at(
                self.line.clone(),
                "ce titre entre crochets n’est pas fermé",
                "ajoutez le crochet fermant : [titre] ou [[titre]]",
            );
            return Slip { blurred: self.line.start..end, ..slip };
        }
        if self.has("date") {
            return self.date();
        }
        if self.has("leading zero") {
            let token = self.token(|c| c.is_ascii_digit());
            let number = quote(&self.text[token.clone()]);
            return self.mended(
                token,
                "un numéro qui commence par 0 s’écrit entre guillemets",
                number,
            );
        }
        if self.has("boolean") {
            let raw = self.text[self.error.span.clone()].to_lowercase();
            if raw == "true" || raw == "false" {
                return self.mended(self.visible(), "true et false s’écrivent en minuscules", raw);
            }
        }
        if self.has("key") {
            return self.key();
        }
        if self.has("string") || self.has("escape") {
            return self.string();
        }
        self.other()
    }

    /// Whether the next key was read as an element of a list that was not closed.
    fn runs_into_next_key(&self) -> bool {
        let of_lists = |error: &&Upset| {
            error.message.contains("unexpected `=` in array")
                && self.line.contains(&error.span.start)
        };
        (self.has("in array") || self.has("between array elements"))
            && self.errors.iter().any(|error| of_lists(&error))
    }

    fn unclosed_list(&self) -> Slip {
        let mut before = self.line.start;
        let line = loop {
            if before == 0 {
                break self.line.clone();
            }
            let line = line_around(self.text, before - 1);
            let said = self.text[line.clone()].trim();
            if !said.is_empty() && !said.starts_with('#') {
                break line;
            }
            before = line.start;
        };
        let slip = self.at(
            line.clone(),
            "la liste de cette ligne n’est pas fermée",
            "ajoutez le crochet fermant ] à la fin de la liste",
        );
        Slip { blurred: line.start..self.text.len(), ..slip }
    }

    /// A value without quotes: a date, a yes, a sign, a text.
    fn bare_value(&self) -> Slip {
        let span = self.error.span.clone();
        let raw = self.text.get(span.clone()).unwrap_or("").trim();
        if raw.is_empty() {
            return self.at(
                self.line.clone(),
                "il manque la valeur après le signe =",
                "écrivez la valeur, ou supprimez la ligne",
            );
        }
        if let Some(date) = french_date(raw) {
            return self.mended(span, "une date s’écrit année-mois-jour", date.to_string());
        }
        match raw.to_lowercase().as_str() {
            "oui" | "vrai" => {
                return self.mended(span, "oui et non s’écrivent true et false", "true".into());
            }
            "non" | "faux" => {
                return self.mended(span, "oui et non s’écrivent true et false", "false".into());
            }
            _ => {}
        }
        let inner = raw.trim_matches(|c: char| "“”„‟«»‘’\u{a0}\u{202f} ".contains(c));
        if inner.len() < raw.len() && !inner.is_empty() && !inner.contains('"') {
            return self.mended(
                span,
                "ce texte est entre des guillemets qui ne sont pas droits",
                quote(inner),
            );
        }
        if Level::parse(raw).is_some() || Outcome::parse(raw).is_some() {
            return self.at(
                span,
                "ce signe doit être entre guillemets",
                "écrivez chaque signe entre guillemets droits, par exemple [\"+\", \"NE\"]",
            );
        }
        let plain = !raw.contains(['"', '\'', '[', ']', '=', '#']);
        if plain && span.end == self.line.end {
            return self.mended(span, "ce texte doit être entre guillemets", quote(raw));
        }
        self.at(
            span,
            "ce texte doit être entre guillemets",
            "ajoutez un guillemet droit (\") avant et après le texte",
        )
    }

    /// Something follows a value on its line.
    fn after_the_value(&self) -> Slip {
        let at = self.error.span.start;
        let (before, after) = (&self.text[..at], &self.text[at..]);
        let number = self.token(|c| c.is_ascii_digit() || c == ',');
        let decimal = after.starts_with(',') && number.contains(&at);
        if decimal && self.text[number.clone()].matches(',').count() == 1 {
            let mended = self.text[number.clone()].replace(',', ".");
            return self.mended(number, "les décimales s’écrivent avec un point", mended);
        }
        let rest = at..self.line.end.max(at);
        if before.ends_with('"') {
            return self.at(
                rest,
                "un guillemet droit ferme le texte avant sa fin",
                "à l’intérieur d’un texte, écrivez des guillemets français « … », ou \\\" pour un guillemet droit",
            );
        }
        self.at(
            rest,
            "il y a quelque chose de trop après la valeur",
            "une ligne porte une clé et une valeur ; une remarque commence par #",
        )
    }

    fn no_equals_sign(&self) -> Slip {
        let at = self.error.span.start;
        let rest = &self.text[at.min(self.line.end)..self.line.end];
        if rest.starts_with(':') {
            return self.mended(
                at..at + 1,
                "entre la clé et la valeur, le signe est = et non :",
                "=".into(),
            );
        }
        if let Some(equals) = rest.find('=') {
            let indent = self.line_text().len() - self.line_text().trim_start().len();
            let key = self.line.start + indent..at + self.text[at..at + equals].trim_end().len();
            return self.at(
                key,
                "une clé s’écrit en un seul mot",
                "gardez un seul mot avant le signe = ; une remarque commence par #",
            );
        }
        self.told(
            "cette ligne n’a pas de signe =",
            "écrivez la ligne sous la forme : clé = valeur ; une remarque commence par #",
        )
    }

    fn date(&self) -> Slip {
        let span = self.visible();
        let parts: Vec<&str> = self.text[span.clone()].split('-').collect();
        if let [year, month, day] = parts[..]
            && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse())
        {
            if let Some(date) = Date::new(year, month, day) {
                return self.mended(
                    span,
                    "le mois et le jour d’une date ont chacun deux chiffres",
                    date.to_string(),
                );
            }
            return self.at(
                span,
                "ce jour n’existe pas dans le calendrier",
                "vérifiez le jour et le mois : année-mois-jour, par exemple 2026-11-06",
            );
        }
        self.at(
            span,
            "cette date n’est pas bien écrite",
            "écrivez année-mois-jour, par exemple 2026-11-06",
        )
    }

    /// A key with an accent or another mark that keys do not have.
    fn key(&self) -> Slip {
        let ends = |c: char| c.is_ascii_whitespace() || "=.[]{},\"'#".contains(c);
        let word = self.token(|c| !ends(c));
        let written = &self.text[word.clone()];
        let plain: String = deunicode::deunicode(written)
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        if plain.is_empty() || plain == written {
            return self.told(
                "cette clé ne peut pas s’écrire ainsi",
                "une clé s’écrit en un mot, sans accent, au début de la ligne",
            );
        }
        let message = format!(
            "la clé {} contient un caractère qu’une clé ne peut pas avoir",
            quoted(written)
        );
        self.mended(word, &message, plain)
    }

    fn string(&self) -> Slip {
        let several = self.has("multi-line");
        if self.has("visible characters") {
            return self.told(
                "ce texte contient un caractère invisible",
                "effacez le texte et retapez-le",
            );
        }
        if self.has("escape") {
            return self.told(
                "dans un texte, une barre oblique inverse ne peut pas être seule",
                "écrivez \\\\ pour une barre oblique inverse, ou / pour une barre oblique",
            );
        }
        if several {
            return self.told(
                "ce texte sur plusieurs lignes n’est pas fermé",
                "ajoutez trois guillemets droits (\"\"\") à la fin du texte",
            );
        }
        let opening = self.line_text().find(['"', '\'']).map(|at| self.line.start + at);
        let span = opening.unwrap_or(self.line.start)..self.line.end;
        let next = self.next_line();
        let follows = |error: &Upset| {
            error.message.contains("key with no value") && next.contains(&error.span.start)
        };
        if self.errors.iter().any(follows) {
            let slip = self.at(
                span,
                "ce texte continue à la ligne suivante sans le dire",
                "écrivez le texte sur une seule ligne, ou entourez-le de trois guillemets droits (\"\"\")",
            );
            return Slip { blurred: self.line.start..next.end, ..slip };
        }
        self.at(
            span,
            "ce texte n’est pas fermé",
            "ajoutez un guillemet droit (\") à la fin du texte",
        )
    }

    /// The next line that is not a comment.
    fn next_line(&self) -> Range<usize> {
        let mut start = self.line.end;
        loop {
            let Some(at) = self.text[start..].find('\n') else { return start..start };
            start += at + 1;
            let line = line_around(self.text, start);
            let said = self.text[line.clone()].trim();
            if line.start < start || !said.starts_with('#') {
                return start..line.end.max(start);
            }
        }
    }

    /// The characters around the error that belong to one word.
    fn token(&self, belongs: impl Fn(char) -> bool) -> Range<usize> {
        let at = self.error.span.start.min(self.line.end);
        let before = &self.text[self.line.start..at];
        let after = &self.text[at..self.line.end];
        let start = before.trim_end_matches(&belongs).len() + self.line.start;
        let end = self.line.end - after.trim_start_matches(&belongs).len();
        start..end
    }

    fn other(&self) -> Slip {
        let (message, help) = if self.has("missing value") {
            ("il manque la valeur après le signe =", "écrivez la valeur, ou supprimez la ligne")
        } else if self.has("missing comma") {
            ("il manque une virgule", "séparez les éléments par des virgules")
        } else if self.has("extra comma") {
            ("il y a une virgule de trop", "enlevez une virgule")
        } else if self.has("unclosed array") {
            ("cette liste n’est pas fermée", "ajoutez le crochet fermant ]")
        } else if self.has("unclosed inline table") {
            ("ce tableau entre accolades n’est pas fermé", "ajoutez l’accolade fermante }")
        } else if self.has("missing table open") {
            ("ce crochet fermant est de trop", "enlevez-le, ou ajoutez le crochet ouvrant [")
        } else if self.has("`=`") {
            (
                "il y a un signe = de trop",
                "un seul signe = par ligne ; mettez entre guillemets un texte qui en contient un",
            )
        } else if ["number", "integer", "float", "digit", "fraction", "exponent", "sign"]
            .iter()
            .any(|words| self.has(words))
        {
            (
                "ce nombre n’est pas bien écrit",
                "écrivez les décimales avec un point, par exemple 13.5",
            )
        } else if self.has("carriage return") || self.has("comment") {
            ("cette ligne contient un caractère invisible", "effacez la ligne et retapez-la")
        } else if self.has("recurse") {
            (
                "les crochets ou accolades sont imbriqués trop profondément",
                "simplifiez cette valeur",
            )
        } else {
            (
                "cette ligne ne suit pas les règles d’écriture",
                "écrivez la ligne sous la forme : clé = valeur",
            )
        };
        self.told(message, help)
    }
}

/// "06/11/2026", "6.11.2026" or "6 novembre 2026".
fn french_date(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let [day, month, year] = parts[..] else { return None };
    let day = day.trim_end_matches("er").parse().ok()?;
    let name = crate::text::slug(month);
    let month = match MONTHS.iter().position(|known| *known == name) {
        Some(at) => i8::try_from(at + 1).ok()?,
        None => month.parse().ok()?,
    };
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    Date::new(year, month, day)
}
