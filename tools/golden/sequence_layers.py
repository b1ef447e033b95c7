"""Layers of sequences in PyTorch, in double, for tests/golden/sequence_layers.json."""
import torch
from torch import nn

from layers import case, one
from write import write


class Walk(nn.Module):
    """A recurrent layer that gives all its outputs or the last."""

    def __init__(self, layer, all_steps=True):  # named as in LastAxis: the name falls out
        super().__init__()
        self.norm = layer
        self.all_steps = all_steps

    def forward(self, x):
        y, _ = self.norm(x)
        return y if self.all_steps else y[:, -1]


class Ids(nn.Module):
    """What takes whole numbers; they have no gradient, which is said as zeros."""

    def __init__(self, layer):
        super().__init__()
        self.norm = layer

    def forward(self, x):
        return self.norm(x.detach().long()) + 0 * x.sum()


class Position(nn.Module):
    def __init__(self, steps, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(steps, features))

    def forward(self, x):
        return x + self.weight


class Attention(nn.Module):
    def __init__(self, features, heads, causal=False, bias=True):
        super().__init__()
        self.norm = nn.MultiheadAttention(features, heads, bias=bias, batch_first=True)
        self.causal = causal

    def forward(self, x):
        steps = x.shape[1]
        hidden = torch.ones(steps, steps, dtype=torch.bool).triu(1) if self.causal else None
        return self.norm(x, x, x, attn_mask=hidden, need_weights=False)[0]


def main():
    ids = torch.tensor([[0, 3, 3], [1, 2, 3]], dtype=torch.double)
    cases = [case([one("embedding", num=4, dim=2)], [Ids(nn.Embedding(4, 2))], [3], rows=2, x=ids)]
    cases += [
        case([one("position")], [Position(3, 2)], [3, 2], rows=2),
        # Weights of full size make gradients of 180, which floats round by more than a test allows.
        case([one("attention")], [Attention(2, 1)], [4, 2], rows=2, size=0.5),
        case([one("attention", heads=2, causal=True)], [Attention(4, 2, True)], [3, 4], rows=2,
             size=0.5),
        case([one("attention", heads=3, bias=False)], [Attention(3, 3, bias=False)], [5, 3],
             rows=2, size=0.5),
    ]
    for key, theirs in (("rnn", nn.RNN), ("lstm", nn.LSTM), ("gru", nn.GRU)):
        cases += [
            case([one(key, hidden=3)], [Walk(theirs(2, 3, batch_first=True))], [4, 2], rows=3),
            case([one(key, hidden=2, sequences=False)],
                 [Walk(theirs(3, 2, batch_first=True), False)], [5, 3], rows=3),
            case([one(key, hidden=2, bias=False), one(key, hidden=3, sequences=False)],
                 [Walk(theirs(2, 2, bias=False, batch_first=True)),
                  Walk(theirs(2, 3, batch_first=True), False)], [3, 2], rows=3),
        ]
    cases.append(case([one("rnn", hidden=3, activation="relu")],
                      [Walk(nn.RNN(2, 3, nonlinearity="relu", batch_first=True))], [4, 2], rows=3))
    write("sequence_layers", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
