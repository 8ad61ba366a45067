import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;
import org.h2.mvstore.DataUtils;
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
  static H2Backend open(String file) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return new IndexedBackend(file);
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

  public static void main(String[] args) throws Exception {
    H2Backend backend = open(args[0]);
    backend.version(VERSION);
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", 0);
    System.out.println("port " + server.getLocalAddress().getPort());
    while (System.in.read() >= 0) {}
    server.shutdownNow();
  }
}
