"""Kinds of dropout in PyTorch, in double, for tests/golden/dropouts.json: evaluation, where there is no
chance. What they do in training is tested by its laws.
"""
import torch
from torch import nn

from image_layers import ChannelsLast
from layers import case, one
from write import write


class Shrink(nn.Module):
    """Dropout that scales at prediction."""

    def forward(self, x):
        return x * (1 - 0.25)


def main():
    cases = [
        case([one("dropout", p=0.25, scale="predict")], [Shrink()], [4], False, rows=2),
        case([one("spatial_dropout")], [ChannelsLast(nn.Dropout2d())], [2, 1, 2], False, rows=2),
        case([one("alpha_dropout")], [nn.AlphaDropout()], [4], False, rows=2),
        case([one("gaussian_dropout")], [nn.Identity()], [4], False, rows=2),
        case([one("drop_block", block=2)], [nn.Identity()], [2, 2, 1], False, rows=2),
        case([one("drop_path")], [nn.Identity()], [4], False, rows=2),
        case([one("noise")], [nn.Identity()], [4], False, rows=2),
    ]
    write("dropouts", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
