#include "goodfit/train/trainer/statistics.hpp"

namespace goodfit {

void recompute_statistics(Network& network, const Portion& portion, Store& store,
                          std::uint64_t seed) {
  constexpr Size most_batches = 64;
  struct Mean {
    Span buffer;
    double momentum;
    std::vector<double> sum;
  };
  std::vector<Mean> means;
  for (const Network::Running& one : network.running())
    if (one.momentum > 0) {
      const Span buffer = store.at(one.name);
      means.push_back({buffer, one.momentum, std::vector<double>(buffer.size())});
    }
  if (means.empty()) return;

  const Size rows = network.rows(), batches = std::min(most_batches, portion.count() / rows);
  Random random(seed, stream_of("statistics"));
  const std::vector<Size> order = permutation(portion.count(), random);
  portion.expect(std::span(order).first(std::size_t(batches * rows)), rows);
  for (Size batch = 0; batch < batches; ++batch) {
    // From zero, a buffer becomes momentum times the statistics of the batch.
    for (const Mean& mean : means) std::fill(mean.buffer.begin(), mean.buffer.end(), 0.0f);
    portion.gather(std::span(order).subspan(std::size_t(batch * rows), std::size_t(rows)),
                   network.input(), network.target());
    network.run(rows, seed, std::uint32_t(batch));
    for (Mean& mean : means)
      for (std::size_t i = 0; i < mean.sum.size(); ++i)
        mean.sum[i] += double(mean.buffer[i]) / mean.momentum;
  }
  for (const Mean& mean : means)
    for (std::size_t i = 0; i < mean.sum.size(); ++i)
      mean.buffer[i] = float(mean.sum[i] / double(batches));
}

}  // namespace goodfit
