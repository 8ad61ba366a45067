import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Serves a file as a MongoDB database until standard input ends, so that it cannot outlive its parent. */
class MongoJavaServer {
  /** The library's own versions stop at wire version 8; the driver wants 9 or more. */
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

  /** A parent that was killed leaves its server a moment to write the file: waits up to 5 s for it. */
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
