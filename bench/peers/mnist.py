"""W11: recipes/mnist_cnn.toml as a program in PyTorch, from its start to its last epoch.

  mnist.py variants W11
  mnist.py W11 THREADS FOLDER EPOCHS SEED VARIANT → an event for each epoch, as goodfit's
"""
import gzip
import os
import sys

from small_cnn import small_cnn
from torch_worker import image_variants, in_layout, serve
from worker import say

BATCH = 64
MOVED = 1  # pixels, at most


def read(torch, folder, name, head):
    with gzip.open(os.path.join(folder, name + ".gz")) as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)[head:]


def read_set(torch, folder, name):
    """Images and labels."""
    images = read(torch, folder, name + "-images-idx3-ubyte", 16).reshape(-1, 28, 28).float()
    return images, read(torch, folder, name + "-labels-idx1-ubyte", 8).long()


def windows_of(torch, images, mean, deviation):
    """[samples, down, right, height, width]: each image in all places that it may be moved to. It
    is a view, of which a batch is one gather."""
    padded = (torch.nn.functional.pad(images, [MOVED] * 4) - mean) / deviation
    height, width = images.shape[1:]
    return padded.unfold(1, height, 1).unfold(2, width, 1)


def moved(torch, windows, rows, variant):
    places = torch.randint(2 * MOVED + 1, (2, len(rows)))
    return in_layout(windows[rows, places[0], places[1]].unsqueeze(-1), variant)


def model_of(nn):
    *layers, dense, relu, last = small_cnn(nn, 0.4)
    return nn.Sequential(*layers, dense, relu, nn.Dropout(0.4), last)


def accuracy(model, features, targets):
    right = 0
    for x, t in zip(features.split(256), targets.split(256)):
        right += (model(x).argmax(1) == t).sum().item()
    return right / len(targets)


def main(threads, folder, epochs, seed, variant):
    os.environ["OMP_NUM_THREADS"] = threads
    import torch

    torch.set_num_threads(int(threads))
    torch.manual_seed(int(seed))
    images, targets = read_set(torch, folder, "train")
    test_images, test_targets = read_set(torch, folder, "t10k")
    mean, deviation = images.mean(), images.std()
    windows = windows_of(torch, images, mean, deviation)
    judged = in_layout(((test_images - mean) / deviation).unsqueeze(-1), variant)
    model = model_of(torch.nn)
    if "channels_last" in variant:
        model.to(memory_format=torch.channels_last)
    settings = {"fused": True} if "fused" in variant else {"foreach": True}
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01, **settings)
    batches = -(-len(targets) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, int(epochs) * batches)
    loss_of = torch.nn.CrossEntropyLoss()
    loss = lambda x, t: loss_of(model(x), t)
    if "compile" in variant:
        loss = torch.compile(loss, dynamic=False)
    for epoch in range(1, int(epochs) + 1):
        model.train()
        for rows in torch.randperm(len(targets)).split(BATCH):
            optimizer.zero_grad(set_to_none=True)
            loss(moved(torch, windows, rows, variant), targets[rows]).backward()
            optimizer.step()
            schedule.step()
        model.eval()
        with torch.no_grad():
            score = accuracy(model, judged, test_targets)
        say({"event": "epoch", "epoch": epoch, "validation": {"accuracy": score}})


def variants(newer, workload):
    """No layout but the one that was always faster in W4: a run takes minutes."""
    return [name for name in image_variants(newer, workload) if "channels_last" in name]


if sys.argv[1] == "variants":
    serve(None, variants)
else:
    main(*sys.argv[2:])
