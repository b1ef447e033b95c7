#include "goodfit/base/cpp_text.hpp"

#include <cxxabi.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "goodfit/base/text.hpp"

namespace goodfit {

std::string type_name(const std::type_info& type) {
  int status = 0;
  char* demangled = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  const std::string full = demangled ? demangled : type.name();
  std::free(demangled);
  return full.substr(full.rfind(':') + 1);
}

std::string cpp_member(bool value) { return value ? "true" : "false"; }
std::string cpp_member(Size value) { return fmt::format("{}", value); }
std::string cpp_member(int value) { return fmt::format("{}", value); }
std::string cpp_member(std::uint64_t value) { return fmt::format("{}", value); }
std::string cpp_member(double value) {
  if (std::isinf(value)) return value < 0 ? "-INFINITY" : "INFINITY";
  return number_text(value);
}
std::string cpp_member(const std::string& value) { return in_quotes(value); }

}  // namespace goodfit
