"""W6: a thousand passes with dropout for one object, in PyTorch: one by one, or as one batch."""
from torch_worker import serve
from training import dense

PASSES = 1000


class DropoutPasses:
    def __init__(self, torch, tensors, workload, variant):
        self.torch = torch
        given = dict(tensors)
        self.object = given.pop("object")
        self.many = self.object.expand(PASSES, -1)
        self.model = dense([784, 512, 512, 10])(torch.nn, 0.5).eval()
        state = self.model.state_dict()
        own = [value for name, value in state.items() if not name.endswith("num_batches_tracked")]
        for value, first in zip(own, given.values(), strict=True):
            value.copy_(first)
        self.forward = torch.compile(self.model) if "compile" in variant else self.model
        self.step = self.loop if "loop" in variant else self.batch
        self.drop(True)

    def drop(self, active):
        for layer in self.model:
            if isinstance(layer, self.torch.nn.Dropout):
                layer.train(active)

    def loop(self):
        with self.torch.inference_mode():
            each = [self.forward(self.object).softmax(1) for _ in range(PASSES)]
            return self.torch.cat(each)

    def batch(self):
        with self.torch.inference_mode():
            return self.forward(self.many).softmax(1)

    def check(self, steps):
        self.drop(False)
        with self.torch.inference_mode():
            probabilities = self.model(self.object).softmax(1)
        self.drop(True)
        return (probabilities.double() ** 2).mean().item()


def variants(newer, workload):
    return ["loop", "batch"] + (["compile loop", "compile batch"] if newer else [])


serve(DropoutPasses, variants)
