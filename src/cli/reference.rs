//! The reference page of the commands (`docs/commandes.md`), written from the command line itself.

use super::french;

/// The whole page, in Markdown.
pub fn page() -> String {
    let mut page = String::from(
        "# Les commandes\n\n\
         <!-- Page écrite par le programme d’après sa ligne de commande : ne la modifiez pas à la main. -->\n",
    );
    let mut root = french::command().term_width(100);
    root.build();
    tell(&root, &mut page);
    page
}

/// The help of a command, then that of each command below it.
fn tell(command: &clap::Command, page: &mut String) {
    let title = command.get_bin_name().unwrap_or("jalon");
    let help = command.clone().term_width(100).render_help().to_string();
    page.push_str(&format!("\n## `{title}`\n\n```text\n{}\n```\n", help.trim_end()));
    command.get_subcommands().for_each(|below| tell(below, page));
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_on_disk_is_the_one_written_from_the_command_line() {
        crate::keep_true("docs/commandes.md", &super::page());
    }
}
