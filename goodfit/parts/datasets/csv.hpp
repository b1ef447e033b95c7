// Csv: a table of numbers with one column to predict.
//
// Every other column is a feature, in the order of the file. Classes may be texts or whole numbers;
// they are sorted, by value when all are numbers, and a target is the index of its class. There are
// no missing values here: each is an error that says where it stands.
// Source: Shafranovich 2005, RFC 4180.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Csv {
  std::string path = "";  // must be given
  std::string target = "";
  std::string delimiter = ",";
  std::string header = "auto";

  static constexpr Card card{"csv", "A table of numbers in a text file, plain or .gz."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Csv::path, "the file"),
        field("target", &Csv::target,
              "column to predict: its name, or its index from 0, from -1 backwards; empty for the "
              "last one"),
        field("delimiter", &Csv::delimiter, "one character between fields, or tab"),
        field("header", &Csv::header, Choices{"auto", "yes", "no"},
              "whether the first line holds names; auto: when a feature in it is not a number"),
    };
  }

  Data load(const Wanted& wanted) const;
  // The same for the text of the file, inflated; `path` only names it in errors.
  Data parse(std::string_view text, const Wanted& wanted) const;
};

}  // namespace goodfit
