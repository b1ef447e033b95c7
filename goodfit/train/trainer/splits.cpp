#include "goodfit/train/trainer/splits.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "goodfit/parts/datasets/read_ahead.hpp"
#include "goodfit/parts/layers/table_inputs.hpp"

namespace goodfit {
namespace {

// Takes a share of the rows out of `from`, class by class when there are classes.
std::vector<Size> take_out(std::vector<Size>& from, const Samples& samples, double part,
                           bool classes, Random& random) {
  std::map<float, std::vector<Size>> groups;
  for (const Size row : from)
    groups[classes ? samples.targets[std::size_t(row * samples.target_width)] : 0.0f].push_back(
        row);
  std::vector<Size> taken;
  from.clear();
  for (const auto& [label, rows] : groups) {
    const Size count = Size(std::lround(part * double(rows.size())));
    const std::vector<Size> order = permutation(Size(rows.size()), random);
    for (std::size_t i = 0; i < rows.size(); ++i)
      (Size(i) < count ? taken : from).push_back(rows[std::size_t(order[i])]);
  }
  std::sort(from.begin(), from.end());
  std::sort(taken.begin(), taken.end());
  return taken;
}

// A number for each sample, of a key or a feature of that name.
std::vector<double> column_of(const Data& data, const std::string& name, std::string_view setting) {
  if (const auto key = data.keys.find(name); key != data.keys.end()) return key->second;
  const auto at = std::find(data.features.begin(), data.features.end(), name);
  if (at == data.features.end()) {
    std::vector<std::string> known = data.features;
    for (const auto& [key, _] : data.keys) known.push_back(key);
    fail_unknown(setting, "column", name, known);
  }
  const Size width = data.train.shape.count();
  std::vector<double> column(std::size_t(data.train.count()));
  for (std::size_t row = 0; row < column.size(); ++row)
    column[row] = double(
        data.train.features[row * std::size_t(width) + std::size_t(at - data.features.begin())]);
  return column;
}

// Takes the latest share out of `from`. Rows without a time stay.
std::vector<Size> take_latest(std::vector<Size>& from, const std::vector<double>& times,
                              double part) {
  const auto time = [&](Size row) {
    const double is = times[std::size_t(row)];
    return std::isnan(is) ? -INFINITY : is;
  };
  std::stable_sort(from.begin(), from.end(), [&](Size a, Size b) { return time(a) < time(b); });
  const auto cut = from.end() - std::lround(part * double(from.size()));
  std::vector<Size> taken(cut, from.end());
  from.erase(cut, from.end());
  std::sort(from.begin(), from.end());
  std::sort(taken.begin(), taken.end());
  return taken;
}

// Takes whole groups out of `from`, at random, until the share is reached.
std::vector<Size> take_groups(std::vector<Size>& from, const std::vector<double>& groups,
                              double part, Random& random) {
  std::map<double, std::vector<Size>> members;
  for (const Size row : from) {
    const double group = groups[std::size_t(row)];
    members[std::isnan(group) ? -INFINITY : group].push_back(row);
  }
  if (members.size() < 2) fail("split.group: all rows are of one group; nothing can be held out");
  std::vector<const std::vector<Size>*> lists;
  for (const auto& [group, rows] : members) lists.push_back(&rows);
  const double wanted = part * double(from.size());
  std::vector<Size> taken;
  from.clear();
  for (const Size i : permutation(Size(lists.size()), random)) {
    const std::vector<Size>& rows = *lists[std::size_t(i)];
    // Half of a group too few or half of one too many.
    auto& to = double(taken.size()) + double(rows.size()) / 2 <= wanted ? taken : from;
    to.insert(to.end(), rows.begin(), rows.end());
  }
  std::sort(from.begin(), from.end());
  std::sort(taken.begin(), taken.end());
  return taken;
}

struct Gathering {
  const Portion& portion;
  std::span<const Size> wanted;
  float *features, *targets;

  void copy(Size begin, Size end) const {
    const Samples& from = *portion.samples;
    const Size width = from.shape.count(), goals = from.target_width;
    for (Size i = begin; i < end; ++i) {
      const Size row = portion.rows[std::size_t(wanted[std::size_t(i)])];
      if (!from.reader)
        std::copy_n(from.features.data() + row * width, width, features + i * width);
      std::copy_n(from.targets.data() + row * goals, goals, targets + i * goals);
    }
  }
};

std::vector<Size> rows_of(const Portion& portion, std::span<const Size> wanted) {
  std::vector<Size> rows;
  rows.reserve(wanted.size());
  for (const Size i : wanted) rows.push_back(portion.rows[std::size_t(i)]);
  return rows;
}

}  // namespace

void Portion::gather(std::span<const Size> wanted, Span features, Span targets,
                     Threads* threads) const {
  constexpr Size shard = 32, floats_worth_threads = 32768;
  Gathering all{*this, wanted, features.data(), targets.data()};
  const Size count = Size(wanted.size());
  if (samples->reader) {
    samples->reader->take(rows_of(*this, wanted), features);
    return all.copy(0, count);
  }
  if (!threads || count * samples->shape.count() < floats_worth_threads) return all.copy(0, count);
  const auto copy_shard = [](void* context, Size unit, int) {
    const Gathering& mine = *static_cast<const Gathering*>(context);
    const Size end = std::min(Size(mine.wanted.size()), (unit + 1) * shard);
    mine.copy(unit * shard, end);
  };
  threads->run((count + shard - 1) / shard, copy_shard, &all);
}

void Portion::expect(std::span<const Size> wanted, Size batch) const {
  if (samples->reader) samples->reader->expect(rows_of(*this, wanted), batch);
}

void Portion::each(const std::function<void(ConstSpan features)>& see) const {
  constexpr Size ahead = 32;
  const auto width = std::size_t(samples->shape.count());
  std::vector<float> read(samples->reader ? width : 0);
  if (samples->reader) samples->reader->expect(rows, ahead);
  for (const Size& row : rows) {
    if (samples->reader) samples->reader->take({&row, 1}, read);
    see(samples->reader ? ConstSpan(read)
                        : ConstSpan(samples->features).subspan(std::size_t(row) * width, width));
  }
}

Samples Portion::copy() const {
  Samples own{.shape = samples->shape,
              .target_width = samples->target_width,
              .features = {},
              .targets = {}};
  own.targets.resize(std::size_t(count() * own.target_width));
  std::vector<Size> all(rows.size());
  std::iota(all.begin(), all.end(), Size{0});
  if (samples->reader) {
    own.reader = samples->reader->only(rows);
    Gathering{*this, all, nullptr, own.targets.data()}.copy(0, count());
    return own;
  }
  own.features.resize(std::size_t(count() * own.shape.count()));
  gather(all, own.features, own.targets);
  return own;
}

Portion whole(const Samples& samples) {
  Portion all{&samples, std::vector<Size>(std::size_t(samples.count()))};
  std::iota(all.rows.begin(), all.rows.end(), Size{0});
  return all;
}

Portions split_data(const Data& data, const Split& split, bool classes, std::uint64_t seed) {
  Random random(seed, stream_of("split"));
  Portions portions{whole(data.train), {&data.train, {}}, {&data.train, {}}};
  const bool stratified = split.stratified && classes;
  const std::string& by = split.time.empty() ? split.group : split.time;
  const std::vector<double> column =
      by.empty() ? std::vector<double>{}
                 : column_of(data, by, split.time.empty() ? "split.group" : "split.time");
  const auto take = [&](double part) {
    std::vector<Size>& from = portions.train.rows;
    if (!split.time.empty()) return take_latest(from, column, part);
    if (!split.group.empty()) return take_groups(from, column, part, random);
    return take_out(from, data.train, part, stratified, random);
  };
  if (data.test)
    portions.test = whole(*data.test);
  else if (split.test > 0)
    portions.test.rows = take(split.test);
  if (data.validation)
    portions.validation = whole(*data.validation);
  else if (split.validation > 0)
    portions.validation.rows = take(split.validation);
  if (portions.train.rows.empty())
    fail("split: of {} samples none is left to train on; lower split.validation or split.test",
         data.train.count());
  return portions;
}

std::vector<Size> order_of(const Recipe& recipe, const Portion& train, Size epoch) {
  Random random(recipe.seed, stream_of("shuffle"), std::uint32_t(epoch));
  std::vector<Size> order = permutation(train.count(), random);
  if (!recipe.shuffle) std::iota(order.begin(), order.end(), Size{0});
  return order;
}

Wanted wanted_by(const Recipe& recipe) {
  return {.target = has_classes(recipe.loss.meaning()) ? Wanted::Target::classes
                                                       : Wanted::Target::numbers,
          .width = 0,
          .classes = {},
          .missing = !recipe.model.empty() && recipe.model.front().as<TableInputs>() != nullptr};
}

Samples split_of(const Run& run, std::string_view split) {
  const Recipe& recipe = run.recipe();
  if (!recipe.data) fail("the recipe of this run has no data");
  Wanted wanted = wanted_by(recipe);
  wanted.classes = run.signature().classes;
  wanted.width = run.signature().sample.count();
  const Data data = recipe.data->load(wanted);
  const Portions portions =
      split_data(data, recipe.split, has_classes(recipe.loss.meaning()), recipe.seed);
  const std::vector<std::string> names{"train", "validation", "test"};
  if (std::find(names.begin(), names.end(), split) == names.end())
    fail_unknown("", "split", split, names);
  const Portion& portion = split == "train"  ? portions.train
                           : split == "test" ? portions.test
                                             : portions.validation;
  if (portion.count() == 0)
    fail("this run has no {} samples: its recipe has split.{} = 0", split, split);
  return portion.copy();
}

}  // namespace goodfit
