// Every dataset a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/datasets/cifar10.hpp"
#include "goodfit/parts/datasets/csv.hpp"
#include "goodfit/parts/datasets/idx.hpp"
#include "goodfit/parts/datasets/images.hpp"
#include "goodfit/parts/datasets/in_memory.hpp"
#include "goodfit/parts/datasets/libsvm.hpp"
#include "goodfit/parts/datasets/npy.hpp"
#include "goodfit/parts/datasets/table.hpp"
#include "goodfit/parts/datasets/text.hpp"

namespace goodfit {

using Datasets = Catalogue<Dataset, Csv, Table, Libsvm, Npy, Idx, Cifar10, Images, Text, InMemory>;

}  // namespace goodfit
