//! The scheme held to `vectors.toml`, which another program derived: letters on paper outlive versions.

use data_encoding::HEXLOWER;

use super::{Bearer, Code, Door, Opening, Salt, Secret, block, content_key, open_block};

#[test]
fn letters_and_sealed_files_are_those_of_the_scheme() {
    let known: toml::Table = include_str!("vectors.toml").parse().unwrap();
    let text = |key: &str| known[key].as_str().unwrap();
    let bearer = |who: &str| Bearer {
        year: text("year").into(),
        pupil: text("pupil").into(),
        who: who.into(),
        turn: 0,
    };
    let year = text("year");
    let secret = Secret::from_base64(text("secret")).unwrap();
    let code = Code::of(&secret, &bearer(text("who")));
    assert_eq!(*code.link.text(), text("link"));
    assert_eq!(code.words.as_slice().join(" "), text("words"));
    let salt = Salt::of(&secret, year);
    assert_eq!(salt.text(), text("salt"));

    let readers = [bearer(text("who")), bearer("eleve")];
    let key = content_key(&secret, year, text("pupil"), &readers);
    assert_eq!(HEXLOWER.encode(&*key.0), text("key"));
    assert_eq!(key.page().text(), text("page"));
    assert_eq!(key.document("donnees.json").text(), text("document"));

    let opening = Opening::Page { key: key.clone(), label: text("label").into() };
    let [link, words] = Door::both(&code, &salt);
    for (door, address, sealed) in
        [(&link, "door_of_link", "sealed_door"), (&words, "door_of_words", "sealed_door_of_words")]
    {
        let file = door.file(year, &opening);
        assert_eq!(file.address, text(address));
        assert_eq!(HEXLOWER.encode(&file.bytes()), text(sealed));
        let given = HEXLOWER.decode(text(sealed).as_bytes()).unwrap();
        assert_eq!(door.open(year, &given), Some(opening.clone()));
    }

    let content = text("content").as_bytes();
    let bytes = block(&key, year, key.page(), content).bytes();
    assert_eq!(HEXLOWER.encode(&bytes[..64]), text("block_begins"));
    let digest = ring::digest::digest(&ring::digest::SHA256, &bytes);
    assert_eq!(HEXLOWER.encode(digest.as_ref()), text("block_digest"));
    assert_eq!(open_block(&key, year, key.page(), &bytes).unwrap(), content);
}
