"""Side by side: ours, a peer, ours, a peer …, each a process that waits while the others work.

A figure is the median of the repeats; the ratio is the best peer's over ours. It counts only when
both sides came to the same loss after 20 steps from the same weights, on the same batches.
"""
import json
import os
import statistics
import subprocess
import sys
import time

from peers import SCRIPTS, variants

SECONDS_OF_A_REPEAT = 0.05
MOST_STEPS = 5000
AGREEMENT = 1e-4
PAUSE = 0.01  # until threads of the last one have gone to sleep


class Worker:
    def __init__(self, name, command, limit=900):
        self.name, self.seconds, self.failure = name, [], None
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.limit = limit
        self.ready = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.failure = (self.process.stderr.read().strip().splitlines() or ["it ended"])[-1]
            return {}
        return json.loads(line)

    def ask(self, command):
        if self.failure:
            return {}
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.read()

    def calibrate(self):
        self.check = self.ask("check").get("check")
        first = self.ask("run 2").get("seconds", 1) / 2
        self.steps = max(2, min(MOST_STEPS, int(SECONDS_OF_A_REPEAT / max(first, 1e-9))))

    def repeat(self):
        seconds = self.ask(f"run {self.steps}").get("seconds")
        if seconds is not None:
            self.seconds.append(seconds / self.steps)
        time.sleep(PAUSE)

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    @property
    def ms(self):
        return 1e3 * statistics.median(self.seconds)

    def line(self, note):
        if self.failure:
            return f"  {self.name:<40} failed: {self.failure}"
        low, high = 1e3 * min(self.seconds), 1e3 * max(self.seconds)
        return f"  {self.name:<40} {show(self.ms)} ms  [{show(low)} …{show(high)}]  {note}".rstrip()


def show(ms):
    return f"{ms:10.4f}" if ms < 1 else f"{ms:10.2f}"


def threads_text(count):
    return "1 thread" if count == 1 else f"{count} threads"


def start_workers(bench, one, peers, cores, path):
    subprocess.run([bench, "share", one["name"], path], check=True)
    counts = sorted({1, cores})
    ours = [
        Worker(f"goodfit, {threads_text(count)}", [bench, "work", one["name"], str(count)])
        for count in counts
    ]
    theirs = []
    for peer in peers:
        known = variants(peer["python"], one["peers"])
        for variant in known["variants"]:
            for count in counts:
                name = f"torch {known['version']} {variant}, {threads_text(count)}"
                script = str(SCRIPTS / f"{one['peers']}.py")
                command = [peer["python"], "-B", script, one["name"], variant, str(count), path]
                theirs.append(Worker(name, command))
    return ours, theirs


def floor_ms(ready, machine, threads):
    """Milliseconds that no program can go below, on so many threads."""
    which = "one" if ready["one_core"] or threads == 1 else "all"
    seconds = ready["flops"] / machine[f"peak_{which}"] + ready["bytes"] / machine[f"triad_{which}"]
    return seconds * 1e-6


def compare(bench, one, peers, machine, repeats, scratch):
    path = os.path.join(scratch, one["name"] + ".safetensors")
    ours, theirs = start_workers(bench, one, peers, machine["cores"], path)
    for worker in ours + theirs:
        worker.calibrate()
    for _ in range(repeats):
        for worker in theirs:
            ours[-1].repeat()  # all threads, what a user gets: beside every peer
            worker.repeat()
        for worker in ours[: -1 if theirs else None]:
            worker.repeat()
    for worker in ours + theirs:
        worker.close()
    os.remove(path)
    broken = [worker for worker in ours if worker.failure]
    if broken:
        sys.exit(f"bench/run: {one['name']}: {broken[0].name}: {broken[0].failure}")
    return result_of(one, ours, theirs, machine)


def result_of(one, ours, theirs, machine):
    mine = ours[-1]
    running = [worker for worker in theirs if not worker.failure]
    agrees = lambda worker: abs(worker.check - mine.check) <= AGREEMENT
    best = min(running, key=lambda worker: worker.ms, default=None)
    counts = best is not None and all(agrees(worker) for worker in running)
    floors = {worker: floor_ms(worker.ready, machine, worker.ready["threads"]) for worker in ours}
    text = [f"{one['name']:<12} {one['title']}"]
    for worker in ours:
        text.append(worker.line(f"{100 * floors[worker] / worker.ms:.0f} % of the floor"))
    for worker in theirs:
        note = ""
        if not worker.failure:
            note = f"{worker.ms / mine.ms:.2f} x ours"
            if not agrees(worker):
                note += f"; does not count: {worker.check:.7g} after 20 steps, ours {mine.check:.7g}"
        text.append(worker.line(note))
    if counts:
        text.append(f"  ratio {best.ms / mine.ms:.2f} (best peer: {best.name})")
    elif best:
        text.append("  does not count")
    return {
        "workload": one["name"],
        "title": one["title"],
        "ours_ms": mine.ms,
        "ours_range_ms": [1e3 * min(mine.seconds), 1e3 * max(mine.seconds)],
        "ours": {worker.name: worker.ms for worker in ours},
        "peers": {worker.name: worker.ms for worker in running},
        "ratio": best.ms / mine.ms if counts else None,
        "counts": counts,
        "floor_ms": floors[mine],
        "floor_share": floors[mine] / mine.ms,
        "text": "\n".join(text),
    }
