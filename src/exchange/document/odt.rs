//! OpenDocument texts, as LibreOffice writes them.

use super::fill::Dialect;
use super::prose::{Block, Inline, ListUse};
use super::tree::{Element, Node};
use super::{Fate, TemplateError};

/// The first file of the archive, which must be readable as it is.
pub(super) const MIMETYPE: &str = "mimetype";
const TEXT: &[u8] = b"application/vnd.oasis.opendocument.text";
const TEXT_TEMPLATE: &[u8] = b"application/vnd.oasis.opendocument.text-template";

/// How OpenDocument names what filling needs.
pub(super) static DIALECT: Dialect = Dialect {
    paragraphs: &["text:p", "text:h"],
    rows: &["table:table-row", "text:list-item"],
    wholes: &["table:table", "text:list"],
    cells: &[],
    text: None,
    blanks: &["text:s", "text:tab", "text:line-break"],
    silent: &[
        "office:annotation",
        "text:note-citation",
        "text:tracked-changes",
        "text:ruby-text",
        "office:event-listeners",
    ],
    anchors: &["text:bookmark", "text:bookmark-start", "text:bookmark-end", "office:annotation"],
    prose,
};

const BOLD: &str = "JalonGras";
const ITALIC: &str = "JalonItalique";
const BOTH: &str = "JalonGrasItalique";
const DOTS: &str = "JalonPuces";
const NUMBERS: &str = "JalonNumeros";

/// What becomes of a file of a template.
pub(super) fn fate(name: &str) -> Fate {
    match name {
        "content.xml" | "styles.xml" | "meta.xml" => Fate::Fill,
        "META-INF/manifest.xml" | "settings.xml" => Fate::Look,
        MIMETYPE | "manifest.rdf" => Fate::Keep,
        "layout-cache" => Fate::Drop,
        _ if name.starts_with("Thumbnails/") || name.starts_with("Configurations2/") => Fate::Drop,
        _ if name.starts_with("Pictures/") || name.starts_with("Fonts/") => Fate::Keep,
        _ if name.starts_with("Basic/") || name.starts_with("Scripts/") => {
            Fate::Refuse("une macro")
        }
        _ if name.starts_with("META-INF/") => Fate::Refuse("une signature ou un mot de passe"),
        _ => Fate::Refuse("un objet incorporé"),
    }
}

/// Whether the first file says that this is a text.
pub(super) fn is_text(mimetype: &[u8]) -> bool {
    let mimetype = mimetype.trim_ascii();
    mimetype == TEXT || mimetype == TEXT_TEMPLATE
}

/// The first file of what is made: never a template.
pub(super) fn mimetype() -> Vec<u8> {
    TEXT.to_vec()
}

/// Makes a part harmless, or says why it cannot be.
pub(super) fn tame(
    part: &mut Element,
    name: &str,
    kept: &dyn Fn(&str) -> bool,
) -> Result<(), TemplateError> {
    if name == "META-INF/manifest.xml" {
        let mut locked = false;
        part.each(&mut |one| locked |= one.name == "manifest:encryption-data");
        if locked {
            return Err(TemplateError::Forbidden("un mot de passe"));
        }
        part.children.retain(|child| match child {
            Node::Element(entry) => match entry.attribute("manifest:full-path") {
                Some(path) => path == "/" || kept(path),
                None => false,
            },
            Node::Text(_) => false,
        });
        for entry in part.elements_mut() {
            if entry.attribute("manifest:full-path") == Some("/") {
                entry.set("manifest:media-type", &String::from_utf8_lossy(TEXT));
            }
        }
        return Ok(());
    }
    let mut forbidden = None;
    part.each(&mut |one| {
        let what = match one.name.as_str() {
            "script:event-listener" | "office:script" => Some("une macro"),
            "text:execute-macro" | "text:script" => Some("une macro"),
            "office:dde-source" | "text:dde-connection" | "text:dde-connection-decl" => {
                Some("un lien vers un autre programme")
            }
            "text:section-source" => Some("un lien vers un autre fichier"),
            "draw:object"
            | "draw:object-ole"
            | "draw:plugin"
            | "draw:applet"
            | "draw:floating-frame" => Some("un objet incorporé"),
            "form:form" | "office:forms" if one.children.iter().any(is_element) => {
                Some("un formulaire")
            }
            _ => None,
        };
        let link = one.attribute("xlink:href").filter(|href| !is_kept(href, &one.name));
        forbidden = forbidden.or(what).or(link.map(|_| "un lien vers un autre fichier"));
    });
    if let Some(what) = forbidden {
        return Err(TemplateError::Forbidden(what));
    }
    // Where the template itself came from leads to somebody's disk; what was typed by whom is nobody's business.
    part.prune(&|one| {
        !matches!(
            one.name.as_str(),
            "meta:template" | "meta:initial-creator" | "dc:creator" | "meta:printed-by"
        )
    });
    Ok(())
}

fn is_element(node: &Node) -> bool {
    matches!(node, Node::Element(_))
}

/// Whether a link is of the document itself, or one that only the reader follows.
fn is_kept(href: &str, name: &str) -> bool {
    let file = href.trim_start_matches("./");
    let inside = href.is_empty()
        || href.starts_with('#')
        || (file.starts_with("Pictures/") || file.starts_with("Fonts/")) && !file.contains("..");
    match name {
        "text:a" | "draw:a" => {
            href.starts_with('#')
                || ["https://", "http://", "mailto:"].iter().any(|way| href.starts_with(way))
        }
        // Gone with what follows.
        "meta:template" => true,
        _ => inside,
    }
}

/// Adds to a part the styles of texts in Markdown.
pub(super) fn add_styles(content: &mut Element) {
    for (prefix, name) in [
        ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ] {
        if content.attribute(prefix).is_none() {
            content.set(prefix, name);
        }
    }
    if content.child("office:automatic-styles").is_none() {
        let before = content.children.iter().position(
            |child| matches!(child, Node::Element(element) if element.name == "office:body"),
        );
        let styles = Element::new("office:automatic-styles", &[]);
        content.children.insert(before.unwrap_or(0), Node::Element(styles));
    }
    let Some(styles) = content.child_mut("office:automatic-styles") else { return };
    let ours = [BOLD, ITALIC, BOTH, DOTS, NUMBERS];
    styles.children.retain(|child| {
        !matches!(child, Node::Element(style)
            if style.attribute("style:name").is_some_and(|name| ours.contains(&name)))
    });
    let weight: &[(&str, &str)] = &[
        ("fo:font-weight", "bold"),
        ("style:font-weight-asian", "bold"),
        ("style:font-weight-complex", "bold"),
    ];
    let slant: &[(&str, &str)] = &[
        ("fo:font-style", "italic"),
        ("style:font-style-asian", "italic"),
        ("style:font-style-complex", "italic"),
    ];
    for (name, properties) in
        [(BOLD, weight.to_vec()), (ITALIC, slant.to_vec()), (BOTH, [weight, slant].concat())]
    {
        let text = Element::new("style:text-properties", &properties);
        let style = Element::new("style:style", &[("style:name", name), ("style:family", "text")]);
        styles.children.push(Node::Element(style.with([Node::Element(text)])));
    }
    styles.children.push(Node::Element(list_style(DOTS, false)));
    styles.children.push(Node::Element(list_style(NUMBERS, true)));
}

fn list_style(name: &str, numbered: bool) -> Element {
    let levels = (1..=10).map(|level: u32| {
        let place = level.to_string();
        let margin = format!("{:.2}cm", 0.6 * f64::from(level));
        let label = Element::new(
            "style:list-level-label-alignment",
            &[
                ("text:label-followed-by", "listtab"),
                ("text:list-tab-stop-position", &margin),
                ("fo:text-indent", "-0.6cm"),
                ("fo:margin-left", &margin),
            ],
        );
        let properties = Element::new(
            "style:list-level-properties",
            &[("text:list-level-position-and-space-mode", "label-alignment")],
        )
        .with([Node::Element(label)]);
        let level = match numbered {
            true => Element::new(
                "text:list-level-style-number",
                &[("text:level", &place), ("style:num-suffix", "."), ("style:num-format", "1")],
            ),
            false => Element::new(
                "text:list-level-style-bullet",
                &[("text:level", &place), ("text:bullet-char", "•")],
            ),
        };
        Node::Element(level.with([Node::Element(properties)]))
    });
    Element::new("text:list-style", &[("style:name", name)]).with(levels)
}

/// Paragraphs and lists like the paragraph that holds the placeholder.
fn prose(model: &Element, blocks: &[Block], lists: &mut Vec<ListUse>) -> Vec<Node> {
    pieces(model, blocks, lists, 0)
}

fn pieces(model: &Element, blocks: &[Block], lists: &mut Vec<ListUse>, depth: usize) -> Vec<Node> {
    let piece = |block: &Block| match block {
        Block::Paragraph(line) => Node::Element(paragraph(model, line)),
        Block::List(start, entries) => {
            lists.push(ListUse { start: *start, depth });
            let style = if start.is_some() { NUMBERS } else { DOTS };
            let entries = entries.iter().enumerate().map(|(n, entry)| {
                let first = start.filter(|start| n == 0 && *start != 1).map(|n| n.to_string());
                let attribute = first.as_deref().map(|first| ("text:start-value", first));
                let item = Element::new("text:list-item", attribute.as_slice());
                Node::Element(item.with(pieces(model, entry, lists, depth + 1)))
            });
            Node::Element(Element::new("text:list", &[("text:style-name", style)]).with(entries))
        }
    };
    blocks.iter().map(piece).collect()
}

fn paragraph(model: &Element, line: &[Inline]) -> Element {
    let mut made = Element {
        name: "text:p".to_owned(),
        attributes: model
            .attributes
            .iter()
            .filter(|(name, _)| name == "text:style-name")
            .cloned()
            .collect(),
        children: Vec::new(),
    };
    let mut after_blank = true;
    for inline in line {
        let (text, style) = match inline {
            Inline::Break => {
                after_blank = true;
                made.children.push(Node::Element(Element::new("text:line-break", &[])));
                continue;
            }
            Inline::Words { text, bold: true, italic: true } => (text, Some(BOTH)),
            Inline::Words { text, bold: true, .. } => (text, Some(BOLD)),
            Inline::Words { text, italic: true, .. } => (text, Some(ITALIC)),
            Inline::Words { text, .. } => (text, None),
        };
        match style {
            Some(style) => {
                let span = Element::new("text:span", &[("text:style-name", style)]);
                made.children.push(Node::Element(span.with(blanks(text, &mut after_blank))));
            }
            None => made.children.extend(blanks(text, &mut after_blank)),
        }
    }
    made
}

/// A text whose blanks are all kept: OpenDocument reads several as one, and none at the beginning of a line.
fn blanks(text: &str, after_blank: &mut bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut plain = String::new();
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\r') && *after_blank {
            if !plain.is_empty() {
                nodes.push(Node::Text(std::mem::take(&mut plain)));
            }
            nodes.push(Node::Element(Element::new("text:s", &[])));
        } else {
            plain.push(if matches!(c, '\t' | '\r') { ' ' } else { c });
        }
        *after_blank = matches!(c, ' ' | '\t' | '\r');
    }
    if !plain.is_empty() {
        nodes.push(Node::Text(plain));
    }
    nodes
}
