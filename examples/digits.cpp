#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

int main() {
  const Recipe recipe{
      .data = Csv{.path = "data/digits.csv.gz"},
      .model = {Standardize{}, Dense{.out = 512}, BatchNorm{}, Relu{}, Dropout{.p = 0.5},
                Dense{.out = 10}},
      .loss = CrossEntropy{},
      .optimizer = AdamW{.weight_decay = 0.01},
      .lr = OneCycle{.max = 5e-3},
      .batch = 32,
      .epochs = 40,
      .seed = 7,
      .split = {.validation = 0.1, .test = 0.25},
      .metrics = {Accuracy{}},
  };
  const Run run = train(recipe);
  for (const auto& [name, value] : run.test_scores)
    std::cout << "test " << name << " " << value << "\n";
  run.save("digits.safetensors");
}
