//===- Threads.h - loops on threads, and random numbers ---------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_THREADS_H
#define LLE_PASSES_PLACEMENT_THREADS_H

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace lle {

/// Calls body(thread, begin, end) for consecutive ranges of [0, count), one for each thread.
template <typename Body>
void forRanges(unsigned threads, size_t count, Body body) {
  std::vector<std::thread> workers;
  for (unsigned thread = 1; thread < threads; ++thread)
    workers.emplace_back(body, thread, count * thread / threads, count * (thread + 1) / threads);
  body(0u, size_t(0), count / std::max(threads, 1u));
  for (std::thread &worker : workers)
    worker.join();
}

/// Calls body(index) for each index below `count`, the next one on the thread that is free first.
template <typename Body>
void forEachIndex(unsigned threads, size_t count, Body body) {
  std::atomic<size_t> next = 0;
  forRanges(unsigned(std::min<size_t>(threads, count)), 0, [&](unsigned, size_t, size_t) {
    for (size_t index; (index = next++) < count;)
      body(index);
  });
}

/// SplitMix64 (G. L. Steele et al., OOPSLA 2014): the same numbers with every standard library.
class SplitMix64 {
public:
  explicit SplitMix64(uint64_t seed) : state(seed) {}
  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// In [0, count).
  size_t below(size_t count) { return size_t((__uint128_t(next()) * count) >> 64); }
  /// In [0, 1).
  double uniform() { return double(next() >> 11) * 0x1p-53; }

private:
  uint64_t state;
};

} // namespace lle

#endif
