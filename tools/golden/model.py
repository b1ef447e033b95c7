"""A model as a file between goodfit and PyTorch.

  model.py write               writes tests/golden/model.safetensors and model.json: weights made by PyTorch,
                               inputs and the logits that belong to them
  model.py read FILE INPUTS    prints the logits of the model in FILE, for the inputs in a JSON list of rows

The net is that of tests/pytorch_test.cpp. Safetensors are read and written here by hand, as its package
may be missing: 8 bytes of length, a JSON header, the values.
"""
import json
import struct
import sys

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 6, bias=False), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 5),
                                     nn.LayerNorm(5), nn.Tanh(), nn.Linear(5, 3)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def load(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + size + at for at in entry["data_offsets"])
        values = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
        tensors[name] = torch.tensor(values).reshape(entry["shape"])
    return tensors


def save(path, tensors):
    header, values = {}, b""
    for name, tensor in tensors.items():
        raw = struct.pack(f"<{tensor.numel()}f", *tensor.flatten().tolist())
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [len(values), len(values) + len(raw)]}
        values += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + values)


def main():
    net = Net()
    if sys.argv[1] == "read":
        found = load(sys.argv[2])
        # What we do not keep: how many batches the running statistics have seen.
        found["layers.1.num_batches_tracked"] = torch.tensor(0)
        net.load_state_dict(found, strict=True)
        net.eval()
        print(json.dumps(net(torch.tensor(json.loads(sys.argv[3]))).tolist()))
        return
    from write import FOLDER, write
    torch.manual_seed(3)
    for tensor in net.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(torch.rand(tensor.shape) + 0.25)
    net.layers[0].weight.data -= 0.75
    net.layers[6].weight.data -= 0.75
    net.eval()
    x = torch.randn(5, 4)
    save(FOLDER / "model.safetensors",
         {name: t for name, t in net.state_dict().items() if t.is_floating_point()})
    write("model", {"torch": torch.__version__, "input": x.flatten().tolist(),
                    "logits": net(x).flatten().tolist(), "cases": []})


if __name__ == "__main__":
    main()
