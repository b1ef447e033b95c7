#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

int main() {
  const Recipe recipe{
      .data = Csv{.path = "data/digits.csv.gz"},
      .model = {Standardize{}, Dense{.out = 128}, BatchNorm{}, Relu{}, Dropout{.p = 0.3},
                Dense{.out = 10}},
      .loss = CrossEntropy{},
      .optimizer = AdamW{.weight_decay = 0.01},
      .lr = OneCycle{.max = 1e-2},
      .batch = 32,
      .epochs = 30,
      .seed = 7,
      .split = {.validation = 0.1, .test = 0.25},
      .metrics = {Accuracy{}},
  };
  const Run run = train(recipe);
  for (const auto& [name, value] : run.test_scores)
    std::cout << "test " << name << " " << value << "\n";
  run.save("digits.safetensors");
}
