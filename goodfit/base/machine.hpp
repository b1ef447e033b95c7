// Machine: what a program runs on.
#pragma once
#include <string>
#include <vector>

namespace goodfit {

// "AMD EPYC 7763 64-Core Processor, Linux 6.1.0 x86_64"
std::string machine_name();

// Bytes of memory in all; 0 when the system does not say.
double machine_memory();

// Bytes of memory that a program could take now; 0 when the system does not say.
double free_memory();

// An empty vector with room for so many numbers, on large pages where the system gives them: to get
// small ones, one by one as they are written, takes longer than what is written.
std::vector<float> room_for(std::size_t count);

}  // namespace goodfit
