#include "goodfit/study/report/embedded_page.hpp"

// By the assembler, as a compiler takes seconds and much memory for an array of so many numbers.
asm(".pushsection .rodata\n"
    "goodfit_page_begin: .incbin \"" GOODFIT_PAGE
    "\"\n"
    "goodfit_page_end:\n"
    ".popsection\n"
    ".globl goodfit_page_begin, goodfit_page_end\n"
    ".hidden goodfit_page_begin, goodfit_page_end\n");

extern "C" {
extern const char goodfit_page_begin[], goodfit_page_end[];
}

namespace goodfit {

std::string_view embedded_page() {
  return {goodfit_page_begin, std::size_t(goodfit_page_end - goodfit_page_begin)};
}

}  // namespace goodfit
