#!/usr/bin/env bash
# Draws what a spoken-digit switch heard and did: the waveform, and for each state of the switch how long it had it.
# usage: timeline.sh SAMPLES.raw LINES.json > PICTURE.svg
#   SAMPLES.raw  16 bits, little-endian, 8,000 per second
#   LINES.json   what edgecnn-pi wrote for them, with its usual steps of 32 ms
set -euo pipefail
[[ $# == 2 && -r $1 && -r $2 ]] || { sed -n '3,5s/^# //p' "$0" >&2; exit 2; }

awk -v lines="$2" '
    # Pixels of a second, samples of a pixel; where the waveform and the switch are.
    BEGIN { second = 96; column = 8000 / second; middle = 56; half = 46; lane = 112; step = 256 }
    {
        for (i = 1; i <= NF; i++) {
            x = int(n / column)
            n++
            if ($i > high[x]) high[x] = $i
            if ($i < low[x]) low[x] = $i
        }
    }
    # Quiet words can be seen too: the height is the root of the magnitude.
    function height(sample) { return sample < 0 ? -height(-sample) : half * sqrt(sample / 32768) }
    function state(from, to, label) {
        if (label == "" || to <= from) return
        printf "<rect class=\"on\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"26\" rx=\"4\"/>", from + 1, lane, to - from - 2
        printf "<text x=\"%d\" y=\"%d\">%s</text>\n", (from + to) / 2, lane + 18, label
    }
    END {
        width = x + 1
        printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d 168\" width=\"%d\" role=\"img\"", width, width
        print " aria-label=\"Waveform of spoken digits, and below it the state of the switch\">"
        print "<style>text{font:600 14px sans-serif;fill:#fff;text-anchor:middle}.axis{font-weight:400;font-size:11px;fill:#5f6b7a}"
        print ".wave{stroke:#2563eb}.on{fill:#d9480f}.grid{stroke:#e2e6ec}</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        for (s = 1; s * second < width; s++) {
            printf "<path class=\"grid\" d=\"M%d 8V148\"/><text class=\"axis\" x=\"%d\" y=\"162\">%d s</text>\n", s * second, s * second, s
        }
        printf "<path class=\"wave\" d=\""
        for (x = 0; x < width; x++) {
            printf "M%.1f %.1fV%.1f", x + 0.5, middle - height(high[x]) - 0.5, middle - height(low[x]) + 0.5
        }
        print "\"/>"
        while ((getline line < lines) > 0) {
            match(line, /"frame":[0-9]+/)
            now = substr(line, RSTART + 8, RLENGTH - 8) * step / column
            state(since, now, label)
            since = now
            label = match(line, /"label":"[^"]*"/) ? substr(line, RSTART + 9, RLENGTH - 10) : ""
        }
        state(since, width, label)
        print "</svg>"
    }' <(od -An -v -w2048 -t d2 "$1")
