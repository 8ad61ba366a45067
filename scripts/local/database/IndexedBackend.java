import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;

/** What mongo-java-server has in a file, with collections that use their indexes as MongoDB does. */
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
      return new IndexedCollection(this, name, options, data, meta, cursorRegistry);
    }
  }
}
