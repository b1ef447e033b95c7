#include "goodfit/base/machine.hpp"

#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>

namespace goodfit {

std::string machine_name() {
  utsname system{};
  uname(&system);
  const std::string kernel =
      std::string(system.sysname) + " " + system.release + " " + system.machine;
  std::ifstream processors("/proc/cpuinfo");
  for (std::string line; std::getline(processors, line);)
    if (const std::size_t colon = line.find(": ");
        line.starts_with("model name") && colon != line.npos)
      return line.substr(colon + 2) + ", " + kernel;
  return kernel;
}

double machine_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
  return pages > 0 && bytes > 0 ? double(pages) * double(bytes) : 0;
}

double free_memory() {
  std::ifstream memory("/proc/meminfo");
  double kilobytes = 0;
  for (std::string word; memory >> word;)
    if (word == "MemAvailable:" && memory >> kilobytes) return 1024 * kilobytes;
  return 0;
}

void wish_large_pages(const float* begin, std::size_t count) {
#ifdef MADV_HUGEPAGE
  // For the whole pages within; less than 2 MiB holds no large one.
  constexpr std::uintptr_t least = std::uintptr_t(1) << 21;
  const auto page = std::uintptr_t(sysconf(_SC_PAGESIZE)), from = std::uintptr_t(begin);
  const std::uintptr_t first = (from + page - 1) / page * page;
  const std::uintptr_t end = (from + count * sizeof(float)) / page * page;
  if (first + least <= end) madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
#endif
}

std::vector<float> room_for(std::size_t count) {
  std::vector<float> room;
  room.reserve(count);
  wish_large_pages(room.data(), count);
  return room;
}

std::vector<float> zeros_for(std::size_t count) {
  std::vector<float> all = room_for(count);
  all.resize(count, 0.0f);
  return all;
}

}  // namespace goodfit
