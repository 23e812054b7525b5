//! What a file says of itself, twice and alike: in its properties, and in the metadata that archives
//! read.

use jiff::Timestamp;
use lopdf::{Dictionary, Document, Object, Stream, dictionary, text_string};

use super::FinishError;
use crate::paper::Facts;

/// The language of every document.
const LANGUAGE: &str = "fr-FR";
/// Who made it, without version: a new version must not change documents.
const MAKER: &str = "jalon";

/// Writes the properties, the metadata and what the catalog says of the whole.
///
/// # Errors
/// When the document has no catalog.
pub(super) fn write(document: &mut Document, facts: &Facts) -> Result<(), FinishError> {
    let mut info = Dictionary::new();
    for (key, text) in
        [("Title", &facts.title), ("Author", &facts.author), ("Subject", &facts.subject)]
    {
        let text = clean(text);
        if !text.is_empty() {
            info.set(key, text_string(&text));
        }
    }
    info.set("Creator", text_string(MAKER));
    info.set("Producer", text_string(MAKER));
    if let Some(modified) = facts.modified {
        let date = modified.strftime("D:%Y%m%d%H%M%SZ").to_string();
        info.set("CreationDate", Object::string_literal(date.clone()));
        info.set("ModDate", Object::string_literal(date));
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    let kinds = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Left as text, so that any tool may read it.
    let metadata = document.add_object(Stream::new(kinds, xmp(facts).into_bytes()));
    let catalog = document.catalog_mut()?;
    catalog.set("Metadata", metadata);
    catalog.set("Lang", Object::string_literal(LANGUAGE));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    Ok(())
}

/// One line, without what XML cannot hold.
fn clean(text: &str) -> String {
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn xmp(facts: &Facts) -> String {
    let mut text = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n\
         <pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n\
         <pdfuaid:part>1</pdfuaid:part>\n<dc:format>application/pdf</dc:format>\n",
    );
    let title = escape(&facts.title);
    text += &format!(
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>\n"
    );
    let author = escape(&facts.author);
    if !author.is_empty() {
        text += &format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n");
    }
    let subject = escape(&facts.subject);
    if !subject.is_empty() {
        text += &format!(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt>\
             </dc:description>\n"
        );
    }
    text += &format!(
        "<pdf:Producer>{MAKER}</pdf:Producer>\n<xmp:CreatorTool>{MAKER}</xmp:CreatorTool>\n"
    );
    if let Some(date) = facts.modified.map(w3c) {
        text += &format!(
            "<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
             <xmp:MetadataDate>{date}</xmp:MetadataDate>\n"
        );
    }
    text + EXTENSION + "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n"
}

fn w3c(date: Timestamp) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// PDF/A wants every schema that it does not define itself to be described in the file: PDF/UA's.
const EXTENSION: &str = "</rdf:Description>\n\
<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
</rdf:Description>\n";
