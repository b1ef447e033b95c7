#include "goodfit/base/machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

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

}  // namespace goodfit
