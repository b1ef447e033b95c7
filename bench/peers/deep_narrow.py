"""W3: twenty layers of 100, in PyTorch."""
from torch_worker import serve
from training import Training, dense, momentum


def make(torch, tensors, workload, variant):
    widths = [784] + [100] * 20 + [10]
    return Training(torch, tensors, variant, dense(widths), 128, momentum(1e-6))


serve(make)
