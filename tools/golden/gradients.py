"""Gradients clipped by PyTorch, in double, for tests/golden/gradients.json.

Three tensors of multiples of a power of two, so that float and double begin with the same values; one scale
is below every bound, one above.
"""
import random

import torch

from write import write

SHAPES = {"weight": [4, 6], "bias": [4], "kernel": [2, 3, 2]}


def gradients(scale):
    draw = random.Random(5)
    count = lambda shape: int(torch.tensor(shape).prod())
    return {name: [round(draw.gauss(0, scale) * 2**8) / 2**8 for _ in range(count(shape))]
            for name, shape in SHAPES.items()}


def clipped(start, clip, bound):
    weights = []
    for name, numbers in start.items():
        w = torch.zeros(SHAPES[name], dtype=torch.double, requires_grad=True)
        w.grad = torch.tensor(numbers, dtype=torch.double).reshape(SHAPES[name])
        weights.append(w)
    clip(weights, bound)
    return {name: w.grad.flatten().tolist() for name, w in zip(start, weights)}


def main():
    utils, cases = torch.nn.utils, []
    for scale in (0.125, 2.0):
        start = gradients(scale)
        for key, clip in (("clip_value", utils.clip_grad_value_), ("clip_norm", utils.clip_grad_norm_)):
            for bound in (0.5, 3.0):
                cases.append({"type": key, "settings": {"max": bound}, "gradients": start,
                              "clipped": clipped(start, clip, bound)})
    write("gradients", {"torch": torch.__version__, "shapes": SHAPES, "cases": cases})


if __name__ == "__main__":
    main()
