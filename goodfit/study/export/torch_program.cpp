#include "goodfit/study/export/torch_program.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/base/version.hpp"
#include "goodfit/compute/ops/avg_pool.hpp"
#include "goodfit/compute/ops/conv2d.hpp"
#include "goodfit/compute/ops/max_pool.hpp"
#include "goodfit/study/export/torch_layers.hpp"

namespace goodfit {
namespace {

// As Python has it: True, "text", [1, 2].
std::string python(const Setting& setting) {
  if (const auto* truth = std::get_if<bool>(&setting.data)) return *truth ? "True" : "False";
  return setting.shown();
}
std::string python(bool truth) { return truth ? "True" : "False"; }
std::string python(const std::vector<Size>& tuple) {
  if (tuple.size() == 1) return fmt::format("({},)", tuple[0]);
  return fmt::format("({})", joined(tuple, ", "));
}
std::string python(const Shape& shape) {
  return python(std::vector<Size>(shape.begin(), shape.end()));
}

// A layer where it stands in the net, and the ops that it made.
struct Piece {
  std::string scope, key;
  Setting settings;
  Shape in, out;
  Id begin, end;
};

class Program {
 public:
  Program(const std::vector<Layer>& layers, const Signature& signature, const Store& store)
      : graph_(1), weights_(store), net_(graph_, weights_, Mode::evaluate, 0) {
    Id begin = 1;
    net_.watch = [&](const std::string& scope, const Layer& layer, Value x, Value y) {
      const Id end = Id(graph_.nodes().size());
      pieces_.push_back({scope, std::string(layer.key()), layer.write(Which::all),
                         x.shape().without_first(), y.shape().without_first(), begin, end});
      begin = end;
    };
    build_sequence(net_, "layers", layers, graph_.input(signature.sample, "input"));
  }

  std::string sequence(const std::string& name, int depth) const {
    std::string text;
    for (std::size_t i = 0; const Piece* piece = find(fmt::format("{}.{}", name, i)); ++i)
      text += std::string(std::size_t(depth + 4), ' ') + module(*piece, depth + 4) + ",\n";
    if (text.empty()) return "nn.Sequential()";
    return "nn.Sequential(\n" + text + std::string(std::size_t(depth), ' ') + ")";
  }

 private:
  const Piece* find(const std::string& scope) const {
    const auto found = std::find_if(pieces_.begin(), pieces_.end(),
                                    [&](const Piece& piece) { return piece.scope == scope; });
    return found == pieces_.end() ? nullptr : &*found;
  }
  bool has(const Piece& piece, const char* name) const {
    return weights_.has(piece.scope + "." + name);
  }

  std::string module(const Piece& piece, int depth) const {
    const auto part = [&](const char* name) { return sequence(piece.scope + "." + name, depth); };
    if (piece.key == "residual") return "Residual(" + part("body") + ", " + part("shortcut") + ")";
    if (piece.key == "branches") {
      std::string text = "Branches(" + python(*piece.settings.find("join"));
      for (int i = 0; find(fmt::format("{}.bodies.{}.0", piece.scope, i)); ++i)
        text += ", " + part(fmt::format("bodies.{}", i).c_str());
      return text + ")";
    }
    if (find(piece.scope + ".body.0")) return "Body(" + part("body") + ")";
    for (const TorchLayer& layer : torch_layers())
      if (layer.key == piece.key) return filled(layer.python, piece);
    refuse(piece, "is not known to PyTorch");
  }

  [[noreturn]] void refuse(const Piece& piece, const std::string& why) const {
    fail("{} ({}): {}; export the model to ONNX instead: FILE.onnx", piece.scope, piece.key, why);
  }

  std::string filled(std::string_view pattern, const Piece& piece) const {
    const Setting* raw = piece.settings.find("parametrizations");
    if (raw && raw->list() && !raw->list()->empty())
      refuse(piece, "its weight is made by parametrizations");
    if (const Setting* norm = piece.settings.find("layer_norm"); norm && *norm == Setting(true))
      refuse(piece, "layer_norm = true is not known to PyTorch");
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : at;
      if (end == at)
        text += pattern[at];
      else
        text += value(std::string(pattern.substr(at + 1, end - at - 1)), piece);
      at = end;
    }
    return text;
  }

  std::string value(const std::string& name, const Piece& piece) const {
    if (name == "in") return std::to_string(channels(piece));
    if (name == "out") return std::to_string(piece.out.back());
    if (name == "count") return std::to_string(piece.in.count());
    if (name == "in_shape") return python(piece.in);
    if (name == "out_shape") return python(piece.out);
    if (name == "rank") return piece.in.rank() == 3 ? "2" : "1";
    if (name == "affine") return python(has(piece, "weight"));
    if (name == "bias")
      return python(has(piece, "bias") || has(piece, "bias_ih_l0") || has(piece, "in_proj_bias"));
    if (name == "last")
      return *piece.settings.find("sequences") == Setting(true) ? "" : ".of_last()";
    if (name == "kernel" || name == "stride" || name == "dilation" || name == "padding")
      return window(name, piece);
    if (name == "dropout")
      return *piece.settings.find("scale") == Setting("train") ? "nn.Dropout" : "ShrinkingDropout";
    if (name == "form") return *piece.settings.find("form") == Setting("erf") ? "" : "\"tanh\"";
    return python(*piece.settings.find(name));
  }
  // Pictures of two axes have one channel.
  static Size channels(const Piece& piece) {
    const bool of_images = piece.key == "conv2d" || piece.key == "conv_transpose2d";
    return of_images && piece.in.rank() == 2 ? 1 : piece.in.back();
  }

  using Axis = kernels::ConvolutionAxis;
  std::string window(const std::string& name, const Piece& piece) const {
    std::vector<Axis> axes;
    bool convolves = false, transposed = false;
    for (Id id = piece.begin; id < piece.end; ++id) {
      const Op* op = graph_.node(id).op.get();
      if (const auto* conv = dynamic_cast<const Conv2dOp*>(op)) {
        transposed = conv->g.flipped, convolves = !transposed;
        const kernels::Convolution g = transposed ? conv->g.turned() : conv->g;
        axes = {g.height, g.width};
      }
      if (const auto* pool = dynamic_cast<const MaxPoolOp*>(op))
        axes = {pool->g.height, pool->g.width};
      if (const auto* pool = dynamic_cast<const AvgPoolOp*>(op))
        axes = {pool->g.height, pool->g.width};
    }
    must(!axes.empty(), "a layer with windows makes an op that has them");
    if (piece.key == "conv1d")
      axes.erase(axes.begin());
    else if (piece.in.rank() == 2 && !convolves && !transposed)
      axes.pop_back();
    std::vector<Size> numbers;
    if (name == "padding" && convolves) {  // the last axis first, as F.pad has them
      for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
        numbers.push_back(axis->pad);
        numbers.push_back(std::max<Size>(0, axis->behind()));
      }
      return python(numbers);
    }
    for (const Axis& axis : axes)
      numbers.push_back(name == "kernel"     ? axis.kernel
                        : name == "stride"   ? axis.up
                        : name == "dilation" ? axis.dilation
                                             : axis.pad);
    return axes.size() == 1 ? std::to_string(numbers[0]) : python(numbers);
  }

  Graph graph_;
  Store weights_;
  Net net_;
  std::vector<Piece> pieces_;
};

// Of outputs y of the last layer.
std::string meaning_text(Meaning meaning, double temperature) {
  const bool as_is = temperature == 1;
  const std::string t = number_text(temperature), z = as_is ? "y" : "y / " + t;
  switch (meaning) {
    case Meaning::numbers:
    case Meaning::scores:
      break;
    case Meaning::logits:
      return "torch.softmax(" + z + ", -1)";
    case Meaning::distribution:
      return "torch.softmax(y.flatten(1)" + (as_is ? "" : " / " + t) + ", -1)";
    case Meaning::binary:
      return "torch.sigmoid(" + z + ")";
    case Meaning::normal:  // log variances become deviations
      return "torch.cat([y.chunk(2, -1)[0], (y.chunk(2, -1)[1] / 2).exp()" +
             (as_is ? "" : " * " + t) + "], -1)";
  }
  return "y";
}

std::string python_list(const std::vector<std::string>& texts) {
  return Setting(Setting::List(texts.begin(), texts.end())).shown();
}

// Those that are named in a text, and those that they name.
std::string helpers_for(std::string text) {
  std::string code;
  const std::span<const TorchHelper> all = torch_helpers();
  for (auto helper = all.rbegin(); helper != all.rend(); ++helper) {
    const auto names = [&](char before, char after) {
      return text.find(before + std::string(helper->name) + after) != text.npos;
    };
    if (!names(' ', '(') && !names('(', '(') && !names('(', ',')) continue;
    text += helper->python;
    code = std::string(helper->python) + "\n" + code;
  }
  return code;
}

}  // namespace

std::string torch_program(const std::vector<Layer>& layers, const Signature& signature,
                          Meaning meaning, const Store& store, const std::string& weights) {
  const std::string net = Program(layers, signature, store).sequence("layers", 8);
  const std::string sample =
      fmt::format("[N, {}]", joined({signature.sample.begin(), signature.sample.end()}, ", "));
  return fmt::format(
      R"("""A model trained by goodfit {0}, for PyTorch.

Inputs are {1}, as the data has them{2}. The weights are read from {3}, beside this file.

    model = load()
    model.predict(x)
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

FEATURES = {4}
CLASSES = {5}

{6}
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = {7}

    def forward(self, x):
        return self.layers(x)

    @torch.no_grad()
    def predict(self, x):
        y = self(x)
        return {8}


def read_tensors(path):
    data = pathlib.Path(path).read_bytes()
    begin = 8 + int.from_bytes(data[:8], "little")
    tensors = {{}}
    for name, about in json.loads(data[8:begin]).items():
        if name != "__metadata__":
            first, end = (begin + offset for offset in about["data_offsets"])
            numbers = torch.frombuffer(bytearray(data[first:end]), dtype=torch.float32)
            tensors[name] = numbers.reshape(about["shape"])
    return tensors


def load(path=pathlib.Path(__file__).parent / {9}):
    model, tensors = Model(), read_tensors(path)
    for name, tensor in model.state_dict().items():
        if name.endswith("num_batches_tracked"):
            tensors[name] = tensor
    model.load_state_dict(tensors)
    return model.eval()


if __name__ == "__main__":
    print(load())
)",
      version(), sample, signature.sample.rank() == 3 ? ", images as height, width, channels" : "",
      weights, python_list(signature.features), python_list(signature.classes), helpers_for(net),
      net, meaning_text(meaning, signature.temperature), in_quotes(weights));
}

std::string torch_program(const Run& run, const std::string& weights) {
  return torch_program(run.recipe().model, run.signature(), run.recipe().loss.meaning(),
                       run.weights(), weights);
}

}  // namespace goodfit
