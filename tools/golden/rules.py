"""Update rules that PyTorch 1.13 does not have, in double, each from the formula of its paper.

They share nothing with the library: tensors and norms are PyTorch's, the order of operations the paper's.
"""
import torch


class Rule(torch.optim.Optimizer):
    """Keeps the state of each weight in `kept` and counts the steps; `move` is the formula."""

    def __init__(self, weights, lr, **settings):
        super().__init__(weights, {**self.settings, "lr": lr, **settings})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                kept = self.state[w]
                kept["t"] = kept.get("t", 0) + 1
                self.move(w, w.grad, kept, kept["t"], group)


def old(kept, name, like):
    return kept.get(name, torch.zeros_like(like))


class Lion(Rule):
    settings = {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0}

    def move(self, w, g, kept, t, s):
        m = old(kept, "m", w)
        update = torch.sign(s["beta1"] * m + (1 - s["beta1"]) * g)
        w -= s["lr"] * (update + s["weight_decay"] * w)
        kept["m"] = s["beta2"] * m + (1 - s["beta2"]) * g
