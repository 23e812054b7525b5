//! WordprocessingML documents, as Word and LibreOffice write them.

use std::collections::BTreeMap;

use super::fill::Dialect;
use super::prose::{Block, Inline, ListUse};
use super::tree::{Element, Node};
use super::{Fate, TemplateError};

/// The part that names the kind of each other part.
pub(super) const TYPES: &str = "[Content_Types].xml";
/// The part that holds the text.
pub(super) const BODY: &str = "word/document.xml";
const BODY_LINKS: &str = "word/_rels/document.xml.rels";
const NUMBERING: &str = "word/numbering.xml";
const NUMBERING_LINK: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering";
const NUMBERING_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
const WORDPROCESSING: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// How WordprocessingML names what filling needs.
pub(super) static DIALECT: Dialect = Dialect {
    paragraphs: &["w:p"],
    rows: &["w:tr"],
    wholes: &["w:tbl"],
    cells: &["w:tc", "w:hdr", "w:ftr", "w:txbxContent"],
    text: Some("w:t"),
    blanks: &["w:tab", "w:br", "w:cr", "w:noBreakHyphen"],
    silent: &["w:pPr", "w:rPr", "w:del"],
    anchors: &[
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:commentReference",
    ],
    prose,
};

/// Lists with dots share this definition; numbered ones follow it, each with its own.
const DOTS: usize = 9000;
const DOTS_MODEL: &str = "9000";
const NUMBERS_MODEL: &str = "9001";

/// What becomes of a file of a template.
pub(super) fn fate(name: &str) -> Fate {
    let inner = name.strip_prefix("word/");
    match (name, inner) {
        (TYPES, _) => Fate::Look,
        ("docProps/core.xml", _) => Fate::Fill,
        ("docProps/app.xml" | "docProps/custom.xml", _) => Fate::Keep,
        (_, Some("settings.xml" | "numbering.xml")) => Fate::Look,
        (
            _,
            Some(
                "styles.xml"
                | "stylesWithEffects.xml"
                | "fontTable.xml"
                | "webSettings.xml"
                | "people.xml",
            ),
        ) => Fate::Keep,
        (_, Some("vbaProject.bin" | "vbaData.xml")) => Fate::Refuse("une macro"),
        (_, Some(part)) if is_text_part(part) => Fate::Fill,
        (_, Some(part)) if part.starts_with("media/") || part.starts_with("fonts/") => Fate::Keep,
        (_, Some(part)) if part.starts_with("theme/") && part.ends_with(".xml") => Fate::Keep,
        (_, Some(part)) if part.starts_with("embeddings/") => Fate::Refuse("un objet incorporé"),
        _ if name.ends_with(".rels") => Fate::Look,
        _ if name.starts_with("docProps/thumbnail.") => Fate::Drop,
        _ if name.starts_with("customXml/") || name.starts_with("word/glossary/") => Fate::Drop,
        _ => Fate::Refuse("un objet incorporé"),
    }
}

/// Whether a part below `word/` holds text: the document, headers, footers, notes, remarks.
fn is_text_part(part: &str) -> bool {
    let Some(stem) = part.strip_suffix(".xml") else { return false };
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(stem, "document" | "header" | "footer" | "footnotes" | "endnotes")
        || stem.starts_with("comments")
}

/// Makes a part harmless, or says why it cannot be.
pub(super) fn tame(
    part: &mut Element,
    name: &str,
    kept: &dyn Fn(&str) -> bool,
) -> Result<(), TemplateError> {
    if name == TYPES {
        for one in part.elements_mut() {
            let kind = one.attribute("ContentType").unwrap_or_default().to_owned();
            if kind.contains("macroEnabled") {
                return Err(TemplateError::Forbidden("une macro"));
            }
            // A template of Word that is filled is a document.
            if kind.contains("wordprocessingml.template.main+xml") {
                one.set("ContentType", &kind.replace("template.main", "document.main"));
            }
        }
        part.children.retain(|child| match child {
            Node::Element(one) => {
                one.attribute("PartName").is_none_or(|path| kept(path.trim_start_matches('/')))
            }
            Node::Text(_) => false,
        });
        return Ok(());
    }
    if name.ends_with(".rels") {
        return tame_links(part, name, kept);
    }
    let mut forbidden = None;
    part.each(&mut |one| {
        let code = one.name == "w:instrText" || one.name == "w:fldSimple";
        let words = one.children.iter().filter_map(|child| match child {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        let words: String = words.chain(one.attribute("w:instr")).collect();
        let first = words.split_whitespace().next().unwrap_or_default().to_uppercase();
        let what = match one.name.as_str() {
            _ if code && matches!(&*first, "DDE" | "DDEAUTO" | "MACROBUTTON") => {
                Some("un lien vers un autre programme")
            }
            _ if code && matches!(&*first, "INCLUDETEXT" | "INCLUDEPICTURE" | "LINK") => {
                Some("un lien vers un autre fichier")
            }
            "w:altChunk" | "w:object" | "w:control" => Some("un objet incorporé"),
            "w:subDoc" => Some("un lien vers un autre fichier"),
            _ => None,
        };
        forbidden = forbidden.or(what);
    });
    if let Some(what) = forbidden {
        return Err(TemplateError::Forbidden(what));
    }
    part.prune(&|one| {
        !matches!(
            one.name.as_str(),
            "w:attachedTemplate" | "w:mailMerge" | "dc:creator" | "cp:lastModifiedBy"
        )
    });
    drop_marks(part);
    Ok(())
}

/// Takes away what numbers paragraphs for people who write together: a repeated row would bear it twice.
fn drop_marks(part: &mut Element) {
    part.attributes.retain(|(name, _)| name != "w14:paraId" && name != "w14:textId");
    part.elements_mut().for_each(drop_marks);
}

/// Links of a part to others: those that lead out are refused, except those that only the reader follows.
fn tame_links(
    part: &mut Element,
    name: &str,
    kept: &dyn Fn(&str) -> bool,
) -> Result<(), TemplateError> {
    // "word/_rels/document.xml.rels" speaks for "word/".
    let folder = name.split("_rels/").next().unwrap_or_default().to_owned();
    let mut forbidden = None;
    part.children.retain(|child| {
        let Node::Element(link) = child else { return false };
        let kind = link.attribute("Type").and_then(|kind| kind.rsplit('/').next());
        let target = link.attribute("Target").unwrap_or_default();
        if link.attribute("TargetMode") == Some("External") {
            match kind {
                Some("hyperlink") => {
                    let followed = ["https://", "http://", "mailto:"];
                    if !followed.iter().any(|way| target.starts_with(way)) {
                        forbidden = Some("un lien vers un autre fichier");
                    }
                    return true;
                }
                Some("attachedTemplate") => return false,
                _ => {
                    forbidden = Some("un lien vers un autre fichier");
                    return true;
                }
            }
        }
        kept(&path_of(&folder, target))
    });
    forbidden.map_or(Ok(()), |what| Err(TemplateError::Forbidden(what)))
}

/// The file that a link of a folder leads to.
fn path_of(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Adds the definitions of the lists that texts in Markdown have brought.
pub(super) fn add_numbering(parts: &mut BTreeMap<String, Element>, lists: &[ListUse]) {
    let numbering = parts
        .entry(NUMBERING.to_owned())
        .or_insert_with(|| Element::new("w:numbering", &[("xmlns:w", WORDPROCESSING)]));
    let id_of = |element: &Element| {
        let id = element.attribute("w:numId").or(element.attribute("w:abstractNumId"));
        id.and_then(|id| id.parse::<usize>().ok()).unwrap_or(0)
    };
    numbering.children.retain(|child| {
        !matches!(child, Node::Element(one)
            if matches!(&*one.name, "w:num" | "w:abstractNum") && id_of(one) >= DOTS)
    });
    // Definitions stand before what uses them.
    let first_use = numbering
        .children
        .iter()
        .position(|child| matches!(child, Node::Element(one) if one.name == "w:num"))
        .unwrap_or(numbering.children.len());
    let models = [(DOTS_MODEL, false), (NUMBERS_MODEL, true)];
    for (id, numbered) in models.into_iter().rev() {
        numbering.children.insert(first_use, Node::Element(model(id, numbered)));
    }
    let last_use = numbering
        .children
        .iter()
        .rposition(|child| {
            matches!(child, Node::Element(one) if matches!(&*one.name, "w:num" | "w:abstractNum"))
        })
        .map_or(0, |last| last + 1);
    let dots = use_of(DOTS, DOTS_MODEL);
    let numbered = lists.iter().enumerate().filter_map(|(n, list)| {
        let start = list.start?.to_string();
        let level = list.depth.to_string();
        let start = Element::new("w:startOverride", &[("w:val", &start)]);
        let level =
            Element::new("w:lvlOverride", &[("w:ilvl", &level)]).with([Node::Element(start)]);
        Some(use_of(DOTS + 1 + n, NUMBERS_MODEL).with([Node::Element(level)]))
    });
    let uses: Vec<Node> = std::iter::once(dots).chain(numbered).map(Node::Element).collect();
    numbering.children.splice(last_use..last_use, uses);
    link_numbering(parts);
}

fn use_of(id: usize, model: &str) -> Element {
    let model = Element::new("w:abstractNumId", &[("w:val", model)]);
    Element::new("w:num", &[("w:numId", &id.to_string())]).with([Node::Element(model)])
}

fn model(id: &str, numbered: bool) -> Element {
    let kind = Element::new("w:multiLevelType", &[("w:val", "hybridMultilevel")]);
    let levels = (0..9).map(|level: u32| {
        let value =
            |name: &str, value: &str| Node::Element(Element::new(name, &[("w:val", value)]));
        let left = (340 * (level + 1)).to_string();
        let indent = Element::new("w:ind", &[("w:left", &left), ("w:hanging", "340")]);
        let words = if numbered { format!("%{}.", level + 1) } else { "•".to_owned() };
        Node::Element(Element::new("w:lvl", &[("w:ilvl", &level.to_string())]).with([
            value("w:start", "1"),
            value("w:numFmt", if numbered { "decimal" } else { "bullet" }),
            value("w:lvlText", &words),
            value("w:lvlJc", "left"),
            Node::Element(Element::new("w:pPr", &[]).with([Node::Element(indent)])),
        ]))
    });
    Element::new("w:abstractNum", &[("w:abstractNumId", id)])
        .with(std::iter::once(Node::Element(kind)).chain(levels))
}

/// Has the document lead to its lists, and their kind said.
fn link_numbering(parts: &mut BTreeMap<String, Element>) {
    if let Some(links) = parts.get_mut(BODY_LINKS)
        && !links.elements().any(|link| link.attribute("Type") == Some(NUMBERING_LINK))
    {
        links.children.push(Node::Element(Element::new(
            "Relationship",
            &[("Id", "rIdJalonListes"), ("Type", NUMBERING_LINK), ("Target", "numbering.xml")],
        )));
    }
    let path = format!("/{NUMBERING}");
    if let Some(types) = parts.get_mut(TYPES)
        && !types.elements().any(|one| one.attribute("PartName") == Some(&path))
    {
        types.children.push(Node::Element(Element::new(
            "Override",
            &[("PartName", &path), ("ContentType", NUMBERING_TYPE)],
        )));
    }
}

/// Paragraphs like the one that holds the placeholder.
fn prose(model: &Element, blocks: &[Block], lists: &mut Vec<ListUse>) -> Vec<Node> {
    let mut made = Vec::new();
    pieces(model, blocks, None, lists, &mut made);
    made
}

/// `within` is the number of the list that one stands in, and its depth.
fn pieces(
    model: &Element,
    blocks: &[Block],
    within: Option<(usize, usize)>,
    lists: &mut Vec<ListUse>,
    made: &mut Vec<Node>,
) {
    for (n, block) in blocks.iter().enumerate() {
        match block {
            // Only the first paragraph of an entry bears its dot or number.
            Block::Paragraph(line) => {
                made.push(Node::Element(paragraph(model, line, within, n > 0)));
            }
            Block::List(start, entries) => {
                let depth = within.map_or(0, |(_, depth)| depth + 1);
                let number = if start.is_some() { DOTS + 1 + lists.len() } else { DOTS };
                lists.push(ListUse { start: *start, depth });
                for entry in entries {
                    pieces(model, entry, Some((number, depth)), lists, made);
                }
            }
        }
    }
}

fn paragraph(
    model: &Element,
    line: &[Inline],
    within: Option<(usize, usize)>,
    further: bool,
) -> Element {
    let mut made = Element::new("w:p", &[]);
    if let Some(properties) = properties(model, within, further) {
        made.children.push(Node::Element(properties));
    }
    let mut words_like = None;
    model.each(&mut |one| {
        if words_like.is_none() && one.name == "w:r" {
            words_like = Some(one.child("w:rPr").cloned().unwrap_or_default());
        }
    });
    let words_like = words_like.map(|like| like.children).unwrap_or_default();
    for inline in line {
        let mut run = Element::new("w:r", &[]);
        match inline {
            Inline::Break => run.children.push(Node::Element(Element::new("w:br", &[]))),
            Inline::Words { text, bold, italic } => {
                if let Some(like) = run_properties(&words_like, *bold, *italic) {
                    run.children.push(Node::Element(like));
                }
                let text = Element::new("w:t", &[("xml:space", "preserve")]).text(text);
                run.children.push(Node::Element(text));
            }
        }
        made.children.push(Node::Element(run));
    }
    made
}

/// What a paragraph of a list or of none takes from its model: the order of these is fixed.
fn properties(model: &Element, within: Option<(usize, usize)>, further: bool) -> Option<Element> {
    const BEFORE: &[&str] = &[
        "w:pStyle",
        "w:keepNext",
        "w:keepLines",
        "w:pageBreakBefore",
        "w:framePr",
        "w:widowControl",
    ];
    let mut made = model.child("w:pPr").cloned();
    let Some((number, depth)) = within else { return made };
    let properties = made.get_or_insert_with(|| Element::new("w:pPr", &[]));
    properties.children.retain(
        |child| !matches!(child, Node::Element(one) if matches!(&*one.name, "w:numPr" | "w:ind")),
    );
    let at = properties.elements().take_while(|one| BEFORE.contains(&&*one.name)).count();
    properties.children.retain(|child| matches!(child, Node::Element(_)));
    if further {
        let left = (340 * (depth + 1)).to_string();
        let after: &[&str] = &[
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:suppressOverlap",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:textboxTightWrap",
            "w:outlineLvl",
            "w:divId",
            "w:cnfStyle",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ];
        let at = properties
            .elements()
            .position(|one| after.contains(&&*one.name))
            .unwrap_or(properties.children.len());
        let indent = Element::new("w:ind", &[("w:left", &left)]);
        properties.children.insert(at, Node::Element(indent));
    } else {
        let value = |name: &str, value: usize| {
            Node::Element(Element::new(name, &[("w:val", &value.to_string())]))
        };
        let list =
            Element::new("w:numPr", &[]).with([value("w:ilvl", depth), value("w:numId", number)]);
        properties.children.insert(at, Node::Element(list));
    }
    made
}

/// How the words of a run look: like the model's, bold and italic besides; in the order that is fixed.
fn run_properties(like: &[Node], bold: bool, italic: bool) -> Option<Element> {
    let is = |node: &Node, names: &[&str]| matches!(node, Node::Element(one) if names.contains(&&*one.name));
    let mut made = Element::new("w:rPr", &[]);
    let (before, after): (Vec<Node>, Vec<Node>) = like
        .iter()
        .filter(|node| {
            !(bold && is(node, &["w:b", "w:bCs"]) || italic && is(node, &["w:i", "w:iCs"]))
        })
        .cloned()
        .partition(|node| is(node, &["w:rStyle", "w:rFonts"]));
    let (strong, after): (Vec<Node>, Vec<Node>) =
        after.into_iter().partition(|node| is(node, &["w:b", "w:bCs"]));
    made.children.extend(before);
    made.children.extend(strong);
    let mut add = |names: [&str; 2]| {
        made.children.extend(names.map(|name| Node::Element(Element::new(name, &[]))));
    };
    if bold {
        add(["w:b", "w:bCs"]);
    }
    if italic {
        add(["w:i", "w:iCs"]);
    }
    made.children.extend(after);
    (!made.children.is_empty()).then_some(made)
}
