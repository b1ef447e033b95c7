// Read ahead: features that are read when they are wanted, by threads of their own, ahead of who
// takes them.
//
//   order    the rows that are expected to be taken        row k of it is read into place k mod n
//   places   n samples, the only ones in memory            a place that was taken from is free
//   again
//
// Which thread reads what, and when, is chance; what is taken is not. Rows that nobody expected are
// read all the same, though not ahead.
#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

class ReadAhead {
 public:
  // Fills the features of a sample, from many threads at once; what it throws, take() throws.
  using Read = std::function<void(Size row, Span features)>;

  // For `count` samples of `width` numbers; 0 threads are as many as there are cores.
  ReadAhead(Size count, Size width, int threads, Read read);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  Size count() const { return count_; }
  std::shared_ptr<ReadAhead> only(std::vector<Size> rows) const;

  // These rows will be taken next, in this order: up to `ahead` of them are read and kept.
  void expect(std::vector<Size> rows, Size ahead);
  void take(std::span<const Size> rows, Span features);

 private:
  struct Place {
    std::vector<float> features;
    std::size_t holds = 0;  // one more than the place in the order; 0: nothing yet
    std::exception_ptr error = nullptr;
  };
  bool expects(std::span<const Size> rows) const;
  void begin(std::vector<Size> rows, Size ahead);
  void work();

  const Size count_, width_;
  const int threads_;
  const Read read_;
  std::mutex taking_;  // one at a time
  std::mutex mutex_;   // guards all below
  std::condition_variable room_, ready_;
  std::vector<Size> order_;
  std::vector<Place> places_;
  std::size_t next_ = 0, taken_ = 0;  // in the order: to be read, and to be taken
  int busy_ = 0;                      // threads that read
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace goodfit
