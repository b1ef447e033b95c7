// Inputs: the samples of a model as rows of features that can be compared.
//
//   a table, or at most 512 numbers           the columns
//   pictures, sequences, or more numbers      mean and contrast (deviation) of each channel
//   texts                                     nothing
#pragma once
#include "goodfit/study/shift/data_summary.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

class Inputs {
 public:
  Inputs(const Recipe& recipe, const Shape& shape, const std::vector<std::string>& names);

  const std::vector<SummarizedFeature>& features() const { return features_; }
  void leave_out(const std::string& name);     // a column that differs by the way of splitting
  Samples rows(const Portion& portion) const;  // [rows, features], without targets

 private:
  void add_channels(const float* sample, std::vector<float>& to) const;

  std::vector<SummarizedFeature> features_;
  std::vector<Size> from_ = {};  // places in a sample; of channels, none
  Size width_, channels_ = 0;
};

// As many rows at most, one at random of each stretch of equal length.
std::vector<Size> drawn_rows(const std::vector<Size>& rows, Size most);

}  // namespace goodfit
