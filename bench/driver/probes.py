"""W14, probes: what it costs to measure each layer's signal while a net trains; ourselves beside
ourselves, whole runs of recipes/digits.toml, 42 steps an epoch.

The ratio is the time without probes over that with those a run has by default: 1 when they cost
nothing.
"""
import os
import shutil
import statistics
import subprocess
import time

from side_by_side import show

MODES = {"off": "without probes", "spaced": "by default", "epochs": "in every epoch"}


def seconds_of(command):
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def compare_probes(root, folder, one, machine, repeats, scratch):
    out = os.path.join(scratch, "probes")
    train = [str(folder / "goodfit"), "train", str(root / "recipes" / "digits.toml")]
    train += [f"data.path={root / 'data' / 'digits.csv.gz'}", "--quiet", "--out", out]
    train += ["--threads", str(machine["cores"])]
    runs = {mode: [] for mode in MODES}
    for _ in range(repeats):
        for mode, seconds in runs.items():
            shutil.rmtree(out, ignore_errors=True)
            seconds.append(seconds_of([*train, f"probes={mode}"]))
    ms = {mode: 1e3 * statistics.median(seconds) for mode, seconds in runs.items()}
    text = [f"{one['name']:<12} {one['title']}"]
    for mode, name in MODES.items():
        span = f"[{show(1e3 * min(runs[mode]))} …{show(1e3 * max(runs[mode]))}]"
        note = "" if mode == "off" else f"  {100 * (ms[mode] / ms['off'] - 1):+.1f} %"
        text.append(f"  {name:<40} {show(ms[mode])} ms  {span}{note}")
    ratio = ms["off"] / ms["spaced"]
    text.append(f"  ratio {ratio:.3f} (without over by default)")
    return {
        "workload": one["name"],
        "title": one["title"],
        "ours_ms": ms["spaced"],
        "peers": {MODES[mode]: ms[mode] for mode in ("off", "epochs")},
        "ratio": ratio,
        "counts": True,
        "floor_ms": ms["off"],
        "floor_share": ratio,
        "text": "\n".join(text),
    }
