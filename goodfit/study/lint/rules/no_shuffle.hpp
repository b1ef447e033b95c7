// NoShuffle: samples in the order of the file, epoch after epoch.
//
// A batch should be drawn at random from all samples: then its gradient is that of the whole on
// average. In the order of a file it is not, and where classes come one after the other each batch
// unlearns the last. With batch_norm the same samples always meet, too. Source: LeCun, Bottou, Orr
// & Müller 1998, "Efficient BackProp", section 4.2; Ioffe & Szegedy 2015, arXiv:1502.03167, section
// 4.2.1.
#pragma once
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct NoShuffle {
  static constexpr Card card{"no_shuffle",
                             "Batches in the order of the file are no random samples."};

  static Findings look(const Subject& subject) {
    const bool one_batch = subject.train && subject.recipe.batch >= subject.train->count();
    if (subject.recipe.shuffle || one_batch) return {};
    return {{"shuffle", "batches come in the order of the file, so that their gradients are biased",
             "set shuffle = true"}};
  }
};

}  // namespace goodfit
