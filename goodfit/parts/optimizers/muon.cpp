#include "goodfit/parts/optimizers/muon.hpp"

#include <algorithm>
#include <cmath>

#include "goodfit/compute/kernels/gemm/gemm.hpp"
#include "goodfit/parts/optimizers/squared_norm.hpp"

namespace goodfit {
namespace {

// to[j, i] = from[i, j]
void transpose(ConstSpan from, Size rows, Size columns, Span to) {
  for (Size j = 0; j < columns; ++j)
    for (Size i = 0; i < rows; ++i)
      to[std::size_t(j * rows + i)] = from[std::size_t(i * columns + j)];
}

// Newton–Schulz on Z = Xᵀ [large, small], with X [small, large] and two squares to work in. All
// products are of a transposed first factor, which is the kernel that needs nothing packed.
void make_orthogonal(Span z, Span x, Span gram, Span factor, Size large, Size small, Size steps) {
  constexpr float a = 3.4445f, b = -4.7750f, c = 2.0315f;
  const auto product = [](ConstSpan left, ConstSpan right, Size k, Size m, Size n, Span to) {
    kernels::gemm_transposed_a(left.data(), m, right.data(), n, k, 0, m, n, to.data(), n, false);
  };
  for (Size step = 0; step < steps; ++step) {
    product(z, z, large, small, small, gram);          // X Xᵀ
    product(gram, gram, small, small, small, factor);  // its square: it is symmetric
    for (std::size_t i = 0; i < std::size_t(small * small); ++i)
      factor[i] = c * factor[i] + b * gram[i];
    for (Size i = 0; i < small; ++i) factor[std::size_t(i * (small + 1))] += a;
    transpose(z, large, small, x);
    product(x, factor, small, large, small, z);
  }
}

}  // namespace

void Muon::turn(const Step& now, Span w, ConstSpan g, const Memory<5>& kept) const {
  const auto [mean, x, z, gram, factor] = kept;  // a matrix has no other use for its second memory
  const Size rows = now.rows, columns = Size(w.size()) / rows;
  const Size small = std::min(rows, columns), large = std::max(rows, columns);
  const bool wide = rows < columns;
  const Span turned = wide ? x : z;  // where it has the layout of w
  const double mu = now.momentum.value_or(momentum);
  const auto old = float(mu), added = float(1 - mu);
  for (std::size_t i = 0; i < w.size(); ++i) {
    mean[i] = old * mean[i] + added * g[i];
    turned[i] = nesterov ? added * g[i] + old * mean[i] : mean[i];
  }
  const auto shorten = float(1 / std::max(std::sqrt(squared_norm(turned)), eps));
  for (float& u : turned) u *= shorten;
  if (wide) transpose(x, rows, columns, z);
  make_orthogonal(z, x, gram, factor, large, small, steps);
  if (wide) transpose(z, columns, rows, x);
  const double reach = adjust == "original"
                           ? std::sqrt(std::max(1.0, double(rows) / double(columns)))
                           : 0.2 * std::sqrt(double(large));
  const auto rate = float(now.lr * reach), shrink = float(1 - now.lr * weight_decay);
  for (std::size_t i = 0; i < w.size(); ++i) w[i] = shrink * w[i] - rate * turned[i];
}

}  // namespace goodfit
