"""W13, determinism: what it costs that results do not depend on the number of threads; ourselves
beside ourselves. A batch falls into shards of a size that its work alone decides, and gradients are
summed over these; if results might depend on it, there would be a shard to each thread.

The ratio is the time with a shard to each thread over ours: 1 when the same bits cost nothing.
"""
from growth import beside_ourselves
from side_by_side import Process, Worker, our_workers, threads_text


def note(ratio):
    cost = 100 * (1 / ratio - 1)
    return f"a shard to each thread over ours; the same bits cost {cost:+.1f} %"


def compare_determinism(bench, one, machine, repeats):
    cores = machine["cores"]
    free = Process([bench, "work", one["of"], str(cores), "free"])
    workers = [Worker(f"a shard to each of {threads_text(cores)}", free)]
    workers += our_workers(bench, one["of"], [cores])
    return beside_ourselves(one, workers, machine, repeats, note)
