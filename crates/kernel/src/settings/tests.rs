use std::{ffi::OsString, fs, path::PathBuf};

use super::{keys::KEYS, *};

struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(text: impl AsRef<[u8]>) -> File {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(FILE);
    fs::write(&path, text).expect("the file is written");
    File { _folder: folder, path }
}

fn load(
    text: &str,
    variables: &[(&str, &str)],
    flags: &[(&'static str, &'static str, &str)],
) -> Result<Settings, String> {
    let file = file(text);
    let sources = Sources {
        file: Some(file.path.clone()),
        variables: variables.iter().map(|(n, v)| (OsString::from(n), OsString::from(v))).collect(),
        flags: flags.iter().map(|(f, k, v)| (*f, *k, (*v).to_owned())).collect(),
    };
    Settings::load(&sources).map_err(|e| e.to_string().replace(&file.path.display().to_string(), "hejian.toml"))
}

#[test]
fn nothing_configured_gives_the_defaults() {
    assert_eq!(load("", &[], &[]).unwrap(), Settings::default());
    assert_eq!(Settings::default().upload.max_bytes(), 52_428_800);
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let text = "[server]\nlisten = \"127.0.0.1:1\"\n[upload]\nmax_mb = 7\n[session]\nidle_minutes = 5\n";
    let variables = [("HEJIAN_SERVER_LISTEN", "127.0.0.1:2"), ("HEJIAN_UPLOAD_MAX_MB", "8"), ("HOME", "/")];
    let settings = load(text, &variables, &[("--listen", "server.listen", "127.0.0.1:3")]).unwrap();
    assert_eq!(settings.server.listen.port(), 3);
    assert_eq!(settings.upload.max_mb, 8);
    assert_eq!(settings.session.idle_minutes, 5);
}

#[test]
fn a_wrong_key_names_file_line_column_and_the_nearest_right_one() {
    let text = "language = \"en\"\n[server]\n  lisen = \"127.0.0.1:1\"\n[sesion]\nidle_minutes = 5\n";
    insta::assert_snapshot!(load(text, &[], &[]).unwrap_err(), @"
    hejian.toml:3:3: there is no setting `server.lisen`. The nearest is `server.listen`.
    hejian.toml:4:2: there is no section `sesion`. The nearest is `session`.
    ");
}

#[test]
fn a_wrong_variable_names_the_nearest_right_one() {
    insta::assert_snapshot!(load("", &[("HEJIAN_SERVER_LISTN", "x")], &[]).unwrap_err(), @"environment variable HEJIAN_SERVER_LISTN: there is no setting of this name `HEJIAN_SERVER_LISTN`. The nearest is `HEJIAN_SERVER_LISTEN`.");
}

#[test]
fn a_wrong_value_names_what_is_allowed() {
    let text = "language = \"fr\"\nserver = 1\n[upload]\nmax_mb = 0\n[log]\nlevel = 3\nformat = \"xml\"\n[backup]\nbefore_upgrade = \"yes\"\n";
    let variables = [("HEJIAN_SERVER_LISTEN", "localhost"), ("HEJIAN_SERVER_PUBLIC_URL", "https://a.cn/path")];
    insta::assert_snapshot!(load(text, &variables, &[("--listen", "server.listen", "8080")]).unwrap_err(), @r#"
    hejian.toml:1:12: `language` must be "zh-CN" or "en", not "fr".
    hejian.toml:2:1: `server` is a section: write [server] on a line of its own and its settings below.
    hejian.toml:4:10: `upload.max_mb` must be a whole number from 1 to 2048, not "0".
    hejian.toml:6:9: `log.level` must be "error" or "warn" or "info" or "debug" or "trace", not a whole number.
    hejian.toml:7:10: `log.format` must be "text" or "json", not "xml".
    hejian.toml:9:18: `backup.before_upgrade` must be true or false, not a text in quotes.
    environment variable HEJIAN_SERVER_LISTEN: `server.listen` must be an IP address and a port such as "127.0.0.1:8080" or "[::1]:8080", not "localhost".
    environment variable HEJIAN_SERVER_PUBLIC_URL: `server.public_url` must be an address without a path such as "https://hejian.example.cn", not "https://a.cn/path".
    flag --listen: `server.listen` must be an IP address and a port such as "127.0.0.1:8080" or "[::1]:8080", not "8080".
    "#);
}

#[test]
fn a_file_that_is_not_toml_or_not_utf8_is_named_with_the_place() {
    let error = load("[server]\nlisten = \n", &[], &[]).unwrap_err();
    assert!(error.starts_with("hejian.toml:2:") && error.contains("not TOML"), "{error}");
    let gbk = file(b"# \xc5\xe4\xd6\xc3\n");
    let error =
        Settings::load(&Sources { file: Some(gbk.path.clone()), ..Sources::default() }).unwrap_err().to_string();
    assert!(error.contains("hejian.toml:1:3: ") && error.contains("UTF-8"), "{error}");
    let gone = Sources { file: Some(PathBuf::from("no/such/hejian.toml")), ..Sources::default() };
    assert!(Settings::load(&gone).unwrap_err().to_string().contains("no/such/hejian.toml"));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(load("\u{feff}[upload]\nmax_mb = 9\n", &[], &[]).unwrap().upload.max_mb, 9);
}

#[test]
fn no_message_and_no_debug_print_shows_the_password_of_the_database() {
    for text in [
        "[database]\nurl = \"mysql://u:geheim@h/d\"\n",
        "[database]\nurl = \"postgres://u:geheim@h/d\n",
        "[database]\nurl = [\"geheim\"]\n",
        "[database]\nurl = \"postgres://u:geheim@h/d\" geheim\n",
    ] {
        let error = load(text, &[], &[]).unwrap_err();
        assert!(!error.contains("geheim"), "{error}");
    }
    let settings = load("[database]\nurl = \"postgres://u:geheim@h/d?password=geheim\"\n", &[], &[]).unwrap();
    assert_eq!(settings.database.url.as_deref(), Some("postgres://u:geheim@h/d?password=geheim"));
    let shown = format!("{settings:?}");
    assert!(shown.contains("postgres://") && !shown.contains("geheim"), "{shown}");
}

#[test]
fn the_example_as_a_file_changes_nothing_and_with_its_lines_active_holds_every_setting() {
    let example = Settings::example();
    assert_eq!(load(&example, &[], &[]).unwrap(), Settings::default());
    let active: String = example
        .lines()
        .map(|l| l.strip_prefix('#').filter(|l| !l.starts_with(' ')).unwrap_or(l))
        .fold(String::new(), |all, line| all + line + "\n");
    let settings = load(&active, &[], &[]).unwrap();
    assert!(settings.server.public_url.is_some() && settings.database.url.is_some());
    for key in keys::KEYS {
        assert!(active.lines().any(|l| l.starts_with(&format!("{} = ", key.parts().1))), "{} is missing", key.name);
    }
}

#[test]
fn the_example_in_the_documentation_is_the_one_the_product_makes() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/hejian.example.toml");
    if std::env::var_os("HEJIAN_TEST_WRITE").is_some() {
        fs::write(&path, Settings::example()).expect("the example is written");
    }
    let have = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        have,
        Settings::example(),
        "docs/hejian.example.toml is not up to date: run this test with HEJIAN_TEST_WRITE=1"
    );
}

/// The settings as a table of the README, in English or Chinese.
fn table(chinese: bool) -> String {
    let mut defaults = Settings::default();
    let head = if chinese {
        "| 配置项 | 默认值 | 环境变量 | 含义 |"
    } else {
        "| setting | default | variable | meaning |"
    };
    let mut rows = format!("{head}\n|---|---|---|---|\n");
    for key in KEYS {
        let value = (key.slot)(&mut defaults).show();
        let value = value
            .map_or("—".to_owned(), |v| if key.kind.is_quoted() { format!("`\"{v}\"`") } else { format!("`{v}`") });
        let meaning = if chinese { key.zh.to_owned() } else { key.doc.replace('\n', " ") };
        rows += &format!("| `{}` | {value} | `{}` | {meaning} |\n", key.name, key.variable());
    }
    rows
}

#[test]
fn the_tables_in_both_readmes_name_every_setting_with_its_default() {
    for (name, chinese) in [("README.md", false), ("README.zh-CN.md", true)] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
        let text = fs::read_to_string(&path).expect("the README can be read");
        let (before, rest) = text.split_once("<!-- settings -->\n").expect("the table has a beginning");
        let (have, after) = rest.split_once("<!-- end of settings -->").expect("the table has an end");
        if std::env::var_os("HEJIAN_TEST_WRITE").is_some() {
            let new = format!("{before}<!-- settings -->\n{}<!-- end of settings -->{after}", table(chinese));
            fs::write(&path, new).expect("the README is written");
            continue;
        }
        assert_eq!(have, table(chinese), "{name} is not up to date: run this test with HEJIAN_TEST_WRITE=1");
    }
}

#[test]
fn an_odd_folder_name_survives_the_way_into_a_database_address() {
    let address = sqlite_address(std::path::Path::new("/a b/50%?#/hejian.db"));
    assert_eq!(address, "sqlite:/a b/50%25%3F%23/hejian.db");
}
