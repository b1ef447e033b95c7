// Predictor: a trained model made ready to answer, for a program that asks again and again.
//
// All is built once: a call allocates nothing and packs no weights. Its answers have the bits of
// Run::predict.
#pragma once
#include <memory>

#include "goodfit/compute/tensor/store.hpp"

namespace goodfit {

class Run;

class Predictor {
 public:
  // For up to `rows` samples a call. One thread answers soonest where a call is small. Weights and
  // temperature are those that the run has now.
  explicit Predictor(const Run& run, Size rows = 1, int threads = 1);
  Predictor(Predictor&&) noexcept;
  ~Predictor();

  Size rows() const;
  // Features of some samples, one after the other → their outputs, [samples, outputs] as
  // Run::predict gives them, valid until the next call. Throws Error when it is no whole number of
  // samples between 1 and rows().
  ConstSpan operator()(ConstSpan features);

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace goodfit
