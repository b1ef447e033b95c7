#include "goodfit/cli/verbs/data_fetch.hpp"

namespace goodfit {

// MNIST's files are compressed anew by some mirrors, so their contents are checked; the others are
// checked as their authors publish them.
const std::vector<FetchSet>& fetch_sets() {
  constexpr std::uintmax_t batch = 10000 * (1 + 3072);  // label and pixels of each image
  static const std::vector<FetchSet> sets{
      {"mnist",
       "handwritten digits, 70,000 images 28 × 28",
       {"https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/"},
       {{"train-images-idx3-ubyte.gz", "",
         "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
        {"train-labels-idx1-ubyte.gz", "",
         "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
        {"t10k-images-idx3-ubyte.gz", "",
         "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
        {"t10k-labels-idx1-ubyte.gz", "",
         "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}},
       {}},
      {"fashion_mnist",
       "clothes, 70,000 images 28 × 28",
       {"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"},
       {{"train-images-idx3-ubyte.gz",
         "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", ""},
        {"train-labels-idx1-ubyte.gz",
         "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", ""},
        {"t10k-images-idx3-ubyte.gz",
         "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", ""},
        {"t10k-labels-idx1-ubyte.gz",
         "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", ""}},
       {}},
      {"cifar10",
       "photographs of ten kinds, 60,000 images 32 × 32 × 3",
       {"https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"},
       {{"cifar-10-binary.tar.gz",
         "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", ""}},
       {{"data_batch_1.bin", batch},
        {"data_batch_2.bin", batch},
        {"data_batch_3.bin", batch},
        {"data_batch_4.bin", batch},
        {"data_batch_5.bin", batch},
        {"test_batch.bin", batch}}},
  };
  return sets;
}

}  // namespace goodfit
