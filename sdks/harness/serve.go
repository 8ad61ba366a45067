package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// sentEvent is an event to send. An absent value and null are different cases.
type sentEvent struct {
	Date      *time.Time      `json:"date"`
	DeviceID  string          `json:"deviceID"`
	EventType string          `json:"eventType"`
	ID        *string         `json:"id"`
	Value     json.RawMessage `json:"value"`
}

// query has the parameters of every other read and of deletions; an empty event type is none.
type query struct {
	DeviceID    string     `json:"deviceID"`
	EventType   string     `json:"eventType"`
	Date        *string    `json:"date"`
	Since       *time.Time `json:"since"`
	Until       *time.Time `json:"until"`
	Order       *string    `json:"order"`
	Limit       *int32     `json:"limit"`
	Cursor      *string    `json:"cursor"`
	IfNoneMatch *string    `json:"ifNoneMatch"`
	Interval    string     `json:"interval"`
	TimeZone    *string    `json:"timeZone"`
	Pointer     *string    `json:"pointer"`
	DryRun      *bool      `json:"dryRun"`
	Include     *string    `json:"include"`
	// Of listDevices.
	LastReceivedBefore *time.Time `json:"lastReceivedBefore"`
}

// liveQuery has the parameters of a stream, and how many events to read.
type liveQuery struct {
	DeviceID    string   `json:"deviceID"`
	EventTypes  []string `json:"eventType"`
	LastEventID *string  `json:"lastEventID"`
	Count       int      `json:"count"`
}

// reply is what the SDK returned.
type reply struct {
	Status  int    `json:"status"`
	Data    any    `json:"data,omitempty"`
	Problem any    `json:"problem,omitempty"`
	Etag    string `json:"etag,omitempty"`
	// Of addEvent: found in the SDK's own type of an EventResult.
	IsDuplicate bool `json:"isDuplicate"`
}

// driver has the operations that the suite calls.
type driver interface {
	getHealth() (reply, error)
	getReadiness() (reply, error)
	addEvent(sentEvent) (reply, error)
	addEvents([]sentEvent) (reply, error)
	listEvents(query) (reply, error)
	listAllEvents(query) (reply, error)
	listLatestEvents(query) (reply, error)
	summarizeEvents(query) (reply, error)
	exportEvents(query) (reply, error)
	streamEvents(liveQuery) (reply, error)
	deleteEvents(query) (reply, error)
	listDevices(query) (reply, error)
	getDevice(query) (reply, error)
	listDeviceEventTypes(query) (reply, error)
	listEventTypes(query) (reply, error)
	deleteDevice(query) (reply, error)
}

// serve answers the suite: it reads commands, one line of JSON each, and prints a line of JSON for each.
func serve(create func(url, key string) driver) {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var command struct {
			Op   string          `json:"op"`
			Args json.RawMessage `json:"args"`
			Key  string          `json:"key"`
		}
		must(json.Unmarshal(lines.Bytes(), &command))
		answer, err := dispatch(create(os.Getenv("BASE_URL"), command.Key), command.Op, command.Args)
		if err != nil {
			print(map[string]string{"error": err.Error()})
		} else {
			print(answer)
		}
	}
}

func dispatch(d driver, op string, args json.RawMessage) (reply, error) {
	var q query
	switch op {
	case "addEvent":
		var event sentEvent
		must(json.Unmarshal(args, &event))
		return d.addEvent(event)
	case "addEvents":
		var events []sentEvent
		must(json.Unmarshal(args, &events))
		return d.addEvents(events)
	case "streamEvents":
		var live liveQuery
		must(json.Unmarshal(args, &live))
		return d.streamEvents(live)
	case "getHealth":
		return d.getHealth()
	case "getReadiness":
		return d.getReadiness()
	}
	must(json.Unmarshal(args, &q))
	switch op {
	case "listEvents":
		return d.listEvents(q)
	case "listAllEvents":
		return d.listAllEvents(q)
	case "listLatestEvents":
		return d.listLatestEvents(q)
	case "summarizeEvents":
		return d.summarizeEvents(q)
	case "exportEvents":
		return d.exportEvents(q)
	case "deleteEvents":
		return d.deleteEvents(q)
	case "listDevices":
		return d.listDevices(q)
	case "getDevice":
		return d.getDevice(q)
	case "listDeviceEventTypes":
		return d.listDeviceEventTypes(q)
	case "listEventTypes":
		return d.listEventTypes(q)
	case "deleteDevice":
		return d.deleteDevice(q)
	}
	return reply{}, fmt.Errorf("no operation %s", op)
}

// readPages reads page after page, until one has no next cursor.
func readPages[Event any](q query, readPage func(query) ([]Event, *string, error)) (reply, error) {
	all := []Event{}
	for {
		events, next, err := readPage(q)
		if err != nil {
			return reply{}, err
		}
		all = append(all, events...)
		if next == nil {
			return reply{Status: 200, Data: all}, nil
		}
		q.Cursor = next
	}
}

// orNil gives nil for an empty text.
func orNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// valueOf decodes the event's value into Go's own types.
func valueOf(event sentEvent) (value any) {
	if event.Value != nil {
		must(json.Unmarshal(event.Value, &value))
	}
	return value
}

func print(answer any) {
	line, err := json.Marshal(answer)
	must(err)
	fmt.Println(string(line))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
