#!/usr/bin/env bash
# Installs the client if need be and drives the simulator with it: run.sh FLITSIM. 77: cannot install.
set -euo pipefail
export FLITSIM=$1
cd "$(dirname "$0")"
command -v node >/dev/null && command -v npm >/dev/null || exit 77
[ -d node_modules/jsforce ] || npm ci --no-audit --no-fund --silent || exit 77
node --test
