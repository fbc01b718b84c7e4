# A throw-away PostgreSQL cluster: made, started, and removed when the pipe on standard input closes. The pipe closes
# however the caller ends, even when it is killed, so nothing is left behind.
# In: DIR (made here), BIN, PORT, OWNER (the unprivileged user, empty for our own), PASSWORD, INITDB_OPTIONS.
set -eu
trap '' INT HUP
as() {
  if [ -z "$OWNER" ]; then "$@"
  elif command -v runuser >/dev/null; then runuser -u "$OWNER" -- "$@"
  else setpriv --reuid="$OWNER" --regid="$(id -g "$OWNER")" --clear-groups "$@"
  fi
}
remove() {
  cd /
  as "$BIN/pg_ctl" stop -s -m immediate -D "$DIR/data" >/dev/null 2>&1 || true
  rm -rf "$DIR"
}
mkdir -m 700 "$DIR"
trap remove EXIT
trap 'exit 1' TERM
printf '%s' "$PASSWORD" >"$DIR/password"
if [ -n "$OWNER" ]; then chown -R "$OWNER" "$DIR"; fi
cd "$DIR"
explain() {
  cat "$DIR/log" >&2
  exit 1
}
# shellcheck disable=SC2086
as "$BIN/initdb" -D "$DIR/data" -U hejian --pwfile="$DIR/password" --auth=scram-sha-256 --encoding=UTF8 \
  $INITDB_OPTIONS >"$DIR/log" 2>&1 || explain
as "$BIN/pg_ctl" start -s -w -t 60 -D "$DIR/data" -l "$DIR/server.log" \
  -o "-p $PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" >>"$DIR/log" 2>&1 || {
  cat "$DIR/server.log" >>"$DIR/log" 2>/dev/null || true
  explain
}
echo ready
# Nobody writes to the pipe: this waits for its end.
read -r _ || true
