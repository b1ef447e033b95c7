// Import: tensors of another program's model become the first weights of a recipe.
//
//   1  by name: "layers.0.weight", as goodfit and torch.nn.Sequential have it; `renames` say where
//      names begin otherwise: conv1 → layers.0
//   2  where no name is known, by what they are: tensors of one last word and one shape, in the
//      order of their names, go to those of the model, if there are as many
//
// PyTorch flattens images channels first, goodfit channels last: a dense layer behind a flatten
// gets its columns in the other order, unless the file is goodfit's own. Statistics of the targets
// are not taken: they belong to other targets. What finds nothing begins anew.
#pragma once
#include "goodfit/train/recipe/recipe.hpp"
#include "goodfit/train/record/safetensors.hpp"

namespace goodfit {

struct ImportedTensor {
  std::string name;  // in the model
  Shape shape;
  std::string from;    // in the file; empty: it begins anew
  std::string reason;  // why, where a tensor of its name does not fit
};

struct Import {
  std::vector<ImportedTensor> tensors;  // all of the model
  std::vector<std::string> unused;      // of the file
  TensorFile file;                      // what fits, under the model's names
  double temperature = 1;               // of the file's model, which is left behind
  Recipe recipe;                        // with groups for what was imported

  Size taken() const { return Size(file.tensors.size()); }
};

struct ImportOptions {
  std::vector<std::pair<std::string, std::string>> renames = {};
  bool freeze = false;  // what was imported; otherwise it gets a tenth of the lr
};

// Loads the recipe's data, which says how large its model is. Throws Error when nothing fits.
Import import_tensors(const TensorFile& file, const Recipe& recipe, const ImportOptions& options);

// The tensors of a file; of PyTorch's pickles an Error that says how to turn them into one.
TensorFile read_tensors(const std::filesystem::path& file);

// "conv10" behind "conv9": numbers in names count as numbers.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace goodfit
