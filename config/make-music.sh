#!/usr/bin/env bash
# Makes the music that callers hear while they wait: music/waiting.wav (16 kHz, mono, 16 bit), a tune of our
# own: ten chords of four plucked notes over a bass, four seconds each. The WAV is kept with the sources, so
# only who changes the tune runs this; it needs sox. The same version gives the same bytes.
#
# Each chord has died away half a second before the next. In such a breath the lines of a codec with a state
# (G.722, Opus) begin to share one encoded frame, and there the loop closes without a click.
#
#   config/make-music.sh
set -euo pipefail
export LC_ALL=C

peak_dbfs=-14
note_seconds=2.3
bass_seconds=3.4
breath_seconds=0.5

# Bass and four notes of each chord, in Hz; the letters are the chords.
chords=(
  "130.81 261.63 329.63 392.00 523.25" # C
  "110.00 261.63 329.63 440.00 329.63" # a
  "87.31 220.00 261.63 349.23 440.00"  # F
  "98.00 246.94 293.66 392.00 293.66"  # G
  "82.41 246.94 329.63 392.00 493.88"  # e
  "110.00 220.00 329.63 523.25 440.00" # a
  "87.31 261.63 349.23 440.00 523.25"  # F
  "73.42 220.00 293.66 349.23 440.00"  # d
  "98.00 246.94 392.00 349.23 293.66"  # G7
  "130.81 261.63 392.00 329.63 261.63" # C
)

command -v sox > /dev/null || { echo "make-music: sox is needed" >&2; exit 2; }

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/music
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# -D and -R: no dither, no randomness.
float=(-D -R -n -e floating-point -b 32 -r 16000)

# A plucked string dies away by the square of what is left of its time.
pluck() { echo "fade t 0.012 $1 $1 fade t 0 $1 $1"; }

parts=()
for chord in "${chords[@]}"; do
  read -r bass a b c d <<< "$chord"
  part=$work/$(printf '%02d' "${#parts[@]}")
  double() { awk -v hz="$1" 'BEGIN { printf "%.2f", 2 * hz }'; }
  # shellcheck disable=SC2046 # pluck gives words
  sox "${float[@]}" "$part-notes.wav" synth "$note_seconds" \
    sine "$a" sine "$b" sine "$c" sine "$d" \
    sine "$(double "$a")" sine "$(double "$b")" sine "$(double "$c")" sine "$(double "$d")" \
    $(pluck "$note_seconds") \
    remix 1v0.20,5v0.05 2v0.20,6v0.05 3v0.20,7v0.05 4v0.20,8v0.05 delay 0 0.4 0.8 1.2 remix 1v1,2v1,3v1,4v1
  # shellcheck disable=SC2046
  sox "${float[@]}" "$part-bass.wav" synth "$bass_seconds" sine "$bass" sine "$(double "$bass")" \
    $(pluck "$bass_seconds") remix 1v0.12,2v0.10
  sox -D -R -m -v 1 "$part-notes.wav" -v 1 "$part-bass.wav" "$part.wav" pad 0 "$breath_seconds"
  parts+=("$part.wav")
done

mkdir -p "$folder"
sox -D -R "${parts[@]}" -e signed-integer -b 16 "$work/waiting.wav" gain -n "$peak_dbfs"
mv "$work/waiting.wav" "$folder/waiting.wav"
