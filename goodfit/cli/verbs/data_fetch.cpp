#include "goodfit/cli/verbs/data_fetch.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/cli/verbs/download.hpp"
#include "goodfit/cli/verbs/sha256.hpp"
#include "goodfit/cli/verbs/tar.hpp"
#include "goodfit/parts/datasets/gzip.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_inflated = std::size_t{1} << 30;  // of one published file

class Fetch {
 public:
  Fetch(const FetchSet& set, const FetchOptions& options, std::FILE* progress)
      : set_(set),
        out_(options.out.empty() ? fs::path("data") / set.key : options.out),
        progress_(options.quiet ? nullptr : progress),
        mirrors_(set.mirrors) {
    if (options.from.starts_with("http://") || options.from.starts_with("https://"))
      mirrors_ = {options.from.ends_with('/') ? options.from : options.from + "/"};
    else if (!options.from.empty())
      folder_ = options.from;
    if (!folder_.empty() && !fs::is_directory(folder_))
      fail("--from {}: is no folder and no http address", options.from);
  }

  void run() {
    if (!set_.members.empty() && unpacked())
      return tell("{}: already complete in {}", set_.key, out_.string());
    make_folder(out_);
    for (const FetchFile& file : set_.files) {
      fetch(file);
      if (!set_.members.empty()) unpack(out_ / file.name);
    }
    if (fetched_ == 0) return tell("{}: already complete in {}", set_.key, out_.string());
    tell("{}: complete in {}", set_.key, out_.string());
  }

 private:
  template <class... Args>
  void tell(fmt::format_string<Args...> format, Args&&... args) const {
    if (!progress_) return;
    fmt::print(progress_, "{}\n", fmt::format(format, std::forward<Args>(args)...));
    std::fflush(progress_);
  }

  // Why the file is not the published one, or "".
  static std::string fault(const FetchFile& file, const fs::path& path) try {
    const std::string bytes = read_file(path);
    if (!file.sha256.empty() && sha256(bytes) == file.sha256) return "";
    if (!file.sha256_inflated.empty()) {
      const bool packed = is_gzip(bytes);
      if (sha256(packed ? gunzip(bytes, path.string(), most_inflated) : bytes) ==
          file.sha256_inflated)
        return "";
    }
    return "it is not the published file, by its SHA-256";
  } catch (const Error& error) {
    return error.what();
  }

  void fetch(const FetchFile& file) {
    const fs::path path = out_ / file.name;
    if (fs::exists(path)) {
      if (fault(file, path).empty()) return;
      tell("{}: is damaged, fetching it again", path.string());
    }
    ++fetched_;
    const fs::path part = path.string() + ".part";
    if (!folder_.empty()) {
      copy(file, part);
    } else {
      std::string why = "no mirror is known";
      const bool done =
          std::any_of(mirrors_.begin(), mirrors_.end(), [&](const std::string& mirror) {
            why = from_mirror(file, mirror + file.name, part);
            if (!why.empty()) tell("{}{}: failed: {}", mirror, file.name, why);
            return why.empty();
          });
      if (!done)
        fail_run(
            "{}: cannot be fetched: {}; check the network and try again, or give a folder that "
            "has it with --from",
            file.name, why);
    }
    std::error_code error;
    fs::rename(part, path, error);
    if (error) fail_run("{}: cannot be written: {}", path.string(), error.message());
    tell("{}  {:.1f} MB", path.string(), double(fs::file_size(path)) / 1e6);
  }

  void copy(const FetchFile& file, const fs::path& part) const {
    const fs::path source = folder_ / file.name;
    const std::string bytes = read_file(source);
    if (const std::string why = fault(file, source); !why.empty())
      fail("{}: cannot be used: {}", source.string(), why);
    write_atomic(part, bytes);
  }

  static std::uintmax_t size_of(const fs::path& part) {
    std::error_code missing;
    const auto size = fs::file_size(part, missing);
    return missing ? 0 : size;
  }
  // Tries again while a try brings something: after a break in the line, or from the start when
  // what a former try had left does not fit this mirror's file.
  std::string from_mirror(const FetchFile& file, const std::string& url,
                          const fs::path& part) const {
    std::string why;
    for (int attempt = 0; attempt < 5; ++attempt) {
      const std::uintmax_t before = size_of(part);
      why = download(url, part, progress_);
      if (why.empty()) {
        why = fault(file, part);
        if (why.empty()) return "";
        fs::remove(part);
        if (before == 0) return why;
      } else if (size_of(part) <= before) {
        return why;
      }
    }
    return why;
  }

  bool unpacked() const {
    return std::all_of(set_.members.begin(), set_.members.end(), [&](const FetchMember& member) {
      return size_of(out_ / member.name) == member.size;
    });
  }

  // The archive's check sum was right, so what it holds needs only to be complete.
  void unpack(const fs::path& archive) {
    const std::string tar = read_maybe_gzip(archive, most_inflated);
    for (const TarFile& file : read_tar(tar, archive.string()))
      for (const FetchMember& member : set_.members)
        if (member.name == file.name && member.size == file.bytes.size())
          write_atomic(out_ / member.name, file.bytes);
    if (!unpacked()) fail_run("{}: does not hold every file of {}", archive.string(), set_.key);
    fs::remove(archive);
    ++fetched_;
    tell("{}: unpacked {} files", archive.string(), set_.members.size());
  }

  const FetchSet& set_;
  fs::path out_;
  std::FILE* progress_;  // nullptr when quiet
  std::vector<std::string> mirrors_;
  fs::path folder_;  // to copy from; empty for mirrors
  int fetched_ = 0;
};

}  // namespace

void fetch_set(const FetchSet& set, const FetchOptions& options, std::FILE* progress) {
  Fetch(set, options, progress).run();
}

void fetch_data(const FetchOptions& options, std::FILE* progress) {
  std::vector<std::string> known;
  for (const FetchSet& set : fetch_sets()) {
    if (set.key == options.set) return fetch_set(set, options, progress);
    known.push_back(set.key);
  }
  fail_unknown("", "data set", options.set, known);
}

}  // namespace goodfit
