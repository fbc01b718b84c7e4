//! Tells Cargo which folders outside this crate end up in the binary, so that a new file of labels, a new migration or a new bundle of assets is
//! seen.

fn main() {
    // The bundle may not be built yet. A watched path that does not exist would rebuild the crate every time, so the folder is made.
    let bundle = std::path::Path::new("../../web/dist");
    if std::fs::create_dir_all(bundle).is_ok() {
        println!("cargo::rerun-if-changed={}", bundle.display());
    }
    println!("cargo::rerun-if-changed=../../locales");
    println!("cargo::rerun-if-changed=../../migrations");
}
