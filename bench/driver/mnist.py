"""W11, MNIST: from the start of a program until its net knows 99 % and 99.4 % of the 10,000 test
digits. The net and the way it is trained are those of recipes/mnist_cnn.toml, over more epochs, on
all 60,000 others: digits held out from them would be other ones with every seed, 6,000 of which are
as much as 0.2 % easier or harder than others.

Of the peers' settings the fastest is compared, judged by two epochs of each: a run takes minutes.
The floor is that of the steps, W4's, for as many epochs as we needed.
"""
import functools
import json
import math
import os
import shutil
import statistics
import subprocess
import time

from side_by_side import Process, floor_ms, show, threads_text

EPOCHS = 15
SEEDS = 3  # at most: it takes minutes
TARGETS = {"W11.99": 0.99, "W11.994": 0.994}
SAMPLES = 60000


def epochs_of(command):
    """(seconds since the start, event) of each epoch; who has seen enough ends the program."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        for line in process.stdout:
            event = json.loads(line)
            if event.get("event") == "epoch":
                yield time.perf_counter() - began, event
    except GeneratorExit:
        process.kill()
    finally:
        message = process.communicate()[1].strip().splitlines()
    if process.returncode > 0:
        raise SystemExit(f"bench/run: W11: {(message or ['it ended'])[-1]}")


def seconds_to(command):
    """Seconds from the start, and the epoch, in which each of the targets was first reached."""
    reached = {}
    for seconds, event in epochs_of(command):
        for name, target in TARGETS.items():
            if name not in reached and event["validation"]["accuracy"] >= target:
                reached[name] = (seconds, event["epoch"])
        if len(reached) == len(TARGETS):
            break
    return reached


def words_of(command, threads, data, variant, epochs, seed):
    return [*command, str(threads), data, str(epochs), str(seed), variant]


def fastest(peers, cores, data):
    """The setting that would be through all epochs first, judged by two of them; or nothing."""
    best, least = None, math.inf
    for name, command, threads, variant in peers.settings("W11", "mnist.py", [cores]):
        words = functools.partial(words_of, command, threads, data, variant)
        first, second = (seconds for seconds, _ in epochs_of(words(2, 1)))
        whole = first + (EPOCHS - 1) * (second - first)
        peers.tell(f"{name}: {second - first:.1f} s an epoch")
        if whole < least:
            best, least = (name, words), whole
    return best


def folder_judged_by_tests(data, scratch):
    """A folder of the same files whose validation set are the test digits."""
    folder = os.path.join(scratch, "judged_by_tests")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in os.listdir(data):
        os.symlink(os.path.join(data, name), os.path.join(folder, name))
        if name.startswith("t10k"):
            judges = name.replace("t10k", "validation")
            os.symlink(os.path.join(data, name), os.path.join(folder, judges))
    return folder


def our_command(root, folder, data, out, seed, threads):
    shutil.rmtree(out, ignore_errors=True)
    recipe = str(root / "recipes" / "mnist_cnn.toml")
    settings = [f"data.path={data}", f"epochs={EPOCHS}", f"seed={seed}"]
    train = [str(folder / "goodfit"), "train", recipe, *settings, "--json", "--out", out]
    return train + ["--threads", str(threads)]


def step_floor_ms(folder, machine):
    process = Process([str(folder / "goodfit_bench"), "work", "W4", str(machine["cores"])])
    process.wait()
    process.close()
    return floor_ms(process.ready, machine) / 128  # of one sample


def compare_mnist(root, folder, one, peers, machine, repeats, scratch):
    data = os.path.join(os.environ.get("GOODFIT_DATA", str(root / "data")), "mnist")
    if not os.path.exists(os.path.join(data, "train-images-idx3-ubyte.gz")):
        return {"skipped": f"W11: skipped, there is no MNIST in {data}: set GOODFIT_DATA"}
    cores, out = machine["cores"], os.path.join(scratch, "mnist")
    ours = f"goodfit, {threads_text(cores)}"
    runs, judged = {ours: []}, folder_judged_by_tests(os.path.abspath(data), scratch)
    peer = fastest(peers, cores, data)
    for seed in range(1, 1 + min(SEEDS, repeats)):
        runs[ours].append(seconds_to(our_command(root, folder, judged, out, seed, cores)))
        if peer:
            name, words = peer
            runs.setdefault(name, []).append(seconds_to(words(EPOCHS, seed)))
    sample_ms = step_floor_ms(folder, machine)
    return {"lines": [result_of(one, name, ours, runs, sample_ms) for name in TARGETS]}


def result_of(one, name, ours, runs, sample_ms):
    title = f"{one['title']}, {100 * TARGETS[name]:g} %"
    text, medians = [f"{name:<12} {title}"], {}
    for who, reached in runs.items():
        found = [run[name] for run in reached if name in run]
        if len(found) < len(reached):
            note = f"reached in {len(found)} of {len(reached)} runs of {EPOCHS} epochs"
            text.append(f"  {who:<40} {note}")
            continue
        seconds, epochs = zip(*found)
        medians[who] = 1e3 * statistics.median(seconds)
        span = f"[{show(1e3 * min(seconds))} …{show(1e3 * max(seconds))}]"
        text.append(f"  {who:<40} {show(medians[who])} ms  {span}  epochs {epochs}")
    mine = medians.pop(ours, None)
    best = min(medians.values(), default=None)
    ratio = best / mine if best and mine else None
    needed = [run[name][1] for run in runs[ours] if name in run]
    floor = sample_ms * SAMPLES * statistics.median(needed) if needed else None
    if ratio:
        text.append(f"  ratio {ratio:.2f}, {100 * floor / mine:.0f} % of the floor")
    return {
        "workload": name,
        "title": title,
        "ours_ms": mine,
        "peers": medians,
        "ratio": ratio,
        "counts": ratio is not None,
        "floor_ms": floor,
        "floor_share": floor / mine if mine else None,
        "text": "\n".join(text),
    }
