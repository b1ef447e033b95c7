// Features: what the units of a layer look for, drawn as a grid of small pictures.
//
//   dense    a picture for each unit: its weights over the pixels of a sample; or, of a layer that
//            gives pixels back, what an input of it draws
//   conv2d   a picture for each filter, of one channel or of three
//   pixel = 128 + 127 w / max |w|        white is for, black against, gray neither; max of a
//   picture
//
// Row by row in the order of the units. A sample without axes is a square when its numbers fill
// one. Strokes and spots in the pictures are features that mean something by themselves; what looks
// like noise works only together with other units. Source: Srivastava et al. 2014, "Dropout: A
// Simple Way to Prevent Neural Networks from Overfitting", JMLR 15, section 7.1 and figure 7.
#pragma once
#include "goodfit/train/record/tiles.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

// The tiles of a layer or a weight by its name, "layers.0" or "layers.0.weight"; without one, of
// the first that can be drawn. Throws Error that says which can be when it cannot.
Tiles features_of(const Run& run, const std::string& name = "");

}  // namespace goodfit
