//! Debian packages, installed only where that may be done without asking: as root, or with sudo that needs no password.

use std::process::Command;
use std::sync::OnceLock;

use crate::shell;

/// Installs the packages. The error is the reason in words, to be put behind "… is missing: ".
pub fn install(packages: &[&str]) -> Result<(), String> {
    let remedy = || format!("install the Debian packages {} (or their like) by hand", packages.join(" "));
    if shell::find(&["apt-get"]).is_none() {
        return Err(format!("there is no apt-get here; {}", remedy()));
    }
    let Some(lead) = rights() else {
        return Err(format!("apt-get needs root or sudo without a password; {}", remedy()));
    };
    println!("      installing {} …", packages.join(" "));
    // Once per run: package lists of a fresh machine are empty.
    static UPDATED: OnceLock<bool> = OnceLock::new();
    let updated = *UPDATED.get_or_init(|| shell::run(apt(lead).args(["update", "-qq"])).is_ok());
    let install = shell::run(apt(lead).args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages));
    match install {
        Ok(()) => Ok(()),
        Err(error) if updated => Err(format!("{error:#}; {}", remedy())),
        Err(error) => Err(format!("{error:#} (the package lists could not be updated either); {}", remedy())),
    }
}

/// The words before `apt-get`, or `None` where we may not install.
fn rights() -> Option<&'static [&'static str]> {
    if shell::output(Command::new("id").arg("-u"))? == "0" {
        return Some(&[]);
    }
    shell::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

fn apt(lead: &[&str]) -> Command {
    let words: Vec<&str> = lead.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}
