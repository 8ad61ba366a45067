import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs aggregations that begin with `$match` as MongoDB does. The library reads the whole collection
 * instead of using an index, and its `$filter` evaluates each array element as an expression, which loses
 * stored strings such as "$x".
 */
class Pipeline {
  private final List<Document> stages;

  private Pipeline(List<Document> stages) {
    this.stages = stages;
  }

  /** Parses the command's pipeline, and marks the elements that its `$filter`s read. */
  static Pipeline of(Document command) {
    return new Pipeline(Aggregation.parse(command.get("pipeline")));
  }

  boolean beginsWithMatch() {
    return !stages.isEmpty() && stages.get(0).containsKey("$match");
  }

  List<Document> run(MongoCollection<?> collection, DatabaseResolver databases, Oplog oplog) {
    Stream<Document> documents = collection.handleQueryAsStream((Document) stages.get(0).get("$match"));
    for (Document stage : stages.subList(1, stages.size())) {
      Document safe = stage.cloneDeeply();
      for (Document filter : filtersOf(safe)) documents = quoteInput(documents, filter);
      documents =
          Aggregation.fromPipeline(List.of(safe), databases, collection.getDatabase(), collection, oplog)
              .runStagesAsStream(documents);
    }
    return documents.toList();
  }

  /** Finds the `$filter`s that a `$project` stage computes its fields with, if they filter a field. */
  private static List<Document> filtersOf(Document stage) {
    if (!(stage.get("$project") instanceof Document fields)) return List.of();
    return fields.values().stream()
        .map(field -> field instanceof Document expression ? expression.get("$filter") : null)
        .filter(filter -> filter instanceof Document each && each.get("input") instanceof String)
        .map(Document.class::cast)
        .toList();
  }

  /**
   * Points the filter to a copy of its input in which each element is a `$literal`: that evaluates to
   * itself.
   */
  private static Stream<Document> quoteInput(Stream<Document> documents, Document filter) {
    String field = filter.get("input").toString().substring(1);
    String quoted = "quoted " + field;
    filter.put("input", "$" + quoted);
    return documents.map(
        document -> {
          Document copy = document.clone();
          if (document.get(field) instanceof List<?> elements)
            copy.put(quoted, elements.stream().map(each -> new Document("$literal", each)).toList());
          return copy;
        });
  }
}
