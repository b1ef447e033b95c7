// Examples of the cells that walk over sequences, for the laws of laws_test.cpp.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/examples_testing.hpp"
#include "goodfit/compute/ops/recurrent.hpp"

namespace goodfit {

// With an ε above 0 it has layer norms.
inline Value walked(Draftsman& d, Recurrent kind, Size steps, Size h, bool all, double eps = 0) {
  const RecurrentCell cell(kind, eps);
  const Size gates = cell.gates() * h;
  Values inputs{d.x({steps, gates}), d.w({gates, h})};
  if (!cell.normed()) inputs.push_back(d.w({gates}, "b"));
  for (std::size_t i = 0; i < cell.norm_count(); ++i)
    for (const char* name : {"scale", "shift"})
      inputs.push_back(d.w({cell.norm_width(i) * h}, formatted("{}{}", name, i)));
  return recurrent(cell, inputs, all);
}

inline const std::vector<Example>& recurrent_examples() {
  static const std::vector<Example> all{
      {"recurrent", "rnn", [](auto& d) { return walked(d, Recurrent::rnn_tanh, 4, 3, true); }},
      {"recurrent", "rnn of one step",
       [](auto& d) { return walked(d, Recurrent::rnn_tanh, 1, 3, false); }},
      {"recurrent", "rnn with relu",
       [](auto& d) { return walked(d, Recurrent::rnn_relu, 2, 2, false); }},
      {"recurrent", "lstm", [](auto& d) { return walked(d, Recurrent::lstm, 3, 2, true); }},
      {"recurrent", "lstm's last step",
       [](auto& d) { return walked(d, Recurrent::lstm, 4, 2, false); }},
      {"recurrent", "gru", [](auto& d) { return walked(d, Recurrent::gru, 3, 2, true); }},
      {"recurrent", "gru's last step",
       [](auto& d) { return walked(d, Recurrent::gru, 4, 2, false); }},
      {"recurrent_norms", "of an rnn",
       [](auto& d) { return walked(d, Recurrent::rnn_tanh, 4, 3, true, 0.1); }},
      {"recurrent_norms", "of an rnn with relu, the last step",
       [](auto& d) { return walked(d, Recurrent::rnn_relu, 3, 3, false, 0.1); }},
      {"recurrent_norms", "of an lstm",
       [](auto& d) { return walked(d, Recurrent::lstm, 4, 3, true, 0.1); }},
      {"recurrent_norms", "of an lstm of one step",
       [](auto& d) { return walked(d, Recurrent::lstm, 1, 3, true, 0.1); }},
      {"recurrent_norms", "of an lstm, the last step",
       [](auto& d) { return walked(d, Recurrent::lstm, 3, 2, false, 0.1); }},
      {"recurrent_norms", "of a gru",
       [](auto& d) { return walked(d, Recurrent::gru, 4, 3, true, 0.1); }},
      {"recurrent_norms", "of a gru, the last step",
       [](auto& d) { return walked(d, Recurrent::gru, 3, 2, false, 0.1); }},
  };
  return all;
}

}  // namespace goodfit
