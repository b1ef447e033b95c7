"""Training: a dense network and its optimizer, stepped as a PyTorch user would at his best.

Batches are views of samples that were shuffled beforehand: no copy, no data loader.
"""
from worker import optimizer_settings


class Model:
    def __init__(self, torch, tensors, variant, widths, batch, optimizer, norm, dropout):
        self.torch = torch
        given = dict(tensors)
        features, targets = given.pop("features"), given.pop("targets")
        self.batches = list(zip(features.split(batch), targets.long().split(batch)))
        nn = torch.nn
        layers = []
        for i in range(1, len(widths)):
            layers.append(nn.Linear(widths[i - 1], widths[i]))
            if i + 1 == len(widths):
                break
            layers += [nn.BatchNorm1d(widths[i])] if norm else []
            layers += [nn.ReLU()]
            layers += [nn.Dropout(dropout)] if dropout > 0 else []
        self.model = nn.Sequential(*layers).train()
        own = [
            value
            for name, value in self.model.state_dict().items()
            if not name.endswith("num_batches_tracked")
        ]
        self.first = list(zip(own, given.values(), strict=True))  # dropout has no tensors
        self.optimizer = optimizer(torch, self.model.parameters(), optimizer_settings(variant))
        self.loss = nn.CrossEntropyLoss()
        self.forward = torch.compile(self.model) if "compile" in variant else self.model

    def reset(self):
        for own, first in self.first:
            own.copy_(first)
        for state in self.optimizer.state.values():
            for value in state.values():
                if self.torch.is_tensor(value):
                    value.zero_()
        self.at = 0

    def step(self):
        features, targets = self.batches[self.at]
        self.at = (self.at + 1) % len(self.batches)
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.forward(features), targets)
        loss.backward()
        self.optimizer.step()
        return loss


class Training:
    def __init__(self, torch, tensors, variant, widths, batch, optimizer, norm=True, dropout=0.0):
        self.make = lambda p: Model(torch, tensors, variant, widths, batch, optimizer, norm, p)
        model = self.make(dropout)
        self.reset, self.step = model.reset, model.step

    def check(self, steps):
        plain = self.make(0.0)
        plain.reset()
        for _ in range(steps):
            plain.step()
        return plain.step().item()


def adam(torch, parameters, settings):
    return torch.optim.Adam(parameters, lr=1e-3, **settings)


def momentum(torch, parameters, settings):
    return torch.optim.SGD(parameters, lr=1e-6, momentum=0.9, **settings)
