// Machine: what a program runs on, in words.
#pragma once
#include <string>

namespace goodfit {

// "AMD EPYC 7763 64-Core Processor, Linux 6.1.0 x86_64"
std::string machine_name();

}  // namespace goodfit
