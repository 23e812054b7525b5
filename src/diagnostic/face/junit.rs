//! For whatever shows tests: JUnit XML, one test a file that has something.
//!
//! A file with an error is a test that fails; one with warnings alone is skipped, not failed, since
//! the check passes. GitLab shows the text of both, and no attribute of theirs.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Lookup, Options, Tally, plain, remedy};
use crate::diagnostic::Diagnostic;

pub(super) fn write(
    diagnostics: &[Diagnostic],
    lookup: Lookup<'_, '_>,
    options: &Options,
) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let done = whole(&mut writer, diagnostics, lookup, &options.prefix);
    let text = done.ok().and_then(|()| String::from_utf8(writer.into_inner()).ok());
    text.map_or_else(String::new, |text| text + "\n")
}

fn whole(
    writer: &mut Writer<Vec<u8>>,
    diagnostics: &[Diagnostic],
    lookup: Lookup<'_, '_>,
    prefix: &str,
) -> io::Result<()> {
    let files: Vec<&[Diagnostic]> =
        diagnostics.chunk_by(|one, next| one.file == next.file).collect();
    let failed = files.iter().filter(|file| Tally::of(file).errors > 0).count();
    let sound = usize::from(failed == 0);
    let counts = [
        ("name", "jalon".to_owned()),
        ("tests", (files.len() + sound).to_string()),
        ("failures", failed.to_string()),
        ("errors", "0".to_owned()),
        ("skipped", (files.len() - failed).to_string()),
        ("time", "0".to_owned()),
    ];
    let counts = counts.each_ref().map(|(name, value)| (*name, value.as_str()));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element("testsuites").with_attributes(counts).write_inner_content(|writer| {
        writer.create_element("testsuite").with_attributes(counts).write_inner_content(
            |writer| {
                if sound == 1 {
                    let name = ("name", "aucune erreur dans les fichiers");
                    let case = [("classname", "jalon check"), name, ("time", "0")];
                    writer.create_element("testcase").with_attributes(case).write_empty()?;
                }
                files.iter().try_for_each(|file| test_case(writer, file, lookup, prefix))
            },
        )?;
        Ok(())
    })?;
    Ok(())
}

fn test_case(
    writer: &mut Writer<Vec<u8>>,
    file: &[Diagnostic],
    lookup: Lookup<'_, '_>,
    prefix: &str,
) -> io::Result<()> {
    let Some(first) = file.first() else { return Ok(()) };
    let tally = Tally::of(file);
    let path = clean(&format!("{prefix}{}", first.file));
    let case =
        [("classname", "jalon check"), ("name", path.as_str()), ("file", &path), ("time", "0")];
    let (outcome, kind) =
        if tally.errors > 0 { ("failure", "erreur") } else { ("skipped", "attention") };
    let message = tally.to_string();
    let text: String = file.iter().map(|diagnostic| told(diagnostic, lookup, &path)).collect();
    writer.create_element("testcase").with_attributes(case).write_inner_content(|writer| {
        writer
            .create_element(outcome)
            .with_attributes([("message", message.as_str()), ("type", kind)])
            .write_text_content(BytesText::new(text.trim_end()))?;
        Ok(())
    })?;
    Ok(())
}

fn told(diagnostic: &Diagnostic, lookup: Lookup<'_, '_>, path: &str) -> String {
    let (start, code) = (diagnostic.span.start, diagnostic.code);
    let message = clean(&plain(&diagnostic.message));
    let place = format!("{path}:{}:{}", start.line, start.column);
    let mut text = format!("{place}: {}[{code}] {message}\n", code.severity.label());
    if let Some(remedy) = remedy(diagnostic, lookup) {
        text.push_str(&format!("  aide\u{a0}: {}\n", clean(&remedy)));
    }
    text
}

/// A text without what XML 1.0 cannot hold, even escaped.
fn clean(text: &str) -> String {
    let holds = |c: &char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(holds).collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::*;
    use crate::diagnostic::face::samples::{self, WARNING, diagnostic, options};

    /// Every text and every attribute's value of a report, read back.
    fn read_back(report: &str) -> Vec<String> {
        let mut reader = Reader::from_str(report);
        let mut said = Vec::new();
        let mut text = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => return said,
                Event::Start(tag) | Event::Empty(tag) => {
                    for attribute in tag.attributes() {
                        let value = attribute
                            .unwrap()
                            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                            .unwrap();
                        said.push(value.into_owned());
                    }
                    text.clear();
                }
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(name) => {
                    let name = format!("&{};", &*name);
                    text.push_str(&quick_xml::escape::unescape(&name).unwrap());
                }
                Event::End(_) => said.push(std::mem::take(&mut text)),
                _ => {}
            }
        }
    }

    #[test]
    fn one_test_a_file() {
        insta::assert_snapshot!(write(&samples::several(), &samples::lookup, &options()));
    }

    #[test]
    fn nothing_to_say_is_a_test_that_passes() {
        insta::assert_snapshot!(write(&[], &samples::lookup, &options()));
    }

    #[test]
    fn warnings_alone_fail_no_test() {
        let all = [diagnostic(&WARNING, "a.toml", "a = 1\n", 0..1, "ceci")];
        insta::assert_snapshot!(write(&all, &samples::lookup, &options()));
    }

    #[test]
    fn what_records_say_comes_back_as_it_was() {
        let report = write(&samples::hostile(), &samples::lookup, &options());
        let said = read_back(&report).join("\n");
        for diagnostic in samples::hostile() {
            assert!(said.contains(&clean(&plain(&diagnostic.message))), "{said}");
            assert!(said.contains(&clean(&format!("content/{}", diagnostic.file))), "{said}");
        }
    }
}
