"""Build: what a command measures, with the preset `release` unless a folder is given."""
import pathlib
import subprocess
import sys


def build(root, folder, targets):
    """Returns the folder."""
    target = ["--target", *targets]
    if folder:
        command = ["cmake", "--build", folder] + target
    else:
        folder = root / "build"
        if not (folder / "build.ninja").exists():
            subprocess.run(["cmake", "--preset", "release"], cwd=root, check=True, stdout=sys.stderr)
        command = ["cmake", "--build", "--preset", "release"] + target
    subprocess.run(command, cwd=root, check=True, stdout=sys.stderr)
    return pathlib.Path(folder).resolve()
