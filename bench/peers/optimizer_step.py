"""W8: a step of the optimizer alone, in PyTorch."""
from torch_worker import optimizer_settings, optimizer_variants, serve


class OptimizerStep:
    def __init__(self, torch, tensors, workload, variant):
        self.torch = torch
        self.first = [value for name, value in tensors.items() if name.startswith("weight")]
        gradients = [value for name, value in tensors.items() if name.startswith("gradient")]
        self.weights = [torch.nn.Parameter(value.clone()) for value in self.first]
        for weight, gradient in zip(self.weights, gradients):
            weight.grad = gradient
        settings = optimizer_settings(variant)
        optim = torch.optim
        if workload == "W8.momentum":
            self.optimizer = optim.SGD(self.weights, lr=1e-2, momentum=0.9, **settings)
        elif workload == "W8.rmsprop":
            self.optimizer = optim.RMSprop(self.weights, lr=1e-3, **settings)
        else:
            self.optimizer = optim.Adam(self.weights, lr=1e-3, **settings)

    def reset(self):
        for weight, first in zip(self.weights, self.first):
            weight.data.copy_(first)
        for state in self.optimizer.state.values():
            for value in state.values():
                if self.torch.is_tensor(value):
                    value.zero_()

    def step(self):
        self.optimizer.step()

    def check(self, steps):
        self.reset()
        for _ in range(steps):
            self.step()
        squares = sum((weight.data.double() ** 2).sum().item() for weight in self.weights)
        return squares / sum(weight.numel() for weight in self.weights)


def variants(newer, workload):
    return [name for name in optimizer_variants(newer, workload) if not name.startswith("compile")]


serve(OptimizerStep, variants)
