"""Layers of images and sequences in PyTorch, in double, for tests/golden/image_layers.json.

Ours have the channels last; here the axes are moved before and after each layer. So numbers lie in our
order, and a flatten takes them as ours does.
"""
import torch
from torch import nn

from layers import LastAxis, case, one
from write import write


class ChannelsLast(nn.Module):
    """`picture`: what comes in has no channels, so it has one."""

    def __init__(self, norm, picture=False):  # named as in LastAxis: the name falls out of what is stored
        super().__init__()
        self.norm = norm
        self.picture = picture

    def forward(self, x):
        if self.picture:
            x = x.unsqueeze(-1)
        return self.norm(x.movedim(-1, 1)).movedim(1, -1)


class MeanOfPositions(nn.Module):
    def forward(self, x):
        return x.flatten(1, -2).mean(1)


last = ChannelsLast


def main():
    cases = [
        case([one("conv2d", out=3)], [last(nn.Conv2d(2, 3, 3))], [4, 5, 2], rows=3),
        case([one("conv2d", out=4, kernel=[3, 2], stride=[2, 1], padding=[1, 0], dilation=[1, 2],
                  bias=False)],
             [last(nn.Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2), bias=False))], [5, 4, 2], rows=3),
        case([one("conv2d", out=6, groups=2, padding="same", kernel=[2, 3])],
             [last(nn.Conv2d(4, 6, (2, 3), padding="same", groups=2))], [3, 3, 4], rows=3),
        case([one("conv2d", out=3, groups=3, padding=1, stride=2)],
             [last(nn.Conv2d(3, 3, 3, 2, 1, groups=3))], [4, 3, 3], rows=3),
        case([one("conv2d", out=4, groups=2, padding="valid", kernel=2)],
             [last(nn.Conv2d(2, 4, 2, groups=2))], [3, 3, 2], rows=3),
        case([one("conv2d", out=2, kernel=2)],
             [last(nn.Conv2d(1, 2, 2), picture=True)], [3, 4], rows=3),
        case([one("conv1d", out=3)], [last(nn.Conv1d(2, 3, 3))], [6, 2], rows=3),
        case([one("conv1d", out=4, kernel=2, stride=2, padding=1, dilation=3, groups=2)],
             [last(nn.Conv1d(2, 4, 2, 2, 1, 3, 2))], [7, 2], rows=3),
        case([one("conv1d", out=2, kernel=4, padding="same", bias=False)],
             [last(nn.Conv1d(2, 2, 4, padding="same", bias=False))], [5, 2], rows=3),
        case([one("conv_transpose2d", out=3)], [last(nn.ConvTranspose2d(2, 3, 3))], [2, 3, 2], rows=3),
        case([one("conv_transpose2d", out=4, kernel=[3, 2], stride=[2, 3], padding=[1, 0],
                  output_padding=[1, 2], dilation=[1, 2], groups=2, bias=False)],
             [last(nn.ConvTranspose2d(2, 4, (3, 2), (2, 3), (1, 0), (1, 2), 2, False, (1, 2)))],
             [2, 2, 2], rows=3),
        case([one("max_pool")], [last(nn.MaxPool2d(2))], [4, 5, 2], rows=3),
        case([one("max_pool", kernel=[3, 2], stride=[2, 1], padding=[1, 0])],
             [last(nn.MaxPool2d((3, 2), (2, 1), (1, 0)))], [5, 3, 2], rows=3),
        case([one("max_pool", kernel=3, stride=1)], [last(nn.MaxPool1d(3, 1))], [5, 2], rows=3),
        case([one("avg_pool")], [last(nn.AvgPool2d(2))], [4, 5, 2], rows=3),
        case([one("avg_pool", kernel=[3, 2], stride=[2, 1], padding=[1, 0])],
             [last(nn.AvgPool2d((3, 2), (2, 1), (1, 0)))], [5, 3, 2], rows=3),
        case([one("global_avg_pool")], [MeanOfPositions()], [3, 2, 2], rows=3),
        case([one("batch_norm")], [LastAxis(nn.BatchNorm1d(2))], [2, 3, 2], rows=3),
        case([one("batch_norm")], [last(nn.BatchNorm2d(2))], [2, 3, 2], rows=3),
        case([one("conv2d", out=4, padding=1, bias=False), one("batch_norm"), one("relu"),
              one("max_pool"), one("conv2d", out=3, kernel=2), one("relu"), one("flatten"),
              one("dense", out=3)],
             [last(nn.Conv2d(1, 4, 3, padding=1, bias=False)), last(nn.BatchNorm2d(4)), nn.ReLU(),
              last(nn.MaxPool2d(2)), last(nn.Conv2d(4, 3, 2)), nn.ReLU(), nn.Flatten(),
              nn.Linear(6, 3)], [4, 6, 1], rows=4),
    ]
    write("image_layers", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
