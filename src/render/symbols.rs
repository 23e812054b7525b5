//! The drawings of icons that a page uses, out of all those that the layout offers.

use std::collections::BTreeSet;

/// What begins a drawing in `base.html`, and what ends it.
const START: &str = "<symbol id=\"";
const END: &str = "</symbol>";

/// A page without the drawings that nothing in it uses: they would weigh on every page of the site.
pub(super) fn only_those_used(page: &str) -> String {
    let names = page.match_indices('#').filter_map(|(at, _)| {
        let rest = &page[at + 1..];
        rest.starts_with("i-").then(|| rest.split('"').next()).flatten()
    });
    let used: BTreeSet<&str> = names.collect();
    // All drawings stand before the header: nothing is looked for in the rest of the page.
    let (mut top, rest) = page.split_at(page.find("<header").unwrap_or(0));
    let mut slim = String::with_capacity(page.len());
    while let Some((before, after)) = top.split_once(START) {
        slim.push_str(before);
        let name = after.split('"').next().unwrap_or_default();
        let length = after.find(END).map_or(after.len(), |end| end + END.len());
        if used.contains(name) {
            slim.push_str(START);
            slim.push_str(&after[..length]);
        }
        top = &after[length..];
    }
    slim.push_str(top);
    slim.push_str(rest);
    slim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_the_drawings_it_uses() {
        let page = "<svg><symbol id=\"i-a\"><path/></symbol><symbol id=\"i-b\"><g/></symbol></svg>\n\
                    <header><a href=\"#i\">x</a><use href=\"#i-b\"/></header>";
        let slim = "<svg><symbol id=\"i-b\"><g/></symbol></svg>\n\
                    <header><a href=\"#i\">x</a><use href=\"#i-b\"/></header>";
        assert_eq!(only_those_used(page), slim);
        assert_eq!(only_those_used(slim), slim);
        assert_eq!(only_those_used("<p>rien</p>"), "<p>rien</p>");
    }
}
