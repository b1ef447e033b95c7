// goodfit import: weights of a run become the beginning of another recipe, which is trained.
#include "tests/command.hpp"

namespace goodfit {
namespace {

using CliImport = CommandTest;

TEST_F(CliImport, ARecipeGoesOnFromWeightsOfAnother) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  const std::string said =
      good({"import", "a/model.safetensors", "r.toml", "model[2]=\"tanh\"", "--freeze"});
  EXPECT_TRUE(says(said, "layers.1.weight  [16, 3]"));
  EXPECT_TRUE(says(said, "6 of 6 tensors are taken"));
  EXPECT_TRUE(says(said, "recipe: r-tuned.toml   next: goodfit train r-tuned.toml"));
  EXPECT_TRUE(says(refused({"import", "a/model.safetensors", "r.toml"}), "r-tuned.toml: is there"));
  // All is frozen: let the last layer learn.
  const std::string trained = good({"train", "r-tuned.toml",
                                    "groups=[{match = \"layers.1\", freeze = "
                                    "true}]",
                                    "--out", "b"});
  EXPECT_TRUE(says(trained, "6 tensors begin as in the file of weights"));
  good({"import", "a/model.safetensors", "r.toml", "model[1]={dense = 8}", "--out", "x/new.toml"});
  EXPECT_TRUE(says(good({"train", "x/new.toml", "--out", "c"}),
                   "anew: layers.1.weight, layers.1.bias, layers.4.weight"));
  EXPECT_TRUE(says(file_text(path("x/new.toml")), "weights = \"x/new.safetensors\""));
}

TEST_F(CliImport, WhatCannotBeTakenIsRefused) {
  folder.write("net.pt", std::string("\x80\x02pickle"));
  EXPECT_TRUE(says(refused({"import", "net.pt", "r.toml"}), "net.pt: is a pickle"));
  EXPECT_TRUE(says(refused({"import", "none.safetensors", "r.toml"}), "none.safetensors"));
  EXPECT_TRUE(says(refused({"import", "a", "r.toml", "--map", "conv"}), "say OLD=NEW"));
  EXPECT_TRUE(says(refused({"import", "a", "r.toml", "--out", "b.txt"}), "let it end in .toml"));
}

}  // namespace
}  // namespace goodfit
