// Check data: what every data set must keep, whoever made it, before a network sees it.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

constexpr Size most_labels = 65536;  // more are no classes

// Checks sizes, that every number is finite, or missing where the model takes that, and, for
// classes, that each target is an index of a class. Fills data.classes with "0", "1", … where
// classes are wanted and have no names, and refuses a training set of one class. `name` stands for
// the data in errors. `whole`: features were made of whole numbers, so that none needs to be looked
// at: to read them all again takes as long as to make them.
void check_data(Data& data, const Wanted& wanted, const std::string& name, bool whole = false);

// Throws when the model takes another number of values per sample.
void check_width(Size found, const Wanted& wanted, const std::string& name);

// Throws when so many samples take more memory than the machine has, before it stands still;
// `advice` ends the error.
void check_memory(Size count, const Shape& shape, const std::string& name, std::string_view advice);

}  // namespace goodfit
