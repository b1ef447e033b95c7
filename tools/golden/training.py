"""Ten steps of Adam on a small net of PyTorch in double, for tests/golden/training.json."""
import torch
from torch import nn
from torch.nn import functional as F

from layers import Net, draw, numbers, one
from write import write

ROWS, STEPS = 9, 10


def main():
    ours = [one("dense", out=6), one("batch_norm"), one("relu"), one("dense", out=5),
            one("layer_norm"), one("tanh"), one("dense", out=3)]
    net = Net([nn.Linear(4, 6, bias=False), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 5), nn.LayerNorm(5),
               nn.Tanh(), nn.Linear(5, 3)]).double()
    kept = {name: tensor for name, tensor in net.state_dict().items()
            if tensor.dtype == torch.double}
    for name, tensor in kept.items():
        if "running" not in name:
            tensor.copy_(numbers(*tensor.shape))
    start = {name: tensor.flatten().tolist() for name, tensor in kept.items()}
    adam = torch.optim.Adam(net.parameters(), lr=2**-6)
    cases = []
    for _ in range(STEPS):
        x = numbers(ROWS, 4)
        target = torch.tensor([draw.randrange(3) for _ in range(ROWS)])
        loss = F.cross_entropy(net(x), target)
        adam.zero_grad()
        loss.backward()
        adam.step()
        cases.append({"input": x.flatten().tolist(), "target": target.tolist(), "loss": [loss.item()]})
    write("training", {"torch": torch.__version__, "layers": ours, "rows": ROWS, "lr": 2**-6,
                       "start": start,
                       "end": {name: tensor.flatten().tolist() for name, tensor in kept.items()},
                       "cases": cases})


if __name__ == "__main__":
    main()
