"""Worker: the PyTorch side of a comparison, talked to by bench/run line by line.

  SCRIPT WORKLOAD THREADS FILE     FILE: what `goodfit_bench share` wrote
  check 0 VARIANT → {"check": x}          the number after 20 steps that both sides must agree on
  run N VARIANT → {"seconds": …}          of N steps after a reset
  SCRIPT variants                  the settings worth trying with this version
"""
import json
import os
import struct
import sys
import time

CHECKED_STEPS = 20
WARM_STEPS = 3


def read_tensors(torch, path):
    """The tensors of a safetensors file, in its order."""
    with open(path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    data = bytearray(raw[8 + length :])
    tensors = {}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data[begin:end], dtype=torch.float32).clone()
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def say(answer):
    print(json.dumps(answer), flush=True)


def build_of(torch):
    """Which libraries do the arithmetic, in a few words."""
    lines = [line.strip(" -") for line in torch.__config__.show().splitlines()]
    wanted = ("oneAPI Math", "MKL-DNN", "OpenMP", "CPU capability", "BLAS_INFO")
    found = [line for line in lines if any(word in line for word in wanted) and len(line) < 120]
    settings = next((line for line in lines if line.startswith("Build settings")), "")
    found += [part.strip() for part in settings.split(",") if part.strip().startswith("BLAS_INFO")]
    return "; ".join(found)


def optimizer_variants(torch, compiles):
    """Names of settings: how the optimizer runs, and whether the model is compiled."""
    newer = int(torch.__version__.split(".")[0]) >= 2
    names = ["eager", "eager foreach"]
    if newer:
        names.append("eager fused")
        if compiles:
            names.append("compile fused")
    return names


def optimizer_settings(variant):
    if "fused" in variant:
        return {"fused": True}
    return {"foreach": "foreach" in variant}


def answer(work, verb, steps):
    if verb == "check":
        return {"check": work.check(CHECKED_STEPS)}
    work.reset()
    for _ in range(WARM_STEPS):
        work.step()
    began = time.perf_counter()
    for _ in range(steps):
        work.step()
    return {"seconds": time.perf_counter() - began}


def serve(make, compiles=True):
    """`make(torch, tensors, workload, variant)` gives an object with reset(), step() and check()."""
    asked = sys.argv[1] == "variants"
    if not asked:
        os.environ["OMP_NUM_THREADS"] = sys.argv[2]
    import torch

    if asked:
        names = optimizer_variants(torch, compiles)
        say({"version": torch.__version__, "build": build_of(torch), "variants": names})
        return
    workload, threads, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    tensors = read_tensors(torch, path)
    say({"threads": torch.get_num_threads()})
    works = {}
    for line in sys.stdin:
        verb, steps, variant = line.strip().split(" ", 2)
        try:
            if variant not in works:
                works[variant] = make(torch, tensors, workload, variant)
                works[variant].reset()
                works[variant].step()  # a compiled model is made now
            say(answer(works[variant], verb, int(steps)))
        except Exception as error:  # a setting that this version cannot do is not the end
            say({"failed": str(error).strip().splitlines()[0][:100]})
