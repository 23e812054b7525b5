//! Markdown written by teachers, made into harmless HTML.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Longest text that is rendered as Markdown; beyond it, the text is shown as it is.
const LIMIT: usize = 200_000;

/// Renders a text: headings are lowered under those of the page, raw HTML is shown as text, links
/// and images keep only harmless addresses, and what remains is sanitised.
pub fn markdown(text: &str) -> String {
    if text.len() > LIMIT {
        return format!("<pre>{}</pre>", ammonia::clean_text(text));
    }
    let parser = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let events = parser.map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lowered(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        other => other,
    });
    let mut rendered = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    // Ordinary remarks are plain paragraphs: nothing that could need cleaning.
    if is_plain(&rendered) {
        return rendered;
    }
    ammonia::Builder::default()
        .link_rel(Some("noreferrer"))
        .rm_tags(["img"])
        .clean(&rendered)
        .to_string()
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Whether HTML holds only tags without attributes that the parser itself writes.
fn is_plain(html: &str) -> bool {
    html.split('<').skip(1).all(|piece| {
        let name = piece.split('>').next().unwrap_or("");
        matches!(
            name.trim_start_matches('/'),
            "p" | "em" | "strong" | "ul" | "ol" | "li" | "br /" | "del" | "h3" | "h4" | "h5" | "h6"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_harmful_links_do_not_pass() {
        let html = markdown(
            "Bon **travail** <script>x</script> [x](javascript:x) <img src=x onerror=x>\n",
        );
        assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
        assert!(html.contains("<strong>travail</strong>") && !html.contains("<img"), "{html}");
    }

    #[test]
    fn headings_stand_under_those_of_the_page() {
        assert_eq!(markdown("# Titre"), "<h3>Titre</h3>\n");
        assert_eq!(
            markdown("Léa progresse.\n\nBravo !"),
            "<p>Léa progresse.</p>\n<p>Bravo !</p>\n"
        );
    }
}
