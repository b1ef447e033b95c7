"""Losses of PyTorch in double with their gradients, for tests/golden/losses.json.

All numbers put in are exact as floats too. What PyTorch has no loss for is composed of its functions.
"""
import torch
from torch.nn import functional as F

from layers import draw, numbers
from write import write


def classes(rows, width):
    return torch.tensor([draw.randrange(width) for _ in range(rows)])


def labels(rows, width):
    return torch.tensor([[float(draw.randrange(2)) for _ in range(width)] for _ in range(rows)]).double()


def shares(rows, width):
    """Shares of 64 votes; some classes have none."""
    votes = torch.zeros(rows, width).double()
    for row in votes:
        for _ in range(64):
            row[draw.randrange(max(1, width - 1))] += 1 / 64
    return votes


def weights_of(settings):
    return torch.tensor(settings["weights"]).double() if "weights" in settings else None


def cross_entropy(x, t, s):
    return F.cross_entropy(x, t, weight=weights_of(s), label_smoothing=s.get("smoothing", 0.0))


def bce(x, t, s):
    return F.binary_cross_entropy_with_logits(x, t, pos_weight=torch.tensor(s.get("pos_weight", 1.0)).double())


def nll(x, t, s):
    return F.nll_loss(x, t, weight=weights_of(s))


def hinge(x, t, s):
    return F.multi_margin_loss(x, t, p=2 if s.get("squared") else 1, margin=s.get("margin", 1.0))


def focal(x, t, s):
    log_p = F.log_softmax(x, 1).gather(1, t[:, None])[:, 0]
    w = weights_of(s)[t] if "weights" in s else 1.0
    return (-w * (1 - log_p.exp()) ** s.get("gamma", 2.0) * log_p).mean()


def kl(x, t, s):
    return F.kl_div(F.log_softmax(x, 1), t, reduction="batchmean")


def gaussian_nll(x, t, s):
    mean, log_variance = x.chunk(2, 1)
    eps = s.get("eps", 1e-6)
    return F.gaussian_nll_loss(mean, t, log_variance.exp() + eps, eps=eps)


KINDS = {  # the loss, and what its targets are like
    "cross_entropy": (cross_entropy, classes),
    "bce": (bce, labels),
    "nll": (nll, classes),
    "hinge": (hinge, classes),
    "focal": (focal, classes),
    "kl": (kl, shares),
    "mse": (lambda x, t, s: F.mse_loss(x, t), numbers),
    "mae": (lambda x, t, s: F.l1_loss(x, t), numbers),
    "huber": (lambda x, t, s: F.huber_loss(x, t, delta=s.get("delta", 1.0)), numbers),
    "gaussian_nll": (gaussian_nll, lambda rows, width: numbers(rows, width // 2)),
}


def case(key, settings, rows, width, scale=1.0, targets=None):
    loss_of, usual = KINDS[key]
    x = (scale * numbers(rows, width)).requires_grad_()
    target = (targets or usual)(rows, width)
    loss = loss_of(x, target, settings)
    loss.backward()
    assert torch.isfinite(loss) and torch.isfinite(x.grad).all(), key
    return {"type": key, "settings": settings, "rows": rows, "outputs": x.flatten().tolist(),
            "target": target.flatten().tolist(), "loss": [loss.item()],
            "gradient": x.grad.flatten().tolist()}


def main():
    write("losses", {"torch": torch.__version__, "cases": [
        case("cross_entropy", {}, 7, 4),
        case("cross_entropy", {}, 1, 2),
        case("cross_entropy", {}, 5, 10, scale=64.0),
        case("cross_entropy", {"smoothing": 0.125}, 7, 4),
        case("cross_entropy", {"smoothing": 0.5}, 3, 9, scale=8.0),
        case("mse", {}, 7, 1),
        case("mse", {}, 5, 3),
        case("cross_entropy", {"weights": [0.5, 2.0, 0.0, 1.25]}, 7, 4),
        case("cross_entropy", {"weights": [0.5, 2.0, 0.25, 1.25], "smoothing": 0.25}, 7, 4),
        case("cross_entropy", {"weights": [3.0, 1.0, 0.5], "smoothing": 0.125}, 5, 3, scale=10000.0),
        case("bce", {}, 7, 1),
        case("bce", {"pos_weight": 3.5}, 5, 3),
        case("bce", {"pos_weight": 0.25}, 5, 3, scale=10000.0),
        case("nll", {}, 7, 4),
        case("nll", {"weights": [0.5, 2.0, 0.0, 1.25]}, 7, 4),
        case("nll", {"weights": [0.5, 2.0]}, 3, 2, scale=10000.0),
        case("hinge", {}, 7, 4),
        case("hinge", {"margin": 2.5}, 5, 3),
        case("hinge", {"squared": True, "margin": 0.5}, 7, 4),
        case("hinge", {}, 3, 3, scale=10000.0),
        case("focal", {}, 7, 4),
        case("focal", {"gamma": 0.5, "weights": [0.25, 0.75]}, 7, 2),
        case("focal", {"gamma": 0.0}, 5, 3),
        case("focal", {"gamma": 3.0}, 5, 3, scale=4.0),
        case("kl", {}, 7, 4),
        case("kl", {}, 3, 5, scale=10000.0),
        case("mae", {}, 7, 1),
        case("mae", {}, 5, 3),
        case("mae", {}, 3, 3, scale=10000.0),
        case("huber", {}, 7, 1),
        case("huber", {"delta": 0.25}, 5, 3),
        case("huber", {"delta": 2.0}, 3, 3, scale=10000.0),
        case("gaussian_nll", {}, 7, 2),
        case("gaussian_nll", {"eps": 0.125}, 5, 6),
        case("gaussian_nll", {}, 5, 4, scale=8.0),
        case("cross_entropy", {}, 7, 4, targets=shares),
        case("cross_entropy", {"weights": [0.5, 2.0, 0.0, 1.25], "smoothing": 0.25}, 5, 4, targets=shares),
        case("cross_entropy", {"smoothing": 0.125}, 3, 5, scale=10000.0, targets=shares),
    ]})


if __name__ == "__main__":
    main()
