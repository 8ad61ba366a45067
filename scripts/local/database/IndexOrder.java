import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * The positions of documents in the order of an index with several ascending keys; those with equal keys in the order
 * of their `_id`. Values must not be lists.
 */
class IndexOrder {
  /** Sorts after every value. */
  private static final Object END = new Object();

  /** What the comparison of a value with the bound must give. */
  private static final Map<String, IntPredicate> WITHIN =
      Map.of(
          "$gte", result -> result >= 0,
          "$gt", result -> result > 0,
          "$lte", result -> result <= 0,
          "$lt", result -> result < 0);

  private final List<String> fields;
  private final NavigableMap<List<Object>, Object> positions = new TreeMap<>(IndexOrder::compare);

  IndexOrder(Index<?> index) {
    fields = index.getKeys().stream().map(IndexKey::getKey).toList();
  }

  static boolean isFor(Index<?> index) {
    return index.getKeys().size() > 1
        && index.getKeys().stream().allMatch(IndexKey::isAscending);
  }

  void add(Document document, Object position) {
    positions.put(keyOf(document), position);
  }

  void remove(Document document) {
    positions.remove(keyOf(document));
  }

  void update(Document before, Document after, Object position) {
    if (compare(keyOf(before), keyOf(after)) == 0) return;
    remove(before);
    add(after, position);
  }

  /** Tells how few documents the index finds for the query: by the leading keys that it compares. */
  int countCompared(Document query) {
    int equal = countEqual(query);
    return 2 * equal + (equal < fields.size() && query.get(fields.get(equal)) instanceof Document ? 1 : 0);
  }

  /** Counts the leading keys that the query compares for equality. */
  int countEqual(Document query) {
    int count = 0;
    while (count < fields.size() && isValue(query.get(fields.get(count)))) count++;
    return count;
  }

  /** The direction in which the index has the order that the query wants: 1 or -1; 0 if neither does. */
  int findDirection(Document sort, int equal) {
    if (sort == null) return 1;
    List<String> wanted = new ArrayList<>(sort.keySet());
    wanted.removeAll(fields.subList(0, equal));
    List<String> next = fields.subList(equal, Math.min(equal + wanted.size(), fields.size()));
    Set<Integer> directions = new HashSet<>();
    for (String field : wanted) directions.add(((Number) sort.get(field)).intValue());
    if (!wanted.equals(next) || directions.size() > 1) return 0;
    return directions.contains(-1) ? -1 : 1;
  }

  /** Finds all positions that can match the query, and perhaps others in the same range. */
  Iterable<Object> find(Document query, int equal, int direction) {
    List<Object> prefix = new ArrayList<>();
    for (String field : fields.subList(0, equal)) prefix.add(query.get(field));
    List<Object> from = new ArrayList<>(prefix);
    List<Object> to = new ArrayList<>(prefix);
    if (equal < fields.size() && query.get(fields.get(equal)) instanceof Document range) {
      if (range.containsKey("$gte")) from.add(range.get("$gte"));
      else if (range.containsKey("$gt")) from.add(range.get("$gt"));
      if (range.containsKey("$lte")) to.add(range.get("$lte"));
      else if (range.containsKey("$lt")) to.add(range.get("$lt"));
    }
    to.add(END);
    if (compare(from, to) > 0) return List.of();
    NavigableMap<List<Object>, Object> all = positions.subMap(from, true, to, true);
    NavigableMap<List<Object>, Object> found = direction < 0 ? all.descendingMap() : all;
    List<Predicate<List<Object>>> conditions = conditionsOf(query, equal);
    return () ->
        found.entrySet().stream()
            .filter(entry -> conditions.stream().allMatch(each -> each.test(entry.getKey())))
            .map(Map.Entry::getValue)
            .iterator();
  }

  /** The ranges that the query has of the fields after those that are looked up: a document whose key is outside is not read. */
  private List<Predicate<List<Object>>> conditionsOf(Document query, int equal) {
    List<Predicate<List<Object>>> conditions = new ArrayList<>();
    for (int nth = equal + 1; nth < fields.size(); nth++) {
      if (!(query.get(fields.get(nth)) instanceof Document range)) continue;
      int place = nth;
      range.forEach(
          (operator, bound) -> {
            IntPredicate isWithin = WITHIN.get(operator);
            if (isWithin == null) return;
            conditions.add(
                key -> key.get(place) == null || isWithin.test(compareValues(key.get(place), bound)));
          });
    }
    return conditions;
  }

  private List<Object> keyOf(Document document) {
    List<Object> key = new ArrayList<>();
    for (String field : fields) {
      Object value = Utils.getSubdocumentValue(document, field);
      key.add(value instanceof Missing ? null : value);
    }
    key.add(document.get("_id"));
    return key;
  }

  private static boolean isValue(Object value) {
    boolean isCondition = value instanceof Document || value instanceof BsonRegularExpression;
    return value != null && !isCondition && !(value instanceof Collection);
  }

  private static int compare(List<Object> one, List<Object> other) {
    for (int nth = 0; nth < Math.min(one.size(), other.size()); nth++) {
      int result = compareValues(one.get(nth), other.get(nth));
      if (result != 0) return result;
    }
    return one.size() - other.size();
  }

  private static int compareValues(Object one, Object other) {
    if (one == END || other == END) return one == other ? 0 : one == END ? 1 : -1;
    // Faster than the library's comparison of any two numbers.
    if (one instanceof Integer number && other instanceof Integer another) return number.compareTo(another);
    return ValueComparator.asc().compare(one, other);
  }
}
