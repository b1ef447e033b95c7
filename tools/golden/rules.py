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


class AdaBelief(Rule):
    settings = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0}

    def move(self, w, g, kept, t, s):
        kept["m"] = s["beta1"] * old(kept, "m", w) + (1 - s["beta1"]) * g
        kept["s"] = s["beta2"] * old(kept, "s", w) + (1 - s["beta2"]) * (g - kept["m"])**2 + s["eps"]
        mean = kept["m"] / (1 - s["beta1"]**t)
        surprise = kept["s"] / (1 - s["beta2"]**t)
        w -= s["lr"] * s["weight_decay"] * w
        w -= s["lr"] * mean / (torch.sqrt(surprise) + s["eps"])


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


class ScheduleFree(Rule):
    """The sequences z, x and y of the paper, each kept as it is; the weights are y."""

    def move(self, y, g, kept, t, s):
        beta = s.get("momentum", s.get("beta1"))
        if "z" not in kept:
            kept["z"], kept["x"], kept["largest"], kept["sum"] = y.clone(), y.clone(), 0.0, 0.0
        lr = s["lr"] * min(1.0, t / max(1, s["warmup_steps"]))
        kept["largest"] = max(kept["largest"], lr)
        weight = t**s["r"] * kept["largest"]**s["weight_lr_power"]
        kept["sum"] += weight
        c = weight / kept["sum"]
        z = kept["z"] - lr * self.direction(y, g, kept, t, s)
        # The reference code moves x towards the old z by way of y; the mean is that of the new ones.
        kept["x"] = (1 - c) * kept["x"] + c * z
        kept["z"] = z
        y.copy_((1 - beta) * z + beta * kept["x"])

    def shown(self):
        return next(iter(self.state.values()))["x"]


class ScheduleFreeSgd(ScheduleFree):
    settings = {"momentum": 0.9, "weight_decay": 0.0, "warmup_steps": 0, "r": 0.0, "weight_lr_power": 2.0}

    def direction(self, y, g, kept, t, s):
        return g + s["weight_decay"] * y


class ScheduleFreeAdamW(ScheduleFree):
    settings = {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.0, "warmup_steps": 0,
                "r": 0.0, "weight_lr_power": 2.0}

    def direction(self, y, g, kept, t, s):
        kept["v"] = s["beta2"] * old(kept, "v", y) + (1 - s["beta2"]) * g * g
        return g / (torch.sqrt(kept["v"] / (1 - s["beta2"]**t)) + s["eps"]) + s["weight_decay"] * y


class Prodigy(Rule):
    """Of one tensor, so that sums over it are sums over all weights."""
    settings = {"beta1": 0.9, "beta2": 0.999, "beta3": 0.0, "eps": 1e-8, "weight_decay": 0.0, "d0": 1e-6,
                "d_coef": 1.0, "growth_rate": 0.0, "bias_correction": False, "safeguard_warmup": False}

    def move(self, w, g, kept, t, s):
        if t == 1:
            kept.update(w0=w.clone(), d=s["d0"], largest=s["d0"], n=0.0)
        d, beta1, beta2 = kept["d"], s["beta1"], s["beta2"]
        beta3 = s["beta3"] or beta2**0.5
        bias = (1 - beta2**t)**0.5 / (1 - beta1**t) if s["bias_correction"] else 1.0
        step = d * s["lr"] * bias
        kept["n"] = beta3 * kept["n"] + d / s["d0"] * step * torch.sum(g * (kept["w0"] - w)).item()
        kept["m"] = beta1 * old(kept, "m", w) + (1 - beta1) * d * g
        kept["v"] = beta2 * old(kept, "v", w) + (1 - beta2) * d * d * g * g
        shown = d if s["safeguard_warmup"] else step
        kept["s"] = beta3 * old(kept, "s", w) + d / s["d0"] * shown * g
        found = s["d_coef"] * kept["n"] / kept["s"].abs().sum().item()
        if d == s["d0"]:
            d = max(d, found)
        kept["largest"] = max(kept["largest"], found)
        kept["d"] = min(kept["largest"], d * s["growth_rate"]) if s["growth_rate"] else kept["largest"]
        w -= s["weight_decay"] * step * w
        w -= step * kept["m"] / (torch.sqrt(kept["v"]) + kept["d"] * s["eps"])


class Averaged:
    """PyTorch's AveragedModel beside an optimizer of PyTorch; `counts(t)` says which steps it sees."""

    def __init__(self, weights, lr, inner, counts, average=None, **settings):
        self.inner, self.counts, self.t = inner(weights, lr=lr, **settings), counts, 0
        self.param_groups = self.inner.param_groups
        self.model = torch.nn.Module()
        self.model.w = torch.nn.Parameter(weights[0].detach().clone())
        self.weights = weights
        self.average = torch.optim.swa_utils.AveragedModel(self.model, avg_fn=average)

    @torch.no_grad()
    def step(self):
        self.inner.step()
        self.t += 1
        self.model.w.copy_(self.weights[0])
        if self.counts(self.t):
            self.average.update_parameters(self.model)

    def shown(self):
        return self.average.module.w if self.average.n_averaged > 0 else self.weights[0]
