"""W9, start: how long until the first step, how large the installed program is, how long it takes
to build a user's program; beside `import torch`.

The floor of a start is that of a program that does nothing.
"""
import os
import shutil
import statistics
import subprocess
import time

BUILDS = 3  # seconds each: enough to see the order of size

RECIPE = """seed = 1
epochs = 1
batch = 32
[data]
type = "csv"
path = "{path}"
[[model]]
type = "dense"
out = 8
[[model]]
type = "relu"
[[model]]
type = "dense"
out = 2
[loss]
type = "cross_entropy"
[split]
validation = 0
test = 0
"""


def seconds_of(command, **settings):
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **settings)
    return time.perf_counter() - began


def seconds_to_first_step(command, out):
    """From exec until the program says that it is ready and its first step begins."""
    shutil.rmtree(out, ignore_errors=True)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for line in process.stdout:
        if b'"event":"begin"' in line.replace(b" ", b""):
            seconds = time.perf_counter() - began
            process.communicate()
            return seconds
    message = process.stderr.read().decode().strip()
    raise SystemExit(f"bench/run: W9: it did not begin: {message}")


def stripped_size(file, scratch):
    copy = os.path.join(scratch, "stripped")
    subprocess.run(["strip", "-S" if file.endswith(".a") else "-s", "-o", copy, file], check=True)
    return os.path.getsize(copy)


def build_seconds(root, folder, scratch):
    libraries = [str(folder / "libgoodfit.a"), "-lhwy", "-lfmt", "-lz", "-lpng", "-lturbojpeg", "-lpthread"]
    command = ["c++", "-std=c++20", "-O2", f"-I{root}", str(root / "examples" / "digits.cpp")]
    command += ["-o", os.path.join(scratch, "program")] + libraries
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    return statistics.median(seconds_of(command, env=environment) for _ in range(BUILDS))


def compare_start(root, folder, one, peers, repeats, scratch):
    samples, recipe = os.path.join(scratch, "tiny.csv"), os.path.join(scratch, "tiny.toml")
    with open(samples, "w") as file:
        file.write("a,b,label\n" + "".join(f"{i},{i % 5},{i % 2}\n" for i in range(32)))
    with open(recipe, "w") as file:
        file.write(RECIPE.format(path=samples))
    out = os.path.join(scratch, "run")
    program = str(folder / "goodfit")
    train = [program, "train", recipe, "--json", "--out", out]
    mine, nothing = [], []
    theirs = {f"torch {peer['version']} import": [] for peer in peers}
    for _ in range(repeats):
        for peer, seconds in zip(peers, theirs.values()):
            mine.append(seconds_to_first_step(train, out))
            seconds.append(seconds_of([peer["python"], "-c", "import torch"]))
        if not peers:
            mine.append(seconds_to_first_step(train, out))
        nothing.append(seconds_of(["/bin/true"]))
    sizes = {
        "command_bytes": stripped_size(program, scratch),
        "library_bytes": stripped_size(str(folder / "libgoodfit.a"), scratch),
    }
    built = build_seconds(root, folder, scratch)
    return result_of(one, mine, theirs, nothing, sizes, built)


def result_of(one, mine, theirs, nothing, sizes, built):
    median = lambda seconds: 1e3 * statistics.median(seconds)
    line = lambda name, seconds, note: (
        f"  {name:<40} {median(seconds):10.2f} ms  "
        f"[{1e3 * min(seconds):10.2f} …{1e3 * max(seconds):10.2f}]  {note}"
    ).rstrip()
    ours, floor = median(mine), median(nothing)
    best = min((median(seconds) for seconds in theirs.values()), default=None)
    text = [
        f"{one['name']:<12} {one['title']}",
        line("goodfit train, start to first step", mine, f"{100 * floor / ours:.0f} % of the floor"),
        line("a program that does nothing", nothing, ""),
    ]
    text += [line(name, s, f"{median(s) / ours:.1f} x ours") for name, s in theirs.items()]
    text.append(
        f"  stripped: command {sizes['command_bytes'] / 1e6:.2f} MB, "
        f"libgoodfit.a {sizes['library_bytes'] / 1e6:.2f} MB; "
        f"a user's program builds in {built:.1f} s (median of {BUILDS})"
    )
    return {
        "workload": one["name"],
        "title": one["title"],
        "ours_ms": ours,
        "ours_range_ms": [1e3 * min(mine), 1e3 * max(mine)],
        "peers": {name: median(seconds) for name, seconds in theirs.items()},
        "ratio": best / ours if best else None,
        "counts": best is not None,
        "floor_ms": floor,
        "floor_share": floor / ours,
        **sizes,
        "build_seconds": built,
        "text": "\n".join(text),
    }
