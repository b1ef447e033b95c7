// Recurrent cell: rnn, lstm or gru, with layer norms or without, and what its rows hold.
//
//   a row of the trace     what the cell's kernel keeps, then with norms the product itself
//   a row of the gradient  what the kernel gives, then with norms what the product gets, and what
//                          the normed c of an lstm gets
//
// All widths in hiddens.
#pragma once
#include <array>
#include <string>

#include "goodfit/base/size.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {

enum class Recurrent { rnn_tanh, rnn_relu, lstm, gru };

// Neighbours in a row that are normed together.
struct RecurrentBlock {
  Size begin, width;
};

struct RecurrentCell {
  RecurrentCell(Recurrent which, double epsilon = 0) : kind(which), eps(epsilon) {}
  Recurrent kind;
  double eps;  // of its layer norms; 0: it has none

  bool normed() const { return eps > 0; }
  bool norms_its_memory() const { return normed() && kind == Recurrent::lstm; }
  std::string settings() const { return formatted("{} {}", int(kind), eps); }

  Size gates() const { return kind == Recurrent::lstm ? 4 : kind == Recurrent::gru ? 3 : 1; }
  // Of the kernel: what it keeps, where h lies in that, what it gives back.
  Size kept() const { return kind == Recurrent::lstm ? 6 : kind == Recurrent::gru ? 5 : 1; }
  Size hidden() const { return kept() - 1; }
  Size given() const { return kind == Recurrent::lstm || kind == Recurrent::gru ? 4 : 1; }

  Size trace_width() const { return kept() + (normed() ? gates() : 0); }
  Size gradient_width() const {
    return given() + (normed() ? gates() : 0) + (norms_its_memory() ? 1 : 0);
  }
  // Those of the product: all gates together, but r and z of a gru apart from n, which r comes
  // before.
  std::array<RecurrentBlock, 2> blocks() const {
    if (kind == Recurrent::gru) return {{{0, 2}, {2, 1}}};
    return {{{0, gates()}, {0, 0}}};
  }
  std::size_t block_count() const { return kind == Recurrent::gru ? 2 : 1; }
  // Norms of any sort: those of blocks, then that of an lstm's c.
  std::size_t norm_count() const {
    return !normed() ? 0 : block_count() + (norms_its_memory() ? 1 : 0);
  }
  Size norm_width(std::size_t i) const { return i < block_count() ? blocks()[i].width : 1; }
};

}  // namespace goodfit
