// Browser: a headless Chromium that is spoken to over its debugging pipe: it opens a page as wide,
// as dark and as mobile as wanted, and says what the page did.
//
// Messages are JSON that ends in a zero byte, in on file 3 and out on file 4.
// Source: Chrome DevTools Protocol, domains Target, Page, Runtime, Log, Network and Emulation.
#pragma once
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

struct Viewed {
  int width = 1200, height = 900;
  bool dark = false, mobile = false;
};

class Browser {
 public:
  using Json = nlohmann::json;

  // The program, or nothing when there is none.
  static std::string program() {
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
      for (const char* folder : {"/usr/bin/", "/usr/local/bin/"})
        if (std::filesystem::exists(std::string(folder) + name)) return std::string(folder) + name;
    return "";
  }

  Browser() {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
      throw std::runtime_error("no pipe");
    const std::string name = program(), profile = "--user-data-dir=" + folder_.path();
    pid_ = fork();
    if (pid_ == 0) {
      // First away from 3 and 4, which the pipes may have themselves.
      const int from = fcntl(in[0], F_DUPFD, 10), to = fcntl(out[1], F_DUPFD, 10);
      dup2(from, 3), dup2(to, 4);
      const int nothing = open("/dev/null", O_RDWR);
      for (const int standard : {0, 1, 2}) dup2(nothing, standard);
      execl(name.c_str(), name.c_str(), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-pipe", profile.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    close(in[0]), close(out[1]);
    to_ = in[1], from_ = out[0];
    const Json target = call("Target.createTarget", {{"url", "about:blank"}});
    session_ = call("Target.attachToTarget",
                    {{"targetId", target["targetId"]}, {"flatten", true}})["sessionId"];
    for (const char* domain : {"Page", "Runtime", "Log", "Network"})
      call(std::string(domain) + ".enable");
  }
  ~Browser() {
    close(to_), close(from_);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  // Returns when all of it has been loaded and its scripts have run.
  void open_page(const std::string& file, const Viewed& how) {
    complaints.clear(), requests.clear();
    call("Emulation.setDeviceMetricsOverride", {{"width", how.width},
                                                {"height", how.height},
                                                {"deviceScaleFactor", 1},
                                                {"mobile", how.mobile}});
    const Json scheme{{"name", "prefers-color-scheme"}, {"value", how.dark ? "dark" : "light"}};
    call("Emulation.setEmulatedMedia", {{"features", Json::array({scheme})}});
    loaded_ = false;
    call("Page.navigate", {{"url", "file://" + std::filesystem::absolute(file).string()}});
    while (!loaded_) take(next());
  }

  // The value of an expression in the page.
  Json value(const std::string& expression) {
    const Json answer =
        call("Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}});
    if (answer.contains("exceptionDetails")) throw std::runtime_error(answer.dump());
    return answer["result"].contains("value") ? answer["result"]["value"] : Json();
  }

  // The whole page, or a piece of it, as a PNG in base64.
  std::string screenshot(double x, double y, double width, double height) {
    const Json clip{{"x", x}, {"y", y}, {"width", width}, {"height", height}, {"scale", 1}};
    return call("Page.captureScreenshot",
                {{"format", "png"}, {"captureBeyondViewport", true}, {"clip", clip}})["data"];
  }

  std::vector<std::string> complaints;  // of the console: errors, warnings, exceptions
  std::vector<std::string> requests;    // addresses that were asked for

 private:
  Json call(const std::string& method, const Json& parameters = Json::object()) {
    Json message{{"id", ++last_}, {"method", method}, {"params", parameters}};
    if (!session_.empty()) message["sessionId"] = session_;
    const std::string text = message.dump() + '\0';
    for (std::size_t sent = 0; sent < text.size();) {
      const ssize_t n = write(to_, text.data() + sent, text.size() - sent);
      if (n <= 0) throw std::runtime_error("the browser does not listen");
      sent += std::size_t(n);
    }
    for (;;) {
      const Json answer = next();
      if (answer.value("id", 0) != last_) {
        take(answer);
        continue;
      }
      if (answer.contains("error")) throw std::runtime_error(method + ": " + answer.dump());
      return answer["result"];
    }
  }

  Json next() {
    constexpr int patience = 60000;  // in ms
    for (;;) {
      const std::size_t end = heard_.find('\0');
      if (end != heard_.npos) {
        const Json message = Json::parse(heard_.substr(0, end));
        heard_.erase(0, end + 1);
        return message;
      }
      pollfd waiting{from_, POLLIN, 0};
      char piece[65536];
      const ssize_t n = poll(&waiting, 1, patience) == 1 ? read(from_, piece, sizeof piece) : 0;
      if (n <= 0) throw std::runtime_error("the browser says nothing");
      heard_.append(piece, std::size_t(n));
    }
  }

  void take(const Json& event) {
    const std::string method = event.value("method", "");
    if (method == "Page.loadEventFired") loaded_ = true;
    if (method == "Runtime.exceptionThrown" || method == "Log.entryAdded")
      complaints.push_back(event["params"].dump());
    if (method == "Runtime.consoleAPICalled") complaints.push_back(event["params"].dump());
    if (method == "Network.requestWillBeSent")
      requests.push_back(event["params"]["request"]["url"]);
  }

  TemporaryFolder folder_;
  pid_t pid_ = -1;
  int to_ = -1, from_ = -1, last_ = 0;
  std::string session_, heard_;
  bool loaded_ = false;
};

}  // namespace goodfit
