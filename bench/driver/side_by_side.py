"""Side by side: ours, a peer, ours, a peer …, each a process that waits while the others work.

A figure is the median of the repeats; the ratio is the best peer's over ours. It counts only when
both sides came to the same loss after 20 steps from the same weights, on the same batches.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from peers import SCRIPTS, variants

SECONDS_OF_A_REPEAT = 0.05
MOST_STEPS = 5000
AGREEMENT = 1e-4
TRIALS = 5
HOPELESS = 6  # times the best: not tried again
FAR_SLOWER = 2.5
PAUSE = 0.01  # until threads of the last one have gone to sleep


class Process:
    """A program that answers each line with one."""

    def __init__(self, command):
        self.errors = tempfile.TemporaryFile("w+")  # a pipe that nobody reads could fill up
        self.pipe = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        self.ready = None

    def wait(self):
        self.ready = self.read()

    def read(self):
        line = self.pipe.stdout.readline()
        return json.loads(line) if line else self.ended()

    def ended(self):
        self.pipe.wait()
        self.errors.seek(0)
        return {"failed": (self.errors.read().strip().splitlines() or ["it ended"])[-1]}

    def ask(self, command):
        try:
            self.pipe.stdin.write(command + "\n")
            self.pipe.stdin.flush()
        except BrokenPipeError:
            return self.ended()
        return self.read()

    def close(self):
        self.pipe.communicate()
        self.errors.close()


class Worker:
    """One setting of one program, and what was measured of it."""

    def __init__(self, name, process, variant=""):
        self.name, self.process, self.variant = name, process, variant
        self.seconds, self.check, self.failure = [], None, None
        self.tried = float("inf")

    def ask(self, verb, number):
        if self.failure:
            return None
        answer = self.process.ask(f"{verb} {number} {self.variant}".strip())
        self.failure = answer.get("failed")
        return answer.get("check", answer.get("seconds"))

    def run(self, steps):
        seconds = self.ask("run", steps)
        time.sleep(PAUSE)
        return seconds / steps if seconds is not None else float("inf")

    def trial(self):
        self.tried = min(self.tried, self.run(2))
        self.steps = max(2, min(MOST_STEPS, int(SECONDS_OF_A_REPEAT / max(self.tried, 1e-9))))

    def repeat(self):
        seconds = self.run(self.steps)
        if not self.failure:
            self.seconds.append(seconds)

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
        Worker(f"goodfit, {threads_text(count)}", Process([bench, "work", one["name"], str(count)]))
        for count in counts
    ]
    theirs = []
    script = str(SCRIPTS / f"{one['peers']}.py")
    for peer in peers:
        known = variants(peer["python"], one["peers"])
        for count in counts:
            process = Process([peer["python"], "-B", script, one["name"], str(count), path])
            for variant in known["variants"]:
                name = f"torch {known['version']} {variant}, {threads_text(count)}"
                theirs.append(Worker(name, process, variant))
    return ours, theirs


def try_all(workers):
    """A look at each setting, more than one while it may yet be the best."""
    for _ in range(TRIALS):
        best = min((worker.tried for worker in workers), default=0)
        for worker in workers:
            if worker.tried == float("inf") or worker.tried <= HOPELESS * best:
                worker.trial()


def keep_promising(theirs):
    """Settings that the trials found far slower than the best would only cost time."""
    best = min((worker.tried for worker in theirs if not worker.failure), default=0)
    far = lambda worker: not worker.failure and worker.tried > FAR_SLOWER * best
    return [worker for worker in theirs if not far(worker)], [w for w in theirs if far(w)]


def floor_ms(ready, machine):
    """Milliseconds that no program can go below, on so many threads."""
    which = "one" if ready["one_core"] or ready["threads"] == 1 else "all"
    seconds = ready["flops"] / machine[f"peak_{which}"] + ready["bytes"] / machine[f"triad_{which}"]
    return seconds * 1e-6


def compare(bench, one, peers, machine, repeats, scratch):
    path = os.path.join(scratch, one["name"] + ".safetensors")
    ours, theirs = start_workers(bench, one, peers, machine["cores"], path)
    processes = {worker.process for worker in ours + theirs}
    for process in processes:  # all started, for an import takes seconds
        process.wait()
    try_all(ours)
    try_all(theirs)
    theirs, left_out = keep_promising(theirs)
    for worker in ours + theirs:
        worker.check = worker.ask("check", 0)
    for _ in range(repeats):
        for worker in theirs or ours[-1:]:
            ours[-1].repeat()  # all threads, what a user gets: beside every peer
            if worker is not ours[-1]:
                worker.repeat()
        for worker in ours[:-1]:
            worker.repeat()
    for process in processes:
        process.close()
    os.remove(path)
    for worker in ours:
        if worker.failure:
            sys.exit(f"bench/run: {one['name']}: {worker.name}: {worker.failure}")
    return result_of(one, ours, theirs, left_out, machine)


def result_of(one, ours, theirs, left_out, machine):
    mine = ours[-1]
    running = [worker for worker in theirs if not worker.failure]
    agrees = lambda worker: abs(worker.check - mine.check) <= AGREEMENT
    best = min(running, key=lambda worker: worker.ms, default=None)
    counts = best is not None and all(agrees(worker) for worker in running)
    floors = {worker: floor_ms(worker.process.ready, machine) for worker in ours}
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
    if left_out:
        names = ", ".join(f"{worker.name} ({1e3 * worker.tried:.3g} ms)" for worker in left_out)
        text.append(f"  far slower in trials, left out: {names}")
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
