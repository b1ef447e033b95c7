"""Rotation by PyTorch's grid_sample, color by the formulas of torchvision, hue by Python's colorsys,
in double, for tests/golden/transforms.json. The image counts 1, 2, 3, …; times 7 for color, and
times 37 modulo 256 for hue."""
import colorsys
import math

import torch

from write import write

torch.set_default_dtype(torch.double)


def counting(height, width, channels):
    return torch.arange(1.0, height * width * channels + 1).reshape(height, width, channels)


def rotate(image, degrees):
    height, width, _ = image.shape
    angle = math.radians(degrees)
    v, u = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    down, right = v - (height - 1) / 2, u - (width - 1) / 2
    y = math.cos(angle) * down + math.sin(angle) * right
    x = -math.sin(angle) * down + math.cos(angle) * right
    grid = torch.stack([x / (width / 2), y / (height / 2)], dim=-1)[None]
    made = torch.nn.functional.grid_sample(image.permute(2, 0, 1)[None], grid, mode="bilinear",
                                           padding_mode="zeros", align_corners=False)
    return made[0].permute(1, 2, 0)


def gray(image):
    if image.shape[2] != 3:
        return image
    weights = torch.tensor([0.2989, 0.587, 0.114])
    return (image * weights).sum(dim=2, keepdim=True)


def blend(a, b, factor):
    return (factor * a + (1 - factor) * b).clamp(0, 255)


cases = []
for size, degrees in [((5, 7, 2), 15), ((6, 4, 1), -40), ((3, 3, 3), 90), ((4, 9, 1), 180)]:
    cases.append({"type": "rotate", "size": size, "degrees": degrees,
                  "made": rotate(counting(*size), degrees).flatten().tolist()})
for size in [(2, 3, 3), (3, 4, 1), (2, 2, 2)]:
    for factor in (0.6, 1.5):
        image = 7 * counting(*size)
        others = {"brightness": torch.zeros_like(image), "contrast": gray(image).mean(),
                  "saturation": gray(image)}
        for kind, other in others.items():
            made = image if kind == "saturation" and size[2] != 3 else blend(image, other, factor)
            cases.append({"type": kind, "size": size, "factor": factor, "made": made.flatten().tolist()})
for size, part in [((4, 5, 3), 0.1), ((4, 5, 3), -0.4), ((3, 3, 3), 0.5), ((2, 2, 1), 0.3)]:
    image = (37 * counting(*size)) % 256
    made = image.flatten().tolist()
    for at in range(0, len(made) if size[2] == 3 else 0, 3):
        hue, saturation, value = colorsys.rgb_to_hsv(*made[at:at + 3])
        made[at:at + 3] = colorsys.hsv_to_rgb((hue + part) % 1, saturation, value)
    cases.append({"type": "hue", "size": size, "part": part, "made": made})
write("transforms", {"cases": cases})
