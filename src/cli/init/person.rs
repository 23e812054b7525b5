//! A person as the command line names her: "Mme Awa Diallo <awa.diallo@lycee.example>".

use crate::text::slug;

/// Who a person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// "M." or "Mme", when it is said.
    pub(super) title: Option<&'static str>,
    /// First name: one word, perhaps with a hyphen.
    pub(super) first: String,
    /// Surname: all the other words.
    pub(super) last: String,
    /// Address.
    pub(super) mail: String,
}

impl Person {
    /// The identifier of her record: "diallo-awa".
    pub(super) fn id(&self) -> String {
        slug(&format!("{} {}", self.last, self.first))
    }
}

/// Reads a person.
///
/// # Errors
/// When it is no first name, surname and address.
pub(super) fn read(text: &str) -> Result<Person, String> {
    parts(text).ok_or_else(|| {
        "écrivez un prénom, un nom et un courriel : \"Mme Awa Diallo <awa.diallo@lycee.example>\"".into()
    })
}

fn parts(text: &str) -> Option<Person> {
    let (name, mail) = text.trim().strip_suffix('>')?.rsplit_once('<')?;
    let (before, after) = mail.split_once('@')?;
    if before.is_empty() || !after.contains('.') || mail.contains(char::is_whitespace) {
        return None;
    }
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let title = match *words.first()? {
        "M." | "M" => Some("M."),
        "Mme" | "Mme." => Some("Mme"),
        _ => None,
    };
    words.drain(..usize::from(title.is_some()));
    let (first, last) = words.split_first()?;
    let person =
        Person { title, first: (*first).to_owned(), last: last.join(" "), mail: mail.to_owned() };
    (!slug(&person.first).is_empty() && !slug(&person.last).is_empty()).then_some(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_as_it_is_said() {
        let person = read("Mme Anne-Lise De La Tour <a.delatour@lycee.example>").unwrap();
        assert_eq!((person.title, &*person.first), (Some("Mme"), "Anne-Lise"));
        assert_eq!((&*person.last, &*person.id()), ("De La Tour", "de-la-tour-anne-lise"));
        assert_eq!(read("Awa Diallo <a@b.fr>").unwrap().title, None);
    }

    #[test]
    fn half_a_person_is_refused() {
        for wrong in [
            "",
            "Awa Diallo",
            "Awa <a@b.fr>",
            "Mme Awa <a@b.fr>",
            "Awa Diallo <a>",
            "<a@b.fr>",
            "Awa Diallo <a b@c.fr>",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
