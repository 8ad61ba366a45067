package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"sdk-check/events"
)

// storedEvent is an event that was read; the SDK's own type omits a value that is nil.
type storedEvent struct {
	Date  time.Time `json:"date"`
	Value any       `json:"value"`
}

type sdk struct {
	client *events.APIClient
	ctx    context.Context
}

func main() {
	serve(func(url, key string) driver {
		configuration := events.NewConfiguration()
		configuration.Servers = events.ServerConfigurations{{URL: url}}
		keys := map[string]events.APIKey{"apiKey": {Key: key}}
		ctx := context.WithValue(context.Background(), events.ContextAPIKeys, keys)
		return sdk{events.NewAPIClient(configuration), ctx}
	})
}

func (s sdk) getHealth() (reply, error) {
	data, response, err := s.client.ServiceAPI.GetHealth(s.ctx).Execute()
	return toReply(data, response, err)
}

func (s sdk) addEvent(event sentEvent) (reply, error) {
	sent := events.NewNewEvent(*event.Date, event.DeviceID, event.EventType)
	sent.Id = event.ID
	sent.Value = valueOf(event)
	data, response, err := s.client.EventsAPI.AddEvent(s.ctx).NewEvent(*sent).Execute()
	return toReply(data, response, err)
}

func (s sdk) addEvents(all []sentEvent) (reply, error) {
	batch := []events.BatchEvent{}
	for _, event := range all {
		sent := events.NewBatchEvent(event.DeviceID, event.EventType)
		sent.Date = event.Date
		sent.Id = event.ID
		sent.Value = valueOf(event)
		batch = append(batch, *sent)
	}
	data, response, err := s.client.EventsAPI.AddEvents(s.ctx).BatchEvent(batch).Execute()
	return toReply(data, response, err)
}

func (s sdk) getEvents(q query) (reply, error) {
	request := s.client.EventsAPI.GetEvents(s.ctx).DeviceID(q.DeviceID).EventType(q.EventType)
	request = with(request, request.Date, q.Date)
	request = with(request, request.From, q.From)
	request = with(request, request.To, q.To)
	request = with(request, request.Order, q.Order)
	request = with(request, request.Limit, q.Limit)
	request = with(request, request.Cursor, q.Cursor)
	request = with(request, request.IfNoneMatch, q.IfNoneMatch)
	data, response, err := request.Execute()
	stored := []storedEvent{}
	for _, event := range data {
		stored = append(stored, storedEvent{event.Date, event.Value})
	}
	return toReply(stored, response, err)
}

func (s sdk) getLatestEvents(q query) (reply, error) {
	data, response, err := s.client.EventsAPI.GetLatestEvents(s.ctx).DeviceID(q.DeviceID).Execute()
	return toReply(data, response, err)
}

func (s sdk) getEventSummary(q query) (reply, error) {
	request := s.client.EventsAPI.GetEventSummary(s.ctx).DeviceID(q.DeviceID).EventType(q.EventType)
	data, response, err := request.From(*q.From).To(*q.To).Interval(q.Interval).Execute()
	return toReply(data, response, err)
}

func (s sdk) deleteDeviceEvents(q query) (reply, error) {
	response, err := s.client.DevicesAPI.DeleteDeviceEvents(s.ctx, q.DeviceID).Execute()
	return toReply(nil, response, err)
}

// with sets a parameter unless it is absent.
func with[Request, Value any](request Request, set func(Value) Request, value *Value) Request {
	if value == nil {
		return request
	}
	return set(*value)
}

func toReply(data any, response *http.Response, err error) (reply, error) {
	if response == nil {
		return reply{}, err
	}
	answer := reply{Status: response.StatusCode, Link: response.Header.Get("Link"), Etag: response.Header.Get("ETag")}
	var failure *events.GenericOpenAPIError
	switch {
	case err == nil:
		answer.Data = data
	case response.StatusCode == http.StatusNotModified:
	case errors.As(err, &failure) && failure.Model() != nil:
		answer.Problem = failure.Model().(events.Problem)
	default:
		return reply{}, err
	}
	return answer, nil
}
