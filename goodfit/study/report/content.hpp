// Content: what a panel consists of, as data: charts, tables, pictures, text.
//
// Each becomes a piece of JSON that page.js knows how to draw; its "kind" says which. Numbers are
// cut to six digits, as nobody sees more, and what is not finite becomes a gap.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "goodfit/base/setting.hpp"
#include "goodfit/base/size.hpp"
#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {

using Points = std::vector<std::pair<double, double>>;
enum class Look { line, dashed, dots, marked, area };

struct Line {
  std::string name;
  Points points;
  std::size_t color = 0;  // of the page's palette
  Look look = Look::line;
  double depth = -1;  // 0 … 1: from the first to the last of many lines, instead of the palette
};
struct Axis {
  std::string title;
  bool log = false;
};
struct Chart {
  std::string title = {};
  Axis x = {}, y = {};
  std::vector<Line> lines = {};
  bool small = false;  // one of many
};
struct Bars {
  std::string title = {};
  Axis x = {}, y = {};
  std::vector<std::string> labels = {};
  std::vector<std::pair<std::string, std::vector<double>>> groups = {};
};
struct Listing {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows = {};
};
struct Captioned {  // a picture with words below
  Picture picture;
  std::string caption;
};

Setting content(const Chart& chart);
Setting content(const Bars& bars);
Setting content(const Listing& table);
Setting content(const std::vector<Captioned>& pictures);
// Figures that stand by themselves, each over its name.
Setting figures(const std::vector<std::pair<std::string, std::string>>& named);
// Counts [names, names], the diagonal told apart; `rows` and `columns` name the axes.
Setting matrix(const std::vector<std::string>& names, const std::vector<Size>& counts,
               const std::string& rows, const std::string& columns);
Setting verbatim(const std::string& text);
Setting heading(const std::string& text);
Setting note(const std::string& text);

// Whether the positive numbers span so much that small ones would be lost on a linear axis.
bool spans_decades(const std::vector<Line>& lines);
// 0.0123, 12.3, 12345: four digits, which is what a reader compares.
std::string figure(double value);
std::string percent(double share);  // 98.7 %, never broken
// The bytes as an address that a page can show without asking anyone.
std::string data_uri(const std::string& media, std::string_view bytes);

}  // namespace goodfit
