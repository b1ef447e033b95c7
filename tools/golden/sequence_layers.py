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


class NormedWalk(nn.Module):
    """A cell with layer norms, from the formulas of arXiv:1607.06450, step by step."""
    gates, blocks = 1, [("", 0, 1)]  # of the gates: the norm's ending, its first and its last

    def __init__(self, features, hidden, all_steps=True, bias=True):
        super().__init__()
        self.hidden, self.all_steps = hidden, all_steps
        self.weight_ih_l0 = nn.Parameter(torch.zeros(self.gates * hidden, features))
        self.weight_hh_l0 = nn.Parameter(torch.zeros(self.gates * hidden, hidden))
        for ending, begin, end in self.blocks:
            for source in "ih":
                self.add_norm(f"layernorm_{source}{ending}", (end - begin) * hidden, bias)

    def add_norm(self, name, width, bias):
        norm = nn.LayerNorm(width)
        if not bias:
            norm.bias = None
        setattr(self, name, norm)

    def normed(self, source, product):
        h = self.hidden
        return torch.cat([getattr(self, f"layernorm_{source}{ending}")(product[:, begin * h:end * h])
                          for ending, begin, end in self.blocks], 1)

    def forward(self, x):
        h = c = x.new_zeros(x.shape[0], self.hidden)
        outputs = []
        for t in range(x.shape[1]):
            of_x = self.normed("i", x[:, t] @ self.weight_ih_l0.T)
            of_h = self.normed("h", h @ self.weight_hh_l0.T)
            h, c = self.cell(of_x, of_h, h, c)
            outputs.append(h)
        return torch.stack(outputs, 1) if self.all_steps else h


class NormedRnn(NormedWalk):
    def cell(self, of_x, of_h, h, c):
        return torch.tanh(of_x + of_h), c


class NormedLstm(NormedWalk):
    gates, blocks = 4, [("", 0, 4)]

    def __init__(self, features, hidden, all_steps=True, bias=True):
        super().__init__(features, hidden, all_steps, bias)
        self.add_norm("layernorm_c", hidden, bias)

    def cell(self, of_x, of_h, h, c):
        i, f, g, o = (of_x + of_h).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(self.layernorm_c(c)), c


class NormedGru(NormedWalk):
    gates, blocks = 3, [("", 0, 2), ("n", 2, 3)]

    def cell(self, of_x, of_h, h, c):
        (x_r, x_z, x_n), (h_r, h_z, h_n) = of_x.chunk(3, 1), of_h.chunk(3, 1)
        r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
        return (1 - z) * torch.tanh(x_n + r * h_n) + z * h, c


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
    for key, theirs in (("rnn", NormedRnn), ("lstm", NormedLstm), ("gru", NormedGru)):
        cases += [
            case([one(key, hidden=4, layer_norm=True)], [theirs(3, 4)], [4, 3], rows=3),
            case([one(key, hidden=3, layer_norm=True, bias=False, sequences=False)],
                 [theirs(3, 3, False, False)], [3, 3], rows=3),
        ]
    write("sequence_layers", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
