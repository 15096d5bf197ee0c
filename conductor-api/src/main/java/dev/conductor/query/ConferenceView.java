package dev.conductor.query;

import dev.conductor.model.Conference;
import dev.conductor.model.Person;
import java.util.List;

/**
 * A conference and the persons its fields name. Immutable.
 *
 * @param conference the conference
 * @param persons in order of adding
 */
record ConferenceView(Conference conference, List<Person> persons) {}
