//! What the layout promises, on cases and on texts of chance.

use proptest::prelude::*;

use super::*;

fn laid_out(text: &str) -> String {
    lay_out(text).unwrap()
}

#[test]
fn a_class_is_rated_in_columns() {
    let text = "\u{feff}titre='Accueillir'\r\ndate   =  2026-11-06   #  vendredi\r\n\r\n\r\n\
        taches=[ \"A1-T2\",\r\n  \"A1-T6\" ]\r\n# la classe\r\n[ resultats ]\r\n\r\n\
        \"dupont-lea\"=[\"+\",\"++\",\"NE\"]\r\nmartin-hugo=['-','--','+']   # à revoir  \r\n\
        nguyen-an=['abs']\r\nroy-tom=[]";
    assert_eq!(
        laid_out(text),
        "titre = \"Accueillir\"\n\
         date = 2026-11-06 #  vendredi\n\
         \n\
         taches = [\"A1-T2\", \"A1-T6\"]\n\
         \n\
         # la classe\n\
         [resultats]\n\
         dupont-lea  = [\"+\",  \"++\", \"NE\"]\n\
         martin-hugo = [\"-\",  \"--\", \"+\"] # à revoir\n\
         nguyen-an   = [\"abs\"]\n\
         roy-tom     = []\n"
    );
}

#[test]
fn correcting_a_sign_moves_no_neighbour() {
    let text = laid_out("[resultats]\na = [\"+\", \"+\"]\nb = [\"-\", \"-\"]\n");
    let after = laid_out(&text.replacen("[\"+\", ", "[\"++\",", 1));
    assert_eq!(text.lines().nth(2), after.lines().nth(2));
}

#[test]
fn long_lists_stand_one_item_a_line() {
    let long = format!("a = [{}]\n", ["\"accueil-client\""; 6].join(","));
    assert!(laid_out(&long).starts_with("a = [\n  \"accueil-client\",\n  \"accueil-client\",\n"));
    let exact = format!("a = [\"{}\"]\n", "é".repeat(WIDTH - 8));
    assert_eq!(laid_out(&exact), exact);
    assert_ne!(laid_out(&exact.replace("é\"]", "éé\"]")), exact);
}

#[test]
fn comments_of_a_list_stay_beside_their_items() {
    let text = "a = [ # début\n 1, # un\n # deux\n 2\n , 3 # trois\n # fin\n]\n";
    assert_eq!(
        laid_out(text),
        "a = [\n  # début\n  1, # un\n  # deux\n  2,\n  3, # trois\n  # fin\n]\n"
    );
}

#[test]
fn dotted_keys_and_tables_out_of_order_keep_their_places() {
    let text = "a.b = 1\nc = 2\na.d = 3\n[x.y]\nz = 1\n[w]\n[x]\nz = 2\n";
    let after = "a.b = 1\nc = 2\na.d = 3\n\n[x.y]\nz = 1\n\n[w]\n\n[x]\nz = 2\n";
    assert_eq!(laid_out(text), after);
}

#[test]
fn quotes_are_kept_where_they_mean_something() {
    let text =
        "a = 'C:\\temp'\nb = 'dit \"oui\"'\n'c d' = 1\n\"C1.0\" = '+'\nd = \"\"\"\nx\n  y\"\"\"\n";
    let after = text.replace("'c d'", "\"c d\"").replace("'+'", "\"+\"");
    assert_eq!(laid_out(text), after);
}

#[test]
fn inline_tables_come_back_to_one_line() {
    assert_eq!(laid_out("a={b=1,\n c=[1,\n2],}\n"), "a = { b = 1, c = [1, 2] }\n");
    assert_eq!(laid_out("a = {}\n"), "a = {}\n");
}

#[test]
fn comments_alone_and_nothing_at_all_are_texts_too() {
    assert_eq!(laid_out("\n\n# seul\n\n\n"), "# seul\n");
    assert_eq!(laid_out("\n"), "");
    assert_eq!(
        laid_out("# tout\n[a]\n\n# vide\n[b]\n# fin"),
        "# tout\n[a]\n\n# vide\n[b]\n# fin\n"
    );
}

#[test]
fn a_text_with_faults_is_refused_and_its_faults_told_in_its_own_places() {
    let text = "\u{feff}a = 1\r\nb = \"x\r\na = 2\r\n";
    let findings = lay_out(text).unwrap_err().findings(&Arc::from("a.toml"));
    assert!(findings.len() >= 2 && &*findings[0].site.file == "a.toml");
    for wrong in ["a = 1\na = 2\n", "a = [1 2]\n", "a = { b = 1, # c\n d = 2 }\n", "[a]\n[a]\n"] {
        let error = lay_out(wrong).unwrap_err();
        assert!(!error.0.is_empty(), "{wrong}");
    }
}

#[test]
fn the_referentials_of_the_project_can_be_laid_out() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        holds(&text).unwrap();
    }
}

fn comments(text: &str) -> Vec<String> {
    let source = toml_parser::Source::new(text);
    source
        .lex()
        .filter(|token| token.kind() == toml_parser::lexer::TokenKind::Comment)
        .map(|token| text[token.span().start()..token.span().end()].trim_end().to_owned())
        .collect()
}

fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let document = toml_edit::Document::parse(text).unwrap();
    visit(document.as_table(), &mut keys);
    keys
}

fn visit(table: &toml_edit::Table, keys: &mut Vec<String>) {
    for (key, item) in table {
        keys.push(key.to_owned());
        if let Some(table) = item.as_table() {
            visit(table, keys);
        }
    }
}

/// All that the layout promises of any sound text.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let after = lay_out(text).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
    prop_assert_eq!(&lay_out(&after).unwrap(), &after, "not laid out once and for all");
    prop_assert!(is_laid_out(&after));
    let plain = text.replace("\r\n", "\n");
    let (before, now): (toml::Table, toml::Table) =
        (plain.parse().unwrap(), after.parse().unwrap());
    prop_assert_eq!(before, now);
    prop_assert_eq!(comments(&plain), comments(&after));
    prop_assert_eq!(keys(&plain), keys(&after));
    prop_assert!(after.is_empty() || after.ends_with('\n') && !after.ends_with("\n\n"));
    prop_assert!(!after.starts_with('\n') && !after.contains("\n\n\n") || after.contains("\"\"\""));
    prop_assert!(!after.contains('\r'));
    Ok(())
}

fn blank() -> impl Strategy<Value = String> {
    "[ \t]{0,2}"
}

/// What may stand between the items of a list: blanks, line breaks, comments.
fn loose() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => blank(),
        1 => "[ \t]{0,2}\n[ \t]{0,2}",
        1 => "[ ]{0,2}#[a-zé,\\]\"]{0,5}[ ]{0,2}\n[ ]{0,2}",
        1 => "\n\n#[a-z]{0,3}\n\n",
    ]
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("1_000".to_owned()),
        Just("13.5".to_owned()),
        Just("true".to_owned()),
        Just("2026-11-06".to_owned()),
        Just("2026-11-06 08:30:00".to_owned()),
        Just("\"++\"".to_owned()),
        Just("\"\"\"\nx #y\n\n\n z\"\"\"".to_owned()),
        Just("'''\n'x\" '''".to_owned()),
        Just("\"a\\\"b\\\\\"".to_owned()),
        "'[a-z\"\\\\# =,\\]]{0,6}'",
        "\"[a-zé日# =,\\]]{0,30}\"",
    ]
}

fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(3, 12, 5, |inner| {
        let item = (loose(), inner.clone(), loose()).prop_map(|(a, b, c)| format!("{a}{b}{c}"));
        let list = (prop::collection::vec(item, 0..5), any::<bool>(), loose()).prop_map(
            |(items, comma, tail)| {
                let comma = if comma && !items.is_empty() { "," } else { "" };
                format!("[{}{comma}{tail}]", items.join(","))
            },
        );
        let pairs = prop::collection::vec((blank(), inner, blank()), 0..3).prop_map(|pairs| {
            let pairs: Vec<String> = pairs
                .iter()
                .enumerate()
                .map(|(n, (a, value, b))| format!("{a}k{n}{b}={a}{value}{b}"))
                .collect();
            format!("{{{}}}", pairs.join(","))
        });
        prop_oneof![list, pairs]
    })
}

fn row() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["'+'", "\"--\"", "\"abs\""]), 0..4)
        .prop_map(|cells| format!("[{}]", cells.join(" ,")))
}

fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => (blank(), blank(), value()).prop_map(|(a, b, v)| format!("{a}KEY{b}={a}{v}{b}")),
        3 => row().prop_map(|row| format!("'KEY' = {row} # r")),
        1 => (blank(), value()).prop_map(|(a, v)| format!("\"KEY é\"{a}. KEY ={v}")),
        2 => (blank(), blank()).prop_map(|(a, b)| format!("{a}[{b}KEY{a}]{b}")),
        1 => blank().prop_map(|a| format!("[[{a}KEY]]#t")),
        2 => "[ ]{0,2}#[ a-zé\\[=]{0,6}",
        3 => blank(),
    ];
    (prop::collection::vec(line, 0..12), any::<bool>()).prop_map(|(lines, windows)| {
        let lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| line.replace("KEY", &format!("key{n}")))
            .collect();
        lines.join(if windows { "\r\n" } else { "\n" })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_sound_text_keeps_all_it_says(text in text()) {
        // Inline tables that hold comments or line breaks are not TOML 1.0: told elsewhere.
        prop_assume!(text.replace("\r\n", "\n").parse::<toml::Table>().is_ok());
        match lay_out(&text) {
            Ok(_) => holds(&text)?,
            Err(error) => prop_assert!(error.0.iter().all(|finding| finding.code.name == "TOML-VERSION")),
        }
    }

    #[test]
    fn any_text_at_all_is_laid_out_or_refused(text in "[a='\"\\[\\]{}#,.\r\n 1é]{0,30}") {
        if let Ok(after) = lay_out(&text) {
            prop_assert!(is_laid_out(&after));
        }
    }
}
