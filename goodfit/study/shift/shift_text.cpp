#include "goodfit/study/shift/shift_text.hpp"

#include <fmt/format.h>

namespace goodfit {

std::string p_text(double p) { return p < 1e-9 ? "< 1e-9" : fmt::format("{:.2g}", p); }

std::string extremes_text(const FeatureShift& one, Size rows) {
  std::string text;
  if (one.below + one.above > 0)
    text += fmt::format("; {} of {} outside {} … {}, farthest {}", one.below + one.above, rows,
                        value_text(one.low, one.date), value_text(one.high, one.date),
                        value_text(one.farthest, one.date));
  if (!one.unseen.empty()) {
    Size count = 0;
    for (const auto& [value, times] : one.unseen) count += times;
    text += fmt::format("; {} of {} have values that are new", count, rows);
    if (one.unseen.front().first != other_values) text += ", such as " + one.unseen.front().first;
  }
  return text;
}

std::string by_text(const Joint& joint) {
  std::string text;
  for (std::size_t i = 0; i < joint.by.size(); ++i) text += (i == 0 ? "; by " : ", ") + joint.by[i];
  return text;
}

std::string joint_text(const Joint& joint) {
  return fmt::format(
             "a network ranks a new row above an old one in {:.1f} % of {} "
             "rows that it had not seen (50 % is chance), p {}",
             100 * joint.auc, joint.rows, p_text(joint.p)) +
         by_text(joint);
}

std::vector<std::string> shift_lines(const Shift& shift, std::size_t most) {
  std::vector<std::string> lines;
  std::size_t more = 0;
  for (const FeatureShift& one : shift.features) {
    if (!one.matters(Shift::level) && !one.far) continue;
    if (lines.size() < most)
      lines.push_back(fmt::format("{} differs from training: {}{} (distance {:.2f}, p {})",
                                  one.name, one.change, extremes_text(one, shift.rows_b),
                                  one.effect(), p_text(one.p)));
    else
      ++more;
  }
  if (more > 0)
    lines.push_back(
        fmt::format("{} more column{} from training", more, more == 1 ? " differs" : "s differ"));
  if (lines.empty() && shift.found() && shift.matters(Shift::level))
    lines.push_back("differs from training in how columns go together: " +
                    joint_text(*shift.joint));
  return lines;
}

}  // namespace goodfit
