import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.DevicesApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.api.ServiceApi;
import org.openapitools.client.api.StreamsApi;
import org.openapitools.client.model.Event;
import org.openapitools.client.model.EventBatch;
import org.openapitools.client.model.EventPage;
import org.openapitools.client.model.EventResult;
import org.openapitools.client.model.NewEvent;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.SortOrder;

/** Answers the suite: reads commands, one line of JSON each, and prints a line of JSON for each. */
public final class Driver {
  private final ObjectMapper mapper;
  private final EventsApi events;
  private final StreamsApi streams;
  private final DevicesApi devices;
  private final ServiceApi service;

  private Driver(String url, String key) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    // The native library does not support API keys.
    client.setRequestInterceptor(request -> request.header("x-api-key", key));
    mapper = client.getObjectMapper();
    events = new EventsApi(client);
    streams = new StreamsApi(client);
    devices = new DevicesApi(client);
    service = new ServiceApi(client);
  }

  public static void main(String[] args) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode command = new ObjectMapper().readTree(line);
      var driver = new Driver(System.getenv("BASE_URL"), text(command, "key"));
      byte[] answer = (driver.answer(command) + "\n").getBytes(StandardCharsets.UTF_8);
      System.out.write(answer, 0, answer.length);
      System.out.flush();
    }
    System.exit(0);
  }

  private String answer(JsonNode command) throws JsonProcessingException {
    Map<String, Object> reply = new LinkedHashMap<>();
    try {
      if (text(command, "op").equals("listAllEvents")) {
        reply.put("data", readPages(command.get("args")));
        reply.put("status", 200);
        return mapper.writeValueAsString(reply);
      }
      ApiResponse<?> response = call(text(command, "op"), command.get("args"));
      reply.put("status", response.getStatusCode());
      reply.put("data", response.getData());
      reply.put("etag", header(response, "etag"));
      if (response.getData() instanceof EventResult) {
        reply.put("isDuplicate", "duplicate".equals(((EventResult) response.getData()).getStatus()));
      }
    } catch (ApiException failure) {
      reply.put("status", failure.getCode());
      if (failure.getCode() >= 400) reply.put("problem", mapper.readValue(failure.getResponseBody(), Problem.class));
      if (failure.getCode() == 0) reply.put("error", failure.toString());
    }
    return mapper.writeValueAsString(reply);
  }

  private ApiResponse<?> call(String operation, JsonNode args) throws ApiException {
    switch (operation) {
      case "getHealth":
        return service.getHealthWithHttpInfo();
      case "getReadiness":
        return service.getReadinessWithHttpInfo();
      case "addEvent":
        return events.addEventWithHttpInfo(toNewEvent(args));
      case "addEvents":
        return events.addEventsWithHttpInfo(toBatch(args));
      case "listLatestEvents":
        return events.listLatestEventsWithHttpInfo(
            device(args), text(args, "eventType"), number(args, "limit"), text(args, "cursor"), null);
      case "deleteDevice":
        return devices.deleteDeviceWithHttpInfo(device(args));
      case "summarizeEvents":
        return events.summarizeEventsWithHttpInfo(
            device(args), text(args, "eventType"), instant(args, "since"), instant(args, "until"), text(args, "interval"), text(args, "timeZone"), text(args, "pointer"), text(args, "ifNoneMatch"));
      case "exportEvents":
        return streams.exportEventsWithHttpInfo(
            device(args), instant(args, "since"), text(args, "eventType"), null, null, null, null, null, null);
      case "streamEvents":
        return streams.streamEventsWithHttpInfo(device(args), texts(args, "eventType"), null, text(args, "lastEventID"));
      case "deleteEvents":
        return events.deleteEventsWithHttpInfo(
            device(args), text(args, "eventType"), instant(args, "since"), instant(args, "until"), flag(args, "dryRun"));
      case "listDevices":
        return devices.listDevicesWithHttpInfo(
            instant(args, "lastReceivedBefore"), text(args, "eventType"), text(args, "include"), number(args, "limit"), text(args, "cursor"));
      case "getDevice":
        return devices.getDeviceWithHttpInfo(device(args));
      case "listDeviceEventTypes":
        return devices.listDeviceEventTypesWithHttpInfo(device(args), number(args, "limit"), text(args, "cursor"));
      case "listEventTypes":
        return events.listEventTypesWithHttpInfo(text(args, "ifNoneMatch"));
      default:
        return listEvents(args, text(args, "cursor"));
    }
  }

  private List<Event> readPages(JsonNode args) throws ApiException {
    List<Event> all = new ArrayList<>();
    String cursor = null;
    do {
      EventPage page = listEvents(args, cursor).getData();
      all.addAll(page.getEvents());
      cursor = page.getNextCursor();
    } while (cursor != null);
    return all;
  }

  private ApiResponse<EventPage> listEvents(JsonNode args, String cursor) throws ApiException {
    return events.listEventsWithHttpInfo(
        device(args),
        text(args, "eventType"),
        args.has("date") ? LocalDate.parse(text(args, "date")) : null,
        instant(args, "since"),
        instant(args, "until"),
        args.has("order") ? SortOrder.fromValue(text(args, "order")) : null,
        number(args, "limit"),
        cursor,
        null,
        text(args, "ifNoneMatch"));
  }

  private NewEvent toNewEvent(JsonNode sent) {
    NewEvent event = new NewEvent();
    event.date(instant(sent, "date")).deviceID(device(sent)).eventType(text(sent, "eventType")).id(text(sent, "id"));
    return sent.has("value") ? event.value(value(sent)) : event;
  }

  private EventBatch toBatch(JsonNode all) {
    EventBatch batch = new EventBatch();
    for (JsonNode sent : all) batch.addEventsItem(toNewEvent(sent));
    return batch;
  }

  /** Converts the value to Java's own types: maps, lists, numbers. */
  private Object value(JsonNode sent) {
    return mapper.convertValue(sent.get("value"), Object.class);
  }

  private static UUID device(JsonNode from) {
    return UUID.fromString(text(from, "deviceID"));
  }

  private static OffsetDateTime instant(JsonNode from, String name) {
    return from.has(name) ? OffsetDateTime.parse(text(from, name)) : null;
  }

  private static String text(JsonNode from, String name) {
    return from.has(name) ? from.get(name).textValue() : null;
  }

  private static List<String> texts(JsonNode from, String name) {
    List<String> all = new ArrayList<>();
    for (JsonNode each : from.get(name)) all.add(each.textValue());
    return all;
  }

  private static Boolean flag(JsonNode from, String name) {
    return from.has(name) ? from.get(name).asBoolean() : null;
  }

  private static Integer number(JsonNode from, String name) {
    return from.has(name) ? from.get(name).asInt() : null;
  }

  private static String header(ApiResponse<?> response, String name) {
    return response.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().get(0))
        .findFirst()
        .orElse(null);
  }
}
