//! Real signatures by real programs, kept as files; and a school whose hands sign well or badly.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid};
use ssh_key::private::Ed25519Keypair;
use ssh_key::{HashAlg, LineEnding, PrivateKey};

use super::*;
use crate::history::{Method, audit};
use crate::source::trial::{Files, Trial};
use crate::source::{ObjectId, Past, Signed};

/// A commit signed by a program, as Git keeps it, and the public key.
macro_rules! fixture {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../../../tests/signatures/", $name, ".commit")).as_slice(),
            include_str!(concat!("../../../tests/signatures/", $name, ".pub")),
        )
    };
}

const FIXTURES: [(&str, &[u8], &str); 6] = [
    fixture!("ssh-ed25519"),
    fixture!("ssh-rsa"),
    fixture!("ssh-ecdsa"),
    fixture!("pgp-ed25519"),
    fixture!("pgp-rsa"),
    fixture!("pgp-sous-cle"),
];

fn id(oid: Oid) -> ObjectId {
    oid.to_string().parse().unwrap()
}

/// The signature of a commit, as Git hands it out.
fn signed(commit: &[u8]) -> Signed {
    let trial = Trial::new();
    let oid = trial.repository.odb().unwrap().write(ObjectType::Commit, commit).unwrap();
    let past = Past::open(trial.folder.path()).unwrap().unwrap();
    let read = past.each(&[id(oid)], |reader, id| reader.signature(*id)).unwrap();
    read.into_iter().next().unwrap().unwrap()
}

fn ring(keys: &[&str]) -> Ring {
    let mut ring = Ring::default();
    keys.iter().for_each(|key| ring.learn(key));
    ring
}

#[test]
fn what_programs_signed_is_sound_and_one_byte_makes_it_wrong() {
    let all = ring(&FIXTURES.map(|(_, _, key)| key));
    for (what, commit, key) in FIXTURES {
        let name = key_name(key).unwrap();
        let one = signed(commit);
        assert_eq!(Seal::read(&one, &all), Seal::Sound(name.clone()), "{what}");

        let text = String::from_utf8(one.content.clone()).unwrap();
        let later = text.replace("1793696400 +0100\n\n", "1793696401 +0100\n\n");
        assert_ne!(text, later);
        let other = Signed { content: later.into_bytes(), ..one.clone() };
        assert_eq!(Seal::read(&other, &all), Seal::Wrong(name.clone()), "{what}");

        let half = one.signature[..one.signature.len() / 2].to_vec();
        let half = Signed { signature: half, ..one.clone() };
        assert_eq!(Seal::read(&half, &all), Seal::Broken, "{what}");

        // SSH signatures carry their key; nobody can say whether the others fit.
        let alone = Seal::read(&one, &ring(&[]));
        match what.starts_with("ssh") {
            true => assert_eq!(alone, Seal::Sound(name)),
            false => assert!(matches!(alone, Seal::Unchecked(_)), "{what}: {alone:?}"),
        }
    }
}

#[test]
fn forges_cut_lines_otherwise() {
    let one = signed(FIXTURES[0].1);
    let text = String::from_utf8(one.signature.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let body: Vec<char> = lines[1..lines.len() - 1].iter().flat_map(|line| line.chars()).collect();
    for width in [64, 76, 500] {
        let cut: Vec<String> = body.chunks(width).map(|line| line.iter().collect()).collect();
        let text = [lines[0], &cut.join("\r\n"), lines[lines.len() - 1]].join("\r\n");
        let other = Signed { signature: text.into_bytes(), ..one.clone() };
        assert!(matches!(Seal::read(&other, &ring(&[])), Seal::Sound(_)), "{width}");
    }
}

fn pair(seed: u8) -> PrivateKey {
    PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]))
}

fn public(key: &PrivateKey) -> String {
    key.public_key().to_openssh().unwrap()
}

fn armoured(key: &PrivateKey, namespace: &str, content: &[u8]) -> String {
    let signature = key.sign(namespace, HashAlg::Sha512, content).unwrap();
    signature.to_pem(LineEnding::LF).unwrap()
}

#[test]
fn what_was_signed_for_something_else_is_wrong() {
    let read = |namespace| {
        let content = b"tree".to_vec();
        let signature = armoured(&pair(1), namespace, &content).into_bytes();
        Seal::read(&Signed { signature, content }, &ring(&[]))
    };
    let name = key_name(&public(&pair(1))).unwrap();
    assert_eq!(read("git"), Seal::Sound(name.clone()));
    assert_eq!(read("file"), Seal::Wrong(name));
}

#[test]
fn other_kinds_of_signatures_are_unknown_and_what_is_none_is_broken() {
    let read = |text: &str| {
        let signature = text.as_bytes().to_vec();
        Seal::read(&Signed { signature, content: Vec::new() }, &ring(&[]))
    };
    let x509 = "-----BEGIN SIGNED MESSAGE-----\nMIIE\n-----END SIGNED MESSAGE-----\n";
    assert!(matches!(read(x509), Seal::Unchecked(_)));
    for broken in
        ["", "signé : Paul", "-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----\n"]
    {
        assert_eq!(read(broken), Seal::Broken, "{broken}");
    }
}

#[test]
fn a_key_is_read_or_refused_for_a_reason() {
    let secret = pair(1).to_openssh(LineEnding::LF).unwrap();
    assert_eq!(key_name(&secret), Err(KeyFault::Private));
    for unreadable in
        ["", "ssh-ed25519", "ssh-ed25519 AAAA", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"]
    {
        assert_eq!(key_name(unreadable), Err(KeyFault::Unreadable), "{unreadable}");
    }
    let commented = format!("  {} paul@portable \n", public(&pair(1)));
    assert_eq!(key_name(&commented), key_name(&public(&pair(1))));
}

/// A key on a hardware token signs a digest with its counter and what was pressed.
#[test]
fn a_hardware_key_is_checked_too() {
    use ssh_key::public::{KeyData, SkEd25519};
    use ssh_key::sha2::{Digest as _, Sha256};
    use ssh_key::{Algorithm, Signature, SigningKey, SshSig};
    fn raw(key: &impl SigningKey, bytes: &[u8]) -> Signature {
        key.try_sign(bytes).unwrap()
    }

    let pair = Ed25519Keypair::from_seed(&[7; 32]);
    let key = KeyData::SkEd25519(SkEd25519::new(pair.public, "ssh:"));
    let content = b"tree".to_vec();
    let data = SshSig::signed_data("git", HashAlg::Sha512, &content).unwrap();
    let trailer = [1, 0, 0, 0, 5];
    let mut digest = Sha256::digest(b"ssh:").to_vec();
    digest.extend(trailer);
    digest.extend(Sha256::digest(&data));
    let made = raw(&PrivateKey::from(pair), &digest);
    let signature = Signature::new(Algorithm::SkEd25519, [made.as_bytes(), &trailer].concat());
    let signature = SshSig::new(key.clone(), "git", HashAlg::Sha512, signature.unwrap()).unwrap();
    let signature = signature.to_pem(LineEnding::LF).unwrap().into_bytes();
    let read = Seal::read(&Signed { signature, content }, &ring(&[]));
    assert_eq!(read, Seal::Sound(key::ssh_name(&key)));
}

/// A school in which Anne (until the end of 2026), Paul and the forge have keys.
fn school() -> Files {
    let person = |id: &str, name: &str, key: &PrivateKey, days: &str| {
        format!(
            "[personnes.{id}]\ncivilite = \"M.\"\nnom = \"{name}\"\nprenom = \"{id}\"\ncourriels = [\"{id}@e.example\"]\nroles = [\"enseignant\"]\n[[personnes.{id}.cles]]\ncle = \"{}\"\n{days}\n",
            public(key)
        )
    };
    let staff = person("anne", "Martin", &pair(1), "du = 2026-09-01\nau = 2026-12-31")
        + &person("paul", "Mercier", &pair(2), "");
    let school = format!(
        "format = 1\nnom = \"L\"\nuai = \"0549999A\"\ncourriel = \"ce@e.example\"\nannee = \"2026-2027\"\n[forge]\nlogiciel = \"gitlab\"\nadresse = \"https://f.example/a/b\"\n[[forge.cles]]\ncle = \"{}\"\n",
        public(&pair(3))
    );
    BTreeMap::from([("school.toml".to_owned(), school), ("staff.toml".to_owned(), staff)])
}

/// Words to put in place of others.
type Words<'w> = &'w [(&'w str, &'w str)];

/// Signs a commit anew after some words of it were changed, then changes others.
fn sign(
    trial: &Trial,
    commit: Oid,
    key: &PrivateKey,
    (before, after): (Words<'_>, Words<'_>),
) -> Oid {
    let odb = trial.repository.odb().unwrap();
    let text = String::from_utf8(odb.read(commit).unwrap().data().to_vec()).unwrap();
    let changed = |text: String, words: &[(&str, &str)]| {
        words.iter().fold(text, |text, (from, to)| text.replacen(from, to, 1))
    };
    let text = changed(text, before);
    let signature = armoured(key, "git", text.as_bytes());
    let text = changed(text, after);
    trial.repository.commit_signed(&text, &signature, Some("gpgsig")).unwrap()
}

#[test]
fn each_signature_is_told_in_one_of_four_states() {
    const AUTUMN: i64 = 1_793_696_400;
    const WINTER: i64 = AUTUMN + 90 * 86_400;
    let trial = Trial::new();
    let files = school();
    let (anne, paul) = (("anne", "anne@e.example"), ("paul", "paul@e.example"));
    let mut tip: Vec<Oid> = Vec::new();
    let mut play = |hand, at, key: Option<&PrivateKey>, words: (&[_], &[_])| {
        let commit = trial.commit_by(&files, &tip, hand, at);
        tip = vec![key.map_or(commit, |key| sign(&trial, commit, key, words))];
        tip[0]
    };
    let deposited = ("committer paul <paul@", "committer anne <anne@");
    let none: (&[_], &[_]) = (&[], &[]);
    // The key that founds the school is believed; then a good one, for oneself and for another.
    play(anne, AUTUMN, Some(&pair(1)), none);
    play(anne, AUTUMN + 1, Some(&pair(1)), none);
    play(paul, AUTUMN + 2, Some(&pair(1)), (&[deposited], &[]));
    let half = play(paul, AUTUMN + 3, Some(&pair(3)), none);
    // In Paul's name by Anne; twice by a stranger; changed afterwards; no longer signed.
    play(paul, AUTUMN + 4, Some(&pair(1)), none);
    play(paul, AUTUMN + 5, Some(&pair(9)), none);
    play(paul, AUTUMN + 6, Some(&pair(9)), none);
    play(paul, AUTUMN + 7, Some(&pair(2)), (&[], &[("\n\nm", "\n\nn")]));
    play(paul, AUTUMN + 8, None, none);
    play(anne, AUTUMN + 9, None, none);
    play(anne, AUTUMN + 10, None, none);
    let head = play(anne, WINTER, Some(&pair(1)), none);

    let past = Past::open(trial.folder.path()).unwrap().unwrap();
    let kept = tempfile::tempdir().unwrap();
    let method = |kept| Method {
        judge: |_| Vec::new(),
        edition: "1",
        kept,
        today: Date::new(2027, 6, 1).unwrap(),
    };
    let found = audit(&past, id(head), &method(None)).unwrap();
    let tally = Signatures { good: 3, forge: 1, bad: 2, unknown: 3, none: 3 };
    assert_eq!(found.signatures, tally);
    let (strange, own) = (key_name(&public(&pair(9))), key_name(&public(&pair(1))));
    let (strange, own, pauls) =
        (strange.unwrap(), own.unwrap(), key_name(&public(&pair(2))).unwrap());
    let told: Vec<(&str, &str)> =
        found.faults.iter().map(|fault| (&*fault.code, &*fault.message)).collect();
    assert_eq!(
        told,
        [
            (
                "SIGNATURE-AUTRUI",
                "cette modification, au nom de paul Mercier, est signée par la clé d’anne Martin"
            ),
            (
                "SIGNATURE-INCONNUE",
                &*format!(
                    "cette modification est signée par une clé que personne n’avait ce jour-là\u{a0}: {strange}"
                )
            ),
            (
                "SIGNATURE-FAUSSE",
                &*format!(
                    "la signature de cette modification, au nom de la clé {pauls}, ne correspond pas à ce qui y est écrit"
                )
            ),
            (
                "SIGNATURE-ABSENTE",
                "anne Martin signait ses modifications (la dernière le 3 novembre 2026) et celle-ci n’est pas signée"
            ),
            (
                "SIGNATURE-INCONNUE",
                &*format!(
                    "cette modification est signée par une clé d’anne Martin un jour où elle ne vaut pas, jusqu’au 31 décembre 2026 seulement ({own})"
                )
            ),
        ]
    );
    // What was kept half way changes nothing.
    audit(&past, id(half), &method(Some(kept.path()))).unwrap();
    assert_eq!(audit(&past, id(head), &method(Some(kept.path()))).unwrap(), found);
}
