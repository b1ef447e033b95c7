// Arrays: from numbers that are no table, arrays of NumPy or sparse rows of LIBSVM, to a recipe.
//
// Whether targets are classes is decided as for a column of a table. Samples that are rows of
// numbers go through table_inputs, so that gaps and wild numbers are borne; others, such as images,
// are standardized as a whole and flattened.
#pragma once
#include "goodfit/study/start/start.hpp"

namespace goodfit {

// Whether a path is one of arrays, by its name: .npz, .libsvm, .svm.
bool is_array_name(const std::string& path);

Start start_of_arrays(const std::string& path, const StartOptions& options);

}  // namespace goodfit
