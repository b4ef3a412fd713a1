#!/usr/bin/env bash
# Runs the curl session and the jsforce script of docs/reference/salesforce_simulator.md as printed and
# looks at what they print.
#   session.sh PAGE FLITSIM CLIENT_FOLDER
set -euo pipefail
page=$1
clients=$3
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir "$folder/bin" && ln -s "$2" "$folder/bin/flitsim"
cd "$folder"
PATH=$folder/bin:$PATH
awk '/^```sh$/{inside=1;next} /^```$/{inside=0} inside' "$page" > session
awk '/^```js$/{inside=1;next} /^```$/{inside=0} inside' "$page" > script.js
set +e
. ./session > printed 2>&1
set -e
expect() { grep -q "$1" printed || { echo "not printed: $1"; cat printed; exit 1; }; }
expect '"preferred_username":"flit@example.com"'
expect '"success":true,"errors":\[\],"created":true'
expect '"success":true,"errors":\[\],"created":false'
expect '"statusCode":"REQUIRED_FIELD_MISSING"'
expect '"Phone":"+47 1234","Contacts":{"totalSize":1'
expect "No such column 'Foo' on entity 'Account'"
expect '"LastName":"Hansen","IsDeleted":true'
expect '"errorCode":"UNABLE_TO_LOCK_ROW"'
expect '"ids":\["001'
expect '"state":"JobComplete"'
expect 'Northwind,B-1\|"Northwind","B-1"'
expect 'REQUIRED_FIELD_MISSING:Required fields are missing: \[Name\]'
expect '"schema_digest"'
expect '"best_rows_per_second"'
if "$clients/../install" "$clients"; then
  URL=$URL NODE_PATH=$clients/node_modules node script.js > printed 2>&1
  expect 'P-0001 belongs to Contoso'
fi
echo "the session works as printed"
