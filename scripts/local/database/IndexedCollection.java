import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.IdentityHashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;

/**
 * Uses an index if a query has all of its keys, or the leading ones, as MongoDB does. The library uses an
 * index only for queries with all of its keys and nothing else: updates and reads of the event store would
 * scan and sort the whole collection.
 */
class IndexedCollection extends H2Collection {
  /** They are built from all documents when the first is needed. */
  private final Map<Index<Object>, IndexOrder> orders = new IdentityHashMap<>();

  IndexedCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, Document> data,
      MVMap<String, Object> meta,
      CursorRegistry cursors) {
    super(database, name, options, data, meta, cursors);
  }

  /** The library calls this if it uses no index. */
  @Override
  protected QueryResult matchDocuments(
      Document query, Document sort, int skip, int limit, int batchSize, Document projection) {
    for (Index<Object> index : getIndexes()) {
      Document key = keyOf(index, query);
      if (!index.canHandle(key)) continue;
      return matchDocuments(query, index.getPositions(key), sort, skip, limit, batchSize, projection);
    }
    buildOrders();
    IndexOrder best = null;
    for (IndexOrder order : orders.values()) {
      int equal = order.countEqual(query);
      if (equal == 0 || order.findDirection(sort, equal) == 0) continue;
      if (best == null || order.countCompared(query) > best.countCompared(query)) best = order;
    }
    if (best == null) return super.matchDocuments(query, sort, skip, limit, batchSize, projection);
    int equal = best.countEqual(query);
    Iterable<Object> positions = best.find(query, equal, best.findDirection(sort, equal));
    return matchDocuments(query, positions, null, skip, limit, batchSize, projection);
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    Object position = super.addDocumentInternal(document);
    orders.values().forEach(order -> order.add(document, position));
    return position;
  }

  @Override
  protected void removeDocument(Object position) {
    Document document = getDocument(position);
    super.removeDocument(position);
    orders.values().forEach(order -> order.remove(document));
  }

  @Override
  protected void handleUpdate(Object position, Document before, Document after) {
    super.handleUpdate(position, before, after);
    for (IndexOrder order : orders.values()) order.update(before, after, position);
  }

  /** Builds those of new indexes, by reading the documents once. */
  private void buildOrders() {
    Map<Index<Object>, IndexOrder> fresh = new IdentityHashMap<>();
    for (Index<Object> index : getIndexes()) {
      if (IndexOrder.isFor(index) && !orders.containsKey(index)) fresh.put(index, new IndexOrder(index));
    }
    if (fresh.isEmpty()) return;
    streamAllDocumentsWithPosition()
        .forEach(each -> fresh.values().forEach(order -> order.add(each.getDocument(), each.getPosition())));
    orders.putAll(fresh);
  }

  private static Document keyOf(Index<Object> index, Document query) {
    Document key = new Document();
    for (IndexKey part : index.getKeys()) {
      if (query.containsKey(part.getKey())) key.put(part.getKey(), query.get(part.getKey()));
    }
    return key;
  }
}
