#!/usr/bin/env bash
# Runs the curl session of docs/reference/dataverse_simulator.md as printed and looks at what it prints.
#   session.sh PAGE FLITSIM
set -euo pipefail
page=$1
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir "$folder/bin" && ln -s "$2" "$folder/bin/flitsim"
cd "$folder"
PATH=$folder/bin:$PATH
awk '/^```sh$/{inside=1;next} /^```$/{inside=0} inside' "$page" > session
set +e
. ./session > printed 2>&1
set -e
expect() { grep -q "$1" printed || { echo "the session did not print: $1"; cat printed; exit 1; }; }
expect '"UserId"'
expect '"EntityKeyIndexStatus":"Active"'
expect '"Ids":\['
expect '"name":"Adventure Works","new_extid":"3"'
expect 'HTTP/1.1 206'
expect 'x-ms-file-name: hello.txt'
expect 'world'
expect 'HTTP/1.1 429'
expect 'Retry-After: 7'
expect '0x80072322'
expect '"telephone1":"+45 1234"'
expect 'Ada Berg'
expect '"schema_digest"'
expect '"best_rows_per_second"'
echo "the session works as printed"
