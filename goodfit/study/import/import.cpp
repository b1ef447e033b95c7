#include "goodfit/study/import/import.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/trainer/first_weights.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {
namespace {

// Of the model: what is in its store, what belongs to the targets, and which dense weights see the
// numbers of an image in a row.
struct Model {
  Store store;
  std::set<std::string> of_targets;
  std::map<std::string, Shape> flattened;  // weight → the image
};

// The image that a value is the numbers of, where it was flattened and nothing mixed it since.
Shape image_behind(const Graph& graph, Id id) {
  for (;;) {
    const Node& node = graph.node(id);
    if (!node.op) return {};
    const Id before = node.inputs[0];
    if (node.op->is_view() && graph.node(before).shape.rank() == 4)
      return graph.node(before).shape.without_first();
    if (graph.node(before).shape != node.shape) return {};
    id = before;
  }
}

void look_into(const Recipe& recipe, Model& model) {
  if (!recipe.data) fail("the recipe has no data: give it a [data] section");
  const Data data = recipe.data->load(wanted_by(recipe));
  Graph graph(1);
  Net net(graph, model.store, Mode::evaluate, recipe.seed, {recipe.init, recipe.bias_init});
  build_sequence(net, "layers", recipe.model, graph.input(data.train.shape, "input"));
  model.of_targets = statistics_of_targets(net.fits());
  for (const Node& node : graph.nodes())
    if (node.op && node.op->name() == "dense")
      if (const Shape image = image_behind(graph, node.inputs[0]); image.rank() == 3)
        model.flattened[graph.node(node.inputs[1]).name] = image;
}

std::string renamed(const std::string& name, const ImportOptions& options) {
  for (const auto& [from, to] : options.renames)
    if (name == from || name.starts_with(from + ".")) return to + name.substr(from.size());
  return name;
}

std::string last_word(const std::string& name) { return name.substr(name.rfind('.') + 1); }

using Pairs = std::map<std::string, const NamedTensor*>;  // the model's name → the file's tensor

Pairs by_name(const std::vector<const NamedTensor*>& all, const ImportOptions& options) {
  Pairs pairs;
  for (const NamedTensor* tensor : all) pairs[renamed(tensor->name, options)] = tensor;
  return pairs;
}

Pairs by_sort(std::vector<const NamedTensor*> all, const Model& model) {
  std::sort(all.begin(), all.end(), [](const NamedTensor* a, const NamedTensor* b) {
    return natural_less(a->name, b->name);
  });
  std::map<std::string, std::vector<const NamedTensor*>> theirs;
  std::map<std::string, std::vector<std::string>> ours;
  const auto sort_of = [](const std::string& name, const Shape& shape) {
    return last_word(name) + shape.text();
  };
  for (const NamedTensor* tensor : all)
    theirs[sort_of(tensor->name, tensor->shape)].push_back(tensor);
  for (const Stored& stored : model.store.tensors())
    ours[sort_of(stored.name, stored.shape)].push_back(stored.name);
  Pairs pairs;
  for (const auto& [sort, names] : ours)
    if (theirs[sort].size() == names.size())
      for (std::size_t i = 0; i < names.size(); ++i) pairs[names[i]] = theirs[sort][i];
  return pairs;
}

// Columns of a weight [out, C · H · W] as [out, H · W · C].
std::vector<float> channels_last(const std::vector<float>& weight, const Shape& image) {
  const Size places = image[0] * image[1], channels = image[2], width = image.count();
  std::vector<float> turned(weight.size());
  for (std::size_t row = 0; row < weight.size(); row += std::size_t(width))
    for (Size place = 0; place < places; ++place)
      for (Size channel = 0; channel < channels; ++channel)
        turned[row + std::size_t(place * channels + channel)] =
            weight[row + std::size_t(channel * places + place)];
  return turned;
}

// "layers.0" of what was imported whole, else the module itself.
std::vector<std::string> modules_of(const Import& import, const Store& store) {
  const auto top = [](const std::string& name) { return name.substr(0, name.find('.', 7)); };
  std::map<std::string, bool> whole;
  std::set<std::string> trained;
  for (const Stored& stored : store.tensors())
    if (stored.trained) trained.insert(stored.name);
  for (const ImportedTensor& one : import.tensors)
    if (trained.count(one.name)) {
      const auto found = whole.emplace(top(one.name), true).first;
      found->second = found->second && !one.from.empty();
    }
  std::vector<std::string> modules;
  for (const ImportedTensor& one : import.tensors) {
    if (one.from.empty() || !trained.count(one.name)) continue;
    const std::string name = whole[top(one.name)] ? top(one.name) : one.name;
    if (std::find(modules.begin(), modules.end(), name) == modules.end()) modules.push_back(name);
  }
  return modules;
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto number = [&](std::string_view text, std::size_t& at) {
    Size value = 0;
    for (; at < text.size() && digit(text[at]); ++at)
      value = std::min<Size>(value * 10 + (text[at] - '0'), Size{1} << 50);
    return value;
  };
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      const Size x = number(a, i), y = number(b, j);
      if (x != y) return x < y;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i, ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

TensorFile read_tensors(const std::filesystem::path& file) {
  const std::string name = file.string(), bytes = read_file(file);
  const bool has_header =
      bytes.size() > 8 && bytes[8] == '{';  // its length may begin like a pickle
  if (!has_header && (bytes.starts_with("PK\3\4") || bytes.starts_with('\x80')))
    fail(
        "{}: is a pickle, which can run code when it is read; make safetensors of it by: "
        "python3 -c \"import torch, safetensors.torch as s; s.save_file(torch.load('{}', "
        "map_location='cpu'), 'model.safetensors')\"",
        name, name);
  return read_safetensors(bytes, name);
}

Import import_tensors(const TensorFile& file, const Recipe& recipe, const ImportOptions& options) {
  Model model;
  look_into(recipe, model);
  std::vector<const NamedTensor*> all;
  for (const NamedTensor& tensor : file.tensors)
    if (last_word(tensor.name) != "num_batches_tracked") all.push_back(&tensor);
  Pairs pairs = by_name(all, options);
  const auto known = [&](const Stored& stored) { return pairs.count(stored.name) > 0; };
  if (std::none_of(model.store.tensors().begin(), model.store.tensors().end(), known))
    pairs = by_sort(all, model);

  Import import;
  import.recipe = recipe;
  std::set<const NamedTensor*> used;
  const std::optional<Signature> own = signature_of(file, "goodfit.signature");
  if (own) import.temperature = own->temperature;
  for (const Stored& stored : model.store.tensors()) {
    ImportedTensor& made = import.tensors.emplace_back();
    made.name = stored.name, made.shape = stored.shape;
    const auto found = pairs.find(stored.name);
    if (found == pairs.end()) continue;
    const NamedTensor& tensor = *found->second;
    if (model.of_targets.count(stored.name)) {
      made.reason = "of other targets";
    } else if (tensor.shape != stored.shape) {
      made.reason = fmt::format("there {}", tensor.shape.text());
    } else {
      made.from = tensor.name;
      used.insert(&tensor);
      import.file.tensors.push_back({stored.name, stored.shape, tensor.data});
      const auto image = model.flattened.find(stored.name);
      if (!own && image != model.flattened.end())
        import.file.tensors.back().data = channels_last(tensor.data, image->second);
    }
  }
  for (const NamedTensor* tensor : all)
    if (!used.count(tensor)) import.unused.push_back(tensor->name);
  if (used.empty())
    fail(
        "none of its {} tensors fits the model by name and shape: say where they belong by --map "
        "OLD=NEW, as --map {}=layers.0",
        all.size(), all.empty() ? "conv1" : all[0]->name.substr(0, all[0]->name.rfind('.')));
  for (const std::string& module : modules_of(import, model.store))
    import.recipe.groups.push_back(options.freeze ? Group{.match = module, .freeze = true}
                                                  : Group{.match = module, .lr_scale = 0.1});
  return import;
}

}  // namespace goodfit
