import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Replies to a write when the file has it, so that nothing acknowledged is lost when a process is killed. The
 * disk has it a second later. Ends the process when the file cannot be written.
 */
class DurableBackend extends IndexedBackend {
  private static final int SYNC_MS = 500;
  /** Overwrites only what was written some syncs ago: a power failure must not damage the file. */
  private static final int RETENTION_MS = 4 * SYNC_MS;
  /** Moves data together when less than half of the file is in use, in percent. */
  private static final int FILL_RATE = 50;
  private static final int MOVE_BYTES = 1 << 20;
  /** More than a command may write, in KB: otherwise the store would commit in the middle of it. */
  private static final int BUFFER_KB = 1 << 16;

  private boolean hasChanged;

  private DurableBackend(MVStore store) {
    super(store);
    store.setRetentionTime(RETENTION_MS);
    Thread thread = new Thread(this::syncForever, "sync");
    thread.setDaemon(true);
    thread.start();
  }

  static DurableBackend open(String file) {
    return new DurableBackend(
        new MVStore.Builder().fileName(file).autoCommitDisabled().autoCommitBufferSize(BUFFER_KB).open());
  }

  /** One at a time, so that no commit has a half of another command. */
  @Override
  public synchronized Document handleMessage(MongoMessage message) {
    try {
      Document reply = super.handleMessage(message);
      if (getMvStore().hasUnsavedChanges()) {
        getMvStore().commit();
        hasChanged = true;
      }
      return reply;
    } catch (MVStoreException error) {
      throw MongoJavaServer.fail(error);
    }
  }

  private void syncForever() {
    try {
      for (; ; Thread.sleep(SYNC_MS)) {
        if (compact()) getMvStore().sync();
      }
    } catch (MVStoreException error) {
      throw MongoJavaServer.fail(error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean compact() {
    if (!hasChanged || getMvStore().isClosed()) return false;
    hasChanged = false;
    getMvStore().compact(FILL_RATE, MOVE_BYTES);
    getMvStore().commit();
    return true;
  }
}
