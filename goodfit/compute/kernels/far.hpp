// Far memory: it is read again only after more than a cache holds. Kernels that take `far` write it
// past the caches, which would read every line first, then hold it where something else is needed
// sooner.
#pragma once

namespace goodfit::kernels {

// Other threads may read far memory that was written before this call.
void finish_far();

}  // namespace goodfit::kernels
