"""Side by side: ours, a peer, ours, a peer …, each a process that waits while the others work.

A figure is the median of the repeats; the ratio is the best peer's over ours, and beside it stands
that of each library's best setting. It counts only when both sides came to the same loss after 20 steps from the same weights, on the same batches.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

SECONDS_OF_A_REPEAT = 0.05
MOST_STEPS = 5000
AGREEMENT = 1e-4
TRIALS = 5
SECONDS_OF_TRIALS = 60  # for one workload, but two of each setting
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
        self.steps = max(1, min(MOST_STEPS, int(SECONDS_OF_A_REPEAT / max(self.tried, 1e-9))))

    def repeat(self):
        seconds = self.run(self.steps)
        if not self.failure:
            self.seconds.append(seconds)

    @property
    def library(self):
        return self.name.split()[0]

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


def our_workers(bench, workload, counts):
    command = lambda count: [bench, "work", workload, str(count)]
    return [Worker(f"goodfit, {threads_text(n)}", Process(command(n))) for n in counts]


def their_workers(one, peers, counts, path):
    workers, processes = [], {}
    for name, command, threads, variant in peers.settings(one["name"], one["peers"], counts):
        command = tuple(command + [str(threads), path])
        if command not in processes:
            processes[command] = Process(command)
        workers.append(Worker(f"{name}, {threads_text(threads)}", processes[command], variant))
    return workers


def start(workers):
    """All at once, for an import takes seconds."""
    for process in {worker.process for worker in workers}:
        process.wait()


def close(workers):
    for process in {worker.process for worker in workers}:
        process.close()


def best_tried(workers, one):
    """Of the settings of one's library."""
    rivals = [w.tried for w in workers if w.library == one.library and not w.failure]
    return min(rivals, default=float("inf"))


def try_all(workers):
    """A look at each setting, more than one while it may yet be its library's best."""
    began = time.perf_counter()
    for trial in range(TRIALS):
        if trial > 1 and time.perf_counter() - began > SECONDS_OF_TRIALS:
            return
        for worker in workers:
            untried = worker.tried == float("inf")
            if untried or worker.tried <= HOPELESS * best_tried(workers, worker):
                worker.trial()


def keep_promising(theirs):
    """Settings that the trials found far slower than their library's best only cost time."""
    limit = lambda worker: FAR_SLOWER * best_tried(theirs, worker)
    far = lambda worker: not worker.failure and worker.tried > limit(worker)
    return [worker for worker in theirs if not far(worker)], [w for w in theirs if far(w)]


def floor_ms(ready, machine):
    """Milliseconds that no program can go below, on so many threads."""
    which = "one" if ready["one_core"] or ready["threads"] == 1 else "all"
    seconds = ready["flops"] / machine[f"peak_{which}"] + ready["bytes"] / machine[f"triad_{which}"]
    return seconds * 1e-6


def stop_if_failed(workload, ours):
    for worker in ours:
        if worker.failure:
            sys.exit(f"bench/run: {workload}: {worker.name}: {worker.failure}")


def compare(bench, one, peers, machine, repeats, scratch):
    path = os.path.join(scratch, one["name"] + ".safetensors")
    subprocess.run([bench, "share", one["name"], path], check=True)
    counts = sorted({1, machine["cores"]})
    ours = our_workers(bench, one["name"], counts)
    theirs = their_workers(one, peers, counts, path)
    everyone = ours + theirs
    start(everyone)
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
    close(everyone)
    os.remove(path)
    stop_if_failed(one["name"], ours)
    return result_of(one, ours, theirs, left_out, machine)


def floor_text(worker, floor):
    ready = worker.process.ready
    text = f"{100 * floor / worker.ms:.0f} % of the floor"
    if ready["flops"] == 0:  # memory is all that counts
        text += f", {1e-6 * ready['bytes'] / worker.ms:.1f} GB/s of the fewest bytes"
    return text


def result_of(one, ours, theirs, left_out, machine):
    mine = ours[-1]
    running = [worker for worker in theirs if not worker.failure]
    agrees = lambda worker: abs(worker.check - mine.check) <= AGREEMENT
    best = min(running, key=lambda worker: worker.ms, default=None)
    counts = best is not None and all(agrees(worker) for worker in running)
    floors = {worker: floor_ms(worker.process.ready, machine) for worker in ours}
    text = [f"{one['name']:<12} {one['title']}"]
    for worker in ours:
        text.append(worker.line(floor_text(worker, floors[worker])))
    for worker in theirs:
        note = ""
        if not worker.failure:
            note = f"{worker.ms / mine.ms:.2f} x ours"
            if not agrees(worker):
                note += f"; does not count: {worker.check:.7g} after 20 steps, ours {mine.check:.7g}"
        text.append(worker.line(note))
    if left_out:
        text.append("  far slower in trials, left out:")
        text += [f"    {worker.name:<40}{show(1e3 * worker.tried)} ms" for worker in left_out]
    ratios = {}
    for worker in sorted(running, key=lambda worker: worker.ms):
        ratios.setdefault(worker.library, worker.ms / mine.ms)
    if counts:
        each = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
        each = f"; {each}" if len(ratios) > 1 else ""
        text.append(f"  ratio {best.ms / mine.ms:.2f} (best peer: {best.name}{each})")
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
        "ratios": ratios if counts else {},
        "counts": counts,
        "floor_ms": floors[mine],
        "floor_share": floors[mine] / mine.ms,
        "text": "\n".join(text),
    }
