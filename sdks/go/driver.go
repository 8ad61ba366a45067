package main

import (
	"context"
	"errors"
	"net/http"

	"sdk-check/events"
)

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

func (s sdk) getReadiness() (reply, error) {
	data, response, err := s.client.ServiceAPI.GetReadiness(s.ctx).Execute()
	return toReply(data, response, err)
}

func (s sdk) addEvent(event sentEvent) (reply, error) {
	result, response, err := s.client.EventsAPI.AddEvent(s.ctx).NewEvent(toNewEvent(event)).Execute()
	answer, err := toReply(result, response, err)
	answer.IsDuplicate = result != nil && result.Status == "duplicate"
	return answer, err
}

func (s sdk) addEvents(all []sentEvent) (reply, error) {
	batch := events.EventBatch{}
	for _, event := range all {
		batch.Events = append(batch.Events, toNewEvent(event))
	}
	data, response, err := s.client.EventsAPI.AddEvents(s.ctx).EventBatch(batch).Execute()
	return toReply(data, response, err)
}

func (s sdk) listEvents(q query) (reply, error) {
	data, response, err := s.list(q)
	return toReply(data, response, err)
}

func (s sdk) listAllEvents(q query) (reply, error) {
	return readPages(q, func(q query) ([]events.StoredEvent, *string, error) {
		page, _, err := s.list(q)
		if err != nil {
			return nil, nil, err
		}
		return page.Events, page.NextCursor, nil
	})
}

func (s sdk) list(q query) (*events.EventPage, *http.Response, error) {
	request := s.client.EventsAPI.ListEvents(s.ctx).DeviceID(q.DeviceID).EventType(q.EventType)
	request = with(request, request.Date, q.Date)
	request = with(request, request.Since, q.Since)
	request = with(request, request.Until, q.Until)
	request = with(request, request.Order, (*events.SortOrder)(q.Order))
	request = with(request, request.Limit, q.Limit)
	request = with(request, request.Cursor, q.Cursor)
	request = with(request, request.IfNoneMatch, q.IfNoneMatch)
	return request.Execute()
}

func (s sdk) listLatestEvents(q query) (reply, error) {
	request := s.client.EventsAPI.ListLatestEvents(s.ctx).DeviceID(q.DeviceID)
	request = with(request, request.EventType, orNil(q.EventType))
	request = with(request, request.Limit, q.Limit)
	request = with(request, request.Cursor, q.Cursor)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) summarizeEvents(q query) (reply, error) {
	request := s.client.EventsAPI.SummarizeEvents(s.ctx).DeviceID(q.DeviceID).EventType(q.EventType)
	request = request.Since(*q.Since).Until(*q.Until).Interval(q.Interval)
	request = with(request, request.TimeZone, q.TimeZone)
	request = with(request, request.Pointer, q.Pointer)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) exportEvents(q query) (reply, error) {
	request := s.client.StreamsAPI.ExportEvents(s.ctx).DeviceID(q.DeviceID).EventType(q.EventType)
	data, response, err := request.Since(*q.Since).Execute()
	return toReply(data, response, err)
}

func (s sdk) streamEvents(q liveQuery) (reply, error) {
	request := s.client.StreamsAPI.StreamEvents(s.ctx).DeviceID(q.DeviceID).EventType(q.EventTypes)
	request = with(request, request.LastEventID, q.LastEventID)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) deleteEvents(q query) (reply, error) {
	request := s.client.EventsAPI.DeleteEvents(s.ctx).DeviceID(q.DeviceID).EventType(q.EventType)
	request = with(request, request.Since, q.Since)
	request = with(request, request.Until, q.Until)
	request = with(request, request.DryRun, q.DryRun)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) listDevices(q query) (reply, error) {
	request := s.client.DevicesAPI.ListDevices(s.ctx)
	request = with(request, request.LastReceivedBefore, q.LastReceivedBefore)
	request = with(request, request.EventType, orNil(q.EventType))
	request = with(request, request.Include, q.Include)
	request = with(request, request.Limit, q.Limit)
	request = with(request, request.Cursor, q.Cursor)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) getDevice(q query) (reply, error) {
	data, response, err := s.client.DevicesAPI.GetDevice(s.ctx, q.DeviceID).Execute()
	return toReply(data, response, err)
}

func (s sdk) listDeviceEventTypes(q query) (reply, error) {
	request := s.client.DevicesAPI.ListDeviceEventTypes(s.ctx, q.DeviceID)
	request = with(request, request.Limit, q.Limit)
	request = with(request, request.Cursor, q.Cursor)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) listEventTypes(q query) (reply, error) {
	request := s.client.EventsAPI.ListEventTypes(s.ctx)
	request = with(request, request.IfNoneMatch, q.IfNoneMatch)
	data, response, err := request.Execute()
	return toReply(data, response, err)
}

func (s sdk) deleteDevice(q query) (reply, error) {
	response, err := s.client.DevicesAPI.DeleteDevice(s.ctx, q.DeviceID).Execute()
	return toReply(nil, response, err)
}

func toNewEvent(event sentEvent) events.NewEvent {
	sent := events.NewNewEvent(event.DeviceID, event.EventType)
	sent.Date = event.Date
	sent.Id = event.ID
	sent.Value = valueOf(event)
	return *sent
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
	answer := reply{Status: response.StatusCode, Etag: response.Header.Get("ETag")}
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
