// Recurrent: one step in time of a recurrent cell and of its gradient, for some samples.
//
//   rnn    h = f(a + x)                    f = tanh, or relu
//   lstm   i f o = σ(a + x)   g = tanh(a + x)      c = f c' + i g      h = o tanh c
//   gru    r z = σ(a + x)     n = tanh(x + r q)    h = (1 − z) n + z h'
//
// x: what the inputs give to the gates.   a: what h' gives to them, W_hh h' + b_hh; of a gru's last
// gate it is q.   h', c': of the step before. A step keeps its numbers in one row of `now` for each
// sample, `keeps` times h wide; the gates lie there in PyTorch's order, and a is there before:
//
//   rnn  (a → h)        lstm  (a → i f g o, c, h)        gru  (a → r z q, n, h)
//
// The way back fills a row of `d` with what the gates get, `gives` times h wide. Before, its first
// h hold what the step after gives to h by its product, and the next h what it gives by itself (to
// c of an lstm, to h of a gru); `carried` is the place for that of the step before, in its row of
// d.
//
//   rnn  (da)           lstm  (da of i f g o)            gru  (da of r z q, dx of n)
//
// Contract: `before` is null in the first step, where h' = c' = 0; `carried` is null there too; dy
// is null where nobody else wants h. `is_last`: d holds nothing yet. Strides count floats from
// sample to sample; rows overlap nothing.
// Any h ≥ 0 and any alignment. A number's bits depend on its own inputs alone.
// Source: Elman 1990; Hochreiter & Schmidhuber 1997 with the gate of Gers et al. 2000; Cho et al.
// 2014, arXiv:1406.1078; the equations are those of PyTorch's RNN, LSTM and GRU.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

// Rows of the samples of one step: of x, of what a step keeps, of dy and of d.
struct RecurrentStrides {
  Size x = 0, now = 0, dy = 0, d = 0;
};

void rnn_forward(const float* x, float* now, Size rows, Size h, const RecurrentStrides& strides,
                 bool is_relu);
void rnn_backward(const float* now, const float* dy, float* d, bool is_last, Size rows, Size h,
                  const RecurrentStrides& strides, bool is_relu);

void lstm_forward(const float* x, const float* before, float* now, Size rows, Size h,
                  const RecurrentStrides& strides);
void lstm_backward(const float* now, const float* before, const float* dy, float* d, float* carried,
                   bool is_last, Size rows, Size h, const RecurrentStrides& strides);

void gru_forward(const float* x, const float* before, float* now, Size rows, Size h,
                 const RecurrentStrides& strides);
void gru_backward(const float* now, const float* before, const float* dy, float* d, float* carried,
                  bool is_last, Size rows, Size h, const RecurrentStrides& strides);

}  // namespace goodfit::kernels
