//===- Plot.cpp - a picture of a Pareto front -----------------------------===//
#include "tools/lle-optimize/Plot.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace lle;

static constexpr double kWidth = 300, kHeight = 220, kLeft = 70, kTop = 50, kGap = 70, kBottom = 60;

namespace {
/// Numbers to a stretch of the picture, with a margin on both sides.
struct Scale {
  double low, high, from, to;

  Scale(llvm::ArrayRef<double> values, double from, double to)
      : low(*llvm::min_element(values)), high(*llvm::max_element(values)), from(from), to(to) {}
  double operator()(double value) const {
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return from + (to - from) * (0.06 + 0.88 * share);
  }
};
} // namespace

static std::string escape(llvm::StringRef text) {
  std::string escaped;
  llvm::raw_string_ostream stream(escaped);
  llvm::printHTMLEscaped(text, stream);
  return escaped;
}

static std::string formatTick(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.4g", value);
  return text;
}

static void plotPanel(llvm::raw_ostream &os, double left, llvm::StringRef cost, size_t panel,
                      llvm::ArrayRef<PlotPoint> points) {
  std::vector<double> costs, metrics;
  for (const PlotPoint &point : points) {
    costs.push_back(point.costs[panel]);
    metrics.push_back(point.metric);
  }
  Scale x(costs, left, left + kWidth), y(metrics, kTop + kHeight, kTop);
  os << llvm::formatv("<rect x='{0}' y='{1}' width='{2}' height='{3}' class='frame'/>\n", left, kTop, kWidth, kHeight);
  for (double value : {x.low, x.high})
    os << llvm::formatv("<text x='{0:f1}' y='{1}' text-anchor='middle'>{2}</text>\n", x(value), kTop + kHeight + 18,
                        formatTick(value));
  for (double value : {y.low, y.high})
    os << llvm::formatv("<text x='{0}' y='{1:f1}' text-anchor='end'>{2}</text>\n", left - 6, y(value) + 4,
                        formatTick(value));
  os << llvm::formatv("<text x='{0}' y='{1}' text-anchor='middle'>{2}</text>\n", left + kWidth / 2, kTop + kHeight + 38,
                      escape(cost));
  for (const PlotPoint &point : points)
    os << llvm::formatv("<circle cx='{0:f1}' cy='{1:f1}' r='{2}' class='{3}'><title>{4}</title></circle>\n",
                        x(point.costs[panel]), y(point.metric), point.isChosen || point.isOriginal ? 6 : 4,
                        point.isOriginal ? "original"
                        : point.isChosen ? "chosen"
                                         : "other",
                        escape(point.title));
}

std::string lle::plotFront(llvm::StringRef title, llvm::StringRef metric, llvm::ArrayRef<std::string> costs,
                           llvm::ArrayRef<PlotPoint> points) {
  std::string text;
  llvm::raw_string_ostream os(text);
  double width = kLeft + double(costs.size()) * (kWidth + kGap), height = kTop + kHeight + kBottom;
  os << llvm::formatv("<svg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{1}' viewBox='0 0 {0} {1}'>\n",
                      width, height)
     << "<style>text {font: 12px sans-serif; fill: #222} .frame {fill: none; stroke: #999} .other {fill: #3b6ea5} "
        ".chosen {fill: #c8502d} .original {fill: none; stroke: #222; stroke-width: 2}</style>\n"
     << llvm::formatv("<rect width='{0}' height='{1}' fill='white'/>\n", width, height)
     << llvm::formatv("<text x='{0}' y='20'>{1}: {2} (ring: as it was; red: chosen)</text>\n", kLeft, escape(title),
                      escape(metric));
  for (auto [panel, cost] : llvm::enumerate(costs))
    plotPanel(os, kLeft + double(panel) * (kWidth + kGap), cost, panel, points);
  os << "</svg>\n";
  return text;
}
