//! What is told of the codes: the reference page of the documentation, the help of the terminal.

use std::fmt::Write as _;

use super::codes;
use crate::diagnostic::{Code, Severity};

/// The page `docs/regles.md`: every code, with why it exists and how to mend.
pub fn reference_page() -> String {
    let all = codes();
    let mut page = String::from(
        "# Les règles\n\n\
        Chaque message de `jalon check` porte un code. Cette page dit, pour chacun, ce qui est demandé, \
        pourquoi, et comment corriger. `jalon explain CODE` affiche la même chose dans un terminal.\n\n\
        Une **erreur** arrête la publication ; une mention **attention** ne l’arrête pas, sauf avec \
        `--strict`.\n\n\
        Cette page est produite à partir du programme : ne la modifiez pas à la main.\n\n",
    );
    page.push_str("| Code | Gravité | Ce qui est demandé |\n|---|---|---|\n");
    for code in &all {
        let anchor = code.name.to_lowercase();
        let (name, severity, summary) = (code.name, code.severity.label(), code.summary);
        let _ = writeln!(page, "| [{name}](#{anchor}) | {severity} | {summary} |");
    }
    for code in &all {
        let _ = write!(
            page,
            "\n## {}\n\n**{}** – {}\n\n{}\n\nÀ éviter :\n\n```toml\n{}\n```\n\nCorrect :\n\n```toml\n{}\n```\n",
            code.name,
            code.severity.label(),
            code.summary,
            code.explanation,
            code.wrong,
            code.right
        );
    }
    page
}

/// What `jalon explain` says of a code, as plain text.
pub fn explain(code: &Code) -> String {
    let weight = match code.severity {
        Severity::Error => "erreur : arrête la publication",
        Severity::Warning => "attention : n’arrête la publication qu’avec --strict",
    };
    format!(
        "{}\n{}\n({weight})\n\n{}\n\nÀ éviter :\n\n{}\n\nCorrect :\n\n{}\n",
        code.name,
        code.summary,
        wrapped(&code.explanation.replace('`', "")),
        indented(code.wrong),
        indented(code.right)
    )
}

/// Lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for word in text.split_ascii_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 80 {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_documentation_is_up_to_date() {
        crate::keep_true("docs/regles.md", &reference_page());
    }

    #[test]
    fn lines_of_the_terminal_are_short() {
        for code in codes() {
            let text = explain(code);
            assert!(text.starts_with(code.name) && text.contains("Correct :"));
            assert!(wrapped(code.explanation).lines().all(|line| line.chars().count() <= 80));
        }
    }
}
