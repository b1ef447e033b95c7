"""W1: a tabular network and the net of a textbook, in PyTorch."""
from training import Training, adam
from worker import serve


def make(torch, tensors, workload, variant):
    if workload == "W1.textbook":
        return Training(torch, tensors, variant, [4, 8, 3], 32, adam, norm=False)
    return Training(torch, tensors, variant, [32, 64, 64, 10], 32, adam, dropout=0.1)


serve(make)
