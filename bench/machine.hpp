// Machine: what it can do at most, measured anew in every run.
#pragma once

namespace goodfit::bench {

// GFLOP/s of `threads` threads that multiply and add in registers.
double peak(int threads);

// GB/s of the stream triad a = b + s c of McCalpin 1995: 12 bytes per float, on arrays that no
// cache holds.
double triad(int threads);

}  // namespace goodfit::bench
