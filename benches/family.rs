//! What a families' site costs: sealing a page, knowing that one is there, stretching seven words.
#![allow(clippy::unwrap_used, reason = "a bench stops when it cannot go on")]

use jalon::family::{Bearer, Code, ContentKey, Door, Salt, Secret, block, content_key};

fn main() {
    divan::main();
}

fn secret() -> Secret {
    Secret::from_base64("KCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RFRkc=").unwrap()
}

fn key() -> ContentKey {
    content_key(&secret(), "2026-2027", "dupont-lea", &[])
}

/// Pages have 40 to 60 kB, documents 70 on average.
#[divan::bench(args = [50_000, 70_000, 1_000_000])]
fn seal(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let (key, content) = (key(), vec![7; bytes]);
    bencher.bench(|| block(&key, "2026-2027", key.page(), divan::black_box(&content)).bytes());
}

#[divan::bench]
fn know_a_page_that_is_there(bencher: divan::Bencher<'_, '_>) {
    let (key, content) = (key(), vec![7; 50_000]);
    let there = block(&key, "2026-2027", key.page(), &content);
    let (size, head) = (there.size as u64, there.bytes());
    bencher.bench(|| {
        let file = block(&key, "2026-2027", key.page(), divan::black_box(&content));
        file.is(size, &head[..jalon::family::SealedFile::HEAD])
    });
}

/// Once a letter.
#[divan::bench(sample_count = 10)]
fn stretch_seven_words(bencher: divan::Bencher<'_, '_>) {
    let bearer = Bearer {
        year: "2026-2027".into(),
        pupil: "dupont-lea".into(),
        who: "eleve".into(),
        turn: 0,
    };
    let (code, salt) = (Code::of(&secret(), &bearer), Salt::of(&secret(), "2026-2027"));
    bencher.bench(|| Door::of_words(divan::black_box(&code.words), &salt));
}
