//===- Template.h - texts with words to fill in -----------------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_TEMPLATE_H
#define LLE_TARGETS_FIRMWARE_TEMPLATE_H

#include "llvm/ADT/StringMap.h"

namespace lle {

/// What stands for each @WORD@ of a template.
using TemplateWords = llvm::StringMap<std::string>;

/// The file of that name below template/, or of that name and `.in`: the latter's words are filled in. Both the file
/// and its words must exist.
std::string fillTemplate(llvm::StringRef name, const TemplateWords &words);

} // namespace lle

#endif
