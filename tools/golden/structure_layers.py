"""Layers made of other layers, in PyTorch in double, for tests/golden/structure_layers.json."""
import torch
from torch import nn

from layers import case, one
from write import write


class Chain(nn.Module):
    """Layers under the name `body`: what a repetition or a model is made of."""

    def __init__(self, *body):
        super().__init__()
        self.body = nn.ModuleList(body)

    def forward(self, x):
        for layer in self.body:
            x = layer(x)
        return x


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body = nn.ModuleList(body)
        self.shortcut = nn.ModuleList(shortcut)

    def forward(self, x):
        y = past = x
        for layer in self.body:
            y = layer(y)
        for layer in self.shortcut:
            past = layer(past)
        return past + y


class Branches(nn.Module):
    def __init__(self, join, *bodies):
        super().__init__()
        self.join = join
        self.bodies = nn.ModuleList(nn.Sequential(*body) for body in bodies)

    def forward(self, x):
        return self.join([body(x) for body in self.bodies])


def main():
    dense = one("dense", out=2)
    cases = [
        case([one("reshape", shape=[3, -1]), dense], [nn.Unflatten(1, (3, 2)), nn.Linear(2, 2)],
             [6], rows=3),
        case([one("branches", bodies=[[dense], [one("tanh"), one("dense", out=1)]])],
             [Branches(lambda made: torch.cat(made, -1),
                       [nn.Linear(3, 2)], [nn.Tanh(), nn.Linear(3, 1)])], [2, 3], rows=3),
        case([one("branches", join="add", bodies=[[dense], [one("tanh")]])],
             [Branches(sum, [nn.Linear(2, 2)], [nn.Tanh()])], [2], rows=3),
        case([one("repeat", times=3, body=[one("dense", out=2), one("tanh")])],
             [Chain(*[layer for _ in range(3) for layer in (nn.Linear(2, 2), nn.Tanh())])], [2],
             rows=3),
        case([one("residual", body=[dense, one("tanh")],
                  shortcut=[one("dense", out=2, bias=False)])],
             [Residual([nn.Linear(3, 2), nn.Tanh()], [nn.Linear(3, 2, bias=False)])], [3], rows=3),
        case([one("mlp", out=1, hidden=[2], activation=one("tanh"))],
             [Chain(nn.Flatten(), nn.Linear(3, 2), nn.Tanh(), nn.Linear(2, 1))], [3, 1], rows=3),
        case([one("autoencoder", hidden=2, activation=one("sigmoid"))],
             [Chain(nn.Flatten(), nn.Linear(4, 2), nn.Sigmoid(), nn.Linear(2, 4))], [2, 2],
             rows=3),
    ]
    write("structure_layers", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
