"""Peers: which versions of PyTorch there are, and the settings worth trying with each."""
import functools
import json
import os
import pathlib
import subprocess

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent / "peers"


def find_peers(tell):
    """The pythons that have torch; the others are named and skipped."""
    pythons = ["/usr/bin/python3"]
    if os.environ.get("GOODFIT_BENCH_PYTHON"):
        pythons.append(os.environ["GOODFIT_BENCH_PYTHON"])
    found = []
    for python in pythons:
        try:
            asked = subprocess.run(
                [python, "-c", "import torch"], capture_output=True, text=True, timeout=300
            )
            reason = (asked.stderr.strip().splitlines() or ["failed"])[-1]
            missing = asked.returncode != 0
        except (OSError, subprocess.TimeoutExpired) as error:
            missing, reason = True, str(error)
        if missing:
            tell(f"torch of {python}: skipped, it is not installed ({reason})")
            continue
        found.append({"python": python, **variants(python, "mlp")})
        tell(f"torch {found[-1]['version']}: {found[-1]['build']}")
    return found


@functools.lru_cache
def variants(python, script):
    asked = [python, "-B", str(SCRIPTS / f"{script}.py"), "variants"]
    out = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return json.loads(out.splitlines()[-1])
