package dev.conductor.focus;

import dev.conductor.event.EventLog;
import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.api.MediaCommands;
import dev.conductor.media.api.MediaEventSource;
import dev.conductor.model.AudioCatalog;
import dev.conductor.model.Snapshots;
import dev.conductor.signaling.api.CallControl;
import dev.conductor.store.Store;
import java.util.function.LongFunction;

/**
 * All that the focus speaks to. Immutable.
 *
 * @param control SIP
 * @param media sound
 * @param mediaEvents what sound has to tell
 * @param figures how the line of a session does, null where media has none
 * @param store what must last
 * @param snapshots where committed state is published
 * @param eventLog where committed events are laid down
 * @param audio the clips that may be played
 */
public record FocusBorders(
    CallControl control,
    MediaCommands media,
    MediaEventSource mediaEvents,
    LongFunction<LineStatistics> figures,
    Store store,
    Snapshots snapshots,
    EventLog eventLog,
    AudioCatalog audio) {}
