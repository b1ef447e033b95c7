#include "goodfit/study/report/run_view.hpp"

#include <fmt/core.h>

#include "goodfit/base/error.hpp"
#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/network.hpp"

namespace goodfit {
namespace {

std::string name_of(const Run& run) {
  if (run.folder.empty()) return "run";
  const auto folder = std::filesystem::absolute(run.folder).lexically_normal();
  const auto named = folder.has_filename() ? folder : folder.parent_path();
  const std::string name = named.filename().string();
  // Of a comparison, in whose folders all runs are called alike.
  if (name.starts_with("seed-")) return named.parent_path().filename().string() + " " + name;
  return name;
}

ConstSpan part_of(const std::vector<float>& all, Size row, Size width) {
  return ConstSpan(all).subspan(std::size_t(row * width), std::size_t(width));
}

}  // namespace

RunView::RunView(const Run& run) : run_(run), name_(name_of(run)) {
  if (!run.folder.empty()) events_ = read_events(run.folder);
}

std::vector<const Setting*> RunView::events(std::string_view name) const {
  std::vector<const Setting*> found;
  for (const Setting& event : events_) {
    const Setting* its = event.find("event");
    if (its && its->text() && *its->text() == name) found.push_back(&event);
  }
  return found;
}

std::vector<ProbeReport> RunView::probes() const {
  std::vector<ProbeReport> all;
  for (const Setting* event : events("probe")) all.push_back(probe_from(*event));
  return all;
}

const RunView::Known* RunView::data() const {
  if (known_ || !why_no_data_.empty()) return known_.get();
  try {
    if (!recipe().data) fail("the recipe of this run has no data");
    Wanted wanted = wanted_by(recipe());
    wanted.classes = run_.signature().classes;
    wanted.width = run_.signature().sample.count();
    auto known = std::make_unique<Known>();
    known->data = recipe().data->load(wanted);
    known->portions = split_data(known->data, recipe().split, has_classes(recipe().loss.meaning()),
                                 recipe().seed);
    known_ = std::move(known);
  } catch (const Error& error) {
    why_no_data_ = error.what();
  }
  return known_.get();
}

const std::string& RunView::why_no_data() const { return data(), why_no_data_; }

const RunView::Judged* RunView::judged() const {
  if (judged_ || !data()) return judged_.get();
  const Portions& portions = known_->portions;
  auto found = std::make_unique<Judged>();
  found->split = portions.test.count() > 0         ? "test"
                 : portions.validation.count() > 0 ? "validation"
                                                   : "training";
  found->samples = portions.test.count() > 0         ? portions.test
                   : portions.validation.count() > 0 ? portions.validation
                                                     : portions.train;
  constexpr Size rows_at_a_time = 256;
  Threads threads(0);
  Signature signature = run_.signature();
  Run run = run_;  // its weights are the same
  Network network(recipe(), signature, Mode::evaluate,
                  std::min(rows_at_a_time, found->samples.count()), run.weights(), threads);
  const auto append = [](std::vector<float>& to, ConstSpan from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  found->loss = each_outcome(network, found->samples, [&](const Outcome& outcome) {
    append(found->outputs, outcome.outputs);
    append(found->targets, outcome.targets);
    append(found->deviations, outcome.deviations);
    found->rows += outcome.rows;
    found->width = outcome.width;
    found->target_width = outcome.target_width;
  });
  judged_ = std::move(found);
  return judged_.get();
}

Outcome RunView::Judged::outcome() const {
  return {outputs, targets, rows, width, target_width, deviations};
}
Outcome RunView::Judged::outcome(Size row) const {
  return {part_of(outputs, row, width),
          part_of(targets, row, target_width),
          1,
          width,
          target_width,
          deviations.empty() ? ConstSpan{} : part_of(deviations, row, width)};
}

Scores RunView::test_scores() const {
  const auto ends = events("end");
  const Setting* test = ends.empty() ? nullptr : ends.back()->find("test");
  return test ? scores_from(*test) : run_.test_scores;
}

bool RunView::tells_classes() const {
  return has_classes(recipe().loss.meaning()) && judged() && judged_->target_width == 1;
}

std::vector<std::string> RunView::classes(Size count) const {
  std::vector<std::string> names = run_.signature().classes;
  for (Size i = Size(names.size()); i < count; ++i) names.push_back(fmt::format("{}", i));
  return names;
}

}  // namespace goodfit
