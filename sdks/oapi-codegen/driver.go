package main

import (
	"context"
	"fmt"
	"net/http"
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

func (s sdk) addEvent(event sentEvent) (reply, error) {
	r, err := s.client.AddEventWithResponse(ctx, events.NewEvent{
		Date:      *event.Date,
		DeviceID:  uuid.MustParse(event.DeviceID),
		EventType: event.EventType,
		Id:        event.ID,
		Value:     valueOf(event),
	})
	if err != nil {
		return reply{}, err
	}
	if r.JSON201 != nil {
		return toReply(r.HTTPResponse, r.JSON201)
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) addEvents(all []sentEvent) (reply, error) {
	batch := events.EventBatch{}
	for _, event := range all {
		batch = append(batch, events.BatchEvent{
			Date:      event.Date,
			DeviceID:  uuid.MustParse(event.DeviceID),
			EventType: event.EventType,
			Id:        event.ID,
			Value:     valueOf(event),
		})
	}
	r, err := s.client.AddEventsWithResponse(ctx, batch)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON207, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) getEvents(q query) (reply, error) {
	params := events.GetEventsParams{
		DeviceID:    uuid.MustParse(q.DeviceID),
		EventType:   q.EventType,
		From:        q.From,
		To:          q.To,
		Order:       (*events.GetEventsParamsOrder)(q.Order),
		Cursor:      q.Cursor,
		IfNoneMatch: q.IfNoneMatch,
	}
	if q.Date != nil {
		day, err := time.Parse(time.DateOnly, *q.Date)
		must(err)
		params.Date = &types.Date{Time: day}
	}
	if q.Limit != nil {
		limit := int(*q.Limit)
		params.Limit = &limit
	}
	r, err := s.client.GetEventsWithResponse(ctx, &params)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) getLatestEvents(q query) (reply, error) {
	params := events.GetLatestEventsParams{DeviceID: uuid.MustParse(q.DeviceID)}
	r, err := s.client.GetLatestEventsWithResponse(ctx, &params)
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) getEventSummary(q query) (reply, error) {
	r, err := s.client.GetEventSummaryWithResponse(ctx, &events.GetEventSummaryParams{
		DeviceID:  uuid.MustParse(q.DeviceID),
		EventType: q.EventType,
		From:      *q.From,
		To:        *q.To,
		Interval:  q.Interval,
	})
	if err != nil {
		return reply{}, err
	}
	return toReply(r.HTTPResponse, r.JSON200, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

func (s sdk) deleteDeviceEvents(q query) (reply, error) {
	r, err := s.client.DeleteDeviceEventsWithResponse(ctx, uuid.MustParse(q.DeviceID))
	if err != nil {
		return reply{}, err
	}
	return toReply[struct{}](r.HTTPResponse, nil, r.ApplicationproblemJSON400, r.ApplicationproblemJSON403)
}

// toReply converts what the SDK decoded: the data, or one of the problems.
func toReply[Data any](response *http.Response, data *Data, problems ...*events.Problem) (reply, error) {
	answer := reply{Status: response.StatusCode, Link: response.Header.Get("Link"), Etag: response.Header.Get("ETag")}
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
