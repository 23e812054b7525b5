//! What to type to have a browser, on the system at hand.

const DEBIAN: &str = "sudo apt install chromium-headless-shell";
const FEDORA: &str = "sudo dnf install chromium";
const ARCH: &str = "sudo pacman -S chromium";
const ALPINE: &str = "sudo apk add chromium";
const SUSE: &str = "sudo zypper install chromium";
const MAC: &str = "brew install --cask chromium";

/// The sentence for this machine.
pub(super) fn here() -> String {
    if cfg!(target_os = "macos") {
        return install(MAC);
    }
    sentence(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
}

/// The sentence for the Linux that `/etc/os-release` describes.
fn sentence(os_release: &str) -> String {
    let own = value(os_release, "ID").into_iter();
    let kin = value(os_release, "ID_LIKE").unwrap_or_default();
    // Its own name first, then those of the systems it is made from.
    for system in own.chain(kin.split_whitespace()) {
        match system {
            "ubuntu" => return ubuntu(),
            "debian" => return install(DEBIAN),
            "fedora" | "rhel" | "centos" => return install(FEDORA),
            "arch" => return install(ARCH),
            "alpine" => return install(ALPINE),
            "suse" | "opensuse" => return install(SUSE),
            _ => {}
        }
    }
    "installez Chromium ou Google Chrome, ou donnez son chemin par la variable CHROME".to_owned()
}

fn install(command: &str) -> String {
    format!("installez-en un, par « {command} »")
}

/// Its only Chromium is a snap, which cannot see the files that we give it.
fn ubuntu() -> String {
    let command = "sudo apt install ./google-chrome-stable_current_amd64.deb";
    format!(
        "téléchargez Google Chrome (https://www.google.com/chrome/) et installez-le par \
         « {command} » ; le Chromium d’Ubuntu, un snap, ne voit pas les fichiers à imprimer"
    )
}

/// A value of `/etc/os-release`, with or without quotes.
fn value<'t>(os_release: &'t str, key: &str) -> Option<&'t str> {
    os_release.lines().find_map(|line| {
        let value = line.trim().strip_prefix(key)?.strip_prefix('=')?;
        Some(value.trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_command() {
        let cases = [
            ("NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n", DEBIAN),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "google-chrome-stable"),
            ("ID=ubuntu\nID_LIKE=debian\n", "google-chrome-stable"),
            ("ID=raspbian\nID_LIKE=debian\n", DEBIAN),
            ("ID=fedora\n", FEDORA),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", FEDORA),
            ("ID=arch\n", ARCH),
            ("ID=manjaro\nID_LIKE=arch\n", ARCH),
            ("ID=alpine\n", ALPINE),
            ("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", SUSE),
            ("ID=nixos\n", "CHROME"),
            ("", "CHROME"),
        ];
        for (os_release, command) in cases {
            assert!(sentence(os_release).contains(command), "{os_release}");
        }
    }
}
