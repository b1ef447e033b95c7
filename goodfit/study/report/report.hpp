// Report: one HTML page about one run or several, that opens without a network.
//
// The page is a template that is embedded at build time with its style, its script and Chart.js;
// what the panels say is put into it as one block of JSON.
#pragma once
#include <filesystem>

#include "goodfit/study/report/run_view.hpp"

namespace goodfit {

// The page as bytes.
std::string report_page(const Views& runs);

// Throws Error when the file cannot be written. Data that cannot be read again leaves panels out,
// and the page says so.
void write_report(const std::vector<Run>& runs, const std::filesystem::path& file);
inline void write_report(const Run& run, const std::filesystem::path& file) {
  write_report(std::vector<Run>{run}, file);
}

}  // namespace goodfit
