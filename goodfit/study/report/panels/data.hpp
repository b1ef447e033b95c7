// Data: how many samples there are of what, how they are shared out, and what their numbers look
// like.
#pragma once
#include <fmt/core.h>

#include <cmath>

#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct DataPanel {
  static constexpr Card card{"data", "Samples, splits, classes, and the range of each feature."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Data", runs, [](const RunView& run) -> std::optional<Panel> {
      const RunView::Known* known = run.data();
      if (!known) return Panel{"", "The data of this run cannot be read now: " + run.why_no_data()};
      const Portions& portions = known->portions;
      const Shape& shape = known->data.train.shape;
      Panel panel{"", reading(run)};
      panel.shown.push_back(figures({{"training", count(portions.train)},
                                     {"validation", count(portions.validation)},
                                     {"test", count(portions.test)},
                                     {"of a sample", shape.text()},
                                     {"classes", count(run)}}));
      if (!known->data.classes.empty() && run.run().signature().target_width == 1)
        panel.shown.push_back(content(balance(run, portions)));
      if (shape.rank() == 1) panel.shown.push_back(content(ranges(*known)));
      return panel;
    });
  }

 private:
  static constexpr Size most_features = 40;

  static std::string count(const Portion& portion) { return fmt::format("{}", portion.count()); }
  static std::string count(const RunView& run) {
    const std::size_t classes = run.run().signature().classes.size();
    return classes == 0 ? "numbers" : fmt::format("{}", classes);
  }

  static std::string reading(const RunView& run) {
    const Setting data = run.recipe().data->write();
    const Setting* path = data.find("path");
    return fmt::format(
        "Read as {}{}; training samples move the weights, validation chooses the "
        "epoch, test is looked at in the end.",
        run.recipe().data->key(), path && path->text() ? " from " + *path->text() : "");
  }

  static Bars balance(const RunView& run, const Portions& portions) {
    Bars bars{.title = "Share of each class", .x = {"class"}, .y = {"share of the samples"}};
    bars.labels = run.run().signature().classes;
    const auto add = [&](const std::string& name, const Portion& portion) {
      if (portion.count() == 0) return;
      std::vector<double> shares(bars.labels.size());
      for (const Size row : portion.rows) {
        const float label = portion.samples->targets[std::size_t(row)];
        if (label >= 0 && std::size_t(label) < shares.size())
          shares[std::size_t(label)] += 1 / double(portion.count());
      }
      bars.groups.emplace_back(name, shares);
    };
    add("training", portions.train);
    add("validation", portions.validation);
    add("test", portions.test);
    return bars;
  }

  static Listing ranges(const RunView::Known& known) {
    const Portion& train = known.portions.train;
    const Size width = train.samples->shape.count();
    Listing table{{"feature", "mean", "deviation", "smallest", "largest"}};
    struct Range {
      double mean = 0, squares = 0, low = INFINITY, high = -INFINITY;
    };
    std::vector<Range> all(std::size_t(std::min(width, most_features)));
    train.each([&](ConstSpan x) {
      for (std::size_t j = 0; j < all.size(); ++j) {
        all[j].mean += double(x[j]) / double(train.count());
        all[j].low = std::min(all[j].low, double(x[j]));
        all[j].high = std::max(all[j].high, double(x[j]));
      }
    });
    train.each([&](ConstSpan x) {
      for (std::size_t j = 0; j < all.size(); ++j) {
        const double away = double(x[j]) - all[j].mean;
        all[j].squares += away * away / double(train.count());
      }
    });
    for (std::size_t j = 0; j < all.size(); ++j) {
      const auto& [mean, squares, low, high] = all[j];
      table.rows.push_back(
          {j < known.data.features.size() ? known.data.features[j] : fmt::format("{}", j),
           figure(mean), figure(std::sqrt(squares)), figure(low), figure(high)});
    }
    if (width > most_features)
      table.rows.push_back({fmt::format("and {} more", width - most_features)});
    return table;
  }
};

}  // namespace goodfit
