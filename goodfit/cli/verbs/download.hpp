// Download: one file over HTTP into a partial file that a later try goes on with.
#pragma once
#include <cstdio>
#include <filesystem>
#include <string>

namespace goodfit {

// Appends to `part` what it lacks of the file at `url`; a server that cannot send ranges sends the
// whole again. Shows a progress line on `progress` when that is a terminal; nullptr shows none.
// Returns why it failed, or "" for success. Throws Error (exit 1) when `part` cannot be written.
std::string download(const std::string& url, const std::filesystem::path& part,
                     std::FILE* progress);

}  // namespace goodfit
