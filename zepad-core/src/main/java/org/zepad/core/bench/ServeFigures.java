package org.zepad.core.bench;

import java.util.OptionalDouble;

/**
 * What the clients of a server saw.
 *
 * @param clients how many
 * @param seconds how long they asked
 * @param requests all that were answered or failed
 * @param errors answers other than results and refusals, and broken connections
 * @param refused answers with status 429: the queue was full
 * @param requestsPerSecond results
 * @param p50Millis from a request to its result
 * @param p99Millis likewise
 * @param residentEarly memory of the process after a tenth of the time, in bytes; empty where the
 *     system does not tell
 * @param residentEnd the same at the end
 * @param meanBatch images that were computed at once
 */
public record ServeFigures(
    int clients,
    double seconds,
    long requests,
    long errors,
    long refused,
    double requestsPerSecond,
    double p50Millis,
    double p99Millis,
    OptionalDouble residentEarly,
    OptionalDouble residentEnd,
    double meanBatch) {}
