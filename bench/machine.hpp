// Machine: what it can do at most, measured anew in every run.
#pragma once

namespace goodfit::bench {

// GFLOP/s of `threads` threads that multiply and add in registers.
double peak(int threads);

// GB/s of the stream triad a = b + s c of McCalpin 1995: 12 bytes per float, on arrays that no
// cache holds.
double triad(int threads);

// Nanoseconds in which a cache line goes to another core and back, the median of tries: what
// threads pay to hand over work. A host may move the cores of a virtual machine apart, for minutes.
double round_trip();

}  // namespace goodfit::bench
