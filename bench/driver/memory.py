"""W10, memory: the most that a training step of W5 needs, beside the samples.

Bytes stand where other workloads have time, and the ratio is the leanest peer's over ours. The floor
is what is alive at the worst moment of our plan. Measured is the growth of a process' resident
memory at its peak; the peers are measured alike.
"""
import json
import os
import subprocess

from side_by_side import Process

STEPS = 3  # memory of an optimizer is there after the first
WORKLOAD, SCRIPT = "W5", "resnet.py"


def measured(command, variant):
    process = Process(command)
    process.wait()
    answer = process.ask(f"memory {STEPS} {variant}")
    process.close()
    return answer


def compare_memory(bench, one, peers, machine, scratch):
    path = os.path.join(scratch, "memory.safetensors")
    subprocess.run([bench, "share", WORKLOAD, path], check=True)
    cores = machine["cores"]
    out = subprocess.run([bench, "memory", WORKLOAD, str(cores)], check=True, capture_output=True)
    mine = {name: 1e-6 * bytes_ for name, bytes_ in json.loads(out.stdout).items()}
    theirs, text = {}, [f"{one['name']:<12} {one['title']}"]
    line = lambda name, mb, note: f"  {name:<40} {mb:10.1f} MB  {note}".rstrip()
    bound = f"{mine['measured'] / mine['bound']:.2f} x the bound"
    text.append(line("goodfit, measured", mine["measured"], bound))
    text.append(line("goodfit, as planned", mine["planned"], ""))
    text.append(line("bound: alive at the worst moment", mine["bound"], ""))
    for name, command, threads, variant in peers.settings(WORKLOAD, SCRIPT, [cores]):
        if "compile" in variant:  # a compiler's own memory would count as well
            continue
        answer = measured(command + [str(threads), path], variant)
        if "failed" in answer:
            text.append(f"  {name:<40} failed: {answer['failed']}")
            continue
        theirs[name] = 1e-6 * answer["bytes"]
        text.append(line(name, theirs[name], f"{theirs[name] / mine['measured']:.2f} x ours"))
    os.remove(path)
    best = min(theirs.values(), default=None)
    if best:
        text.append(f"  ratio {best / mine['measured']:.2f} (the leanest peer)")
    return {
        "workload": one["name"],
        "title": one["title"],
        "ours_mb": mine["measured"],
        "planned_mb": mine["planned"],
        "floor_mb": mine["bound"],
        "peers": theirs,
        "ratio": best / mine["measured"] if best else None,
        "counts": best is not None,
        "floor_share": mine["bound"] / mine["measured"],
        "text": "\n".join(text),
    }
