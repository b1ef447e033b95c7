// Shard rows: into how many shards a batch falls.
//
// Of a model alone, never of the number of threads, as another size gives other rounding. From 32
// samples on it is halved, to 4 at least,
//   while the batch has fewer than four shards and each would still do a million multiplications
//     and additions: less is not worth handing out;
//   while it has fewer than eight, or a shard more than 16 samples, and each would still bring 64
//     rows to a weight, as the pixels of images and the steps of sequences do: with fewer, reading
//     weights costs more than a cache keeps of the samples.
#pragma once
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

// Of a graph that holds the way forward, whatever its own shards.
Size shard_rows_of(const Graph& forward);

}  // namespace goodfit
