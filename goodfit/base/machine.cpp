#include "goodfit/base/machine.hpp"

#include <sys/utsname.h>

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

}  // namespace goodfit
