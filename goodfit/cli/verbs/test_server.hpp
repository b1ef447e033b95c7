// Test server: HTTP on a port of this machine alone, for tests of fetching; ends with its scope.
#pragma once
#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace goodfit {

struct TestReply {
  std::string body;
  bool ranges = true;       // answers Range requests with 206
  std::size_t cut = ~0ull;  // sends at most so many bytes of what it promised, then hangs up
};

class TestServer {
 public:
  explicit TestServer(std::map<std::string, TestReply> replies) : replies_(std::move(replies)) {
    setenv("no_proxy", "127.0.0.1", 1);
    listening_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);  // port 0: any that is free
    socklen_t size = sizeof address;
    if (bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listening_, 8) != 0 ||
        getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no loopback socket");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~TestServer() {
    shutdown(listening_, SHUT_RDWR);
    thread_.join();
    close(listening_);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::string address() const { return fmt::format("http://127.0.0.1:{}/", port_); }
  // Each request so far: "/path" or "/path from 100".
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve() {
    for (int client; (client = accept(listening_, nullptr, nullptr)) >= 0; close(client)) {
      std::string request;
      char piece[4096];
      while (request.find("\r\n\r\n") == request.npos) {
        const ssize_t got = recv(client, piece, sizeof piece, 0);
        if (got <= 0) break;
        request.append(piece, std::size_t(got));
      }
      const std::string reply = answer(request);
      for (std::size_t sent = 0; sent < reply.size();) {
        const ssize_t n = send(client, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += std::size_t(n);
      }
    }
  }

  std::string answer(const std::string& request) {
    const std::size_t begin = request.find(' ') + 1;
    const std::string path = request.substr(begin, request.find(' ', begin) - begin);
    const std::size_t range = request.find("Range: bytes=");
    const std::size_t from = range == request.npos ? 0 : std::stoul(request.substr(range + 13));
    const std::lock_guard lock(mutex_);
    requests_.push_back(from == 0 ? path : fmt::format("{} from {}", path, from));
    const auto found = replies_.find(path);
    const std::string close_line = "Connection: close\r\nContent-Length: ";
    if (found == replies_.end())
      return "HTTP/1.1 404 Not Found\r\n" + close_line + "5\r\n\r\nnone\n";
    const TestReply& reply = found->second;
    const std::string& body = reply.body;
    if (from == 0 || !reply.ranges)
      return "HTTP/1.1 200 OK\r\n" + close_line + fmt::format("{}\r\n\r\n", body.size()) +
             body.substr(0, reply.cut);
    if (from >= body.size())
      return "HTTP/1.1 416 Range Not Satisfiable\r\n" + close_line + "0\r\n\r\n";
    return "HTTP/1.1 206 Partial Content\r\n" + close_line +
           fmt::format("{}\r\nContent-Range: bytes {}-{}/{}\r\n\r\n", body.size() - from, from,
                       body.size() - 1, body.size()) +
           body.substr(from, reply.cut);
  }

  std::map<std::string, TestReply> replies_;
  int listening_ = -1;
  unsigned port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace goodfit
