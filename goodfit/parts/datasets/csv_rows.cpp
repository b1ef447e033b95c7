#include "goodfit/parts/datasets/csv_rows.hpp"

#include <fmt/core.h>

#include "goodfit/base/error.hpp"

namespace goodfit {

CsvRows::CsvRows(std::string_view text, char delimiter, std::string name)
    : text_(text), delimiter_(delimiter), name_(std::move(name)) {
  if (text_.starts_with("\xff\xfe") || text_.starts_with("\xfe\xff"))
    fail("{}: is UTF-16 text; save it as UTF-8", name_);
  if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  if (text_.starts_with(made_of_rows)) text_.remove_prefix(1), next_line_ = 0;
}

std::string CsvRows::place() const { return fmt::format("{}:{}", name_, line_); }

bool CsvRows::at_line_end() const {
  return at_ == text_.size() || text_[at_] == '\n' ||
         (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
}

std::string_view CsvRows::plain_field() {
  const char *const begin = text_.data() + at_, *const text_end = text_.data() + text_.size();
  const char* end = begin;
  const char delimiter = delimiter_;  // a place that nothing in the loop could write
  while (end != text_end && *end != delimiter && *end != '\n') ++end;
  // A return before the line end belongs to the line end.
  if (end != begin && end[-1] == '\r' && (end == text_end || *end == '\n')) --end;
  at_ += std::size_t(end - begin);
  return {begin, end};
}

std::string_view CsvRows::quoted_field() {
  std::string& value = unquoted_.emplace_back();
  for (++at_;; at_ += 2) {  // each turn ends at a doubled quote
    const std::size_t quote = text_.find('"', at_);
    if (quote == text_.npos) fail("{}: a quote is opened and never closed", place());
    for (std::size_t i = at_; i < quote; ++i) next_line_ += text_[i] == '\n';
    value.append(text_, at_, quote - at_);
    at_ = quote;
    if (quote + 1 == text_.size() || text_[quote + 1] != '"') break;
    value += '"';
  }
  ++at_;
  if (!at_line_end() && text_[at_] != delimiter_)
    fail("{}: field {} goes on after its closing quote; write quotes inside as \"\"", place(),
         fields_.size() + 1);
  return value;
}

bool CsvRows::next() {
  fields_.clear();
  unquoted_.clear();
  while (at_ < text_.size() && at_line_end()) {
    next_line_ += text_[at_] == '\n';
    ++at_;
  }
  if (at_ == text_.size()) return false;
  line_ = next_line_;
  for (;;) {
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    fields_.push_back(quoted ? quoted_field() : plain_field());
    if (at_line_end()) return true;
    ++at_;  // the delimiter
  }
}

}  // namespace goodfit
