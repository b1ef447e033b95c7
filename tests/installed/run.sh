#!/usr/bin/env bash
# Installs into a fresh folder and builds programs against that alone: one finds the library with
# CMake, one with pkg-config.
#   run.sh SOURCE BUILD CXX FLAGS
set -euo pipefail
source=$1 build=$2 cxx=$3 flags=$4
work=$build/installed
rm -rf "$work"
mkdir -p "$work/run"
ln -s "$source/data" "$work/run/data"
cmake --install "$build" --prefix "$work/prefix" --strip >"$work/install.log"

die() { echo "installed: $*" >&2; exit 1; }
if grep -rlE '#include [<"](hwy|toml\+\+|nlohmann|CLI)' "$work/prefix/include"; then
  die "the headers above need more than fmt"
fi
size=$(stat -c %s "$work/prefix/bin/goodfit")
[ "$flags" != "" ] || [ "$size" -le 5000000 ] || die "the command takes $size bytes; allowed: 5000000"
for file in bash-completion/completions/goodfit zsh/site-functions/_goodfit fish/vendor_completions.d/goodfit.fish \
            man/man1/goodfit.1; do
  grep -q export "$work/prefix/share/$file" || die "$file is missing or empty"
done
"$work/prefix/bin/goodfit" --version | grep -q goodfit || die "the command does not start"

cmake -S "$source/tests/installed" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_CXX_FLAGS="$flags" \
  -DPROGRAM="$source/examples/digits.cpp" >"$work/cmake.log" || die "find_package: $(cat "$work/cmake.log")"
cmake --build "$work/cmake" >>"$work/cmake.log" || die "CMake build: $(cat "$work/cmake.log")"
(cd "$work/run" && "$work/cmake/program")

pc=$(dirname "$(find "$work/prefix" -name goodfit.pc)")
# shellcheck disable=SC2046,SC2086
"$cxx" -std=c++20 $flags "$source/examples/custom_layer.cpp" -o "$work/program" \
  $(PKG_CONFIG_PATH=$pc pkg-config --cflags --libs goodfit)
(cd "$work/run" && "$work/program")
# shellcheck disable=SC2046,SC2086
"$cxx" -std=c++20 $flags -fsyntax-only "$source"/examples/custom_[do]*.cpp \
  $(PKG_CONFIG_PATH=$pc pkg-config --cflags goodfit) || die "an example needs more than it includes"
echo "installed: both programs run; the command takes $size bytes"
