"""W13, determinism: what it costs that results do not depend on the number of threads; ourselves
beside ourselves. A batch falls into shards of a size that its work alone decides, and gradients are
summed over these; if results might depend on it, there would be a shard to each thread.

The ratio is the time with a shard to each thread over ours: 1 when the same bits cost nothing.
"""
from growth import beside_ourselves, measured
from side_by_side import (
    Process,
    Worker,
    floor_ms,
    floor_text,
    our_workers,
    stop_if_failed,
    threads_text,
)


def compare_determinism(bench, one, machine, repeats):
    cores = machine["cores"]
    fixed = our_workers(bench, one["of"], [cores])[0]
    name = f"the same, a shard to each of {threads_text(cores)}"
    free = Worker(name, Process([bench, "work", one["of"], str(cores), "free"]))
    workers = [fixed, free]
    measured(workers, repeats)
    stop_if_failed(one["name"], workers)
    floor = floor_ms(fixed.process.ready, machine)
    text = [f"{one['name']:<12} {one['title']}"]
    text += [worker.line(floor_text(worker, floor)) for worker in workers]
    cost = 100 * (fixed.ms / free.ms - 1)
    ratio = free.ms / fixed.ms
    note = f"a shard to each thread over ours; the same bits cost {cost:+.1f} %"
    text.append(f"  ratio {ratio:.2f} ({note})")
    return beside_ourselves(one, fixed, free, floor, text)
