//===- ActiveMap.h - walk a feature map channel by channel ------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_ACTIVEMAP_H
#define LLE_LOWERING_LLETOLINALG_ACTIVEMAP_H

#include "lowering/LLEToLinalg/PlaceList.h"

namespace lle {

/// The elements of a feature map that are not zero, channel by channel, rows and columns ascending: the order of the
/// definition, whichever way they lie.
///
/// A map that lies channels last is first reduced to bits, and to a word of them for each pixel and 16 channels; a
/// vector of words holds one channel of 64 pixels, and channels that are silent in all pixels are left out.
class ActiveMap {
public:
  ActiveMap(StepBuilder &b, const StepSignal &input, int64_t channels, int64_t pixels);

  /// What is done for one element. Returns the new carried values.
  using ElementBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(StepBuilder &, mlir::Value channel,
                                                                        mlir::Value pixel, mlir::ValueRange carried)>;
  llvm::SmallVector<mlir::Value> forEach(mlir::ValueRange carried, ElementBody body);

  /// Lists the elements, of which the fraction `activity` is expected not to be zero: pixel p of channel c is at place
  /// `c * pixels + p`.
  PlaceList list(double activity);

private:
  /// What is done for the pixels from `first` on, a bit each, of one channel.
  using MaskBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      StepBuilder &, mlir::Value channel, mlir::Value first, mlir::Value mask, mlir::ValueRange carried)>;
  StepBuilder &b;
  const int64_t channels, pixels;
  mlir::Value flat;     ///< All elements; null where there are bits.
  mlir::Value bits;     ///< All elements as a set of bits, or null.
  const bool byWords;   ///< Whether there are words of pixels: elements lie channels last, and have several channels.
  int64_t wordBits = 0; ///< 16, or 8 where that is all channels.
  mlir::Value words;    ///< (channel / wordBits, pixel): bits of channels; null where `bits` are those.

  void splitBits();
  mlir::Value loadWords(StepBuilder &b, mlir::Value number, mlir::Value pixel, int64_t count);
  mlir::Value readChannels(StepBuilder &b, mlir::Value number);
  mlir::Value readPixels(StepBuilder &b, mlir::Value channel, mlir::Value pixel, int64_t count);
  llvm::SmallVector<mlir::Value> forEachMask(mlir::ValueRange carried, MaskBody visit);
  llvm::SmallVector<mlir::Value> forEachMaskOfChannel(StepBuilder &b, mlir::Value channel, mlir::ValueRange carried,
                                                      MaskBody visit);
};

} // namespace lle

#endif
