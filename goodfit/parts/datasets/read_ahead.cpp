#include "goodfit/parts/datasets/read_ahead.hpp"

#include <algorithm>
#include <utility>

#include "goodfit/base/threads.hpp"

namespace goodfit {

ReadAhead::ReadAhead(Size count, Size width, int threads, Read read)
    : count_(count),
      width_(width),
      threads_(threads == 0 ? usable_cores() : threads),
      read_(std::move(read)) {}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  room_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

std::shared_ptr<ReadAhead> ReadAhead::only(std::vector<Size> rows) const {
  const Size count = Size(rows.size());
  const auto read = [read = read_, rows = std::move(rows)](Size row, Span features) {
    read(rows[std::size_t(row)], features);
  };
  return std::make_shared<ReadAhead>(count, width_, threads_, read);
}

void ReadAhead::expect(std::vector<Size> rows, Size ahead) {
  const std::lock_guard alone(taking_);
  begin(std::move(rows), ahead);
}

void ReadAhead::begin(std::vector<Size> rows, Size ahead) {
  std::unique_lock lock(mutex_);
  next_ = order_.size();  // so that nothing more is begun
  ready_.wait(lock, [this] { return busy_ == 0; });
  order_ = std::move(rows);
  next_ = taken_ = 0;
  if (places_.size() < std::size_t(ahead)) places_.resize(std::size_t(ahead));
  for (Place& place : places_) place.holds = 0;
  while (workers_.size() < std::size_t(threads_)) workers_.emplace_back([this] { work(); });
  room_.notify_all();
}

bool ReadAhead::expects(std::span<const Size> rows) const {
  return order_.size() - taken_ >= rows.size() &&
         std::equal(rows.begin(), rows.end(), order_.begin() + std::ptrdiff_t(taken_));
}

void ReadAhead::take(std::span<const Size> rows, Span features) {
  const std::lock_guard alone(taking_);
  if (!expects(rows)) begin({rows.begin(), rows.end()}, Size(rows.size()));
  float* to = features.data();
  std::unique_lock lock(mutex_);
  for (std::size_t left = rows.size(); left > 0; --left) {
    Place& place = places_[taken_ % places_.size()];
    ready_.wait(lock, [&] { return place.holds == taken_ + 1; });
    if (place.error) std::rethrow_exception(place.error);
    lock.unlock();  // nobody else touches the place before it is free
    to = std::copy(place.features.begin(), place.features.end(), to);
    lock.lock();
    ++taken_;
    room_.notify_one();
  }
}

void ReadAhead::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    room_.wait(lock, [this] {
      return stopping_ || (next_ < order_.size() && next_ < taken_ + places_.size());
    });
    if (stopping_) return;
    const std::size_t at = next_++;
    const Size row = order_[at];
    Place& place = places_[at % places_.size()];
    ++busy_;
    lock.unlock();
    place.error = nullptr;
    try {
      place.features.resize(std::size_t(width_));
      read_(row, place.features);
    } catch (...) {
      place.error = std::current_exception();
    }
    lock.lock();
    place.holds = at + 1;
    --busy_;
    ready_.notify_one();
  }
}

}  // namespace goodfit
