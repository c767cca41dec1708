package org.zepad.core.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Download;

/**
 * Loads one file over HTTP into a part file, going on where an earlier call stopped (RFC 9110,
 * range requests) and again when the connection breaks. A server that answers nothing for a while
 * counts as broken off.
 */
final class HttpDownload {
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REDIRECTS = 5;
  private static final int BUFFER = 1 << 16;
  private static final long MEBI = 1 << 20;
  // Kept free beside the file itself: a full disk harms more than this download.
  private static final long SPARE = 64 * MEBI;

  private final Progress progress;
  private final int attempts;
  private final Duration pause;
  private final Duration timeout;

  HttpDownload(Progress progress) {
    this(progress, 5, Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  /**
   * With other patience, for tests.
   *
   * @param attempts in a row that bring nothing, before an address is given up
   * @param pause between them
   * @param timeout of connecting, and of waiting for more bytes
   */
  HttpDownload(Progress progress, int attempts, Duration pause, Duration timeout) {
    this.progress = progress;
    this.attempts = attempts;
    this.pause = pause;
    this.timeout = timeout;
  }

  /** What an address answered, where that will not change by asking again. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Loads a file; when this returns, the part file has the wanted length.
   *
   * @param addresses tried in turn
   * @param target where the whole file will go, for messages
   * @throws ZepadException of kind ENVIRONMENT if none of them gives it
   */
  void load(List<URI> addresses, Download download, Path part, Path target) {
    List<String> failures = new ArrayList<>();
    try (FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(out, part)) {
      if (out.size() > download.bytes()) {
        out.truncate(0);
      }
      room(part, download.bytes() - out.size());
      progress.start(
          "downloading " + download.name() + " (MiB)", Math.max(1, download.bytes() / MEBI));
      for (URI address : addresses) {
        String failure = load(address, download.bytes(), out);
        if (failure == null) {
          out.force(true);
          return;
        }
        failures.add(address + ": " + failure);
      }
    } catch (IOException e) {
      throw ZepadException.environment("cannot write " + part + ": " + e, e);
    }
    forget(part);
    throw ZepadException.environment(
        "cannot download "
            + download.name()
            + ".\n  "
            + String.join("\n  ", failures)
            + "\nTry again later (it goes on where it stopped), name a --mirror that has it, or"
            + " bring it from elsewhere and put it at\n  "
            + target
            + "\nthen the same command checks it"
            + (download.unpacking() == Download.Unpacking.NONE ? "." : " and unpacks it."),
        null);
  }

  private static FileLock lock(FileChannel out, Path part) throws IOException {
    FileLock lock;
    try {
      lock = out.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw ZepadException.environment(
          "another process downloads to " + part + "; wait for it", null);
    }
    return lock;
  }

  private static void room(Path part, long bytes) throws IOException {
    long free = Files.getFileStore(part).getUsableSpace();
    if (free < bytes + SPARE) {
      throw ZepadException.environment(
          "the disk of "
              + part
              + " has "
              + free / MEBI
              + " MiB free, the download needs "
              + (bytes + SPARE) / MEBI
              + " MiB; make room, or choose another place with --into",
          null);
    }
  }

  // Nothing came: an empty part file would only puzzle.
  private static void forget(Path part) {
    try {
      if (Files.size(part) == 0) {
        Files.delete(part);
      }
    } catch (IOException e) {
      // It stays, and the next call takes it up.
      return;
    }
  }

  // Null when the file is whole, else what went wrong.
  private @Nullable String load(URI address, long bytes, FileChannel out) throws IOException {
    String failure = "gives nothing";
    int left = attempts;
    while (out.size() < bytes) {
      long before = out.size();
      try {
        request(address, bytes, out);
      } catch (DiskFailure e) {
        throw e.getCause();
      } catch (Refused e) {
        return String.valueOf(e.getMessage());
      } catch (UnknownHostException e) {
        return "there is no host " + address.getHost() + ", or no connection";
      } catch (IOException e) {
        failure = reason(e);
      }
      if (out.size() > before) {
        left = attempts;
      } else if (--left == 0) {
        return failure;
      }
      if (out.size() < bytes) {
        rest();
      }
    }
    return null;
  }

  private String reason(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "no answer within " + timeout.toSeconds() + " s";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return "cannot connect: " + e.getMessage();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void rest() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZepadException.environment("the download was interrupted", e);
    }
  }

  private void request(URI address, long bytes, FileChannel out) throws IOException {
    HttpURLConnection connection = connect(address, out.size());
    try {
      long from = start(connection, out.size());
      long told = connection.getContentLengthLong();
      if (told >= 0 && from + told != bytes) {
        throw new Refused("has " + (from + told) + " bytes, the official file has " + bytes);
      }
      disk(() -> out.truncate(from));
      try (InputStream in = connection.getInputStream()) {
        copy(in, bytes, from, out);
      }
    } finally {
      connection.disconnect();
    }
  }

  private void copy(InputStream in, long bytes, long from, FileChannel out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long at = from;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (at + n > bytes) {
        disk(() -> out.truncate(0));
        throw new Refused("sends more than the " + bytes + " bytes of the official file");
      }
      long place = at;
      ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
      disk(
          () -> {
            while (piece.hasRemaining()) {
              out.write(piece, place + piece.position());
            }
          });
      at += n;
      progress.update(Math.min(at, bytes) / MEBI, "");
    }
    if (at < bytes) {
      throw new IOException("the connection ended after " + at + " of " + bytes + " bytes");
    }
  }

  // Where the answer's bytes belong.
  private static long start(HttpURLConnection connection, long wanted) throws IOException {
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_OK) {
      return 0;
    }
    if (status == HttpURLConnection.HTTP_PARTIAL) {
      String range = connection.getHeaderField("Content-Range");
      if (range != null && range.startsWith("bytes " + wanted + "-")) {
        return wanted;
      }
      throw new Refused("answers with another part of the file than asked for: " + range);
    }
    if (status == RANGE_NOT_SATISFIABLE) {
      throw new Refused("has not as many bytes as were loaded already; delete the part file");
    }
    if (status >= 500
        || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || status == TOO_MANY_REQUESTS) {
      throw new IOException("answers with status " + status);
    }
    throw new Refused("answers with status " + status);
  }

  // Redirections are followed here: Java does not follow them from http to https.
  private HttpURLConnection connect(URI first, long from) throws IOException {
    URI address = first;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      connection.setRequestProperty("User-Agent", "zepad");
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
      }
      int status = connection.getResponseCode();
      if (status < 301 || status > 308 || status == 304) {
        return connection;
      }
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      address = redirected(address, location);
    }
    throw new Refused("redirects more than " + REDIRECTS + " times");
  }

  private static URI redirected(URI from, @Nullable String location) throws Refused {
    try {
      URI to = from.resolve(new URI(location == null ? "" : location));
      boolean plain = "http".equals(to.getScheme()) && "http".equals(from.getScheme());
      if (location != null && (plain || "https".equals(to.getScheme()))) {
        return to;
      }
    } catch (URISyntaxException e) {
      throw new Refused("redirects to what is no address: " + location);
    }
    throw new Refused("redirects to " + location + ", which is not followed");
  }

  /** Work on the disk. */
  @FunctionalInterface
  private interface DiskWork {
    void run() throws IOException;
  }

  /** A failure of the disk, which asking the server again does not mend. */
  private static final class DiskFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    DiskFailure(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    @Override
    public synchronized IOException getCause() {
      return failure;
    }
  }

  private static void disk(DiskWork work) throws DiskFailure {
    try {
      work.run();
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
  }
}
