//! The small school with time in companies: a PFMP of first-year pupils, a family period of the year
//! before, an employer period; portfolios full, begun, empty, and one draft review.

use super::small_school;

/// The files of the small school, and those of its time in companies.
pub fn school_with_companies() -> Vec<(String, String)> {
    let mut files = small_school();
    let mut add = |path: &str, text: &str| files.push((path.to_owned(), text.to_owned()));
    add(
        "pfmp/periods/2026-2027/pfmp-3.toml",
        r#"titre = "PFMP 3"
diplome = "mcv-a"
niveau = "premiere"
numero = 3
debut = 2027-01-11
fin = 2027-02-05
objectifs = "Conduire une vente simple."
taches = ["A1-T2", "A1-T6"]
[referents]
adami-lorenzo = "mercier-paul"
zola-emile = "keller-anne"
"#,
    );
    add(
        "pfmp/periods/2026-2027/employeur-1.toml",
        r#"titre = "Période employeur 1"
diplome = "mcv-a"
niveau = "premiere"
apprentis = true
debut = 2026-10-05
fin = 2026-12-18
taches = ["A1-T2"]
[referents]
dupont-lea = "mercier-paul"
"#,
    );
    add(
        "pfmp/periods/2025-2026/pfmp-1.toml",
        r#"titre = "PFMP 1"
diplome = "mrc"
niveau = "seconde"
numero = 1
debut = 2026-05-18
fin = 2026-06-12
"#,
    );
    // Full: two weeks of four, the second one late; visited; valid review.
    add(
        "students/2025/adami-lorenzo/pfmp/2026-2027-pfmp-3.toml",
        r#"[entreprise]
nom = "Librairie <du Marché>"
activite = "librairie"
adresse = "3, rue des Halles"
code_postal = "54000"
ville = "Nancy"
latitude = 48.6921
longitude = 6.1844
[tuteur]
civilite = "Mme"
nom = "Perrin"
prenom = "Claire"
telephone = "03 83 00 00 00"
[[journal]]
semaine = 1
saisi_le = 2027-01-15
activites = "Accueil des clients avec **Mme Perrin**."
taches = ["A1-T2"]
[[journal]]
semaine = 2
saisi_le = 2027-02-20
activites = "Inventaire."
taches = ["A1-T4"]
[[fiches]]
numero = 1
titre = "Accueillir un client"
saisi_le = 2027-01-16
texte = "Une dame cherchait un livre."
taches = ["A1-T2"]
[[commentaires]]
date = 2027-01-18
auteur = "mercier-paul"
semaine = 1
texte = "Quelles questions as-tu posées ?"
[[visites]]
date = 2027-01-26
par = "mercier-paul"
mode = "sur-place"
[[absences]]
du = 2027-01-20
demi_journees = 1
motif = "rendez-vous médical"
[bilan_entreprise]
date = 2027-02-04
enseignant = "mercier-paul"
tuteur = "Claire Perrin"
etat = "valide"
appreciation = "Ponctuel et à l’écoute."
[bilan_entreprise.resultats]
"C1.2" = "++"
"C1.0.a" = "+"
"C1.1.a" = "NE"
"C3.1.a" = "++"
"#,
    );
    // Begun: a company, and a review that is not valid yet.
    add(
        "students/2025/zola-emile/pfmp/2026-2027-pfmp-3.toml",
        r#"[entreprise]
nom = "Boucherie Fournier"
[bilan_entreprise]
date = 2027-02-04
enseignant = "keller-anne"
tuteur = "Jean Fournier"
etat = "brouillon"
[bilan_entreprise.resultats]
"C1.0" = "--"
"#,
    );
    // Of the family: carried over to the diploma.
    add(
        "students/2025/adami-lorenzo/pfmp/2025-2026-pfmp-1.toml",
        r#"[entreprise]
nom = "Épicerie Bodin"
[bilan_entreprise]
date = 2026-06-11
enseignant = "mercier-paul"
sans_tuteur = "La tutrice était en arrêt maladie."
etat = "valide"
[bilan_entreprise.resultats]
"C1.0.a" = "-"
"#,
    );
    // An apprentice: one fiche for the period.
    add(
        "students/2025/dupont-lea/pfmp/2026-2027-employeur-1.toml",
        r#"[entreprise]
nom = "Maison Keller"
ville = "Toul"
[tuteur]
nom = "Antoine"
[[fiches]]
numero = 1
titre = "Tenir la caisse"
saisi_le = 2026-12-10
texte = "J’ai tenu la caisse."
taches = ["A1-T2"]
[bilan_entreprise]
date = 2026-12-17
enseignant = "mercier-paul"
tuteur = "Marc Antoine"
etat = "valide"
[bilan_entreprise.resultats]
"C1.0.a" = "++"
"#,
    );
    files
}
