// Dataset: where samples come from. Loading is all it does; the trainer splits, shuffles and
// batches.
#pragma once
#include <concepts>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "goodfit/base/part.hpp"
#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

class ReadAhead;

struct Samples {
  Shape shape = {};                  // of one sample: [64], [28, 28, 1]; channels last
  Size target_width = 1;             // numbers per target
  std::vector<float> features = {};  // [count, shape...]
  std::vector<float> targets = {};   // [count, target_width]; a class is its index; may lack
  // Where features are read from whenever they are wanted, when they do not lie in memory.
  std::shared_ptr<ReadAhead> reader = {};

  Size count() const;
};

struct Data {
  Samples train = {};
  std::optional<Samples> validation = {}, test = {};  // for sets that bring their own
  std::vector<std::string> features = {};  // names of the columns; empty when they have none
  std::vector<std::string> classes = {};   // names in order of index; empty for numbers
  // Columns that are no features but may decide how samples are split: a number for each sample.
  std::map<std::string, std::vector<double>> keys = {};
  std::vector<std::string> remarks = {};  // what a user should know of it, one line each
};

// What is wanted of a dataset: by the loss at training, and by a trained model afterwards.
struct Wanted {
  enum class Target { classes, numbers, none } target = Target::numbers;  // none: targets may lack
  Size width = 0;                    // numbers per sample that the model takes; 0 takes any
  std::vector<std::string> classes;  // known from training: others are errors; empty finds them
  bool missing = false;              // the model takes NaN features as missing values
  int threads = 0;                   // to read with; 0 takes all cores, the data are the same
};

template <class D>
concept DatasetPart = Component<D> && requires(const D& dataset, const Wanted& wanted) {
  { dataset.load(wanted) } -> std::same_as<Data>;
};

struct DatasetInterface : PartInterface {
  virtual Data load(const Wanted& wanted) const = 0;
};

class Dataset : public Handle<DatasetInterface> {
 public:
  static constexpr std::string_view kind = "dataset";

  template <DatasetPart D>
  Dataset(const D& dataset) : Handle(made<Model<D>>(dataset)) {}

  static Dataset read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // Throws Error that names the file, the line and the value when the data cannot be used.
  Data load(const Wanted& wanted) const { return self_->load(wanted); }

 private:
  template <class D>
  struct Model final : Holds<DatasetInterface, D> {
    using Holds<DatasetInterface, D>::Holds;
    Data load(const Wanted& wanted) const override { return this->part.load(wanted); }
  };
};

}  // namespace goodfit
