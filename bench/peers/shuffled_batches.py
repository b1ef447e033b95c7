"""W12.batch: the samples of a batch gathered from all over the set, in PyTorch."""
from torch_worker import serve

BATCH = 128


class ShuffledBatches:
    def __init__(self, torch, tensors, workload, variant):
        self.features, self.targets = tensors["features"], tensors["targets"]
        order = tensors["order"].long()
        self.order = order[: len(order) // BATCH * BATCH].split(BATCH)
        self.x = torch.empty(BATCH, self.features.shape[1])
        self.t = torch.empty(BATCH)
        self.gather = torch.index_select
        self.into = "into" in variant
        self.reset()

    def reset(self):
        self.at = 0

    def step(self):
        rows = self.order[self.at]
        self.at = (self.at + 1) % len(self.order)
        if self.into:
            self.gather(self.features, 0, rows, out=self.x)
            self.gather(self.targets, 0, rows, out=self.t)
        else:
            self.x, self.t = self.features[rows], self.targets[rows]

    def check(self, steps):
        self.reset()
        self.step()
        return self.x.double().mean().item()


serve(ShuffledBatches, lambda newer, workload: ["indexed", "index_select into a batch"])
