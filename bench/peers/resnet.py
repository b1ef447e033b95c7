"""W5: a residual network of twenty layers, in PyTorch."""
from torch_worker import image_variants, serve
from training import Training, momentum


def resnet(nn, norm):
    def convolution(channels, filters, stride, kernel=3):
        way = dict(stride=stride, padding=kernel // 2, bias=False)
        return [nn.Conv2d(channels, filters, kernel, **way), norm(filters)]

    class Block(nn.Module):
        def __init__(self, channels, filters, stride):
            super().__init__()
            first, second = convolution(channels, filters, stride), convolution(filters, filters, 1)
            self.body = nn.Sequential(*first, nn.ReLU(inplace=True), *second)
            short = convolution(channels, filters, stride, 1) if stride > 1 else [nn.Identity()]
            self.shortcut = nn.Sequential(*short)
            self.relu = nn.ReLU(inplace=True)

        def forward(self, x):
            return self.relu(self.shortcut(x) + self.body(x))

    layers, channels = convolution(3, 16, 1) + [nn.ReLU(inplace=True)], 16
    for stage, filters in enumerate((16, 32, 64)):
        for block in range(3):
            layers.append(Block(channels, filters, 2 if stage > 0 and block == 0 else 1))
            channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def make(torch, tensors, workload, variant):
    nn = torch.nn
    norm = (lambda n: nn.GroupNorm(4, n)) if workload == "W5g" else nn.BatchNorm2d
    build = lambda nn, dropout: resnet(nn, norm)
    return Training(torch, tensors, variant, build, 128, momentum(1e-5))


serve(make, image_variants)
