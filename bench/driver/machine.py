"""Machine: its name and what it can do at most, measured anew before every workload."""
import datetime
import json
import os
import platform
import subprocess


def cpu_name():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def let_libraries_choose():
    """Settings meant for other programs hold OpenBLAS back, and PyTorch and numpy on top of it."""
    for name in [name for name in os.environ if "OPENBLAS" in name]:
        del os.environ[name]


def measure_machine(bench):
    out = subprocess.run([bench, "machine"], check=True, capture_output=True, text=True).stdout
    machine = json.loads(out)
    # Threads can only add: less is the noise of others.
    for what in ("peak", "triad"):
        machine[f"{what}_all"] = max(machine[f"{what}_all"], machine[f"{what}_one"])
    machine = {"cpu": cpu_name(), "load": round(os.getloadavg()[0], 1), **machine}
    machine["date"] = datetime.date.today().isoformat()
    return machine


def limits_text(machine):
    return (
        f"peak {machine['peak_one']:.0f} GFLOP/s on one core, {machine['peak_all']:.0f} on all; "
        f"triad {machine['triad_one']:.1f} GB/s on one, {machine['triad_all']:.1f} on all"
    )


def machine_text(machine):
    lines = [
        f"{machine['cpu']}, {machine['cores']} cores, load {machine['load']}",
        limits_text(machine),
        f"a cache line to another core and back: {machine['round_trip']:.0f} ns",
        f"goodfit {machine['version']}, target {machine['target']}, "
        f"1 and {machine['cores']} threads",
    ]
    if machine["cores"] == 1:
        del lines[2]
    return "\n".join(lines)
