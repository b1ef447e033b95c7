#!/usr/bin/env bash
# Counts the instructions of a training step under callgrind, which finds the same number in every run where seconds
# differ, and compares them with those in counts.txt.
#   run.sh SOURCE BUILD
# Exits with 77, skipped, where the count would be another by rights: without valgrind, AVX2 or g++ 12.
set -euo pipefail
source=$1 build=$2
skip() { echo "instructions: skipped, there is no $*"; exit 77; }
command -v valgrind >/dev/null || skip valgrind
grep -qw avx2 /proc/cpuinfo || skip AVX2
grep -q 'CMAKE_CXX_COMPILER_VERSION "12\.' "$build"/CMakeFiles/*/CMakeCXXCompiler.cmake || skip "g++ 12"
cmake --build "$build" --target goodfit_bench >"$build/instructions.log" || { cat "$build/instructions.log"; exit 1; }

steps=2 warm=2 wrong=0  # as many do not count for a time, yet are done
while read -r workload expected; do
  valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
    --toggle-collect='goodfit::bench::Training::step()' "$build/goodfit_bench" work "$workload" 1 \
    <<<"run $steps" >/dev/null 2>"$build/instructions.log"
  total=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$build/instructions.log")
  [ -n "$total" ] || { cat "$build/instructions.log"; exit 1; }
  count=$((total / (steps + warm)))
  echo "instructions: $workload: $count a step, expected $expected"
  if [ $((count * 50)) -gt $((expected * 51)) ] || [ $((count * 50)) -lt $((expected * 49)) ]; then
    echo "instructions: $workload differs by more than 2 %; when that is meant, say so in tests/instructions/counts.txt"
    wrong=1
  fi
done <"$source/tests/instructions/counts.txt"
exit $wrong
