#include "goodfit/parts/datasets/album.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/fitted.hpp"

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

Picture Album::picture_of(const std::filesystem::path& path, Size channels) const {
  Picture picture = read_picture(path, channels);
  if (settings_.height == 0) return picture;
  return fitted(std::move(picture), settings_.height, settings_.width, settings_.fit);
}

Samples Album::read(const std::vector<std::filesystem::path>& pictures) {
  check_memory(Size(pictures.size()), shape_, settings_.path, "lower height and width");
  Samples samples{.shape = shape_};
  const Size width = shape_.count();
  samples.features.resize(pictures.size() * std::size_t(width));
  FirstError error;
  const auto one = [&](Size i) {
    if (error.comes_before(i)) return;
    try {
      const std::filesystem::path& path = pictures[std::size_t(i)];
      const Picture picture = picture_of(path, shape_[2]);
      if (picture.height != shape_[0] || picture.width != shape_[1])
        fail(
            "{}: has {} × {} pixels, those before it {} × {}; give the data height and width, or "
            "bring all pictures to one size",
            path.string(), picture.height, picture.width, shape_[0], shape_[1]);
      std::copy(picture.pixels.begin(), picture.pixels.end(), samples.features.begin() + i * width);
    } catch (...) {
      error.meet(i);
    }
  };
  threads_.run(
      Size(pictures.size()),
      [](void* context, Size i, int) { (*static_cast<decltype(&one)>(context))(i); },
      const_cast<void*>(static_cast<const void*>(&one)));
  error.tell();
  return samples;
}

}  // namespace goodfit
