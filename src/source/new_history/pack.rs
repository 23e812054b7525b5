//! A pack of Git objects in the making: each written once, whole or as its difference from the one before it.
//!
//! libgit2 would look for the likeness of objects; here it is known, since whoever changes a text has the
//! one before. The format: <https://git-scm.com/docs/gitformat-pack>.

use std::collections::HashMap;

use flate2::{Compress, Compression, FlushCompress};
use sha1::{Digest as _, Sha1};

use super::{Id, hex};

/// How many differences may stand on one another: as many as `git gc` allows.
const DEPTH: u8 = 50;

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Commit = 1,
    Tree = 2,
    Blob = 3,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Blob => "blob",
        }
    }
}

/// Where an object stands.
#[derive(Clone, Copy)]
struct Place {
    offset: u64,
    crc: u32,
    depth: u8,
}

/// The objects of a new repository.
pub(super) struct Pack {
    bytes: Vec<u8>,
    places: HashMap<Id, Place>,
    deflate: Compress,
    scratch: Vec<u8>,
}

/// Names an object after its kind and content.
pub(super) fn id_of(kind: Kind, data: &[u8]) -> Id {
    let mut digest = Sha1::new();
    digest.update(format!("{} {}\0", kind.name(), data.len()).as_bytes());
    digest.update(data);
    digest.finalize().into()
}

impl Pack {
    pub(super) fn new() -> Self {
        let mut bytes = b"PACK".to_vec();
        bytes.extend_from_slice(&2_u32.to_be_bytes());
        // The number of objects comes at the end.
        bytes.extend_from_slice(&[0; 4]);
        Self {
            bytes,
            places: HashMap::new(),
            deflate: Compress::new(Compression::new(6), true),
            scratch: Vec::new(),
        }
    }

    /// Adds an object unless it is there already; `base` is one of the same kind, added before and
    /// named, that it is likely to be close to.
    pub(super) fn add(&mut self, kind: Kind, data: &[u8], base: Option<(&[u8], Id)>) -> Id {
        let id = id_of(kind, data);
        if self.places.contains_key(&id) {
            return id;
        }
        let offset = self.bytes.len() as u64;
        let known = base.and_then(|(base, id)| Some((base, *self.places.get(&id)?)));
        let close = known.filter(|(_, place)| place.depth < DEPTH);
        let change = close.map(|(base, place)| (difference(base, data), place));
        let change = change.filter(|(change, _)| change.len() * 2 < data.len());
        let depth = if let Some((change, place)) = change {
            self.head(6, change.len());
            self.distance(offset - place.offset);
            self.deflated(&change);
            place.depth + 1
        } else {
            self.head(kind as u8, data.len());
            self.deflated(data);
            0
        };
        let mut crc = crc32fast::Hasher::new();
        crc.update(self.bytes.get(offset as usize..).unwrap_or_default());
        self.places.insert(id, Place { offset, crc: crc.finalize(), depth });
        id
    }

    /// Kind and size: three bits and four, then seven a byte.
    fn head(&mut self, kind: u8, size: usize) {
        let mut byte = (kind << 4) | (size & 15) as u8;
        let mut left = size >> 4;
        while left > 0 {
            self.bytes.push(byte | 0x80);
            byte = (left & 0x7f) as u8;
            left >>= 7;
        }
        self.bytes.push(byte);
    }

    /// How far back the base stands: seven bits a byte, high ones first, each counted from one more.
    fn distance(&mut self, mut back: u64) {
        let mut digits = vec![(back & 0x7f) as u8];
        back >>= 7;
        while back > 0 {
            back -= 1;
            digits.push(0x80 | (back & 0x7f) as u8);
            back >>= 7;
        }
        self.bytes.extend(digits.iter().rev());
    }

    fn deflated(&mut self, data: &[u8]) {
        self.deflate.reset();
        self.scratch.clear();
        // Room for what cannot be made smaller: one call is then enough.
        self.scratch.reserve(data.len() + data.len() / 1000 + 128);
        let done = self.deflate.compress_vec(data, &mut self.scratch, FlushCompress::Finish);
        debug_assert!(matches!(done, Ok(flate2::Status::StreamEnd)));
        self.bytes.extend_from_slice(&self.scratch);
    }

    /// Gives the name of the pack, its bytes and those of its index.
    pub(super) fn finish(mut self) -> (String, Vec<u8>, Vec<u8>) {
        let count = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        if let Some(field) = self.bytes.get_mut(8..12) {
            field.copy_from_slice(&count.to_be_bytes());
        }
        let digest: Id = Sha1::digest(&self.bytes).into();
        self.bytes.extend_from_slice(&digest);
        let index = index(self.places, &digest);
        (hex(&digest), self.bytes, index)
    }
}

/// Version 2 of the index of a pack: names in order, checksums, offsets.
fn index(places: HashMap<Id, Place>, pack: &Id) -> Vec<u8> {
    let mut sorted: Vec<(Id, Place)> = places.into_iter().collect();
    sorted.sort_unstable_by_key(|(id, _)| *id);
    let mut out = b"\xfftOc\0\0\0\x02".to_vec();
    let mut counts = [0_u32; 256];
    for (id, _) in &sorted {
        counts[usize::from(id[0])] += 1;
    }
    let mut total = 0_u32;
    for count in counts {
        total += count;
        out.extend_from_slice(&total.to_be_bytes());
    }
    out.extend(sorted.iter().flat_map(|(id, _)| *id));
    out.extend(sorted.iter().flat_map(|(_, place)| place.crc.to_be_bytes()));
    let mut far: Vec<u64> = Vec::new();
    for (_, place) in &sorted {
        let near = u32::try_from(place.offset).ok().filter(|offset| offset >> 31 == 0);
        let field = near.unwrap_or_else(|| {
            far.push(place.offset);
            (1 << 31) | (far.len() - 1) as u32
        });
        out.extend_from_slice(&field.to_be_bytes());
    }
    out.extend(far.iter().flat_map(|offset| offset.to_be_bytes()));
    out.extend_from_slice(pack);
    let digest: Id = Sha1::digest(&out).into();
    out.extend_from_slice(&digest);
    out
}

/// Says what to copy from `base` and what to insert to get `data`: the same beginning, the same end,
/// and what lies between as it is.
fn difference(base: &[u8], data: &[u8]) -> Vec<u8> {
    let head = base.iter().zip(data).take_while(|(one, other)| one == other).count();
    let (old, new) = (base.get(head..).unwrap_or_default(), data.get(head..).unwrap_or_default());
    let both = old.iter().rev().zip(new.iter().rev());
    let tail = both.take_while(|(one, other)| one == other).count();
    let mut out = Vec::new();
    for mut size in [base.len(), data.len()] {
        while size > 0x7f {
            out.push(0x80 | (size & 0x7f) as u8);
            size >>= 7;
        }
        out.push(size as u8);
    }
    copy(&mut out, 0, head);
    let between = new.get(..new.len() - tail).unwrap_or_default();
    for part in between.chunks(127) {
        out.push(part.len() as u8);
        out.extend_from_slice(part);
    }
    copy(&mut out, base.len() - tail, tail);
    out
}

/// Copies a stretch of the base: which bytes of offset and size follow is told by bits.
fn copy(out: &mut Vec<u8>, mut from: usize, mut size: usize) {
    while size > 0 {
        let now = size.min(0xffff);
        let at = out.len();
        let mut told = 0x80;
        out.push(told);
        for (bit, byte) in (0..4).map(|byte| (byte, (from >> (8 * byte)) as u8)) {
            if byte > 0 {
                told |= 1 << bit;
                out.push(byte);
            }
        }
        for (bit, byte) in (0..2).map(|byte| (4 + byte, (now >> (8 * byte)) as u8)) {
            if byte > 0 {
                told |= 1 << bit;
                out.push(byte);
            }
        }
        if let Some(first) = out.get_mut(at) {
            *first = told;
        }
        from += now;
        size -= now;
    }
}
