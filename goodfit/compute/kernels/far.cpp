#include "goodfit/compute/kernels/far.hpp"

#include <hwy/cache_control.h>

namespace goodfit::kernels {

void finish_far() { hwy::FlushStream(); }

}  // namespace goodfit::kernels
