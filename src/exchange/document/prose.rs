//! Markdown as paragraphs and lists, for a document that knows neither HTML nor Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Longest text that is read as Markdown, as on the pages of the site.
const LIMIT: usize = 200_000;
/// Deepest list within lists; what is deeper stays at this depth.
const DEPTH: usize = 8;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, numbered from a number or with dots; each entry holds pieces.
    List(Option<u64>, Vec<Vec<Block>>),
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// Some words.
    Words {
        /// The words.
        text: String,
        /// In bold.
        bold: bool,
        /// In italics.
        italic: bool,
    },
    /// A new line in the same paragraph.
    Break,
}

/// A list as it was written into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListUse {
    /// Its first number; none for a list with dots.
    pub(super) start: Option<u64>,
    /// How many lists it stands in.
    pub(super) depth: usize,
}

#[derive(Default)]
struct Reading {
    /// What is open, from the outside in: pieces, lists.
    open: Vec<Open>,
    line: Vec<Inline>,
    bold: usize,
    italic: usize,
    /// Lists that are too deep to be lists.
    too_deep: usize,
    links: Vec<(String, usize)>,
}

enum Open {
    Blocks(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
}

/// Reads a text in Markdown.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    if text.len() > LIMIT {
        let line = |line: &str| Block::Paragraph(vec![words(line, false, false)]);
        return text.lines().filter(|line| !line.trim().is_empty()).map(line).collect();
    }
    let mut reading = Reading { open: vec![Open::Blocks(Vec::new())], ..Reading::default() };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    Parser::new_ext(text, options).for_each(|event| reading.take(event));
    reading.end_line();
    match reading.open.into_iter().next() {
        Some(Open::Blocks(blocks)) => blocks,
        _ => Vec::new(),
    }
}

fn words(text: &str, bold: bool, italic: bool) -> Inline {
    Inline::Words { text: text.to_owned(), bold, italic }
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.say(&text),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.line.push(Inline::Break),
            Event::Rule => self.end_line(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(start) => {
                self.end_line();
                let lists = self.open.iter().filter(|open| matches!(open, Open::List(..))).count();
                if lists >= DEPTH {
                    self.too_deep += 1;
                } else {
                    self.open.push(Open::List(start, Vec::new()));
                }
            }
            Tag::Item if self.too_deep == 0 => self.open.push(Open::Blocks(Vec::new())),
            Tag::Item | Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.end_line(),
            Tag::Heading { .. } => {
                self.end_line();
                self.bold += 1;
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::TableHead => self.bold += 1,
            Tag::TableCell if !self.line.is_empty() => self.say(" | "),
            Tag::Link { dest_url, .. } => {
                self.links.push((dest_url.into_string(), self.line.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Heading(_) | TagEnd::TableHead => {
                self.bold = self.bold.saturating_sub(1);
                self.end_line();
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::TableRow => {
                self.end_line();
            }
            TagEnd::Item => {
                self.end_line();
                if self.too_deep == 0
                    && let Some(Open::Blocks(entry)) =
                        self.open.pop_if(|open| matches!(open, Open::Blocks(_)))
                    && let Some(Open::List(_, entries)) = self.open.last_mut()
                {
                    entries.push(entry);
                }
            }
            TagEnd::List(_) => {
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if let Some(Open::List(start, entries)) =
                    self.open.pop_if(|open| matches!(open, Open::List(..)))
                    && let Some(Open::Blocks(blocks)) = self.open.last_mut()
                {
                    blocks.push(Block::List(start, entries));
                }
            }
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    /// Paper leads nowhere: the address of a link is written behind its words.
    fn end_link(&mut self) {
        let Some((address, from)) = self.links.pop() else { return };
        let said: String = self
            .line
            .iter()
            .skip(from)
            .map(|inline| match inline {
                Inline::Words { text, .. } => text.as_str(),
                Inline::Break => " ",
            })
            .collect();
        let harmless =
            ["https://", "http://", "mailto:"].iter().any(|way| address.starts_with(way));
        let bare = address.trim_start_matches("mailto:");
        if harmless && said.trim() != bare && said.trim() != address {
            self.say(&format!(" ({bare})"));
        }
    }

    /// Adds words to the line; line ends of code and HTML are kept.
    fn say(&mut self, text: &str) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        for (n, piece) in text.split('\n').enumerate() {
            if n > 0 {
                self.line.push(Inline::Break);
            }
            if piece.is_empty() {
                continue;
            }
            // The words of a link begin a stretch of their own: its end looks back to it.
            let goes_on = self.links.last().is_none_or(|(_, from)| *from < self.line.len());
            match self.line.last_mut() {
                Some(Inline::Words { text, bold: b, italic: i })
                    if goes_on && (*b, *i) == (bold, italic) =>
                {
                    text.push_str(piece);
                }
                _ => self.line.push(words(piece, bold, italic)),
            }
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        self.links.clear();
        while line.pop_if(|last| *last == Inline::Break).is_some() {}
        if let (false, Some(Open::Blocks(blocks))) = (line.is_empty(), self.open.last_mut()) {
            blocks.push(Block::Paragraph(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![words(text, false, false)])
    }

    #[test]
    fn markdown_becomes_paragraphs_lists_and_bold_words() {
        let read = blocks(
            "# Mise *en* place\nVous **accueillez** M. Roy\ntôt.\n\n1. Saluer\n2. Écouter\n   - noter\n\n`fin`",
        );
        assert_eq!(
            read,
            [
                Block::Paragraph(vec![
                    words("Mise ", true, false),
                    words("en", true, true),
                    words(" place", true, false)
                ]),
                Block::Paragraph(vec![
                    words("Vous ", false, false),
                    words("accueillez", true, false),
                    words(" M. Roy tôt.", false, false)
                ]),
                Block::List(
                    Some(1),
                    vec![
                        vec![paragraph("Saluer")],
                        vec![
                            paragraph("Écouter"),
                            Block::List(None, vec![vec![paragraph("noter")]])
                        ],
                    ]
                ),
                paragraph("fin"),
            ]
        );
    }

    #[test]
    fn links_say_where_they_lead_and_nothing_else_is_obeyed() {
        let read =
            blocks("[La page](https://a.example/b) <b>gras</b> ![logo](x.png) [x](javascript:y)");
        let Some(Block::Paragraph(line)) = read.first() else { panic!("{read:?}") };
        let text: String = line
            .iter()
            .map(|inline| match inline {
                Inline::Words { text, bold: false, italic: false } => text.as_str(),
                _ => "?",
            })
            .collect();
        assert_eq!(text, "La page (https://a.example/b) <b>gras</b> logo x");
    }

    #[test]
    fn lists_are_never_too_deep() {
        let deep = "- ".repeat(5_000) + "fond";
        let read = blocks(&deep);
        fn depth(blocks: &[Block]) -> usize {
            let below = blocks.iter().map(|block| match block {
                Block::List(_, entries) => {
                    1 + entries.iter().map(|entry| depth(entry)).max().unwrap_or(0)
                }
                Block::Paragraph(_) => 0,
            });
            below.max().unwrap_or(0)
        }
        assert!(depth(&read) <= DEPTH, "{}", depth(&read));
    }
}
