// Sweep: the recipes that a comparison is about, from settings with several values.
//
//   optimizer.type=sgd,adam lr=1e-3,1e-2       a grid: every value with every other, 4 recipes
//   model[2]={dropout=0.1},relu                commas inside of brackets and quotes are no borders
//   lr=1e-4..1e-1 batch=16..256                ranges, of which a random sweep draws
//   loss=mse                                   one value is set in all of them
//
// A range of a decade or more, above 0, is drawn from on a log scale, others evenly; whole borders
// give whole numbers, others three digits. Each draw is a function of the seed, the setting and its
// number: another setting or a longer sweep changes no draw that there was. Random sweeps find good
// values sooner than grids when few of the settings matter. Source: Bergstra & Bengio 2012, "Random
// Search for Hyper-Parameter Optimization", JMLR 13.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

struct Varied {
  std::string key;
  std::vector<std::string> values;  // of a range, its borders
  bool range = false;
};
// "lr=1e-3,1e-2". Throws Error when it is no assignment or a range that is none.
Varied read_varied(std::string_view assignment);

struct Variant {
  std::string name;  // what makes it differ from the others
  std::filesystem::path recipe;
  std::vector<std::string> overrides;
};

// Every recipe with every combination of values.
std::vector<Variant> grid_of(const std::vector<std::string>& recipes,
                             const std::vector<Varied>& varied);
// So many random combinations for each recipe, fewer when there are no more.
std::vector<Variant> random_of(const std::vector<std::string>& recipes,
                               const std::vector<Varied>& varied, Size count, std::uint64_t seed);

// The name of a variant as one of a folder.
std::string folder_name(const std::string& variant);

}  // namespace goodfit
