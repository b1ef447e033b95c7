"""Norms in PyTorch, in double, for tests/golden/norms.json; those that PyTorch lacks are written out here
from their papers' formulas, and autograd makes their gradients.

Ours have the channels last; PyTorch's own get their axes moved before and after.
"""
import torch
from torch import nn

from image_layers import ChannelsLast
from layers import case, one
from write import write

last = ChannelsLast


def parameter(*shape):
    return nn.Parameter(torch.ones(*shape))


class RmsNorm(nn.Module):
    def __init__(self, channels, eps):
        super().__init__()
        self.eps = eps
        self.weight = parameter(channels)

    def forward(self, x):
        return self.weight * x / torch.sqrt((x * x).mean(-1, keepdim=True) + self.eps)


class FilterResponseNorm(nn.Module):
    def __init__(self, channels, eps):
        super().__init__()
        self.eps = eps
        self.weight, self.bias, self.threshold = (parameter(channels) for _ in range(3))

    def forward(self, x):
        square = (x * x).mean(tuple(range(1, x.dim() - 1)), keepdim=True)
        return torch.maximum(self.weight * x / torch.sqrt(square + self.eps) + self.bias, self.threshold)


class Batches(nn.Module):
    """γ, β and running statistics, as all norms over batches have them."""

    def __init__(self, channels, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight, self.bias = parameter(channels), parameter(channels)
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def update(self, rows):
        with torch.no_grad():
            self.running_mean += self.momentum * (rows.mean(0) - self.running_mean)
            self.running_var += self.momentum * (rows.var(0, unbiased=True) - self.running_var)


class BatchRenorm(Batches):
    def __init__(self, channels, r_max, d_max, **settings):
        super().__init__(channels, **settings)
        self.r_max, self.d_max = r_max, d_max

    def forward(self, x):
        rows = x.reshape(-1, x.shape[-1])
        running = torch.sqrt(self.running_var + self.eps)
        if not self.training:
            return self.weight * (x - self.running_mean) / running + self.bias
        mean, deviation = rows.mean(0), torch.sqrt(rows.var(0, unbiased=False) + self.eps)
        r = (deviation / running).clamp(1 / self.r_max, self.r_max).detach()
        d = ((mean - self.running_mean) / running).clamp(-self.d_max, self.d_max).detach()
        y = self.weight * ((x - mean) / deviation * r + d) + self.bias
        self.update(rows.detach())
        return y


class GhostBatchNorm(nn.Module):
    """Batch norm over each virtual batch in turn; the last takes the rest."""

    def __init__(self, size, channels):
        super().__init__()
        self.size = size
        self.norm = nn.BatchNorm1d(channels)

    def forward(self, x):
        ghosts = max(1, len(x) // self.size) if self.training else 1
        starts = [i * self.size for i in range(ghosts)] + [len(x)]
        parts = [x[a:b] for a, b in zip(starts, starts[1:])]
        return torch.cat([self.norm(p.reshape(-1, p.shape[-1])).reshape(p.shape) for p in parts])


class SwitchableNorm(Batches):
    def __init__(self, channels, **settings):
        super().__init__(channels, **settings)
        self.mean_weight, self.var_weight = parameter(3), parameter(3)

    def forward(self, x):
        at = x.reshape(x.shape[0], -1, x.shape[-1])  # samples, positions, channels
        rows = at.reshape(-1, x.shape[-1])
        mean = [at.mean(1), at.mean((1, 2)).unsqueeze(1), self.running_mean]
        var = [at.var(1, unbiased=False), at.var((1, 2), unbiased=False).unsqueeze(1), self.running_var]
        if self.training:
            mean[2], var[2] = rows.mean(0), rows.var(0, unbiased=False)
        of_mean, of_var = self.mean_weight.softmax(0), self.var_weight.softmax(0)
        middle = sum(w * m for w, m in zip(of_mean, mean)).unsqueeze(1)
        spread = sum(w * v for w, v in zip(of_var, var)).unsqueeze(1)
        y = self.weight * (at - middle) / torch.sqrt(spread + self.eps) + self.bias
        if self.training:
            self.update(rows.detach())
        return y.reshape(x.shape)


def main():
    cases = [  # the same in all modes
        case([one("group_norm", groups=2)], [last(nn.GroupNorm(2, 4))], [2, 3, 4], rows=3),
        case([one("group_norm", groups=3, eps=0.25, affine=False)],
             [last(nn.GroupNorm(3, 6, 0.25, False))], [2, 6], rows=3),
        case([one("group_norm", groups=1)], [nn.GroupNorm(1, 4)], [4], rows=3),
        case([one("instance_norm")], [last(nn.InstanceNorm2d(2))], [3, 2, 2], rows=3),
        case([one("instance_norm", affine=True, eps=0.25)],
             [last(nn.InstanceNorm1d(3, 0.25, affine=True))], [4, 3], rows=3),
        case([one("rms_norm")], [RmsNorm(4, 1e-5)], [4], rows=3),
        case([one("rms_norm", eps=0.25)], [RmsNorm(3, 0.25)], [2, 3], rows=3),
        case([one("filter_response_norm", eps=0.25)], [FilterResponseNorm(3, 0.25)], [2, 2, 3], rows=3),
        case([one("local_response_norm", size=3, alpha=0.5)],
             [last(nn.LocalResponseNorm(3, 0.5))], [2, 2, 5], rows=2),
        case([one("local_response_norm", size=4, alpha=2.0, beta=1.5, k=0.5)],
             [last(nn.LocalResponseNorm(4, 2.0, 1.5, 0.5))], [2, 6], rows=2),
    ]
    for train in (True, False):
        cases += [
            case([one("batch_renorm", r_max=1.25, d_max=0.5, warmup=0)],
                 [BatchRenorm(3, 1.25, 0.5, momentum=0.01)], [2, 3], train),
            case([one("batch_renorm", warmup=0, momentum=0.5, eps=0.25)],
                 [BatchRenorm(3, 3, 5, momentum=0.5, eps=0.25)], [3], train),
            case([one("ghost_batch_norm", size=2)], [GhostBatchNorm(2, 3)], [3], train, rows=4),
            case([one("ghost_batch_norm", size=4)], [GhostBatchNorm(4, 2)], [2], train, rows=10),
            case([one("ghost_batch_norm", size=1)], [GhostBatchNorm(1, 2)], [3, 2], train, rows=3),
            case([one("switchable_norm")], [SwitchableNorm(3)], [2, 2, 3], train, rows=3),
            case([one("switchable_norm", eps=0.25, momentum=0.5)],
                 [SwitchableNorm(2, eps=0.25, momentum=0.5)], [3, 2], train, rows=5),
        ]
    write("norms", {"torch": torch.__version__, "cases": cases})


if __name__ == "__main__":
    main()
