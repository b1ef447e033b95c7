// SHA-256: a fingerprint of bytes, to tell whether a file is the one that was published.
//
// Source: NIST 2015, FIPS 180-4, sections 4.1.2, 5 and 6.2; its letters are used in the code.
#pragma once
#include <string>
#include <string_view>

namespace goodfit {

std::string sha256(std::string_view bytes);  // 64 hexadecimal digits, lower case

}  // namespace goodfit
