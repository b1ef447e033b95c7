// Interruption: Ctrl-C and SIGTERM ask a run to end after its step; the second one ends it at once.
#pragma once
#include <atomic>

namespace goodfit {

// Listens from now on; true in it once somebody asked.
const std::atomic<bool>& listen_for_interruption();

inline constexpr int interrupted_exit = 130;  // 128 + SIGINT, as shells have it

}  // namespace goodfit
