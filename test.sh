#!/usr/bin/env bash
# Builds everything and runs the tests; the command is left at build/goodfit.
#   ./test.sh                            the fast tests
#   ./test.sh --slow                     all tests
#   ./test.sh --preset asan|ubsan|tsan   under a sanitizer, in build-asan, …
set -euo pipefail
cd "$(dirname "$0")"
preset=release
select=(-LE slow)
while [ $# -gt 0 ]; do
  case $1 in
    --slow) select=() ;;
    --preset)
      preset=${2-}
      case $preset in
        release | asan | ubsan | tsan) ;;
        *) echo "test.sh: unknown preset '$preset'; known: release, asan, ubsan, tsan" >&2; exit 2 ;;
      esac
      shift ;;
    *) echo "test.sh: unknown option $1; known: --slow, --preset NAME" >&2; exit 2 ;;
  esac
  shift
done

tools/install-deps
folder=build
[ "$preset" = release ] || folder=build-$preset
[ -f $folder/build.ninja ] || cmake --preset "$preset"
cmake --build --preset "$preset"
ctest --test-dir $folder --output-on-failure --no-tests=error -j2 ${select[@]+"${select[@]}"} |
  tee $folder/tests.log | sed -u '/Passed /d; /^ *Start /d'
