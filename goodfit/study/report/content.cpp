#include "goodfit/study/report/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace goodfit {
namespace {

Setting number(double value) {
  if (!std::isfinite(value)) return {};
  return std::stod(fmt::format("{:.6g}", value));
}

Setting texts(const std::vector<std::string>& list) {
  return Setting::List(list.begin(), list.end());
}

Setting to_setting(const Axis& axis) {
  return Setting::Table{{"title", axis.title}, {"log", axis.log}};
}

const char* name_of(Look look) {
  switch (look) {
    case Look::line:
      return "line";
    case Look::dashed:
      return "dashed";
    case Look::dots:
      return "dots";
    case Look::marked:
      return "marked";
    case Look::area:
      break;
  }
  return "area";
}

}  // namespace

Setting content(const Chart& chart) {
  Setting::List lines;
  for (const Line& line : chart.lines) {
    Setting::List x, y;
    for (const auto& [at, value] : line.points) x.push_back(number(at)), y.push_back(number(value));
    lines.push_back(Setting::Table{{"name", line.name},
                                   {"color", std::int64_t(line.color)},
                                   {"look", name_of(line.look)},
                                   {"depth", line.depth},
                                   {"x", x},
                                   {"y", y}});
  }
  return Setting::Table{{"kind", "chart"},          {"title", chart.title},
                        {"x", to_setting(chart.x)}, {"y", to_setting(chart.y)},
                        {"small", chart.small},     {"lines", lines}};
}

Setting content(const Bars& bars) {
  Setting::List groups;
  for (const auto& [name, values] : bars.groups) {
    Setting::List heights;
    for (const double value : values) heights.push_back(number(value));
    groups.push_back(Setting::Table{{"name", name}, {"values", heights}});
  }
  return Setting::Table{
      {"kind", "bars"},          {"title", bars.title},          {"x", to_setting(bars.x)},
      {"y", to_setting(bars.y)}, {"labels", texts(bars.labels)}, {"groups", groups}};
}

Setting content(const Listing& table) {
  Setting::List rows;
  for (const std::vector<std::string>& row : table.rows) rows.push_back(texts(row));
  return Setting::Table{{"kind", "table"}, {"head", texts(table.head)}, {"rows", rows}};
}

Setting content(const std::vector<Captioned>& pictures) {
  Setting::List items;
  for (const Captioned& one : pictures)
    items.push_back(Setting::Table{{"source", data_uri("image/png", png(one.picture))},
                                   {"width", std::int64_t(one.picture.width)},
                                   {"caption", one.caption}});
  return Setting::Table{{"kind", "pictures"}, {"items", items}};
}

Setting figures(const std::vector<std::pair<std::string, std::string>>& named) {
  Setting::List items;
  for (const auto& [name, value] : named)
    items.push_back(Setting::Table{{"name", name}, {"value", value}});
  return Setting::Table{{"kind", "figures"}, {"items", items}};
}

Setting matrix(const std::vector<std::string>& names, const std::vector<Size>& counts,
               const std::string& rows, const std::string& columns) {
  Setting::List cells;
  for (const Size count : counts) cells.emplace_back(std::int64_t(count));
  return Setting::Table{{"kind", "matrix"},
                        {"names", texts(names)},
                        {"rows", rows},
                        {"columns", columns},
                        {"counts", cells}};
}

Setting verbatim(const std::string& text) {
  return Setting::Table{{"kind", "verbatim"}, {"text", text}};
}
Setting heading(const std::string& text) {
  return Setting::Table{{"kind", "heading"}, {"text", text}};
}
Setting note(const std::string& text) { return Setting::Table{{"kind", "note"}, {"text", text}}; }

bool spans_decades(const std::vector<Line>& lines) {
  constexpr double wide = 30;
  double low = INFINITY, high = 0;
  for (const Line& line : lines)
    for (const auto& [_, y] : line.points) {
      if (y <= 0) return false;
      if (std::isfinite(y)) low = std::min(low, y), high = std::max(high, y);
    }
  return high > wide * low;
}

std::string figure(double value) {
  if (std::isfinite(value) && std::abs(value) >= 1000 && std::abs(value) < 1e7)
    return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

std::string percent(double share) { return fmt::format("{:.3g}\u00a0%", 100 * share); }

std::string data_uri(const std::string& media, std::string_view bytes) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text = "data:" + media + ";base64,";
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return k < bytes.size() ? unsigned(static_cast<unsigned char>(bytes[k])) : 0u;
    };
    const unsigned three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : digits[three >> (18 - 6 * k) & 63];
  }
  return text;
}

}  // namespace goodfit
