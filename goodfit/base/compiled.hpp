// What `Handle` leaves to one place: the models of goodfit's own parts. Catalogues include this,
// each for its sort, and nothing else does: everywhere else a part is its settings and a call.
#pragma once
#include "goodfit/base/part.hpp"

namespace goodfit {

template <class Interface>
template <class Model, class C>
const Interface* Handle<Interface>::compiled(const C& part) {
  return new Model(part);
}

}  // namespace goodfit
