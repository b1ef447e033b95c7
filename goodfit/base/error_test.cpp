#include "goodfit/base/error.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

const std::vector<std::string> layers{"dense", "batch_norm", "relu", "dropout"};

TEST(Nearest, IsTheNameWithTheFewestChanges) {
  EXPECT_EQ(nearest("dens", layers), "dense");
  EXPECT_EQ(nearest("densee", layers), "dense");
  EXPECT_EQ(nearest("desne", layers), "dense");
  EXPECT_EQ(nearest("batchnorm", layers), "batch_norm");
  EXPECT_EQ(nearest("relu", layers), "relu");
}

TEST(Nearest, IsEmptyWhenNoneIsClose) {
  EXPECT_EQ(nearest("convolution", layers), "");
  EXPECT_EQ(nearest("", layers), "");
  EXPECT_EQ(nearest("x", std::vector<std::string>{"lr"}), "");
  EXPECT_EQ(nearest("dense", {}), "");
}

TEST(Error, CarriesTheExitCode) {
  try {
    fail("lr = {} is not allowed", -1);
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "lr = -1 is not allowed");
    EXPECT_EQ(error.exit_code, 2);
  }
  try {
    fail_run("disk full: {}", "x");
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, 1);
  }
  EXPECT_THROW(fail("x"), Error);
  EXPECT_THROW(fail_run("x"), Error);
}

TEST(Error, AnUnknownNameIsAnsweredWithTheNearestAndAllOthers) {
  try {
    fail_unknown("r.toml:3:1", "layer", "dens", layers);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "r.toml:3:1: unknown layer \"dens\"; did you mean \"dense\"? "
                 "known: dense, batch_norm, relu, dropout");
  }
  try {
    fail_unknown("", "layer", "convolution", layers);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "unknown layer \"convolution\"; known: dense, batch_norm, relu, dropout");
  }
}

TEST(Must, ThrowsWithThePlaceWhenItDoesNotHold) {
  must(true, "fine");
  try {
    must(false, "sizes agree");
    FAIL();
  } catch (const std::logic_error& error) {
    const std::string said = error.what();
    EXPECT_NE(said.find("error_test.cpp:"), std::string::npos) << said;
    EXPECT_NE(said.find(": sizes agree"), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace goodfit
