"""Runs every NAME.onnx of a folder in ONNX Runtime and compares with the numbers that lie beside it.

    python3 onnx_check.py FOLDER

NAME.json holds the input and the wanted outputs by name: shape and numbers. Prints a line for each that differs by more
than 1e-5, and how many agree.
"""
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

agree = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    case = json.loads(path.with_suffix(".json").read_text())
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        x = np.array(case["input"]["numbers"], np.float32).reshape(case["input"]["shape"])
        found = dict(zip([o.name for o in session.get_outputs()], session.run(None, {"input": x})))
        for name, wanted in case["outputs"].items():
            if "texts" in wanted:
                if list(found[name].ravel()) != wanted["texts"]:
                    raise ValueError(f"{name} is {list(found[name].ravel())}, not {wanted['texts']}")
                continue
            numbers = np.array(wanted["numbers"], np.float64).reshape(wanted["shape"])
            if list(found[name].shape) != wanted["shape"]:
                raise ValueError(f"{name} has shape {found[name].shape}, not {wanted['shape']}")
            apart = np.abs(found[name] - numbers) / np.maximum(1, np.abs(numbers))
            if not apart.max() <= 1e-5:
                raise ValueError(f"{name} is {apart.max():.2g} apart")
        agree += 1
    except Exception as error:
        print(f"{path.stem}: {case['about']}: {' '.join(str(error).split())}")
print(f"{agree} agree")
