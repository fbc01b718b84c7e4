//! The product works without a network: it is used from the first start on in a network namespace that has no route.
//!
//! Every attempt to go outside would be counted by the kernel of the namespace (`OutNoRoutes`); the count stays at zero. An
//! attempt of the test's own shows that it counts.

use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support;

/// Runs in the namespace. In: BIN, DIR. Out: lines `name value`; the server ends with the script.
const SCRIPT: &str = r#"
set -eu
ip link set lo up
echo "routes $(ip route show | wc -l)"
count() { awk '/^Ip:/ { if (!h) { for (i = 1; i <= NF; i++) n[i] = $i; h = 1 } else for (i = 1; i <= NF; i++) if (n[i] == "OutNoRoutes") print $i }' /proc/net/snmp; }
sent() { awk '/^Udp:/ { if (!h) { for (i = 1; i <= NF; i++) n[i] = $i; h = 1 } else for (i = 1; i <= NF; i++) if (n[i] == "OutDatagrams") print $i }' /proc/net/snmp; }
mkfifo "$DIR/out"
"$BIN" demo --data "$DIR/data" --port 0 >"$DIR/out" 2>"$DIR/log" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true' EXIT
url=$(sed -n '/serves/{s/.*serves \(http:[^ ]*\) .*/\1/p;q}' <"$DIR/out")
[ -n "$url" ] || { cat "$DIR/log" >&2; exit 1; }
page() { curl --silent --show-error --max-time 20 --cookie-jar "$DIR/jar" --cookie "$DIR/jar" "$@"; }
field() { sed -n "/\"login\": \"chuangjian\"/,/}/s/.*\"password\": \"\([^\"]*\)\".*/\1/p" "$DIR/data/credentials.json"; }
echo "ready $(page --output /dev/null --write-out '%{http_code}' "$url/healthz")"
echo "signed_in $(page --output /dev/null --write-out '%{http_code}' --data-urlencode login=chuangjian --data-urlencode "password=$(field)" "$url/sign-in")"
for path in /todo /registers/premises /score/D02 /api/v1/openapi.json; do
  echo "page $(page --output "$DIR/page" --write-out '%{http_code}' "$url$path") $path"
  # Nothing on a page may be fetched from elsewhere either.
  echo "foreign $(grep -oE '(src|href|action)="(https?:)?//[^"]*"' "$DIR/page" | sort -u | tr '\n' ' ')"
done
echo "attempts $(count)"
echo "datagrams $(sent)"
curl --silent --max-time 2 http://192.0.2.1/ >/dev/null 2>&1 || true
echo "attempts_after_one $(count)"
"#;

#[test]
fn in_a_network_without_a_route_the_demonstration_is_made_and_used_and_nothing_asks_for_the_outside() {
    let what = "use without a network";
    let alone = |arguments: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--net"]).args(arguments).stdin(Stdio::null());
        command
    };
    // As root, or as a user who may make a namespace of their own.
    let ways: [&[&str]; 2] = [&["--"], &["--map-root-user", "--"]];
    let may = |way: &&&[&str]| {
        let probe = alone(way).args(["ip", "link", "set", "lo", "up"]).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    };
    let Some(way) = ways.iter().find(may) else {
        return support::skip(&format!("{what}: no network namespace may be made here (unshare, ip)"));
    };
    if !Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return support::skip(&format!("{what}: curl is not here"));
    }
    let folder = TempDir::with_prefix("hejian-network-").expect("a temporary folder");
    let mut command = alone(way);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HEJIAN_")) {
        command.env_remove(name);
    }
    command.args(["sh", "-c", SCRIPT]).env("BIN", env!("CARGO_BIN_EXE_hejian")).env("DIR", folder.path());
    let output = command.output().expect("a namespace was made a moment ago");
    let (said, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{log}");
    let value = |name: &str| {
        let line = said.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no `{name}` in\n{said}\n{log}")).trim().to_owned()
    };
    assert_eq!(value("routes"), "0");
    assert_eq!((value("ready"), value("signed_in")), ("200".to_owned(), "303".to_owned()), "{said}");
    for line in said.lines().filter(|l| l.starts_with("page ")) {
        assert!(line.starts_with("page 200 "), "{line}");
    }
    let foreign: Vec<&str> = said.lines().filter(|l| l.starts_with("foreign ") && l.trim() != "foreign").collect();
    assert!(foreign.is_empty(), "a page asks for something from elsewhere: {foreign:?}");
    assert_eq!((value("attempts"), value("datagrams")), ("0".to_owned(), "0".to_owned()), "something asked outside");
    assert_ne!(value("attempts_after_one"), "0", "the namespace counts attempts");
    let written = std::fs::read_to_string(folder.path().join("data/credentials.json")).expect("the sign-in names");
    assert!(serde_json::from_str::<Value>(&written).is_ok_and(|v| v.as_array().is_some_and(|all| all.len() > 10)));
}
