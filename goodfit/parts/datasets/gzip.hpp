// Gzip: whole files as bytes, inflated on the way when they are gzip.
//
// A file counts as gzip when it begins with the bytes 1f 8b, whatever its name. It may have several
// members; zeros after the last one are padding. Memory grows with what was really inflated, never
// with what a header promises, and stops at `most`.
// Source: Deutsch 1996, RFC 1952.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace goodfit {

inline constexpr std::size_t most_bytes = std::size_t{4} << 30;  // of one file in memory

// Throws Error that names the file when it cannot be read, is corrupt or larger than `most`.
std::string read_maybe_gzip(const std::filesystem::path& path, std::size_t most = most_bytes);

bool is_gzip(std::string_view bytes);
// `name` stands for the bytes in errors.
std::string gunzip(std::string_view bytes, const std::string& name, std::size_t most = most_bytes);

}  // namespace goodfit
