package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/runtime/types"

	"sdk-check/events"
)

type sdk struct{ client *events.ClientWithResponses }

var ctx = context.Background()

func main() {
	serve(func(url, key string) driver {
		addKey := func(_ context.Context, request *http.Request) error {
			request.Header.Set("x-api-key", key)
			return nil
		}
		client, err := events.NewClientWithResponses(url, events.WithRequestEditorFn(addKey))
		must(err)
		return sdk{client}
	})
}

func (s sdk) getHealth() (reply, error) {
	r, err := s.client.GetHealthWithResponse(ctx)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200)
}

func (s sdk) getReadiness() (reply, error) {
	r, err := s.client.GetReadinessWithResponse(ctx)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200)
}

func (s sdk) addEvent(event sentEvent) (reply, error) {
	r, err := s.client.AddEventWithResponse(ctx, toNewEvent(event))
	if err != nil {
		return reply{}, err
	}
	result := r.JSON201
	if r.JSON200 != nil {
		result = r.JSON200
	}
	answer, err := toReply(
		r.HTTPResponse, result,
		r.ApplicationproblemJSON400, r.ApplicationproblemJSON403, r.ApplicationproblemJSON413,
		r.ApplicationproblemJSON415, r.ApplicationproblemJSON429, r.ApplicationproblemJSON500,
		r.ApplicationproblemJSON502, r.ApplicationproblemJSON503, r.ApplicationproblemJSON504,
		r.ApplicationproblemJSONDefault,
	)
	answer.IsDuplicate = result != nil && result.Status == "duplicate"
	return answer, err
}

func (s sdk) addEvents(all []sentEvent) (reply, error) {
	batch := events.EventBatch{}
	for _, event := range all {
		batch.Events = append(batch.Events, toNewEvent(event))
	}
	r, err := s.client.AddEventsWithResponse(ctx, batch)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON207, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) listEvents(q query) (reply, error) {
	r, err := s.list(q)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) listAllEvents(q query) (reply, error) {
	return readPages(q, func(q query) ([]events.Event, *string, error) {
		r, err := s.list(q)
		if err != nil || r.JSON200 == nil {
			return nil, nil, fmt.Errorf("no page: %w", err)
		}
		return r.JSON200.Events, r.JSON200.NextCursor, nil
	})
}

func (s sdk) list(q query) (*events.ListEventsResponse, error) {
	params := events.ListEventsParams{
		DeviceID:    uuid.MustParse(q.DeviceID),
		EventType:   q.EventType,
		Since:       q.Since,
		Until:       q.Until,
		Order:       (*events.SortOrder)(q.Order),
		Limit:       q.Limit,
		Cursor:      q.Cursor,
		IfNoneMatch: q.IfNoneMatch,
	}
	if q.Date != nil {
		day, err := time.Parse(time.DateOnly, *q.Date)
		must(err)
		params.Date = &types.Date{Time: day}
	}
	return s.client.ListEventsWithResponse(ctx, &params)
}

func (s sdk) listLatestEvents(q query) (reply, error) {
	r, err := s.client.ListLatestEventsWithResponse(ctx, &events.ListLatestEventsParams{
		DeviceID:  uuid.MustParse(q.DeviceID),
		EventType: orNil(q.EventType),
		Limit:     q.Limit,
		Cursor:    q.Cursor,
	})
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) summarizeEvents(q query) (reply, error) {
	r, err := s.client.SummarizeEventsWithResponse(ctx, &events.SummarizeEventsParams{
		DeviceID:  uuid.MustParse(q.DeviceID),
		EventType: q.EventType,
		Since:     *q.Since,
		Until:     *q.Until,
		Interval:  q.Interval,
		TimeZone:  q.TimeZone,
		Pointer:   q.Pointer,
	})
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) exportEvents(q query) (reply, error) {
	r, err := s.client.ExportEventsWithResponse(ctx, &events.ExportEventsParams{
		DeviceID:  uuid.MustParse(q.DeviceID),
		EventType: &q.EventType,
		Since:     *q.Since,
	})
	if err != nil {
		return reply{}, err
	}
	lines := string(r.Body)
	return toReply(r.HTTPResponse, &lines)
}

// streamEvents reads the body of the response, which StreamEvents leaves open.
func (s sdk) streamEvents(q liveQuery) (reply, error) {
	response, err := s.client.StreamEvents(ctx, &events.StreamEventsParams{
		DeviceID:    uuid.MustParse(q.DeviceID),
		EventType:   q.EventTypes,
		LastEventID: q.LastEventID,
	})
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	var text strings.Builder
	lines := bufio.NewScanner(response.Body)
	for count := q.Count; lines.Scan(); {
		text.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "data:") {
			count--
		}
		if count == 0 && lines.Text() == "" {
			break
		}
	}
	data := text.String()
	return toReply(response, &data)
}

func (s sdk) deleteEvents(q query) (reply, error) {
	r, err := s.client.DeleteEventsWithResponse(ctx, &events.DeleteEventsParams{
		DeviceID:  uuid.MustParse(q.DeviceID),
		EventType: q.EventType,
		Since:     q.Since,
		Until:     q.Until,
		DryRun:    q.DryRun,
	})
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) listDevices(q query) (reply, error) {
	r, err := s.client.ListDevicesWithResponse(ctx, &events.ListDevicesParams{
		LastReceivedBefore: q.LastReceivedBefore,
		EventType:          orNil(q.EventType),
		Include:            (*events.ListDevicesParamsInclude)(q.Include),
		Limit:              q.Limit,
		Cursor:             q.Cursor,
	})
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) getDevice(q query) (reply, error) {
	r, err := s.client.GetDeviceWithResponse(ctx, uuid.MustParse(q.DeviceID))
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON404)
}

func (s sdk) listDeviceEventTypes(q query) (reply, error) {
	params := events.ListDeviceEventTypesParams{Limit: q.Limit, Cursor: q.Cursor}
	r, err := s.client.ListDeviceEventTypesWithResponse(ctx, uuid.MustParse(q.DeviceID), &params)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON404)
}

func (s sdk) listEventTypes(q query) (reply, error) {
	params := events.ListEventTypesParams{IfNoneMatch: q.IfNoneMatch}
	r, err := s.client.ListEventTypesWithResponse(ctx, &params)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) deleteDevice(q query) (reply, error) {
	r, err := s.client.DeleteDeviceWithResponse(ctx, uuid.MustParse(q.DeviceID))
	if err != nil {
		return reply{}, err
	}
	return toReply[struct{}](r.HTTPResponse, nil, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func toNewEvent(event sentEvent) events.NewEvent {
	return events.NewEvent{
		Date:      event.Date,
		DeviceID:  uuid.MustParse(event.DeviceID),
		EventType: event.EventType,
		Id:        event.ID,
		Value:     valueOf(event),
	}
}

// toReply converts what the SDK decoded: the data, or one of the problems.
func toReply[Data any](response *http.Response, data *Data, problems ...*events.Problem) (reply, error) {
	answer := reply{Status: response.StatusCode, Etag: response.Header.Get("ETag")}
	if data != nil {
		answer.Data = data
		return answer, nil
	}
	for _, problem := range problems {
		if problem != nil {
			answer.Problem = problem
			return answer, nil
		}
	}
	if response.StatusCode >= 400 {
		return answer, fmt.Errorf("%s, without a problem that the SDK decodes", response.Status)
	}
	return answer, nil
}
