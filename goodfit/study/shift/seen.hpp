// Seen: what the samples that a model was trained on look like, as data.json in the run's folder
// keeps it, so that new samples can be set beside them when those are gone.
//
// Range, shares and missing values are of all rows, or of as many as four million numbers hold;
// 1000 rows are kept as they are, 100 at least and fewer than that where 32,000 numbers are
// reached. Of rows that stay together by split.group one of each group counts, since the others
// repeat it.
#pragma once
#include "goodfit/study/shift/inputs.hpp"
#include "goodfit/study/shift/shift.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

struct Seen {
  DataSummary summary;
  Samples rows;
};

// Of some rows of samples of this data; `group` may be empty. `older`: what they will be compared
// with.
Seen seen_of(const Inputs& inputs, const Data& data, const Portion& portion,
             const std::string& group, const DataSummary* older = nullptr);

// Feature by feature and all together.
Shift shift_of(const Seen& old, const Seen& next, const Inputs& inputs);

Setting to_setting(const Seen& seen);
Seen seen_from(const Setting& table, const Inputs& inputs);

}  // namespace goodfit
