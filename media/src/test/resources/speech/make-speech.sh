#!/usr/bin/env bash
# Makes the speech that tests listen to: one WAV (16 kHz, mono, 16 bit) for each line of speech.tsv beside
# this script, which holds a name, a TAB, a voice of espeak-ng, a TAB and a text. The WAVs are kept with the
# sources, so only who changes a text runs this; it needs espeak-ng and sox. The same versions of both give
# the same bytes.
#
#   media/src/test/resources/speech/make-speech.sh
set -euo pipefail
export LC_ALL=C

words_per_minute=165
level_dbov=-22

for tool in espeak-ng sox; do
  command -v "$tool" > /dev/null || { echo "make-speech: $tool is needed" >&2; exit 2; }
done

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

while IFS=$'\t' read -r name voice text; do
  [[ -n $name && -n $voice && -n $text ]] || { echo "make-speech: a line lacks one of its three" >&2; exit 1; }
  espeak-ng -v "$voice" -s "$words_per_minute" -w "$work/spoken.wav" -- "$text" < /dev/null
  # -D and -R: no dither, no randomness.
  sox -D -R "$work/spoken.wav" -e floating-point -b 32 -r 16000 -c 1 "$work/rated.wav" rate -v 16000
  rms=$(sox "$work/rated.wav" -n stats 2>&1 | awk '/^RMS lev dB/ { print $4 }')
  gain=$(awk -v want="$level_dbov" -v is="$rms" 'BEGIN { printf "%.3f", want - is }')
  sox -D -R "$work/rated.wav" -e signed-integer -b 16 "$work/$name.wav" gain "$gain" fade t 0.005 0 0.01
  mv "$work/$name.wav" "$folder/$name.wav"
done < "$folder/speech.tsv"
