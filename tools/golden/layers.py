"""Layers of PyTorch in double, for tests/golden/layers.json: outputs, gradients, running statistics.

What is differentiated is the squared distance of the outputs from given targets, the mean over the last
axis summed over the rest. All numbers put in are multiples of a power of two, so that float and double
begin with the same values.
"""
import random

import torch
from torch import nn

from write import write

draw = random.Random(5)


def numbers(*shape):
    count = 1
    for extent in shape:
        count *= extent
    values = [round(draw.gauss(0, 1) * 2**8) / 2**8 for _ in range(count)]
    return torch.tensor(values, dtype=torch.double).reshape(shape)


class Residual(nn.Module):
    def __init__(self, *body):
        super().__init__()
        self.body = nn.ModuleList(body)

    def forward(self, x):
        y = x
        for layer in self.body:
            y = layer(y)
        return x + y


class LastAxis(nn.Module):
    """Batch norm over all axes but the last, where PyTorch wants the channels second."""

    def __init__(self, norm):
        super().__init__()
        self.norm = norm

    def forward(self, x):
        return self.norm(x.reshape(-1, x.shape[-1])).reshape(x.shape)


# PyTorch's own kernels take 1/6 as a float, even in double.
class HardSigmoid(nn.Module):
    def forward(self, x):
        return (x / 6 + 0.5).clamp(0, 1)


class HardSwish(nn.Module):
    def forward(self, x):
        return x * (x / 6 + 0.5).clamp(0, 1)


class Net(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def case(ours, theirs, sample, train=True, rows=5, x=None, size=1.0):
    net = Net(theirs).double()
    net.train(train)
    stored = {}
    for name, tensor in net.state_dict().items():
        if tensor.dtype != torch.double:
            continue
        value = numbers(*tensor.shape) * size
        tensor.copy_(value.abs() + 0.25 if name.endswith("running_var") else value)
        stored[name.replace("norm.", "")] = tensor.flatten().tolist()
    x = (numbers(rows, *sample) if x is None else x).requires_grad_()
    y = net(x)
    target = numbers(*y.shape)
    ((y - target) ** 2).mean(-1).sum().backward()
    after = {name.replace("norm.", ""): tensor.flatten().tolist()
             for name, tensor in net.named_buffers() if tensor.dtype == torch.double}
    return {"layers": ours, "mode": "train" if train else "evaluate", "sample": list(sample),
            "rows": rows, "input": x.flatten().tolist(), "target": target.flatten().tolist(),
            "stored": stored, "output": y.flatten().tolist(),
            "input_gradient": x.grad.flatten().tolist(),
            "gradients": {name.replace("norm.", ""): p.grad.flatten().tolist()
                          for name, p in net.named_parameters()},
            "after": after}


def one(key, **settings):
    return dict(settings, type=key)


def main():
    cases = []
    for train in (True, False):
        cases += [
            case([one("dense", out=3)], [nn.Linear(4, 3)], [4], train),
            case([one("dense", out=2, bias=False)], [nn.Linear(4, 2, bias=False)], [4], train),
            case([one("dense", out=3)], [nn.Linear(4, 3)], [2, 4], train),
            case([one("batch_norm")], [nn.BatchNorm1d(3)], [3], train),
            case([one("batch_norm", eps=0.25, momentum=0.5)],
                 [nn.BatchNorm1d(3, eps=0.25, momentum=0.5)], [3], train),
            case([one("batch_norm", affine=False)], [nn.BatchNorm1d(3, affine=False)], [3], train),
            case([one("batch_norm")], [LastAxis(nn.BatchNorm1d(3))], [2, 3], train),
            case([one("layer_norm")], [nn.LayerNorm(4)], [4], train),
            case([one("layer_norm", eps=0.25)], [nn.LayerNorm(4, eps=0.25)], [2, 4], train),
            case([one("layer_norm", affine=False)],
                 [nn.LayerNorm(4, elementwise_affine=False)], [4], train),
            case([one("relu")], [nn.ReLU()], [6], train),
            case([one("identity")], [nn.Identity()], [6], train),
            case([one("relu6")], [nn.ReLU6()], [6], train),
            case([one("leaky_relu", slope=0.125)], [nn.LeakyReLU(0.125)], [6], train),
            case([one("prelu")], [nn.PReLU(3)], [3], train),
            case([one("prelu")], [LastAxis(nn.PReLU(3))], [2, 3], train),
            case([one("elu", alpha=0.5)], [nn.ELU(0.5)], [6], train),
            case([one("selu")], [nn.SELU()], [6], train),
            case([one("gelu")], [nn.GELU()], [6], train),
            case([one("gelu", form="tanh")], [nn.GELU(approximate="tanh")], [6], train),
            case([one("silu")], [nn.SiLU()], [6], train),
            case([one("mish")], [nn.Mish()], [6], train),
            case([one("hard_sigmoid")], [HardSigmoid()], [6], train),
            case([one("hard_swish")], [HardSwish()], [6], train),
            case([one("softplus", beta=2.0)], [nn.Softplus(2)], [6], train),
            case([one("softsign")], [nn.Softsign()], [6], train),
            case([one("softmax")], [nn.Softmax(-1)], [2, 3], train),
            case([one("log_softmax")], [nn.LogSoftmax(-1)], [2, 3], train),
            case([one("glu")], [nn.GLU()], [2, 4], train),
            case([one("sigmoid")], [nn.Sigmoid()], [6], train),
            case([one("tanh")], [nn.Tanh()], [6], train),
            case([one("flatten"), one("dense", out=2)], [nn.Flatten(), nn.Linear(6, 2)], [2, 3],
                 train),
            case([one("residual", body=[one("dense", out=3), one("tanh")])],
                 [Residual(nn.Linear(3, 3), nn.Tanh())], [3], train),
            case([one("dense", out=4), one("batch_norm"), one("relu"), one("dense", out=3),
                  one("layer_norm"), one("sigmoid")],
                 [nn.Linear(5, 4, bias=False), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 3), nn.LayerNorm(3),
                  nn.Sigmoid()], [5], train, rows=7),
        ]
    cases.append(case([one("dropout", p=0.5)], [nn.Dropout(0.5)], [6], False))
    cases += [case([one("celu", alpha=0.5)], [nn.CELU(0.5)], [6], train) for train in (True, False)]
    write("layers", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
