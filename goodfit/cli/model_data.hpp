// Model data: a file or folder of the user's, read as the data that a run was trained on.
#pragma once
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

enum class Targets { needed, unknown };

// By the recipe's dataset with its path replaced, and with the features and classes that the model
// knows. Throws Error that names the file when it does not fit.
Data load_for(const Run& run, const std::string& path, Targets targets);

// Says on stderr where these samples differ from those that the run was trained on.
void tell_shift(const Run& run, const Data& data, const std::string& path);

}  // namespace goodfit
