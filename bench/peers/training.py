"""Training: a network and its optimizer, stepped as a PyTorch user would at his best.

Batches are views of samples that were shuffled beforehand: no copy, no data loader.
"""
from torch_worker import in_layout, optimizer_settings


class Model:
    def __init__(self, torch, tensors, variant, model, batch, optimizer):
        self.torch = torch
        given = dict(tensors)
        features, targets = given.pop("features"), given.pop("targets")
        self.model = model.train()
        if features.dim() == 4:
            features = in_layout(features, variant)
            if "channels_last" in variant:
                self.model.to(memory_format=torch.channels_last)
        self.batches = list(zip(features.split(batch), targets.long().split(batch)))
        own = [
            value
            for name, value in self.model.state_dict().items()
            if not name.endswith("num_batches_tracked")
        ]
        self.first = list(zip(own, given.values(), strict=True))  # dropout has no tensors
        self.optimizer = optimizer(torch, self.model.parameters(), optimizer_settings(variant))
        loss = torch.nn.CrossEntropyLoss()
        self.loss = lambda x, t: loss(self.model(x), t)
        self.update = self.optimizer.step
        if "compile" in variant:
            self.loss = torch.compile(self.loss)
        if "compile all" in variant:
            self.update = torch.compile(self.update)
        self.reset()

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
        loss = self.loss(features, targets)
        loss.backward()
        self.update()
        return loss


class Training:
    """`build(nn, dropout)` gives the model."""

    def __init__(self, torch, tensors, variant, build, batch, optimizer, dropout=0.0):
        self.make = lambda p: Model(torch, tensors, variant, build(torch.nn, p), batch, optimizer)
        model = self.make(dropout)
        self.reset, self.step = model.reset, model.step

    def check(self, steps):
        plain = self.make(0.0)
        for _ in range(steps):
            plain.step()
        return plain.step().item()


def dense(widths, norm=True):
    """Dense layers of these widths; a norm takes the place of the bias before it."""

    def build(nn, dropout):
        layers = []
        for i in range(1, len(widths)):
            last = i + 1 == len(widths)
            layers.append(nn.Linear(widths[i - 1], widths[i], bias=last or not norm))
            if last:
                break
            layers += [nn.BatchNorm1d(widths[i])] if norm else []
            layers += [nn.ReLU()]
            layers += [nn.Dropout(dropout)] if dropout > 0 else []
        return nn.Sequential(*layers)

    return build


def adam(lr):
    return lambda torch, parameters, settings: torch.optim.Adam(parameters, lr=lr, **settings)


def momentum(lr):
    return lambda torch, parameters, settings: torch.optim.SGD(
        parameters, lr=lr, momentum=0.9, **settings
    )
