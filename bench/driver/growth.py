"""W13, growth: ourselves beside ourselves. The time of a step must grow as its floor does, and fall
as threads are added.

The ratio of depth, width, batch and samples is the cheapest member's time per floor over the
dearest's: 1 when the cost of a sample's multiplication is the same everywhere. A bar below each
member is as long as its time per floor. The ratio of threads is the time of one over that of all.
"""
import statistics

from side_by_side import (
    close,
    floor_ms,
    floor_text,
    our_workers,
    start,
    stop_if_failed,
    threads_text,
    try_all,
)

SCALED = ("W2", "W3", "W4", "W5")
LONGEST = 40  # characters of a bar


def families(listed):
    """W13.depth.4, W13.depth.8 … as one entry, W13.depth."""
    found = {}
    for one in listed:
        name = one["name"].rpartition(".")[0]
        found.setdefault(name, {"name": name, "title": one["title"], "members": []})
        found[name]["members"].append(one["name"])
    return list(found.values())


def measured(workers, repeats):
    start(workers)
    try_all(workers)
    for _ in range(repeats):
        for worker in workers:
            worker.repeat()
    close(workers)


def compare_growth(bench, one, machine, repeats):
    workers = {name: our_workers(bench, name, [machine["cores"]])[0] for name in one["members"]}
    measured(list(workers.values()), repeats)
    stop_if_failed(one["name"], workers.values())
    floors = {name: floor_ms(worker.process.ready, machine) for name, worker in workers.items()}
    per_floor = {name: worker.ms / floors[name] for name, worker in workers.items()}
    dearest, cheapest = max(per_floor, key=per_floor.get), min(per_floor, key=per_floor.get)
    middle = statistics.median(per_floor.values())
    text = [f"{one['name']:<12} {one['title']}"]
    for name, worker in workers.items():
        bar = "=" * round(LONGEST * per_floor[name] / per_floor[dearest])
        note = f"{100 * (per_floor[name] / middle - 1):+.0f} % beside the middle\n    {bar}"
        worker.name = name
        text.append(worker.line(f"{floor_text(worker, floors[name])}, {note}"))
    ratio = per_floor[cheapest] / per_floor[dearest]
    text.append(f"  ratio {ratio:.2f} (per floor, {cheapest} over {dearest}; flat is 1)")
    return {
        "workload": one["name"],
        "title": one["title"],
        "ours_ms": workers[dearest].ms,
        "peers": {name: worker.ms for name, worker in workers.items()},
        "ratio": ratio,
        "counts": True,
        "floor_ms": floors[dearest],
        "floor_share": 1 / per_floor[dearest],
        "text": "\n".join(text),
    }


def beside_ourselves(one, workers, machine, repeats, note):
    """Two settings of ours: the time of the first over that of the second, which is how we run."""
    measured(workers, repeats)
    stop_if_failed(one["name"], workers)
    other, ours = workers
    floors = [floor_ms(worker.process.ready, machine) for worker in workers]
    ratio = other.ms / ours.ms
    text = [f"{one['name']:<12} {one['title']}"]
    text += [w.line(floor_text(w, floor)) for w, floor in zip(workers, floors)]
    text.append(f"  ratio {ratio:.2f} ({note(ratio)})")
    return {
        "workload": one["name"],
        "title": one["title"],
        "ours_ms": ours.ms,
        "peers": {other.name: other.ms},
        "ratio": ratio,
        "counts": True,
        "floor_ms": floors[1],
        "floor_share": floors[1] / ours.ms,
        "text": "\n".join(text),
    }


def compare_threads(bench, one, machine, repeats):
    workers = our_workers(bench, one["of"], [1, machine["cores"]])
    note = f"{threads_text(1)} over {threads_text(machine['cores'])}"
    return beside_ourselves(one, workers, machine, repeats, lambda ratio: note)
