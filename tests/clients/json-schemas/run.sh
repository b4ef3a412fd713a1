#!/usr/bin/env bash
# Installs the validator if need be and runs it: run.sh SCHEMAS DOCUMENTS. 77: cannot install.
set -euo pipefail
schemas=$(realpath "$1") documents=$(realpath "$2")
cd "$(dirname "$0")"
../install .
node validate.mjs "$schemas" "$documents"
