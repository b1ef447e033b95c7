#include "goodfit/cli/verbs/download.hpp"

#include <curl/curl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

constexpr curl_off_t most = curl_off_t{2} << 30;  // bytes; no set that we know comes near

struct Transfer {
  CURL* handle = nullptr;
  std::FILE* file = nullptr;
  std::FILE* progress = nullptr;  // a terminal, or nullptr
  std::string label;
  curl_off_t before = 0;  // bytes of former tries
  curl_off_t written = 0;
  int error = 0;  // of writing the file
  int shown = -1;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* to) {
  Transfer& transfer = *static_cast<Transfer*>(to);
  if (transfer.before > 0 && transfer.written == 0) {
    long status = 0;
    curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
    if (status != 206) {  // the whole file comes again
      if (ftruncate(fileno(transfer.file), 0) != 0) return transfer.error = errno, 0;
      transfer.before = 0;
    }
  }
  if (transfer.before + transfer.written + curl_off_t(count) > most) return 0;
  if (std::fwrite(bytes, 1, count, transfer.file) != count) return transfer.error = errno, 0;
  transfer.written += curl_off_t(count);
  return count;
}

int show(void* of, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
  Transfer& transfer = *static_cast<Transfer*>(of);
  if (!transfer.progress || total <= 0) return 0;
  const double whole = double(transfer.before + total), here = double(transfer.before + now);
  const int percent = int(100 * here / whole);
  if (percent == transfer.shown) return 0;
  transfer.shown = percent;
  fmt::print(transfer.progress, "\r{}  {:3} %  {:.1f} of {:.1f} MB", transfer.label, percent,
             here / 1e6, whole / 1e6);
  std::fflush(transfer.progress);
  return 0;
}

void set_up(const Transfer& transfer, const std::string& url, char* message) {
  CURL* handle = transfer.handle;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 20L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 30L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "goodfit");
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, message);
  // Not CURLOPT_RESUME_FROM, which gives up when a server sends the whole file instead.
  if (transfer.before > 0)
    curl_easy_setopt(handle, CURLOPT_RANGE, fmt::format("{}-", transfer.before).c_str());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, show);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
}

}  // namespace

std::string download(const std::string& url, const std::filesystem::path& part,
                     std::FILE* progress) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
  if (ready != CURLE_OK || !handle) fail_run("libcurl cannot be started");
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(part.c_str(), "ab"), std::fclose);
  if (!file) fail_run("{}: cannot be written: {}", part.string(), std::strerror(errno));

  Transfer transfer;
  transfer.handle = handle.get();
  transfer.file = file.get();
  transfer.progress = progress && isatty(fileno(progress)) ? progress : nullptr;
  transfer.label = part.stem().string();
  transfer.before = curl_off_t(std::filesystem::file_size(part));
  char message[CURL_ERROR_SIZE] = "";
  set_up(transfer, url, message);
  const CURLcode result = curl_easy_perform(handle.get());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (transfer.shown >= 0) fmt::print(progress, "\r\x1b[K");
  if (std::fclose(file.release()) != 0 && transfer.error == 0) transfer.error = errno;
  if (transfer.error != 0)
    fail_run("{}: cannot be written: {}", part.string(), std::strerror(transfer.error));

  constexpr long range_not_satisfiable = 416;  // nothing is left to send, or the part is too long
  if (status == range_not_satisfiable && transfer.before > 0) return "";
  if (result == CURLE_OK) return "";
  if (result == CURLE_WRITE_ERROR) return fmt::format("it is larger than {} bytes", most);
  return message[0] != '\0' ? message : curl_easy_strerror(result);
}

}  // namespace goodfit
