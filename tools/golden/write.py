"""Writes one golden file: tests/golden/NAME.json, a line for each case, numbers with all their bits."""
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "tests" / "golden"


def write(name, content):
    head = {key: value for key, value in content.items() if key != "cases"}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    cases = ",\n".join(json.dumps(case) for case in content["cases"])
    lines.append(f'"cases": [\n{cases}\n]')
    (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
