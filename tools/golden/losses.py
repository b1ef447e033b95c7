"""Losses of PyTorch in double with their gradients, for tests/golden/losses.json."""
import torch
from torch.nn import functional as F

from layers import draw, numbers
from write import write


def case(key, settings, rows, width, scale=1.0):
    x = (scale * numbers(rows, width)).requires_grad_()
    if key == "mse":
        target = numbers(rows, width)
        loss = F.mse_loss(x, target)
    else:
        target = torch.tensor([draw.randrange(width) for _ in range(rows)])
        loss = F.cross_entropy(x, target, label_smoothing=settings.get("smoothing", 0.0))
    loss.backward()
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
    ]})


if __name__ == "__main__":
    main()
