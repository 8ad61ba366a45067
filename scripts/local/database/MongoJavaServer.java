import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.IOException;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Serves a file as a MongoDB database. It ends when standard input does, so it cannot outlive its parent
 * process.
 */
class MongoJavaServer {
  /** The library's own versions end at wire version 8, but the driver requires 9 or later. */
  static final MongoVersion VERSION = new MongoVersion() {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  };

  /**
   * Opens the file. Waits up to 5 s for the server of a parent that was killed, which still writes the
   * file.
   */
  static H2Backend open(String file, boolean isDurable) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return isDurable ? DurableBackend.open(file) : new IndexedBackend(MVStore.open(file));
      } catch (MVStoreException error) {
        if (error.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) throw error;
        if (tries == 50) {
          System.err.println(file + " is in use by another start of this service");
          System.exit(1);
        }
        Thread.sleep(100);
      }
    }
  }

  /** Ends the process at once: what is not in the file was not acknowledged. */
  static MVStoreException fail(MVStoreException error) {
    Throwable cause = error;
    while (cause.getCause() != null) cause = cause.getCause();
    System.err.println("its file cannot be read or written: " + cause.getMessage());
    Runtime.getRuntime().halt(1);
    return error;
  }

  /** The arguments are the file, and `fast` if events need not be in it before they are acknowledged. */
  public static void main(String[] args) throws Exception {
    try {
      serve(open(args[0], args.length == 1));
    } catch (MVStoreException error) {
      fail(error);
    }
  }

  private static void serve(H2Backend backend) throws IOException {
    backend.version(VERSION);
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", 0);
    System.out.println("port " + server.getLocalAddress().getPort());
    while (System.in.read() >= 0) {}
    server.shutdownNow();
  }
}
