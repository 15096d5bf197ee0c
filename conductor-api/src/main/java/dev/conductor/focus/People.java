package dev.conductor.focus;

/** What commands on customers and persons work with. Immutable; the parts are the conductor's. */
record People(
    Customers customers,
    Inquiries inquiries,
    Roster roster,
    PersonChanges changes,
    Enrolment enrolment) {}
