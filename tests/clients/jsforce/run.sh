#!/usr/bin/env bash
# Installs the client if need be and drives the simulator with it: run.sh FLITSIM. 77: cannot install.
set -euo pipefail
export FLITSIM=$1
cd "$(dirname "$0")"
../install .
node --test
