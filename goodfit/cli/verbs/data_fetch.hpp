// Data fetch: the public data sets that goodfit knows, fetched, checked and put where recipes look.
//
//   goodfit data fetch mnist|fashion_mnist|cifar10 [--out DIR] [--from DIR|URL]
//
// Each file comes from the first mirror that has it whole, by its SHA-256, into NAME.part, and is
// then renamed; what is there already is left alone. A fetch that was cut off goes on where it
// ended.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace goodfit {

struct FetchOptions {
  std::string set;            // "mnist"
  std::filesystem::path out;  // folder of the files; empty for data/SET
  std::string from;           // folder or http address to take them from instead of the mirrors
  bool quiet = false;
};

// Throws Error: exit 2 for an unknown set or folder, exit 1 when nothing could be fetched.
void fetch_data(const FetchOptions& options, std::FILE* progress);

struct FetchFile {
  std::string name;
  std::string sha256;           // of the file as published; empty when it varies
  std::string sha256_inflated;  // of its contents without gzip; empty when not known
};
struct FetchMember {
  std::string name;
  std::uintmax_t size;
};
struct FetchSet {
  std::string key, about;
  std::vector<std::string> mirrors;  // addresses that end in a slash
  std::vector<FetchFile> files;
  std::vector<FetchMember> members;  // when files are .tar.gz archives: what is kept of them
};
const std::vector<FetchSet>& fetch_sets();

// The work for one set, whether goodfit knows it or not.
void fetch_set(const FetchSet& set, const FetchOptions& options, std::FILE* progress);

}  // namespace goodfit
