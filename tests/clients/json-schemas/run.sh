#!/usr/bin/env bash
# Installs the validator if need be and runs it: run.sh SCHEMAS DOCUMENTS. 77: cannot install.
set -euo pipefail
schemas=$(realpath "$1") documents=$(realpath "$2")
cd "$(dirname "$0")"
command -v node >/dev/null && command -v npm >/dev/null || exit 77
[ -d node_modules/ajv ] || npm ci --no-audit --no-fund --silent || exit 77
node validate.mjs "$schemas" "$documents"
