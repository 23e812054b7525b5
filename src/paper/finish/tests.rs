//! The whole of finishing, on a small document made by hand: what it says of itself, what it keeps,
//! and that nothing odd makes it panic.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;

fn facts() -> Facts {
    Facts {
        title: "Bilan de Ève & <Zoé>".to_owned(),
        author: "Lycée (public)".to_owned(),
        subject: String::new(),
        modified: Some("2026-12-11T09:30:00Z".parse().unwrap()),
    }
}

/// As the browser prints: a margin box, a heading, a list item without body, a table whose second
/// row lost its first empty cell; element names start at `node`.
fn printed(node: u32) -> Vec<u8> {
    let mut document = Document::with_version("1.4");
    let ids: Vec<_> = (0..14).map(|_| document.new_object_id()).collect();
    let [page, pages, root, top, h1, li, list, table, row, th, th2, row2, td, heads] =
        ids.try_into().unwrap();
    let content = b"q BT /F1 9 Tf (margin) Tj ET Q /H1 <</MCID 0 >>BDC BT (T) Tj ET EMC \
        /LI <</MCID 1 >>BDC BT (item) Tj ET EMC /TH <</MCID 2 >>BDC BT (a) Tj ET EMC \
        /TH <</MCID 3 >>BDC BT (b) Tj ET EMC /TD <</MCID 4 >>BDC 0 0 5 5 re f EMC \
        /TD <</MCID 5 >>BDC BT (1) Tj ET EMC 0 0 9 9 re S";
    let content = document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
    let name = |at: u32| Object::string_literal(format!("node{:08}", node + at));
    let element = |kind: &str, parent: (u32, u16), kids: Vec<Object>| {
        dictionary! {
            "Type" => "StructElem", "S" => kind, "P" => parent, "Pg" => page, "K" => kids,
        }
    };
    let mut set = |id, dict: Dictionary| drop(document.objects.insert(id, dict.into()));
    set(
        page,
        dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content, "StructParents" => 0,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => Dictionary::new(),
        },
    );
    set(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] });
    let kids = [h1, list, table].map(Object::from).to_vec();
    set(top, element("Document", root, kids));
    set(h1, element("H1", top, vec![0.into()]));
    set(list, element("L", top, vec![li.into()]));
    set(li, element("LI", list, vec![1.into()]));
    set(table, element("Table", top, vec![row.into(), row2.into()]));
    set(row, element("TR", table, vec![th.into(), th2.into()]));
    for (id, number) in [(th, 2), (th2, 3)] {
        let mut head = element("TH", row, vec![number.into()]);
        head.set("ID", name(number));
        head.set("A", vec![dictionary! { "O" => "Table", "Scope" => "Column" }.into()]);
        set(id, head);
    }
    set(row2, element("TR", table, vec![td.into()]));
    let mut cell = element("TD", row2, vec![4.into(), 5.into()]);
    cell.set("A", vec![dictionary! { "O" => "Table", "Headers" => vec![name(3)] }.into()]);
    set(td, cell);
    set(heads, dictionary! { "Names" => vec![name(2), th.into(), name(3), th2.into()] });
    set(root, dictionary! { "Type" => "StructTreeRoot", "K" => top, "IDTree" => heads });
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => root,
    });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn finished() -> Document {
    Document::load_mem(&finish(&printed(1152), &facts()).unwrap()).unwrap()
}

#[test]
fn the_file_depends_on_its_content_alone() {
    let one = finish(&printed(1152), &facts()).unwrap();
    assert!(one == finish(&printed(98_000), &facts()).unwrap());
    let other = Facts { title: "Autre".to_owned(), ..facts() };
    assert!(one != finish(&printed(1152), &other).unwrap());
    assert!(one.starts_with(b"%PDF-1.7"));
    assert!(!one.windows(4).any(|window| window == b"node"));
}

#[test]
fn finishing_twice_changes_nothing() {
    let once = finish(&printed(1152), &facts()).unwrap();
    let twice = finish(&once, &facts()).unwrap();
    assert!(twice == finish(&twice, &facts()).unwrap());
}

#[test]
fn properties_and_metadata_say_the_same() {
    let document = finished();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    let title = lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap();
    assert_eq!(title, facts().title);
    assert_eq!(info.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20261211093000Z");
    assert!(!info.has(b"Subject"));
    let metadata = document.catalog().unwrap().get_deref(b"Metadata", &document).unwrap();
    let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    for said in [
        "Bilan de Ève &amp; &lt;Zoé&gt;",
        "Lycée (public)",
        "<xmp:ModifyDate>2026-12-11T09:30:00Z",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
    ] {
        assert!(xmp.contains(said), "{said}");
    }
}

#[test]
fn no_date_is_made_up() {
    let undated = Facts { modified: None, ..facts() };
    let bytes = finish(&printed(1), &undated).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("Date>"));
}

/// The kinds of the elements, indented as they hold each other.
fn outline(document: &Document) -> String {
    let tree = tree::Tree::read(document).unwrap();
    let depth =
        |index: usize| std::iter::successors(Some(index), |at| tree.elements[*at].parent).count();
    let line = |index: usize| {
        let element = &tree.elements[index];
        let held = element.kids.len() - element.inner().count();
        let kind = String::from_utf8_lossy(element.kind()).into_owned();
        format!("{}{kind} {held}\n", " ".repeat(depth(index) - 1))
    };
    tree.in_order().into_iter().map(line).collect()
}

#[test]
fn lists_and_tables_have_the_shape_that_is_asked_for() {
    let want = "Document 0\n H1 1\n L 0\n  LI 0\n   LBody 1\n Table 0\n  TR 0\n   TH 1\n   TH 1\n  \
        TR 0\n   TD 0\n   TD 1\n";
    assert_eq!(outline(&finished()), want);
}

#[test]
fn all_ink_is_tagged_or_artifact() {
    let document = finished();
    let page = document.page_iter().next().unwrap();
    let content = String::from_utf8(document.get_page_content(page)).unwrap();
    assert!(content.contains("/Artifact <</Type/Pagination>>BDC\nBT /F1 9 Tf (margin) Tj ET\nEMC"));
    // The background of the cell, then the frame that was not tagged.
    assert_eq!(content.matches("/Artifact <</Type/Layout>>BDC").count(), 2);
    assert!(!content.contains("MCID 4"));
}

#[test]
fn what_cannot_be_finished_is_said() {
    let untitled = Facts { title: "  ".to_owned(), ..facts() };
    assert!(matches!(finish(&printed(1), &untitled), Err(FinishError::Untitled)));
    assert!(matches!(finish(b"", &facts()), Err(FinishError::Unreadable(_))));
    let mut document = Document::load_mem(&printed(1)).unwrap();
    document.catalog_mut().unwrap().remove(b"StructTreeRoot");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert!(matches!(finish(&bytes, &facts()), Err(FinishError::Untagged)));
}

#[test]
fn garbage_is_refused_or_finished_but_never_a_panic() {
    let whole = printed(1);
    let done = finish(&whole, &facts()).unwrap();
    for bytes in [&whole, &done] {
        for length in (0..bytes.len()).step_by(17) {
            drop(finish(&bytes[..length], &facts()));
        }
    }
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..600 {
        let mut bytes = if next(3) == 0 { done.clone() } else { whole.clone() };
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            // Digits and delimiters change more than noise does.
            bytes[at] = match next(3) {
                0 => b"0123456789"[next(10)],
                1 => b"[]<>()/ R"[next(9)],
                _ => next(256) as u8,
            };
        }
        drop(finish(&bytes, &facts()));
    }
}
