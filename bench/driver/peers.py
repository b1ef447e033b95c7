"""Peers: which pythons there are, what they have, and the settings worth trying with each."""
import functools
import json
import os
import pathlib
import subprocess

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent / "peers"
COMPILER = ["cc", "-O3", "-march=native", "-ffast-math"]
WIDER = ["-mprefer-vector-width=512"]  # where the compiler knows it


class Peers:
    def __init__(self, tell, scratch):
        self.tell, self.scratch, self.told = tell, scratch, set()
        self.pythons = ["/usr/bin/python3"]
        if os.environ.get("GOODFIT_BENCH_PYTHON"):
            self.pythons.append(os.environ["GOODFIT_BENCH_PYTHON"])
        self.torches = []  # those that have it
        for python in self.pythons:
            known = self.known(python, "mlp.py", "W2")
            if known:
                self.torches.append({"python": python, "version": known["version"]})
                tell(f"torch {known['version']}: {known['build']}")

    @functools.lru_cache(maxsize=None)
    def known(self, python, script, workload):
        """What a script says of itself; None, and a line, when something is not installed."""
        asked = [python, "-B", str(SCRIPTS / script), "variants", workload]
        try:
            out = subprocess.run(asked, capture_output=True, text=True, timeout=300)
            answer = json.loads(out.stdout.splitlines()[-1])
            missing = answer.get("missing")
        except (OSError, subprocess.TimeoutExpired) as error:
            missing = str(error)
        except (IndexError, ValueError):
            missing = (out.stderr.strip().splitlines() or ["it says nothing"])[-1]
        if missing:
            self.skip(f"{python}, {script}: skipped, {missing}")
            return None
        for line in answer.get("without", []):
            self.skip(f"{python}, {script}: {line}")
        return answer

    def skip(self, line):
        if line not in self.told:
            self.told.add(line)
            self.tell(line)

    def settings(self, workload, peers, counts):
        """(name, command before the file's path, threads, variant) of each setting."""
        for peer in peers.split():
            if peer.endswith(".c"):
                program = self.compiled(peer)
                if program:
                    yield "C by hand", [program, workload], 1, ""
                continue
            for python in self.pythons:
                known = self.known(python, peer, workload)
                if not known:
                    continue
                command = [python, "-B", str(SCRIPTS / peer), workload]
                for threads in counts[:1] if known.get("one_thread") else counts:
                    for variant in known["variants"]:
                        name = f"{known['library']} {known['version']} {variant}"
                        yield name, command, threads, variant

    @functools.lru_cache(maxsize=None)
    def compiled(self, source):
        program = os.path.join(self.scratch, source.removesuffix(".c"))
        for options in (WIDER, []):
            command = COMPILER + options + [str(SCRIPTS / source), "-o", program, "-lm"]
            try:
                if subprocess.run(command, capture_output=True).returncode == 0:
                    return program
            except OSError:
                break
        self.skip(f"{source}: skipped, cc does not compile it")
        return None
