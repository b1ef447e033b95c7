// CRC-32C: a checksum of 32 bits, as in TensorBoard's files.
//
//   polynomial 0x1EDC6F41, reflected; begins and ends inverted
//
// Source: Castagnoli, Bräuer & Herrmann 1993, "Optimization of cyclic redundancy-check codes with
// 24 and 32 parity bits", IEEE Trans. Commun. 41; RFC 3720, appendix B.4, for known answers.
#pragma once
#include <cstdint>
#include <string_view>

namespace goodfit {

std::uint32_t crc32c(std::string_view bytes);

}  // namespace goodfit
