import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** mongo-java-server on a file, with collections and aggregations that use their indexes as MongoDB does. */
class IndexedBackend extends H2Backend {
  IndexedBackend(MVStore store) {
    super(store);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new IndexedDatabase(name);
  }

  /** An inner class, since the constructor of H2Database already opens collections. */
  private class IndexedDatabase extends H2Database {
    IndexedDatabase(String name) {
      super(name, getMvStore(), getCursorRegistry());
    }

    /** Opens maps by the names that H2Database gives them. */
    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
      String place = getFullCollectionNamespace(name);
      MVMap<Object, Document> data = getMvStore().openMap("databases." + place);
      MVMap<String, Object> meta = getMvStore().openMap("meta." + place);
      return new IndexedCollection(this, name, options, data, meta, cursorRegistry);
    }

    @Override
    public synchronized Document handleCommand(
        Channel channel, String name, Document command, DatabaseResolver databases, Oplog oplog) {
      if (name.equals("aggregate")) {
        MongoCollection<?> collection = resolveCollection(command.get(name).toString(), false);
        Pipeline pipeline = Pipeline.of(command);
        if (collection != null && pipeline.beginsWithMatch()) {
          List<Document> found = pipeline.run(collection, databases, oplog);
          return toReply(collection.getFullName(), found);
        }
      }
      return super.handleCommand(channel, name, command, databases, oplog);
    }
  }

  private static Document toReply(String namespace, List<Document> found) {
    Document cursor = new Document("id", 0L).append("ns", namespace).append("firstBatch", found);
    return new Document("cursor", cursor).append("ok", 1.0);
  }
}
