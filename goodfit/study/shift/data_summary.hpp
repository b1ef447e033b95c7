// Data summary: what the features of some samples look like, one by one.
//
//   of a number    smallest, largest, mean, deviation, and values in rising order
//   of a category  how often each value is there
#pragma once
#include "goodfit/parts/datasets/columns.hpp"
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

inline constexpr const char* other_values = "other values";

// What a feature of a sample is. A category's numbers are 0, 1, … and its values are their names; a
// number has none. `at` is where it stands in a sample.
struct SummarizedFeature {
  std::string name = {};
  Size at = 0;
  bool date = false;                     // days since 1970
  std::vector<std::string> values = {};  // the first is for all that are not listed
};

struct FeatureSummary {
  std::string name = {};
  bool date = false;
  std::vector<std::string> values = {};
  std::vector<Size> counts = {};  // of each value
  Size missing = 0;
  double low = 0, high = 0, mean = 0, deviation = 0;
  std::vector<float> ranks = {};  // in rising order
  Size below = 0, above = 0;      // values outside the range of older data, if there is some

  bool is_number() const { return values.empty(); }
};

struct DataSummary {
  Size rows = 0;
  std::vector<FeatureSummary> features = {};
};

// The features of a table that is read by these columns; of a date its day alone.
std::vector<SummarizedFeature> summarized_features(const Columns& columns);

// `older` has the same features. With `ranked`, the values are those of these samples, as many as
// can be kept, and everything else is of all.
DataSummary summarize(const Samples& samples, const std::vector<SummarizedFeature>& features,
                      const DataSummary* older = nullptr, const Samples* ranked = nullptr);

}  // namespace goodfit
