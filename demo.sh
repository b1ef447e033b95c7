#!/usr/bin/env bash
# The first run: installs what is missing, builds the command, trains on real digits.
set -euo pipefail
cd "$(dirname "$0")"
tools/install-deps
[ -f build/build.ninja ] || { echo "Configuring …"; cmake --preset release >/dev/null; }
cmake --build --preset release --target goodfit_command
rm -rf runs/demo
build/goodfit train recipes/digits.toml --out runs/demo
cat <<'END'

What to try next:
  build/goodfit train recipes/digits.toml optimizer.type=sgd lr.max=0.1     another optimizer
  build/goodfit evaluate runs/demo                                          the scores once more
  build/goodfit predict runs/demo data/digits.csv.gz --out digits.csv       a class for each row
  build/goodfit show optimizers                                             what there is
  build/goodfit data fetch mnist && build/goodfit train recipes/mnist.toml  a larger set
END
