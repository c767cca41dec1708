package org.zepad.core.serve;

import java.time.Duration;
import java.util.regex.Pattern;
import org.zepad.api.ZepadException;

/**
 * What a server listens on, and its limits.
 *
 * @param host the name or address to listen on
 * @param port 0: any that is free
 * @param model the name of the model in addresses
 * @param task the only task that is served; empty: all of the model's
 * @param maxBatch most images that are computed at once
 * @param maxDelay how long an image may wait for others to be computed with it
 * @param queue most images that wait; beyond it requests are refused with status 429
 * @param maxBody most bytes of the body of a request
 * @param maxPixels most pixels of a picture
 * @param patience how long a request may take from its last byte to its result
 * @param drain how long a server that ends waits for the requests that it has
 */
public record ServeOptions(
    String host,
    int port,
    String model,
    String task,
    int maxBatch,
    Duration maxDelay,
    int queue,
    int maxBody,
    long maxPixels,
    Duration patience,
    Duration drain) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int GREATEST_BATCH = 1024;
  private static final int GREATEST_QUEUE = 4096;
  private static final Duration GREATEST_DELAY = Duration.ofSeconds(10);
  private static final int MIB = 1 << 20;
  private static final int GREATEST_BODY = 1023 * MIB;

  public ServeOptions {
    require(port >= 0 && port <= 65535, "a port from 0 to 65535");
    require(NAME.matcher(model).matches(), "a name of letters, digits, '.', '_' and '-'");
    require(maxBatch >= 1 && maxBatch <= GREATEST_BATCH, "batches of 1 to " + GREATEST_BATCH);
    require(
        !maxDelay.isNegative() && maxDelay.compareTo(GREATEST_DELAY) <= 0,
        "a delay of 0 to " + GREATEST_DELAY.toMillis() + " ms");
    require(
        queue >= maxBatch && queue <= GREATEST_QUEUE,
        "a queue that holds a batch, and at most " + GREATEST_QUEUE + " images");
    require(maxBody >= 1024 && maxBody <= GREATEST_BODY, "bodies of 1 KiB to 1023 MiB");
    require(maxPixels >= 1, "pictures of at least a pixel");
    require(!patience.isNegative() && !drain.isNegative(), "times that are not negative");
  }

  /** On this machine alone, at a free port, with the usual limits. */
  public static ServeOptions defaults() {
    return new ServeOptions(
        "127.0.0.1",
        0,
        "model",
        "",
        32,
        Duration.ofMillis(5),
        256,
        16 * MIB,
        50_000_000,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  /** The same at another address. */
  public ServeOptions at(String otherHost, int otherPort) {
    return new ServeOptions(
        otherHost, otherPort, model, task, maxBatch, maxDelay, queue, maxBody, maxPixels, patience,
        drain);
  }

  /** The same for another model, or one task of it. */
  public ServeOptions of(String otherModel, String otherTask) {
    return new ServeOptions(
        host,
        port,
        otherModel,
        otherTask,
        maxBatch,
        maxDelay,
        queue,
        maxBody,
        maxPixels,
        patience,
        drain);
  }

  /** The same with other batches and another queue. */
  public ServeOptions batching(int otherMaxBatch, Duration otherMaxDelay, int otherQueue) {
    return new ServeOptions(
        host,
        port,
        model,
        task,
        otherMaxBatch,
        otherMaxDelay,
        otherQueue,
        maxBody,
        maxPixels,
        patience,
        drain);
  }

  /** The same with another limit of bodies, in bytes, and of pictures, in pixels. */
  public ServeOptions limits(int otherMaxBody, long otherMaxPixels) {
    return new ServeOptions(
        host,
        port,
        model,
        task,
        maxBatch,
        maxDelay,
        queue,
        otherMaxBody,
        otherMaxPixels,
        patience,
        drain);
  }

  /** The same with other times. */
  public ServeOptions times(Duration otherPatience, Duration otherDrain) {
    return new ServeOptions(
        host,
        port,
        model,
        task,
        maxBatch,
        maxDelay,
        queue,
        maxBody,
        maxPixels,
        otherPatience,
        otherDrain);
  }

  private static void require(boolean sound, String what) {
    if (!sound) {
      throw ZepadException.usage("a server needs " + what);
    }
  }
}
