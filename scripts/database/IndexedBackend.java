import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;

/**
 * Uses an index wherever a query has all of its keys, as MongoDB does. The library does so only where a query
 * has nothing else: each of the event store's updates would look at all documents that there are.
 */
class IndexedBackend extends H2Backend {
  IndexedBackend(String file) {
    super(file);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new IndexedDatabase(name);
  }

  /** Not static: the constructor of H2Database opens collections already. */
  private class IndexedDatabase extends H2Database {
    IndexedDatabase(String name) {
      super(name, getMvStore(), getCursorRegistry());
    }

    /** The maps have the names that H2Database gives them. */
    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
      String place = getFullCollectionNamespace(name);
      MVMap<Object, Document> data = getMvStore().openMap("databases." + place);
      MVMap<String, Object> meta = getMvStore().openMap("meta." + place);
      return new H2Collection(this, name, options, data, meta, cursorRegistry) {
        /** What the library comes to where it uses no index. */
        @Override
        protected QueryResult matchDocuments(
            Document query, Document order, int skip, int limit, int batchSize, Document projection) {
          for (Index<Object> index : getIndexes()) {
            Document key = keyOf(index, query);
            if (!index.canHandle(key)) continue;
            return matchDocuments(query, index.getPositions(key), order, skip, limit, batchSize, projection);
          }
          return super.matchDocuments(query, order, skip, limit, batchSize, projection);
        }
      };
    }
  }

  private static Document keyOf(Index<Object> index, Document query) {
    Document key = new Document();
    for (IndexKey part : index.getKeys()) {
      if (query.containsKey(part.getKey())) key.put(part.getKey(), query.get(part.getKey()));
    }
    return key;
  }
}
