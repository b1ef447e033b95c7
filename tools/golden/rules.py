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


class Lars(Rule):
    settings = {"momentum": 0.9, "weight_decay": 0.0, "trust": 1e-3}

    def move(self, w, g, kept, t, s):
        size, slope = torch.linalg.norm(w), torch.linalg.norm(g)
        ratio = s["trust"] * size / (slope + s["weight_decay"] * size) if size * slope > 0 else 1.0
        kept["b"] = s["momentum"] * old(kept, "b", w) + ratio * (g + s["weight_decay"] * w)
        w -= s["lr"] * kept["b"]


class Lamb(Rule):
    settings = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-6, "weight_decay": 0.0}

    def move(self, w, g, kept, t, s):
        kept["m"] = s["beta1"] * old(kept, "m", w) + (1 - s["beta1"]) * g
        kept["v"] = s["beta2"] * old(kept, "v", w) + (1 - s["beta2"]) * g * g
        mean = kept["m"] / (1 - s["beta1"]**t)
        square = kept["v"] / (1 - s["beta2"]**t)
        r = mean / (torch.sqrt(square) + s["eps"]) + s["weight_decay"] * w
        size, length = torch.linalg.norm(w), torch.linalg.norm(r)
        w -= s["lr"] * (size / length if size * length > 0 else 1.0) * r


class Adafactor(Rule):
    settings = {"beta2_decay": -0.8, "eps1": torch.finfo(torch.float32).eps, "eps2": 1e-3,
                "clip": 1.0, "weight_decay": 0.0}

    def move(self, w, g, kept, t, s):
        beta = 1 - t**s["beta2_decay"]
        if w.dim() == 2:
            rows, columns = (g * g).mean(dim=1, keepdim=True), (g * g).mean(dim=0, keepdim=True)
            kept["r"] = beta * old(kept, "r", rows) + (1 - beta) * rows
            kept["c"] = beta * old(kept, "c", columns) + (1 - beta) * columns
            square = kept["r"] * kept["c"] / max(kept["r"].mean().item(), s["eps1"])
        else:
            kept["v"] = square = beta * old(kept, "v", w) + (1 - beta) * g * g
        u = g / torch.sqrt(torch.clamp(square, min=s["eps1"]**2))
        u = u / max(1.0, (u * u).mean().sqrt().item() / s["clip"])
        alpha = max(s["eps2"], (w * w).mean().sqrt().item()) * min(s["lr"], t**-0.5)
        w *= 1 - s["lr"] * s["weight_decay"]
        w -= alpha * u


class Muon(Rule):
    settings = {"momentum": 0.95, "weight_decay": 0.1, "nesterov": True, "steps": 5,
                "adjust": "match_rms_adamw", "beta1": 0.9, "beta2": 0.999, "eps": 1e-7}

    def move(self, w, g, kept, t, s):
        if w.dim() == 2:
            return self.move_matrix(w, g, kept, s)
        w *= 1 - s["lr"] * s["weight_decay"]  # AdamW
        kept["m"] = s["beta1"] * old(kept, "m", w) + (1 - s["beta1"]) * g
        kept["v"] = s["beta2"] * old(kept, "v", w) + (1 - s["beta2"]) * g * g
        root = torch.sqrt(kept["v"] / (1 - s["beta2"]**t)) + s["eps"]
        w -= s["lr"] * kept["m"] / (1 - s["beta1"]**t) / root

    def move_matrix(self, w, g, kept, s):
        mu = s["momentum"]
        kept["b"] = mu * old(kept, "b", w) + (1 - mu) * g
        u = (1 - mu) * g + mu * kept["b"] if s["nesterov"] else kept["b"]
        x = u / max(torch.linalg.norm(u).item(), s["eps"])
        for _ in range(s["steps"]):
            gram = x @ x.T
            x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
        rows, columns = w.shape
        if s["adjust"] == "original":
            scale = max(1.0, rows / columns)**0.5
        else:
            scale = 0.2 * max(rows, columns)**0.5
        w *= 1 - s["lr"] * s["weight_decay"]
        w -= s["lr"] * scale * x


class Lookahead:
    """Around an optimizer of PyTorch."""

    def __init__(self, weights, lr, inner, every=5, alpha=0.5, **settings):
        self.inner, self.every, self.alpha, self.t = inner(weights, lr=lr, **settings), every, alpha, 0
        self.weights, self.slow = weights, [w.detach().clone() for w in weights]
        self.param_groups = self.inner.param_groups

    @torch.no_grad()
    def step(self):
        self.inner.step()
        self.t += 1
        if self.t % self.every == 0:
            for w, slow in zip(self.weights, self.slow):
                slow += self.alpha * (w - slow)
                w.copy_(slow)
