#!/usr/bin/python3
"""Draws predictions against the truth: plot.py OUT.svg NAME=PREDICTION.npy... (arrays of test_y.npy's shape)."""
import os
import sys

import numpy as np

import series

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 900, 380, 56, 16, 40, 36
COLOURS = ["#c1440e", "#1f6f8b", "#5b8c3e", "#7d4f9e"]


def draw(years, truth, predictions):
    """An SVG of the true numbers as an area and each prediction as a line."""
    top = 20 * np.ceil(max(truth.max(), *(p.max() for p in predictions.values())) / 20)
    x = LEFT + (years - years[0]) / (years[-1] - years[0]) * (WIDTH - LEFT - RIGHT)
    y = lambda values: HEIGHT - BOTTOM - values / top * (HEIGHT - TOP - BOTTOM)
    path = lambda values: " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y(values)))
    text = lambda a, b, s, anchor="middle", fill="#444": f'<text x="{a:.1f}" y="{b:.1f}" text-anchor="{anchor}" fill="{fill}">{s}</text>'
    base = HEIGHT - BOTTOM
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for value in np.arange(0, top + 1, 40):
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#ddd"/>')
        out.append(text(LEFT - 8, y(value) + 4, f"{value:g}", "end"))
    out += [text(a, base + 18, year) for a, year in zip(x, years) if year % 10 == 0]
    out.append(f'<polygon points="{x[0]:.1f},{base} {path(truth)} {x[-1]:.1f},{base}" fill="#f3d98b" stroke="#d9b64a"/>')
    for (name, values), colour in zip(predictions.items(), COLOURS):
        out.append(f'<polyline points="{path(values)}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
    out.append(text(LEFT, 22, "Yearly sunspot number, predicted a year ahead", "start", "#111"))
    legend = [("observed", "#b8942a")] + list(zip(predictions, COLOURS))
    for i, (name, colour) in enumerate(reversed(legend)):
        out.append(text(WIDTH - RIGHT - 90 * i, 22, name, "end", colour))
    return "\n".join(out + ["</svg>\n"])


def main():
    if len(sys.argv) < 3 or any("=" not in a for a in sys.argv[2:]):
        sys.exit(__doc__)
    years, numbers = series.load()
    test = years >= series.TEST
    predictions = {}
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        predictions[name] = series.decode(np.load(path).astype(float)).reshape(-1)
        if len(predictions[name]) != test.sum():
            sys.exit(f"{path}: has {len(predictions[name])} values, expected one for each of {test.sum()} years")
    svg = draw(years[test], numbers[test], predictions)
    with open(sys.argv[1] + ".tmp", "w") as f:
        f.write(svg)
    os.replace(sys.argv[1] + ".tmp", sys.argv[1])
    for name, values in predictions.items():
        print(f"{name}: rmse {np.sqrt(np.mean((values - numbers[test]) ** 2)):.2f} sunspots over {test.sum()} years")


if __name__ == "__main__":
    main()
