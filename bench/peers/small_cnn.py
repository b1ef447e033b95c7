"""W4: two convolutions and two dense layers, in PyTorch."""
from torch_worker import image_variants, serve
from training import Training, adam


def small_cnn(nn, dropout):
    class Flatten(nn.Module):
        """Pixel by pixel, channels last: as we do, and free where they lie so."""

        def forward(self, x):
            return x.permute(0, 2, 3, 1).flatten(1)

    layers = []
    for channels, filters in ((1, 32), (32, 64)):
        layers.append(nn.Conv2d(channels, filters, 3, padding=1, bias=False))
        layers += [nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d(2)]
    drop = [nn.Dropout(dropout)] if dropout > 0 else []
    head = [nn.Linear(7 * 7 * 64, 128), nn.ReLU(), nn.Linear(128, 10)]
    return nn.Sequential(*layers, Flatten(), *drop, *head)


def make(torch, tensors, workload, variant):
    return Training(torch, tensors, variant, small_cnn, 128, adam(1e-5), dropout=0.4)


if __name__ == "__main__":
    serve(make, image_variants)
