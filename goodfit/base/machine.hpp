// Machine: what a program runs on.
#pragma once
#include <string>

namespace goodfit {

// "AMD EPYC 7763 64-Core Processor, Linux 6.1.0 x86_64"
std::string machine_name();

// Bytes of memory in all; 0 when the system does not say.
double machine_memory();

// Bytes of memory that a program could take now; 0 when the system does not say.
double free_memory();

}  // namespace goodfit
