//! A record cut into its tables and entries, so that what came later can be taken out of it again.

use crate::demo::dates::Date;

/// A record: what stands before the first title, then each table with its title.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) parts: Vec<Part>,
}

/// A table of a record: its title line, empty for what stands before the first, and its whole text.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) title: String,
    pub(crate) text: String,
}

/// What is still open at the end of a line: a text or a list on several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Text,
    List,
}

impl Open {
    fn after(self, line: &str) -> Self {
        let odd = line.matches("\"\"\"").count() % 2 == 1;
        match self {
            Self::Text if odd => Self::Nothing,
            Self::Text => Self::Text,
            Self::List if line == "]" => Self::Nothing,
            Self::List => Self::List,
            Self::Nothing if odd => Self::Text,
            Self::Nothing if line.ends_with("= [") => Self::List,
            Self::Nothing => Self::Nothing,
        }
    }
}

impl Record {
    pub(crate) fn read(text: &str) -> Self {
        let mut parts = vec![Part { title: String::new(), text: String::new() }];
        let mut open = Open::Nothing;
        for line in text.lines() {
            if open == Open::Nothing && line.starts_with('[') {
                parts.push(Part { title: line.to_owned(), text: String::new() });
            }
            if let Some(part) = parts.last_mut()
                && !(open == Open::Nothing && line.is_empty())
            {
                part.text.push_str(line);
                part.text.push('\n');
            }
            open = open.after(line);
        }
        Self { parts }
    }

    /// Writes the record down.
    pub(crate) fn write(&self) -> String {
        let texts: Vec<&str> = self
            .parts
            .iter()
            .map(|part| part.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        texts.join("\n")
    }

    /// Keeps the parts that a test accepts.
    pub(crate) fn keep(&self, keep: impl Fn(&Part) -> bool) -> Self {
        Self { parts: self.parts.iter().filter(|part| keep(part)).cloned().collect() }
    }

    /// Gives what stands before the first title.
    pub(crate) fn head(&self) -> &Part {
        &self.parts[0]
    }

    pub(crate) fn head_mut(&mut self) -> &mut Part {
        &mut self.parts[0]
    }

    pub(crate) fn part(&self, title: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.title == title)
    }

    pub(crate) fn part_mut(&mut self, title: &str) -> Option<&mut Part> {
        self.parts.iter_mut().find(|part| part.title == title)
    }

    pub(crate) fn all<'a>(&'a self, title: &'a str) -> impl Iterator<Item = &'a Part> {
        self.parts.iter().filter(move |part| part.title == title)
    }
}

impl Part {
    /// Lists the entries: key, text of the whole entry.
    pub(crate) fn entries(&self) -> Vec<(String, &str)> {
        let mut found: Vec<(String, usize, usize)> = Vec::new();
        let mut open = Open::Nothing;
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let end = at + line.len();
            let bare = line.trim_end_matches('\n');
            if open != Open::Nothing {
                if let Some(last) = found.last_mut() {
                    last.2 = end;
                }
            } else if let Some((key, _)) = bare.split_once('=').filter(|_| !bare.starts_with('[')) {
                found.push((key.trim().trim_matches('"').to_owned(), at, end));
            }
            open = open.after(bare);
            at = end;
        }
        found.into_iter().map(|(key, from, to)| (key, &self.text[from..to])).collect()
    }

    /// Gives the value of a key as it is written.
    pub(crate) fn raw(&self, key: &str) -> Option<&str> {
        let (_, text) = self.entries().into_iter().find(|(name, _)| name == key)?;
        Some(text.split_once('=')?.1.trim())
    }

    /// Gives a text, empty when there is none.
    pub(crate) fn string(&self, key: &str) -> String {
        self.raw(key).map(|raw| raw.trim_matches('"').replace("\\\"", "\"")).unwrap_or_default()
    }

    pub(crate) fn date(&self, key: &str) -> Option<Date> {
        read_date(self.raw(key)?)
    }

    /// Lists the texts of a list.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        let raw = self.raw(key).unwrap_or_default();
        raw.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    /// Takes an entry out.
    pub(crate) fn remove(&mut self, key: &str) {
        self.rewrite(|name, text| if name == key { None } else { Some(text.to_owned()) });
    }

    /// Writes another value in the place of the one there; nothing when there is none.
    pub(crate) fn set(&mut self, key: &str, value: &str) {
        self.rewrite(|name, text| {
            Some(if name == key {
                let written = text.split_once('=').map_or(key, |(written, _)| written.trim_end());
                format!("{written} = {value}\n")
            } else {
                text.to_owned()
            })
        });
    }

    /// Writes each entry again, or takes it out.
    pub(crate) fn rewrite(&mut self, change: impl Fn(&str, &str) -> Option<String>) {
        let mut text =
            if self.title.is_empty() { String::new() } else { format!("{}\n", self.title) };
        for (key, entry) in self.entries() {
            text.push_str(&change(&key, entry).unwrap_or_default());
        }
        self.text = text;
    }
}

/// Reads `2026-11-22`.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let mut numbers = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    Some(Date::new(numbers.next()??, numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "titre = \"T\"\ntexte = \"\"\"\nune\n\n[deux]\"\"\"\nliste = [\n  \"a\",\n  \"b\",\n]\n\n\
        [resultats]\n\"C1.1\" = [\"+\"]\nroy   = []\n\n[[fin]]\nle = 2026-11-22\n";

    #[test]
    fn a_record_comes_back_as_it_was() {
        let record = Record::read(TEXT);
        assert_eq!(record.write(), TEXT);
        assert_eq!(record.parts.len(), 3);
        assert_eq!(record.head().list("liste"), ["a", "b"]);
        let rows = record.part("[resultats]").map(|part| part.entries().len());
        assert_eq!(rows, Some(2));
        assert_eq!(record.parts[2].date("le"), Some(Date::new(2026, 11, 22)));
    }

    #[test]
    fn entries_go_and_change() {
        let mut record = Record::read(TEXT);
        record.head_mut().remove("texte");
        record.head_mut().set("titre", "\"U\"");
        if let Some(rows) = record.part_mut("[resultats]") {
            rows.remove("C1.1");
        }
        let expected = "titre = \"U\"\nliste = [\n  \"a\",\n  \"b\",\n]\n\n[resultats]\nroy   = []\n\n\
            [[fin]]\nle = 2026-11-22\n";
        assert_eq!(record.write(), expected);
    }
}
