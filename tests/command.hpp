// Command: runs the goodfit that was built with this test program, in a folder of its own.
#pragma once
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "goodfit/base/random.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

// BUILD/goodfit, seen from BUILD/tests/tests_tests.
inline std::filesystem::path command_path() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "goodfit";
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1) {
    end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
  }
  return lines;
}

struct Finished {
  int code = -1;  // of exit; −signal when one ended it
  std::string out, err;
};

// A command that runs beside the test.
class Started {
 public:
  Started(const std::string& folder, std::vector<std::string> arguments,
          const std::vector<std::string>& environment = {})
      : out_(folder + "/.out"), err_(folder + "/.err") {
    for (const std::string& file : {out_, err_}) std::ofstream{file};  // nothing of a run before
    arguments.insert(arguments.begin(), command_path().string());
    std::vector<char*> given;
    for (std::string& argument : arguments) given.push_back(argument.data());
    given.push_back(nullptr);
    pid_ = fork();
    if (pid_ != 0) return;
    if (chdir(folder.c_str()) != 0) _exit(126);
    for (const std::string& variable : environment) putenv(const_cast<char*>(variable.c_str()));
    dup2(open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    dup2(open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    execv(given[0], given.data());
    _exit(127);
  }
  ~Started() {
    if (pid_ > 0) kill(pid_, SIGKILL), waitpid(pid_, nullptr, 0);
  }
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;

  // Waits until the output holds a text; false when the command ended before or takes too long.
  bool says(const std::string& text) const {
    for (int i = 0; i < 20000; ++i) {
      if (file_text(out_).find(text) != std::string::npos) return true;
      siginfo_t ended{};
      waitid(P_PID, id_t(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
      if (ended.si_pid != 0) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }
  void send(int signal) const { kill(pid_, signal); }
  Finished finish() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), file_text(out_),
            file_text(err_)};
  }

 private:
  std::string out_, err_;
  pid_t pid_ = -1;
};

// A test with a folder, small data in it, and a recipe that trains in a moment.
struct CommandTest : testing::Test {
  TemporaryFolder folder;

  CommandTest() {
    folder.write("flowers.csv", flowers(150));
    folder.write("r.toml", R"(seed = 1
epochs = 3
batch = 16
model = ["standardize", {dense = 16}, "relu", {dropout = 0.2}, {dense = 3}]
lr = 0.01
[data]
type = "csv"
path = "flowers.csv"
)");
    folder.write("numbers.csv", numbers(120));
    folder.write("numbers.toml", R"(seed = 1
epochs = 3
batch = 16
loss = "mse"
lr = 0.01
model = ["standardize", {dense = 8}, "tanh", {dropout = 0.1}, {dense = 1}]
data = {csv = "numbers.csv"}
)");
  }

  // Three clouds of points, one for each kind.
  static std::string flowers(int rows) {
    Random random(3, stream_of("flowers"));
    std::string text = "length,width,height,kind\n";
    for (int i = 0; i < rows; ++i) {
      const int kind = i % 3;
      for (int j = 0; j < 3; ++j)
        text += std::to_string((kind == j ? 3 : 0) + random.normal()) + ",";
      text += kind == 0 ? "rose\n" : kind == 1 ? "lily\n" : "\"a, b\"\n";
    }
    return text;
  }
  static std::string numbers(int rows) {
    Random random(4, stream_of("numbers"));
    std::string text = "a,b,y\n";
    for (int i = 0; i < rows; ++i) {
      const double a = random.normal(), b = random.normal();
      text += std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(2 * a - b) + "\n";
    }
    return text;
  }

  std::string path(const std::string& name) const { return folder.path() + "/" + name; }
  Finished run(const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment = {}) const {
    return Started(folder.path(), arguments, environment).finish();
  }
  // Runs and expects exit code 0 and nothing on stderr; returns stdout.
  std::string good(const std::vector<std::string>& arguments) const {
    const Finished done = run(arguments);
    EXPECT_EQ(done.code, 0) << arguments[0] << ": " << done.err;
    EXPECT_EQ(done.err, "");
    return done.out;
  }
  // Runs and expects one line on stderr, nothing on stdout, and exit code 2; returns the line.
  std::string refused(const std::vector<std::string>& arguments) const {
    const Finished done = run(arguments);
    EXPECT_EQ(done.code, 2) << arguments[0] << ": " << done.err;
    EXPECT_EQ(done.out, "");
    EXPECT_TRUE(done.err.starts_with("goodfit: ")) << done.err;
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1) << done.err;
    EXPECT_TRUE(done.err.ends_with("\n"));
    return done.err;
  }
};

}  // namespace goodfit
