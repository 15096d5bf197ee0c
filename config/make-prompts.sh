#!/usr/bin/env bash
# Makes the prompts: one WAV (16 kHz, mono, 16 bit) for each line of prompts/<language>/prompts.tsv, which
# holds a name, a TAB and a text. The WAVs are kept with the sources, so only who changes a text runs this;
# it needs espeak-ng and sox. The same versions of both give the same bytes.
#
#   config/make-prompts.sh [language]     (default en)
set -euo pipefail
export LC_ALL=C

language=${1:-en}
case $language in
  en) voice=en-us ;;
  *) echo "make-prompts: no voice is chosen for language '$language'" >&2; exit 2 ;;
esac
words_per_minute=150
level_dbov=-20

for tool in espeak-ng sox; do
  command -v "$tool" > /dev/null || { echo "make-prompts: $tool is needed" >&2; exit 2; }
done

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/prompts/$language
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Silence before and after the words is cut, then a breath of it is put back.
trim=(silence 1 0.005 0.3% reverse silence 1 0.005 0.3% reverse)

while IFS=$'\t' read -r name text; do
  [[ -n $name && -n $text ]] || { echo "make-prompts: a line without a name or a text" >&2; exit 1; }
  # -D and -R: no dither, no randomness.
  espeak-ng -v "$voice" -s "$words_per_minute" -w "$work/spoken.wav" -- "$text" < /dev/null
  sox -D -R "$work/spoken.wav" -e floating-point -b 32 -r 16000 -c 1 "$work/trimmed.wav" rate -v 16000 "${trim[@]}"
  rms=$(sox "$work/trimmed.wav" -n stats 2>&1 | awk '/^RMS lev dB/ { print $4 }')
  gain=$(awk -v want="$level_dbov" -v is="$rms" 'BEGIN { printf "%.3f", want - is }')
  sox -D -R "$work/trimmed.wav" -e signed-integer -b 16 "$work/$name.wav" \
    gain "$gain" fade t 0.005 0 0.01 pad 0.04 0.1
  mv "$work/$name.wav" "$folder/$name.wav"
done < "$folder/prompts.tsv"

# A prompt whose line is gone goes too.
for wav in "$folder"/*.wav; do
  name=$(basename "$wav" .wav)
  cut -f1 "$folder/prompts.tsv" | grep -qxF -- "$name" || rm -- "$wav"
done
