"""Loads every NAME.py of a folder as goodfit exported it and compares with the numbers that lie beside it.

    python3 torch_check.py FOLDER

NAME.json holds the input and the wanted output: shape and numbers. Prints a line for each that differs by more than
1e-5, and how many agree.
"""
import importlib
import json
import pathlib
import sys

import torch

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
sys.dont_write_bytecode = True
agree = 0
for path in sorted(folder.glob("*.py")):
    case = json.loads(path.with_suffix(".json").read_text())
    try:
        model = importlib.import_module(path.stem).load()
        x = torch.tensor(case["input"]["numbers"]).reshape(case["input"]["shape"])
        wanted = case["outputs"]["prediction"]
        found = model.predict(x)
        if list(found.shape) != wanted["shape"]:
            raise ValueError(f"shape {list(found.shape)}, not {wanted['shape']}")
        numbers = torch.tensor(wanted["numbers"]).reshape(wanted["shape"])
        apart = ((found - numbers).abs() / numbers.abs().clamp(min=1)).max().item()
        if not apart <= 1e-5:
            raise ValueError(f"{apart:.2g} apart")
        agree += 1
    except Exception as error:
        print(f"{path.stem}: {case['about']}: {type(error).__name__}: {' '.join(str(error).split())}")
print(f"{agree} agree")
