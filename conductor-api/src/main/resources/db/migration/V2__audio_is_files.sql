-- The clips of a conference are the files of the audio folder, read at every start.
DROP TABLE conference_audio;
