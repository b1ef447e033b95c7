// The number types that everything shares.
#pragma once
#include <cstdint>
#include <span>

namespace goodfit {

using Size = std::int64_t;  // counts and extents; signed, so that differences are safe
using Span = std::span<float>;
using ConstSpan = std::span<const float>;

}  // namespace goodfit
