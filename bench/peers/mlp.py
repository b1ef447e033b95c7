"""W2: a plain network for images of 28 x 28 pixels, in PyTorch."""
from torch_worker import serve
from training import Training, adam, dense


def make(torch, tensors, workload, variant):
    batch = 32 if workload == "W2.32" else 128
    return Training(torch, tensors, variant, dense([784, 512, 512, 10]), batch, adam(1e-3), dropout=0.5)


serve(make)
