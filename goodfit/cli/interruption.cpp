#include "goodfit/cli/interruption.hpp"

#include <csignal>

namespace goodfit {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not wait");

}  // namespace

const std::atomic<bool>& listen_for_interruption() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted.store(true, std::memory_order_relaxed); };
  // Back to the default after the first one; calls that wait for a disk go on.
  action.sa_flags = int(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  return interrupted;
}

}  // namespace goodfit
