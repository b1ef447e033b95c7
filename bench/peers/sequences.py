"""W15: a transformer of two blocks and an LSTM, in PyTorch."""
from torch_worker import serve
from training import Training, adam


def attention(nn, width, heads):
    from torch import empty
    from torch.nn import functional as f

    fused = getattr(f, "scaled_dot_product_attention", None)  # since 2.0

    class Attention(nn.Module):
        """nn.MultiheadAttention, its weights in our order, by what it calls at its fastest."""

        def __init__(self):
            super().__init__()
            self.in_proj_weight = nn.Parameter(empty(3 * width, width))
            self.out_proj_weight = nn.Parameter(empty(width, width))
            self.in_proj_bias = nn.Parameter(empty(3 * width))
            self.out_proj_bias = nn.Parameter(empty(width))

        def forward(self, x):
            parts = f.linear(x, self.in_proj_weight, self.in_proj_bias)
            shape = (*x.shape[:2], 3, heads, width // heads)
            q, k, v = parts.view(shape).permute(2, 0, 3, 1, 4)
            if fused:
                taken = fused(q, k, v)
            else:
                taken = f.softmax(q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5, -1) @ v
            taken = taken.transpose(1, 2).reshape(x.shape)
            return f.linear(taken, self.out_proj_weight, self.out_proj_bias)

    return Attention()


def transformer(nn, dropout, steps=128, width=128, inner=512):
    class Residual(nn.Sequential):
        def forward(self, x):
            return x + super().forward(x)

    layers = []
    for _ in range(2):
        layers.append(Residual(nn.LayerNorm(width), attention(nn, width, 4)))
        inside = [nn.Linear(width, inner), nn.GELU(), nn.Linear(inner, width)]
        layers.append(Residual(nn.LayerNorm(width), *inside))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(steps * width, 10))


def lstm(nn, dropout):
    class Last(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = nn.LSTM(64, 128, batch_first=True)
            self.head = nn.Linear(128, 10)

        def forward(self, x):
            return self.head(self.lstm(x)[0][:, -1])

    return Last()


def make(torch, tensors, workload, variant):
    build, batch = (lstm, 64) if workload == "W15.lstm" else (transformer, 32)
    return Training(torch, tensors, variant, build, batch, adam(1e-5))


serve(make)
