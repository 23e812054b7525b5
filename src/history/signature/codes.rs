//! What is told of signatures, and why.

use crate::diagnostic::{Code, Severity};

/// The rules of signatures.
pub(in crate::history) static CODES: &[&Code] = &[&WRONG, &OTHERS, &UNKNOWN, &MISSING];

pub(super) static WRONG: Code = Code {
    name: "SIGNATURE-FAUSSE",
    severity: Severity::Error,
    summary: "Une signature correspond à ce qu’elle signe",
    explanation: "Une signature est calculée sur la modification entière : auteur, dates, fichiers. Si \
        elle ne correspond pas, la modification a été changée après avoir été signée, ou la signature a été \
        prise ailleurs. Une signature coupée, que l’on ne peut pas lire, ne prouve pas davantage. \
        Demandez à la personne nommée si elle reconnaît cette modification.",
    wrong: "modification dont la date a été changée après la signature",
    right: "modification telle qu’elle a été signée",
};

pub(super) static OTHERS: Code = Code {
    name: "SIGNATURE-AUTRUI",
    severity: Severity::Error,
    summary: "Une modification est signée par son auteur, ou par qui l’a enregistrée",
    explanation: "La clé qui a signé est, ce jour-là, celle d’une autre personne que l’auteur et que celle \
        qui a enregistré la modification : quelqu’un a écrit sous le nom d’un autre, ou sur une machine réglée \
        au nom d’un autre. Elle compte parmi les signatures fausses.",
    wrong: "modification au nom de Paul Mercier, signée par la clé d’Anne Martin",
    right: "modification au nom de Paul Mercier, enregistrée et signée par Anne Martin, qui l’a déposée pour lui",
};

pub(super) static UNKNOWN: Code = Code {
    name: "SIGNATURE-INCONNUE",
    severity: Severity::Warning,
    summary: "Une clé qui signe est celle de quelqu’un, ce jour-là",
    explanation: "La clé n’était dans staff.toml pour personne ce jour-là, ou n’y valait pas encore, ou plus. \
        C’est dit une fois pour chaque clé. Si c’est celle d’un collègue, le DDFPT l’ajoute à sa fiche ; si \
        c’est celle de la forge, qui signe ce qui se fait dans ses pages, à `[[forge.cles]]` de school.toml. \
        Cela vaut pour la suite : ce qui a été signé avant reste d’une clé inconnue.",
    wrong: "modification signée par une clé qui n’est dans aucune fiche",
    right: "[[personnes.mercier-paul.cles]]\ncle = \"ssh-ed25519 AAAAC3Nza…\"\ndu = 2026-09-01",
};

pub(super) static MISSING: Code = Code {
    name: "SIGNATURE-ABSENTE",
    severity: Severity::Warning,
    summary: "Qui signe ses modifications les signe toutes",
    explanation: "Cette personne signait ses modifications, et l’une d’elles ne l’est pas : elle a pu être faite \
        sur une autre machine, dans la page de la forge, ou par quelqu’un d’autre sous son nom. C’est dit une fois \
        par personne et par année scolaire. Qui n’a jamais signé n’est pas concerné : signer n’est pas obligatoire.",
    wrong: "modification sans signature, d’une personne qui signait la veille",
    right: "modification signée, ou clé que sa fiche déclare finie : au = 2026-11-11",
};
