#include "goodfit/base/catalogue.hpp"

#include <gtest/gtest.h>

#include "goodfit/base/part.hpp"
#include "goodfit/base/toml.hpp"

namespace goodfit {
namespace {

struct LayerInterface : PartInterface {
  virtual int inputs() const = 0;
};
class Layer : public Handle<LayerInterface> {
  template <Component C>
  struct Model : Holds<LayerInterface, C> {
    using Holds<LayerInterface, C>::Holds;
    int inputs() const override { return this->part.inputs(); }
  };

 public:
  template <Component C>
  Layer(const C& settings) : Handle(std::make_shared<Model<C>>(settings)) {}
  int inputs() const { return self_->inputs(); }
};

struct Relu {
  static constexpr Card card{"relu", "Cuts off what is below zero."};
  static constexpr auto fields() { return Fields{}; }
  int inputs() const { return 1; }
};
struct Dense {
  Size out = 0;
  bool bias = true;
  static constexpr Card card{"dense", "Every output from every input."};
  static constexpr auto fields() {
    return Fields{field("out", &Dense::out, at_least(1), "units"),
                  field("bias", &Dense::bias, "adds a bias")};
  }
  int inputs() const { return 2; }
};
struct Nested {
  std::vector<double> inner;
  static constexpr Card card{"nested", "Holds a list."};
  static constexpr auto fields() { return Fields{field("inner", &Nested::inner, "numbers")}; }
  int inputs() const { return 3; }
};
using Layers = Catalogue<Layer, Relu, Dense, Nested>;

Layer read_layer(const std::string& value) {
  return Layers::read(*read_toml("part = " + value, "r.toml").find("part"), "layer");
}
std::string error_of(const std::string& value) {
  try {
    read_layer(value);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Catalogue, APartIsReadHoweverItIsWritten) {
  for (const char* text :
       {"{type = 'dense', out = 512}", "{out = 512, type = 'dense'}", "{dense = 512}",
        "{dense = {out = 512}}", "{type = 'dense', '' = 512}"}) {
    const Layer layer = read_layer(text);
    ASSERT_TRUE(layer.as<Dense>()) << text;
    EXPECT_EQ(layer.as<Dense>()->out, 512) << text;
    EXPECT_EQ(layer, Layer(Dense{.out = 512})) << text;
  }
  EXPECT_EQ(read_layer("'relu'").key(), "relu");
  EXPECT_EQ(read_layer("{relu = {}}").key(), "relu");
  EXPECT_EQ(read_layer("{nested = [1, 2]}").as<Nested>()->inner, (std::vector<double>{1, 2}));
}

TEST(Catalogue, AnUnknownPartOffersTheNearest) {
  const std::string wanted =
      ": unknown layer \"dens\"; did you mean \"dense\"? known: relu, dense, nested";
  EXPECT_EQ(error_of("'dens'"), "r.toml:1:8: part" + wanted);
  EXPECT_EQ(error_of("{type = 'dens', out = 1}"), "r.toml:1:16: part.type" + wanted);
  EXPECT_EQ(error_of("{dens = 5}"), "r.toml:1:16: part.dens" + wanted);
}

TEST(Catalogue, WhatIsNoPartIsRefusedWithAHint) {
  EXPECT_EQ(
      error_of("5"),
      "r.toml:1:8: part = 5 is not allowed: must be the name of a layer or a table with its type");
  EXPECT_NE(error_of("{}").find("needs a type"), std::string::npos);
  EXPECT_NE(error_of("{out = 5, bias = true}").find("needs a type"), std::string::npos);
  EXPECT_NE(error_of("{type = 5}").find("the name of a layer in quotes"), std::string::npos);
  EXPECT_NE(error_of("[1]").find("must be the name of a layer"), std::string::npos);
}

TEST(Catalogue, SettingsOfThePartAreChecked) {
  EXPECT_EQ(error_of("{dense = 0}"),
            "r.toml:1:17: part.dense = 0 is not allowed: must be at least 1");
  EXPECT_EQ(error_of("{type = 'dense', out = 5, bais = true}").substr(0, 70),
            "r.toml:1:41: unknown setting of dense \"bais\"; did you mean \"bias\"? kno");
  EXPECT_EQ(error_of("'dense'"), "r.toml:1:8: part.out = 0 is not allowed: must be at least 1");
  EXPECT_NE(error_of("{relu = 5}"), "no error");
}

TEST(Catalogue, NamesAndTextsFollowItsOrder) {
  EXPECT_EQ(Layers::names(), (std::vector<std::string>{"relu", "dense", "nested"}));
  const std::vector<PartText> texts = Layers::texts();
  ASSERT_EQ(texts.size(), 3u);
  EXPECT_EQ(texts[1].key, "dense");
  EXPECT_EQ(texts[1].about, "Every output from every input.");
  EXPECT_EQ(texts[1].fields.at(1).key, "bias");
}

TEST(Part, WorksThroughItsInterfaceAndShowsItsSettings) {
  const Layer layer = Dense{.out = 3};
  EXPECT_EQ(layer.inputs(), 2);
  EXPECT_EQ(layer.write().shown(), "{type = \"dense\", out = 3, bias = true}");
  EXPECT_EQ(layer.write(Which::changed).shown(), "{type = \"dense\", out = 3}");
  EXPECT_EQ(layer.as<Relu>(), nullptr);
  EXPECT_NE(layer, Layer(Dense{.out = 4}));
  EXPECT_NE(layer, Layer(Relu{}));
  EXPECT_THROW(Layer(Dense{.out = 0}), Error);
}

}  // namespace
}  // namespace goodfit
