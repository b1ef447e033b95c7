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

// Wishes large pages for memory that nobody has touched yet: small ones take longer to get, one by
// one as they are written, and to find. A system that refuses gives small ones.
void wish_large_pages(const float* begin, std::size_t count);

// On such pages: an empty vector with room for so many numbers, and one of zeros.
std::vector<float> room_for(std::size_t count);
std::vector<float> zeros_for(std::size_t count);

}  // namespace goodfit
