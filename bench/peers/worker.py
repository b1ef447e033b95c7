"""Worker: a peer's side of a comparison, talked to by bench/run line by line.

  SCRIPT variants WORKLOAD          what it is, and the settings worth trying
  SCRIPT WORKLOAD THREADS FILE      FILE: what `goodfit_bench share` wrote
    check 0 VARIANT → {"check": x}          the number after 20 steps that both sides must agree on
    run N VARIANT → {"seconds": …}          of N steps after a reset
    memory N VARIANT → {"bytes": …}         that N steps need at most, beside what was there before
"""
import json
import struct
import sys
import time

CHECKED_STEPS = 20
WARM_STEPS = 3


def read_tensors(path, make):
    """The tensors of a safetensors file, in its order; `make(bytes, shape)` gives one."""
    with open(path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    data = memoryview(raw)[8 + length :]
    tensors = {}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        tensors[name] = make(bytearray(data[begin:end]), entry["shape"])
    return tensors


def say(answer):
    print(json.dumps(answer), flush=True)


def resident(what):
    """VmRSS, the bytes of this process now, or VmHWM, the most that it had."""
    with open("/proc/self/status") as file:
        return next(1024 * int(line.split()[1]) for line in file if line.startswith(what))


def steps_of(work, steps):
    """Some libraries do many steps at a call, or go on behind our back."""
    if hasattr(work, "steps"):
        work.steps(steps)
        return
    for _ in range(steps):
        work.step()


def answer(work, verb, steps):
    if verb == "check":
        return {"check": work.check(CHECKED_STEPS)}
    if hasattr(work, "reset"):
        work.reset()
    steps_of(work, min(WARM_STEPS, steps))
    began = time.perf_counter()
    steps_of(work, steps)
    return {"seconds": time.perf_counter() - began}


def memory(make, steps):
    before = resident("VmRSS")
    steps_of(make(), steps)
    return {"bytes": resident("VmHWM") - before}


def serve(describe, load, make):
    """describe(workload) → library, version, variants; throws ImportError when it is missing.
    load(threads, path) → tensors. make(tensors, workload, variant) → an object with step() and
    check(), reset() where a step changes something."""
    if sys.argv[1] == "variants":
        try:
            say(describe(sys.argv[2]))
        except ImportError as error:
            say({"missing": str(error)})
        return
    workload, threads, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    tensors = load(threads, path)
    say({"threads": threads})
    works = {}
    for line in sys.stdin:
        verb, steps, variant = line.strip().split(" ", 2)
        fresh = lambda: make(tensors, workload, variant)
        try:
            if verb == "memory":
                say(memory(fresh, int(steps)))
                continue
            if variant not in works:
                works[variant] = fresh()
                steps_of(works[variant], 1)  # a compiled model is made now
            say(answer(works[variant], verb, int(steps)))
        except Exception as error:  # a setting that this version cannot do is not the end
            say({"failed": (str(error).strip() or repr(error)).splitlines()[0][:100]})
