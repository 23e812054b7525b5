//! Writes the file: objects in the order in which the document leads to them, those that nobody
//! leads to left out, all but streams together in compressed ones, and an identity that is theirs.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::FinishError;

/// Objects in one object stream: a reader opens a whole stream to find one object.
const TOGETHER: usize = 2000;
/// The bytes of an entry of the table: its kind, where it is, its place there.
const WIDTHS: [usize; 3] = [1, 4, 2];

/// The bytes of the document.
///
/// # Errors
/// When the document has no catalog.
pub(super) fn save(document: &Document) -> Result<Vec<u8>, FinishError> {
    let roots = [
        document.trailer.get(b"Root")?.as_reference()?,
        document.trailer.get(b"Info")?.as_reference()?,
    ];
    let numbers = number(document, &roots);
    let mut file = File { out: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), table: BTreeMap::new() };
    let mut together = Vec::new();
    // Numbers follow the order of the walk.
    let mut order: Vec<(u32, ObjectId)> =
        numbers.iter().map(|(id, number)| (*number, *id)).collect();
    order.sort_unstable();
    for (number, id) in &order {
        match document.objects.get(id) {
            Some(Object::Stream(stream)) => file.stream(*number, stream.clone(), &numbers)?,
            Some(object) => {
                let mut bytes = Vec::new();
                write(&mut bytes, object, &numbers);
                together.push((*number, bytes));
            }
            None => {}
        }
    }
    let mut next = u32::try_from(order.len()).map_err(|_| FinishError::Structure)? + 1;
    for group in together.chunks(TOGETHER) {
        file.group(next, group, &numbers)?;
        next += 1;
    }
    file.close(next, roots, &numbers)
}

/// Numbers for all objects that the roots lead to, in the order in which they are met.
fn number(document: &Document, roots: &[ObjectId]) -> BTreeMap<ObjectId, u32> {
    let mut numbers = BTreeMap::new();
    let mut waiting: Vec<ObjectId> = roots.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        let Some(object) = document.objects.get(&id) else { continue };
        if numbers.contains_key(&id) {
            continue;
        }
        // More objects than numbers would not fit in memory.
        numbers.insert(id, u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX));
        let from = waiting.len();
        references(object, &mut waiting);
        waiting[from..].reverse();
    }
    numbers
}

fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(list) => list.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => {
            let kept = stream.dict.iter().filter(|(key, _)| key.as_slice() != b"Length");
            kept.for_each(|(_, value)| references(value, found));
        }
        _ => {}
    }
}

type Numbers = BTreeMap<ObjectId, u32>;

struct File {
    out: Vec<u8>,
    /// The entry of each number.
    table: BTreeMap<u32, (u8, usize, usize)>,
}

impl File {
    fn stream(
        &mut self,
        number: u32,
        mut stream: Stream,
        numbers: &Numbers,
    ) -> Result<(), FinishError> {
        self.table.insert(number, (1, self.out.len(), 0));
        // Metadata stay readable.
        if !stream.dict.has_type(b"Metadata") {
            stream.compress()?;
        }
        stream.dict.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
        self.out.extend(format!("{number} 0 obj\n").into_bytes());
        write(&mut self.out, &Object::Dictionary(stream.dict), numbers);
        self.out.extend(b"stream\n");
        self.out.extend(stream.content);
        self.out.extend(b"\nendstream\nendobj\n");
        Ok(())
    }

    fn group(
        &mut self,
        number: u32,
        group: &[(u32, Vec<u8>)],
        numbers: &Numbers,
    ) -> Result<(), FinishError> {
        let (mut head, mut body) = (String::new(), Vec::new());
        for (place, (inner, bytes)) in group.iter().enumerate() {
            self.table.insert(*inner, (2, number as usize, place));
            head += &format!("{inner} {} ", body.len());
            body.extend(bytes);
            body.push(b' ');
        }
        let dict = dictionary! {
            "Type" => "ObjStm", "N" => group.len() as i64, "First" => head.len() as i64,
        };
        self.stream(number, Stream::new(dict, [head.into_bytes(), body].concat()), numbers)
    }

    fn close(
        mut self,
        number: u32,
        roots: [ObjectId; 2],
        numbers: &Numbers,
    ) -> Result<Vec<u8>, FinishError> {
        let identity = blake3::hash(&self.out).as_bytes()[..16].to_vec();
        let identity = Object::string_literal(identity);
        let start = self.out.len();
        self.table.insert(number, (1, start, 0));
        let mut rows = vec![0; WIDTHS.iter().sum()];
        rows[WIDTHS[0] + WIDTHS[1]..].fill(0xff);
        let mut rows = vec![rows];
        for wanted in 1..=number {
            let (kind, at, place) = self.table.get(&wanted).copied().unwrap_or_default();
            let at = u32::try_from(at).map_err(|_| FinishError::TooLarge)?;
            rows.push([&[kind][..], &at.to_be_bytes(), &(place as u16).to_be_bytes()].concat());
        }
        let dict = dictionary! {
            "Type" => "XRef",
            "Size" => i64::from(number) + 1,
            "W" => WIDTHS.map(|width| Object::from(width as i64)).to_vec(),
            "Root" => roots[0],
            "Info" => roots[1],
            "ID" => vec![identity.clone(), identity],
        };
        let mut stream = Stream::new(dict.clone(), predicted(&rows));
        stream.compress()?;
        if stream.dict.has(b"Filter") {
            let columns = WIDTHS.iter().sum::<usize>() as i64;
            stream.dict.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => columns });
        } else {
            // Too short to gain by it: as it is, since a predictor needs a filter.
            stream = Stream::new(dict, rows.concat());
        }
        self.stream(number, stream, numbers)?;
        self.out.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
        Ok(self.out)
    }
}

/// Each row as its difference from the one above (PNG's "up"): nearly all zeros.
fn predicted(rows: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut above = vec![0; WIDTHS.iter().sum()];
    for row in rows {
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(byte, up): (&u8, &u8)| byte.wrapping_sub(*up)));
        above.clone_from(row);
    }
    out
}

/// Writes an object with as few bytes as its syntax allows.
fn write(out: &mut Vec<u8>, object: &Object, numbers: &Numbers) {
    match object {
        Object::Null => word(out, b"null"),
        Object::Boolean(value) => word(out, if *value { b"true" } else { b"false" }),
        Object::Integer(value) => word(out, value.to_string().as_bytes()),
        Object::Real(value) => word(out, real(*value).as_bytes()),
        Object::Name(text) => name(out, text),
        Object::String(text, _) => string(out, text),
        Object::Array(list) => {
            out.push(b'[');
            list.iter().for_each(|item| write(out, item, numbers));
            out.push(b']');
        }
        Object::Dictionary(dict) => dictionary(out, dict, numbers),
        Object::Stream(stream) => dictionary(out, &stream.dict, numbers),
        Object::Reference(id) => match numbers.get(id) {
            Some(number) => word(out, format!("{number} 0 R").as_bytes()),
            None => word(out, b"null"),
        },
    }
}

fn dictionary(out: &mut Vec<u8>, dict: &Dictionary, numbers: &Numbers) {
    out.extend(b"<<");
    for (key, value) in dict {
        name(out, key);
        write(out, value, numbers);
    }
    out.extend(b">>");
}

/// A word, kept apart from the one before.
fn word(out: &mut Vec<u8>, text: &[u8]) {
    if !matches!(out.last(), None | Some(b'[' | b'>' | b')' | b' ' | b'\n')) {
        out.push(b' ');
    }
    out.extend(text);
}

/// A number that has no exponent in this syntax, and never reads as an integer in another.
fn real(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = value.to_string();
    match (text.strip_prefix("0."), text.strip_prefix("-0.")) {
        (Some(rest), _) => format!(".{rest}"),
        (_, Some(rest)) => format!("-.{rest}"),
        _ => text,
    }
}

fn name(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'/');
    for byte in text {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").into_bytes());
        }
    }
}

fn string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}
