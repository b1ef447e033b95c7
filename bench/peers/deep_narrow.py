"""W3: twenty layers of 100, in PyTorch."""
from training import Training, momentum
from worker import serve


def make(torch, tensors, workload, variant):
    return Training(torch, tensors, variant, [784] + [100] * 20 + [10], 128, momentum)


serve(make)
