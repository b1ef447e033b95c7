#include "goodfit/parts/optimizers/lbfgs.hpp"

#include "goodfit/parts/optimizers/squared_norm.hpp"

namespace goodfit {
namespace {

constexpr double least_curvature = 1e-10;  // PyTorch's

double dot(ConstSpan a, ConstSpan b) {
  return chained_sum(a.size(), [&](std::size_t i) { return double(a[i]) * double(b[i]); });
}

// The numbers of the run. Matrices are [places, places], and only what pairs that count have with
// older ones is read of them.
template <class T>
struct Numbers {
  Numbers(std::span<T> all, std::size_t count)
      : places(count),
        free(all[0]),
        pairs(all[1]),
        of_g(all[2]),
        of_s(all.subspan(3, count)),
        of_y(all.subspan(3 + count, count)),
        sy(all.subspan(3 + 2 * count, count * count)),
        yy(all.subspan(3 + (2 + count) * count, count * count)) {}

  // The k-th of the pairs that count, from the newest.
  std::size_t at(std::size_t k) const { return (std::size_t(free) + places - 1 - k) % places; }

  std::size_t places;
  T &free, &pairs;  // the place of the next pair; how many count
  T& of_g;          // r = of_g g + Σ of_s s + Σ of_y y
  std::span<T> of_s, of_y;
  std::span<T> sy, yy;  // s_i·y_j and y_i·y_j
};

// Products with g, from `measure`.
struct Slopes {
  Slopes(std::span<const double> sums, std::size_t count)
      : s(sums.subspan(2 * count, count)),
        y(sums.subspan(3 * count, count)),
        g(sums[4 * count]),
        magnitude(sums[4 * count + 1]),
        steep(sums[4 * count + 2]) {}
  std::span<const double> s, y;
  double g, magnitude, steep;  // g·g, ‖g‖₁, how many weights have more than tolerance_grad
};

// The factors of r. Till the second loop of_y holds α.
void find_direction(Numbers<double>& now, const Slopes& slopes) {
  const auto pairs = std::size_t(now.pairs);
  const auto sy = [&](std::size_t i, std::size_t j) { return now.sy[i * now.places + j]; };
  const auto yy = [&](std::size_t i, std::size_t j) { return now.yy[i * now.places + j]; };
  std::fill(now.of_s.begin(), now.of_s.end(), 0.0);
  std::fill(now.of_y.begin(), now.of_y.end(), 0.0);
  now.of_g = pairs > 0 ? sy(now.at(0), now.at(0)) / yy(now.at(0), now.at(0)) : 1;
  for (std::size_t k = 0; k < pairs; ++k) {
    const std::size_t i = now.at(k);
    double sq = slopes.s[i];
    for (std::size_t newer = 0; newer < k; ++newer)
      sq -= now.of_y[now.at(newer)] * sy(i, now.at(newer));
    now.of_y[i] = sq / sy(i, i);
  }
  for (std::size_t k = pairs; k-- > 0;) {
    const std::size_t i = now.at(k);
    double yq = slopes.y[i], ys = 0;
    for (std::size_t any = 0; any < pairs; ++any) yq -= now.of_y[now.at(any)] * yy(i, now.at(any));
    for (std::size_t older = k + 1; older < pairs; ++older)
      ys += now.of_s[now.at(older)] * sy(now.at(older), i);
    now.of_s[i] = now.of_y[i] - (now.of_g * yq + ys) / sy(i, i);
  }
  for (double& alpha : now.of_y) alpha *= -now.of_g;
}

}  // namespace

std::vector<std::string> Lbfgs::memory() const {
  std::vector<std::string> names;
  for (const char* vector : {"s", "y"})
    for (std::size_t i = 0; i < places(); ++i) names.push_back(vector + std::to_string(i));
  return names;
}

void Lbfgs::measure(const Step& now, ConstSpan w, ConstSpan g, std::span<const Span> kept,
                    std::span<double> to) const {
  const std::size_t count = places(), fresh = std::size_t(now.numbers[0]);
  const Span s = kept[fresh], y = kept[count + fresh];
  if (now.number > 1)  // before there is no step, and the memory is zeros
    for (std::size_t i = 0; i < w.size(); ++i) s[i] = w[i] - s[i], y[i] = g[i] - y[i];
  for (std::size_t i = 0; i < count; ++i) {
    to[i] = dot(kept[i], y);
    to[count + i] = dot(kept[count + i], y);
    to[2 * count + i] = dot(kept[i], g);
    to[3 * count + i] = dot(kept[count + i], g);
  }
  to[4 * count] = squared_norm(g);
  to[4 * count + 1] = chained_sum(g.size(), [&](std::size_t i) { return double(std::abs(g[i])); });
  to[4 * count + 2] = chained_sum(
      g.size(), [&](std::size_t i) { return std::abs(double(g[i])) > tolerance_grad ? 1.0 : 0.0; });
}

void Lbfgs::decide(const Step& now, std::span<double> of_run) const {
  const std::size_t count = places();
  Numbers<double> numbers(of_run, count);
  const auto fresh = std::size_t(numbers.free);
  for (std::size_t i = 0; i < count; ++i) {
    numbers.sy[i * count + fresh] = now.sums[i];
    numbers.yy[i * count + fresh] = numbers.yy[fresh * count + i] = now.sums[count + i];
  }
  if (now.sums[fresh] > least_curvature) {
    numbers.pairs = std::min(numbers.pairs + 1, double(history));
    numbers.free = double((fresh + 1) % count);
  }
  const Slopes slopes(now.sums, count);
  find_direction(numbers, slopes);
  double gain = numbers.of_g * slopes.g;
  for (std::size_t i = 0; i < count; ++i)
    gain += numbers.of_s[i] * slopes.s[i] + numbers.of_y[i] * slopes.y[i];
  double length = now.number > 1 ? 1 : std::min(1.0, 1 / slopes.magnitude);
  if (slopes.steep == 0 || gain < tolerance_change) length = 0;
  numbers.of_g *= length;
  for (const std::span<double> factors : {numbers.of_s, numbers.of_y})
    for (double& factor : factors) factor *= length;
}

void Lbfgs::update(const Step& now, Span w, ConstSpan g, std::span<const Span> kept) const {
  const std::size_t count = places();
  const Numbers<const double> numbers(now.numbers, count);
  const auto fresh = std::size_t(numbers.free);
  const Span s = kept[fresh], y = kept[count + fresh];
  std::array<double, 256> r;  // a piece of it, of some size that stays in the cache
  for (std::size_t begin = 0; begin < w.size(); begin += r.size()) {
    const std::size_t width = std::min(r.size(), w.size() - begin);
    const auto add = [&](double factor, ConstSpan x) {
      if (factor == 0) return;
      for (std::size_t i = 0; i < width; ++i) r[i] += factor * double(x[begin + i]);
    };
    r.fill(0);
    add(numbers.of_g, g);
    for (std::size_t i = 0; i < count; ++i) {
      add(numbers.of_s[i], kept[i]);
      add(numbers.of_y[i], kept[count + i]);
    }
    for (std::size_t i = 0; i < width; ++i) {
      const float old = w[begin + i];
      w[begin + i] = float(double(old) - now.lr * r[i]);
      s[begin + i] = old;
      y[begin + i] = g[begin + i];
    }
  }
}

}  // namespace goodfit
