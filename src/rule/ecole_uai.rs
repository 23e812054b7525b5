//! ECOLE-UAI: the school's code has seven digits and the letter that goes with them.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "ECOLE-UAI",
    severity: Severity::Error,
    summary: "Le code UAI a sept chiffres et la lettre qui va avec eux",
    explanation: "Le code UAI (ancien RNE) désigne l’établissement dans SIECLE, STS, le LSL et \
        Cyclades. Sa lettre se calcule à partir de ses chiffres : une lettre qui ne va pas trahit une faute \
        de frappe. Le code figure sur tous les courriers du rectorat.",
    wrong: "uai = \"0549999Z\"",
    right: "uai = \"0549999A\"",
};

/// The letters in the order of the remainders; I, O and Q are not used.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

pub(super) fn check(school: &School) -> Vec<Finding> {
    let file: Arc<str> = Arc::from("school.toml");
    let uai = school.establishment.uai.as_str();
    // A school whose file is missing or faulty has none.
    if uai.is_empty() {
        return Vec::new();
    }
    let mut findings = of_code(uai, Site::value(&file, key_path!["uai"]));
    let partners = school.establishment.transferts.iter().flat_map(|one| &one.partenaires);
    for (n, partner) in partners.enumerate() {
        let place = key_path!["transferts", "partenaires", n, "uai"];
        findings.extend(of_code(&partner.uai, Site::value(&file, place)));
    }
    findings
}

fn of_code(uai: &str, site: Site) -> Vec<Finding> {
    let number =
        (uai.len() == 8 && uai.is_ascii()).then(|| uai[..7].parse::<usize>().ok()).flatten();
    let last = uai.as_bytes().last().copied().filter(u8::is_ascii_alphabetic);
    let (Some(number), Some(letter)) = (number, last) else {
        let message =
            format!("{} n’est pas un code UAI : sept chiffres et une lettre", quoted(uai));
        return vec![
            Finding::new(&CODE, site, message)
                .help("recopiez le code d’un courrier du rectorat, par exemple \"0549999A\""),
        ];
    };
    let expected = LETTERS[number % LETTERS.len()];
    if letter == expected {
        return Vec::new();
    }
    let whole = quote(&format!("{}{}", &uai[..7], char::from(expected)));
    if letter.to_ascii_uppercase() == expected {
        let message = format!("la lettre du code UAI {} s’écrit en majuscule", quoted(uai));
        return vec![
            Finding::new(&CODE, site, message).help(format!("écrivez {whole}")).replace_with(whole),
        ];
    }
    let message = format!(
        "la lettre du code UAI {} ne va pas avec ses chiffres : ce serait {}",
        quoted(uai),
        char::from(expected)
    );
    vec![
        Finding::new(&CODE, site, message)
            .help(format!("vérifiez les sept chiffres ; s’ils sont justes, écrivez {whole}")),
    ]
}
