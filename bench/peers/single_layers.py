"""W7: one layer alone, forward and backward, in PyTorch."""
from torch_worker import in_layout, serve

CHANNELS, FEATURES = 64, 1024


def layer_of(nn, workload):
    kind = workload.partition(".")[2] or "batch_norm"
    return {
        "batch_norm": lambda: nn.BatchNorm2d(CHANNELS),
        "group_norm": lambda: nn.GroupNorm(8, CHANNELS),
        "instance_norm": lambda: nn.InstanceNorm2d(CHANNELS, affine=True),
        "dropout": lambda: nn.Dropout(0.5),
        "max_pool": lambda: nn.MaxPool2d(2),
        "layer_norm": lambda: nn.LayerNorm(FEATURES),
        "cross_entropy": lambda: nn.CrossEntropyLoss(),
    }[kind]()


class Single:
    def __init__(self, torch, tensors, workload, variant):
        self.dropout = workload == "W7.dropout"
        x, behind = tensors["x"], tensors["behind"]
        if x.dim() == 4:
            x = in_layout(x, variant)
            behind = in_layout(behind, variant)
        self.x = x.requires_grad_()
        self.layer = layer_of(torch.nn, workload).train()
        forward = torch.compile(self.layer) if "compile" in variant else self.layer
        if workload == "W7.cross_entropy":
            classes = behind.long().flatten()
            self.forward, self.dy = lambda x: forward(x, classes), None
        else:
            self.forward, self.dy = forward, behind
        self.parameters = list(self.layer.parameters())

    def step(self):
        for value in [self.x] + self.parameters:
            value.grad = None
        y = self.forward(self.x)
        y.backward(self.dy)
        return y

    def check(self, steps):
        y = self.step().detach()
        if self.dropout:  # the bits of the mask are its own
            return 0.01 * (y != 0).double().mean().item()
        square = lambda values: (values.double() ** 2).mean().item()
        return square(y) + square(self.x.grad)


def variants(newer, workload):
    names = ["eager", "compile"] if newer else ["eager"]
    if workload in ("W7.layer_norm", "W7.cross_entropy"):
        return names
    return [f"{name} {layout}" for name in names for layout in ("channels_last", "contiguous")]


serve(Single, variants)
