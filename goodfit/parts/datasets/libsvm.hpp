// Libsvm: sparse rows of numbers as LIBSVM writes them.
//
//   +1 3:0.5 7:1.25 # a remark      label, then index:value with indices from 1 that rise
//   -1 qid:4 1:2                    qid is passed over
//
// What is not written is 0; samples are dense, [features]. Classes are whole numbers, sorted; any
// number will do as a label for losses of numbers. To predict, labels are not looked at.
// Source: Chang & Lin 2011, "LIBSVM: a library for support vector machines", and its README.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Libsvm {
  std::string path = "";  // must be given
  std::string test = "";
  Size features = 0;

  static constexpr Card card{"libsvm", "Sparse rows in LIBSVM's text form, plain or .gz."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Libsvm::path, "the file"),
        field("test", &Libsvm::test, "a file of its own for tests; empty for none"),
        field("features", &Libsvm::features, within(0, 1e8),
              "how many there are; 0: as many as the highest index, or as the model takes"),
    };
  }

  Data load(const Wanted& wanted) const;
  // The same for the texts of the files, inflated; the paths only name them in errors.
  Data parse(std::string_view text, std::string_view test_text, const Wanted& wanted) const;
};

}  // namespace goodfit
