#include "goodfit/parts/datasets/album.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "goodfit/base/machine.hpp"
#include "goodfit/base/threads.hpp"
#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/fitted.hpp"
#include "goodfit/parts/datasets/read_ahead.hpp"

namespace goodfit {
namespace {

// Keeps the error of the first picture that has one, whichever thread meets one first.
class FirstError {
 public:
  bool comes_before(Size i) const { return at_.load(std::memory_order_relaxed) < i; }
  void meet(Size i) {
    const std::lock_guard lock(mutex_);
    if (comes_before(i)) return;
    at_ = i;
    error_ = std::current_exception();
  }
  void tell() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::atomic<Size> at_ = std::numeric_limits<Size>::max();
  std::mutex mutex_;
  std::exception_ptr error_;
};

}  // namespace

Album::Album(const Images& settings, const std::filesystem::path& first, const Wanted& wanted)
    : settings_(settings), threads_(wanted.threads) {
  const Picture picture = read_picture(first, settings.channels);
  shape_ = {settings.height == 0 ? picture.height : settings.height,
            settings.height == 0 ? picture.width : settings.width, picture.channels};
  if (wanted.width != 0 && shape_.count() != wanted.width)
    fail(
        "{}: has {} × {} pixels of {} channels, {} numbers; the model takes {}; use pictures of "
        "the size it was trained on, or give the recipe height and width before training",
        first.string(), shape_[0], shape_[1], shape_[2], shape_.count(), wanted.width);
}

void Album::decode(const std::filesystem::path& path, float* features) const {
  Picture picture = read_picture(path, shape_[2]);
  if (settings_.height != 0)
    picture = fitted(std::move(picture), shape_[0], shape_[1], settings_.fit);
  if (picture.height != shape_[0] || picture.width != shape_[1])
    fail(
        "{}: has {} × {} pixels, those before it {} × {}; give the data height and width, or "
        "bring all pictures to one size",
        path.string(), picture.height, picture.width, shape_[0], shape_[1]);
  std::copy(picture.pixels.begin(), picture.pixels.end(), features);
}

Samples Album::read(const std::vector<std::filesystem::path>& pictures) const {
  check_memory(Size(pictures.size()), shape_, settings_.path,
               "lower height and width, or set keep = \"files\"");
  Samples samples{.shape = shape_};
  const Size width = shape_.count();
  samples.features = zeros_for(pictures.size() * std::size_t(width));
  FirstError error;
  const auto one = [&](Size i) {
    if (error.comes_before(i)) return;
    try {
      decode(pictures[std::size_t(i)], samples.features.data() + i * width);
    } catch (...) {
      error.meet(i);
    }
  };
  Threads(threads_).run(
      Size(pictures.size()),
      [](void* context, Size i, int) { (*static_cast<decltype(&one)>(context))(i); },
      const_cast<void*>(static_cast<const void*>(&one)));
  error.tell();
  return samples;
}

Samples Album::read_later(std::vector<std::filesystem::path> pictures) const {
  Samples samples{.shape = shape_};
  const Size count = Size(pictures.size());
  const auto read = [album = *this, pictures = std::move(pictures)](Size row, Span features) {
    album.decode(pictures[std::size_t(row)], features.data());
  };
  samples.reader = std::make_shared<ReadAhead>(count, shape_.count(), threads_, read);
  return samples;
}

}  // namespace goodfit
