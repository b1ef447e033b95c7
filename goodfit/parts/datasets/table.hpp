// Table: a text file with columns of any kind, for data as people have it; delimited, or JSONL: a
// JSON object per line.
//
// Numbers, categories, yes and no, and dates; missing where a field is empty, ?, NA or the like,
// which the layer table_inputs takes. Delimiter and header line are found out. `columns` says what
// each column is; `goodfit new FILE` writes it. A file to predict for may have its columns in any
// order, more of them, or none for the target. Samples without a target are left out of training.
// Source: Shafranovich 2005, RFC 4180.
#pragma once
#include "goodfit/parts/datasets/columns.hpp"
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Table {
  std::string path = "";    // must be given
  std::string target = "";  // must be given
  std::string delimiter = "auto";
  std::string header = "auto";
  Columns columns = {};

  static constexpr Card card{"table", "Columns of any kind in a text file or JSONL, plain or .gz."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Table::path, "the file"),
        field("target", &Table::target,
              "column to predict: its name, or its number from 0 where there is no header line"),
        field("delimiter", &Table::delimiter,
              "one character between fields, tab, or auto: one that gives rows of equal length"),
        field("header", &Table::header, Choices{"auto", "yes", "no"},
              "whether the first line holds names; auto: when none of them is a number"),
        field("columns", &Table::columns, "what each column but the target is"),
    };
  }

  Data load(const Wanted& wanted) const;
  // The same for what read_table_text gives; `path` only names it in errors.
  Data parse(std::string_view text, const Wanted& wanted) const;
};

}  // namespace goodfit
