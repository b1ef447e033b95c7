"""Layers whose weights are parametrized, in PyTorch in double, for tests/golden/parametrizations.json."""
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm, weight_norm

from image_layers import last
from layers import case, one
from write import write


def standardized(weight, eps):
    rows = weight.flatten(1)
    moved = rows - rows.mean(1, keepdim=True)
    return (moved / torch.sqrt(rows.var(1, unbiased=False, keepdim=True) + eps)).reshape(weight.shape)


class StandardizedLinear(nn.Linear):
    def forward(self, x):
        return F.linear(x, standardized(self.weight, 1e-10), self.bias)


class StandardizedConv(nn.Conv2d):
    def forward(self, x):
        return F.conv2d(x, standardized(self.weight, 0.5), self.bias, self.stride, self.padding)


def main():
    ws = {"type": "weight_standardization", "eps": 0.5}
    norm, spectral = ["weight_norm"], ["spectral_norm"]
    cases = [
        case([one("dense", out=4, parametrizations=["weight_standardization"])], [StandardizedLinear(3, 4)], [3]),
        case([one("conv2d", out=3, kernel=2, parametrizations=[ws])], [last(StandardizedConv(2, 3, 2))],
             [3, 3, 2], rows=3),
        case([one("dense", out=4, parametrizations=norm)], [weight_norm(nn.Linear(3, 4))], [3]),
        case([one("conv1d", out=3, kernel=2, parametrizations=norm)], [last(weight_norm(nn.Conv1d(2, 3, 2)))],
             [4, 2], rows=3),
        case([one("conv2d", out=4, kernel=2, groups=2, parametrizations=norm)],
             [last(weight_norm(nn.Conv2d(2, 4, 2, groups=2)))], [3, 3, 2], rows=3),
        case([one("conv_transpose2d", out=3, kernel=2, parametrizations=norm)],
             [last(weight_norm(nn.ConvTranspose2d(2, 3, 2), dim=1))], [2, 2, 2], rows=3),
        case([one("dense", out=4, parametrizations=spectral)], [spectral_norm(nn.Linear(3, 4))], [3]),
        case([one("dense", out=4, parametrizations=spectral)], [spectral_norm(nn.Linear(3, 4))], [3], train=False),
        case([one("conv2d", out=3, kernel=2, parametrizations=spectral)],
             [last(spectral_norm(nn.Conv2d(2, 3, 2)))], [3, 3, 2], rows=3),
        case([one("conv_transpose2d", out=3, kernel=2, parametrizations=spectral)],
             [last(spectral_norm(nn.ConvTranspose2d(2, 3, 2)))], [2, 2, 2], rows=3),
    ]
    write("parametrizations", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
