"""W1: a tabular network and the net of a textbook, in PyTorch."""
from torch_worker import serve
from training import Training, adam, dense


def make(torch, tensors, workload, variant):
    if workload == "W1.textbook":
        return Training(torch, tensors, variant, dense([4, 8, 3], norm=False), 32, adam(1e-3))
    return Training(torch, tensors, variant, dense([32, 64, 64, 10]), 32, adam(1e-3), dropout=0.1)


serve(make)
