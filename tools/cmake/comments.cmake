# Writes OUT, a C++ file with the comment on top of every header below ROOT that a reference page may show.
#   cmake -DROOT=DIR -DOUT=FILE -P tools/cmake/comments.cmake
file(GLOB_RECURSE headers RELATIVE ${ROOT} ${ROOT}/goodfit/parts/*.hpp ${ROOT}/goodfit/study/*.hpp)
set(entries "")
foreach(header IN LISTS headers)
  file(READ ${ROOT}/${header} text)
  string(REGEX MATCH "^(//[^\n]*\n)+" comment "${text}")
  string(APPEND entries "    {\"${header}\", R\"__(${comment})__\"},\n")
endforeach()
# Written anew only when a comment changed, so that nothing else is built anew.
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT "// Written by tools/cmake/comments.cmake.
#include <span>

#include \"goodfit/cli/comments.hpp\"

namespace goodfit {

std::span<const Comment> all_comments() {
  static constexpr Comment all[]{
${entries}  };
  return all;
}

}  // namespace goodfit
")
