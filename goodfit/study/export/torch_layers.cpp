#include "goodfit/study/export/torch_layers.hpp"

namespace goodfit {

std::span<const TorchLayer> torch_layers() {
  static constexpr TorchLayer all[]{
      {"standardize", "Standardize({count})"},
      {"unstandardize", "Unstandardize({in})"},
      {"table_inputs", "TableInputs({values}, {missing}, {one_hot}, {clip})"},
      {"flatten", "nn.Flatten()"},
      {"reshape", "Reshape({out_shape})"},
      {"dense", "nn.Linear({in}, {out}, bias={bias})"},
      {"conv1d",
       "Conv1d({in}, {out}, {kernel}, {stride}, {padding}, {dilation}, {groups}, bias={bias})"},
      {"conv2d",
       "Conv2d({in}, {out}, {kernel}, {stride}, {padding}, {dilation}, {groups}, bias={bias})"},
      {"conv_transpose2d",
       "ConvTranspose2d({in}, {out}, {kernel}, {stride}, {padding}, {output_padding}, {groups}, "
       "bias={bias}, dilation={dilation})"},
      {"embedding", "Embedding({num}, {dim})"},
      {"rnn",
       "Rnn({in}, {hidden}, bias={bias}, nonlinearity={activation}, batch_first=True){last}"},
      {"lstm", "Lstm({in}, {hidden}, bias={bias}, batch_first=True){last}"},
      {"gru", "Gru({in}, {hidden}, bias={bias}, batch_first=True){last}"},
      {"position", "Position({in_shape})"},
      {"attention", "Attention({in}, {heads}, {causal}, bias={bias})"},
      {"max_pool", "MaxPool{rank}d({kernel}, {stride}, {padding})"},
      {"avg_pool", "AvgPool{rank}d({kernel}, {stride}, {padding})"},
      {"global_avg_pool", "GlobalAvgPool()"},
      {"batch_norm", "BatchNorm{rank}d({in}, {eps}, {momentum}, affine={affine})"},
      {"batch_renorm", "BatchNorm{rank}d({in}, {eps}, {momentum}, affine={affine})"},
      {"ghost_batch_norm", "BatchNorm{rank}d({in}, {eps}, {momentum}, affine={affine})"},
      {"layer_norm", "nn.LayerNorm({in}, {eps}, elementwise_affine={affine})"},
      {"group_norm", "GroupNorm({groups}, {in}, {eps}, affine={affine})"},
      {"instance_norm", "InstanceNorm{rank}d({in}, {eps}, affine={affine})"},
      {"rms_norm", "RmsNorm({in}, {eps}, {affine})"},
      {"filter_response_norm", "FilterResponseNorm({in}, {eps}, {threshold})"},
      {"local_response_norm", "LocalResponseNorm({size}, {alpha}, {beta}, {k})"},
      {"dropout", "{dropout}({p})"},
      {"spatial_dropout", "Dropout{rank}d({p})"},
      {"alpha_dropout", "nn.AlphaDropout({p})"},
      // These act in training alone, and PyTorch has none.
      {"gaussian_dropout", "nn.Identity()"},
      {"drop_block", "nn.Identity()"},
      {"drop_path", "nn.Identity()"},
      {"noise", "nn.Identity()"},
      {"activation_l1", "nn.Identity()"},
      {"activation_l2", "nn.Identity()"},
      {"identity", "nn.Identity()"},
      {"relu", "nn.ReLU()"},
      {"relu6", "nn.ReLU6()"},
      {"leaky_relu", "nn.LeakyReLU({slope})"},
      {"prelu", "PReLU({in})"},
      {"elu", "nn.ELU({alpha})"},
      {"celu", "nn.CELU({alpha})"},
      {"selu", "nn.SELU()"},
      {"gelu", "nn.GELU({form})"},
      {"silu", "nn.SiLU()"},
      {"mish", "nn.Mish()"},
      {"sigmoid", "nn.Sigmoid()"},
      {"hard_sigmoid", "nn.Hardsigmoid()"},
      {"hard_swish", "nn.Hardswish()"},
      {"tanh", "nn.Tanh()"},
      {"softplus", "nn.Softplus({beta})"},
      {"softsign", "nn.Softsign()"},
      {"softmax", "nn.Softmax(-1)"},
      {"log_softmax", "nn.LogSoftmax(-1)"},
      {"glu", "nn.GLU(-1)"},
  };
  return all;
}

std::span<const TorchHelper> torch_helpers() {
  static constexpr TorchHelper all[]{
      {"last", R"(
def last(module):
    """A module for channels first, made for channels last."""

    class Last(module):
        def forward(self, x):
            return super().forward(x.movedim(-1, 1)).movedim(1, -1)

    Last.__name__ = module.__name__
    return Last
)"},
      {"padded", R"(
def padded(module):
    """With zeros around, given as (before, after) of each axis, the last axis first."""

    class Padded(module):
        def __init__(self, channels, out, kernel, stride, padding, *rest, **more):
            super().__init__(channels, out, kernel, stride, 0, *rest, **more)
            self.around = (0, 0) + padding

        def forward(self, x):
            return super().forward(F.pad(x, self.around))

    Padded.__name__ = module.__name__
    return Padded
)"},
      {"of_pictures", R"(
def of_pictures(module):
    """Pictures of two axes have one channel."""

    class OfPictures(module):
        def forward(self, x):
            return super().forward(x if x.dim() == 4 else x.unsqueeze(-1))

    OfPictures.__name__ = module.__name__
    return OfPictures
)"},
      {"Conv1d", "\nConv1d = padded(last(nn.Conv1d))\n"},
      {"Conv2d", "\nConv2d = of_pictures(padded(last(nn.Conv2d)))\n"},
      {"ConvTranspose2d", "\nConvTranspose2d = of_pictures(last(nn.ConvTranspose2d))\n"},
      {"MaxPool1d", "\nMaxPool1d = last(nn.MaxPool1d)\n"},
      {"MaxPool2d", "\nMaxPool2d = last(nn.MaxPool2d)\n"},
      {"AvgPool1d", "\nAvgPool1d = last(nn.AvgPool1d)\n"},
      {"AvgPool2d", "\nAvgPool2d = last(nn.AvgPool2d)\n"},
      {"BatchNorm1d", "\nBatchNorm1d = last(nn.BatchNorm1d)\n"},
      {"BatchNorm2d", "\nBatchNorm2d = last(nn.BatchNorm2d)\n"},
      {"InstanceNorm1d", "\nInstanceNorm1d = last(nn.InstanceNorm1d)\n"},
      {"InstanceNorm2d", "\nInstanceNorm2d = last(nn.InstanceNorm2d)\n"},
      {"Dropout1d", "\nDropout1d = last(nn.Dropout1d)\n"},
      {"Dropout2d", "\nDropout2d = last(nn.Dropout2d)\n"},
      {"GroupNorm", "\nGroupNorm = last(nn.GroupNorm)\n"},
      {"LocalResponseNorm", "\nLocalResponseNorm = last(nn.LocalResponseNorm)\n"},
      {"PReLU", "\nPReLU = last(nn.PReLU)\n"},
      {"Standardize", R"(
class Standardize(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("std", torch.ones(count))

    def forward(self, x):
        return ((x.flatten(1) - self.mean) / self.std).reshape(x.shape)
)"},
      {"Unstandardize", R"(
class Unstandardize(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("std", torch.ones(count))

    def forward(self, x):
        return x * self.std + self.mean
)"},
      {"TableInputs", R"(
class TableInputs(nn.Module):
    """Columns of a table: numbers, and categories as whole numbers, 0 where one is missing."""

    def __init__(self, values, missing, one_hot, clip):
        super().__init__()
        self.values, self.missing, self.one_hot, self.clip = values, missing, one_hot, clip
        self.register_buffer("mean", torch.zeros(len(values)))
        self.register_buffer("std", torch.ones(len(values)))
        self.vectors = nn.ParameterDict({
            str(i): nn.Parameter(torch.zeros(n + 1, round(1.6 * n**0.56)))
            for i, n in enumerate(values) if n > one_hot})

    def forward(self, x):
        gone = torch.isnan(x)
        z = torch.where(gone, torch.zeros_like(x), (x - self.mean) / self.std)
        if self.clip > 0:
            z = z / (1 + (z / self.clip)**2).sqrt()
        parts = []
        for i, n in enumerate(self.values):
            if n == 0:
                parts.append(z[:, i:i + 1])
            elif n <= self.one_hot:
                parts.append((x[:, i:i + 1] == torch.arange(1, n + 1, device=x.device)).float())
        parts += [gone[:, i:i + 1].float() for i in self.missing]
        parts += [vectors[x[:, int(i)].long()] for i, vectors in self.vectors.items()]
        return torch.cat(parts, 1)
)"},
      {"Reshape", R"(
class Reshape(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(len(x), *self.shape)
)"},
      {"Embedding", R"(
class Embedding(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())
)"},
      {"Walk", R"(
class Walk:
    """What a recurrent module says at each step, or at the last."""

    all_steps = True

    def of_last(self):
        self.all_steps = False
        return self

    def forward(self, x):
        y = super().forward(x)[0]
        return y if self.all_steps else y[:, -1]
)"},
      {"Rnn", "\nclass Rnn(Walk, nn.RNN):\n    pass\n"},
      {"Lstm", "\nclass Lstm(Walk, nn.LSTM):\n    pass\n"},
      {"Gru", "\nclass Gru(Walk, nn.GRU):\n    pass\n"},
      {"Position", R"(
class Position(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape))

    def forward(self, x):
        return x + self.weight
)"},
      {"Attention", R"(
class Attention(nn.MultiheadAttention):
    def __init__(self, width, heads, causal, bias):
        super().__init__(width, heads, bias=bias, batch_first=True)
        self.causal = causal

    def forward(self, x):
        later = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).triu(1)
        return super().forward(x, x, x, attn_mask=later if self.causal else None, need_weights=False)[0]
)"},
      {"GlobalAvgPool", R"(
class GlobalAvgPool(nn.Module):
    def forward(self, x):
        return x if x.dim() == 2 else x.flatten(1, -2).mean(1)
)"},
      {"RmsNorm", R"(
class RmsNorm(nn.Module):
    def __init__(self, channels, eps, affine):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(channels)) if affine else 1

    def forward(self, x):
        return self.weight * x / (x.square().mean(-1, keepdim=True) + self.eps).sqrt()
)"},
      {"FilterResponseNorm", R"(
class FilterResponseNorm(nn.Module):
    def __init__(self, channels, eps, threshold):
        super().__init__()
        self.eps = eps
        self.weight, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))
        self.threshold = nn.Parameter(torch.zeros(channels)) if threshold else None

    def forward(self, x):
        places = tuple(range(1, x.dim() - 1))
        y = x / (x.square().mean(places, keepdim=True) + self.eps).sqrt() * self.weight + self.bias
        return y if self.threshold is None else torch.maximum(y, self.threshold)
)"},
      {"ShrinkingDropout", R"(
class ShrinkingDropout(nn.Dropout):
    def forward(self, x):
        return (1 - self.p) * super().forward(x)
)"},
      {"Body", R"(
class Body(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return self.body(x)
)"},
      {"Residual", R"(
class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return self.shortcut(x) + self.body(x)
)"},
      {"Branches", R"(
class Branches(nn.Module):
    def __init__(self, join, *bodies):
        super().__init__()
        self.join, self.bodies = join, nn.ModuleList(bodies)

    def forward(self, x):
        made = [body(x) for body in self.bodies]
        return torch.cat(made, -1) if self.join == "concat" else sum(made)
)"},
  };
  return all;
}

}  // namespace goodfit
