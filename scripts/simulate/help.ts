/** What `npm run simulate -- --help` prints. */
export const HELP = `Lets a fleet of devices send to the service, then checks that each acknowledged event is there exactly once.

  npm run simulate -- [options]

  --devices N        how many devices (50)
  --rate N           events a second of all devices together (200)
  --for TIME         how long: 60s, 10m, 1h (60s)
  --burst Nx@TIME    N times the rate for that long in the middle of the run: 20x@60s
  --seed TEXT        the same fleet, events and faults as in another run (new each time)
  --start            start a service for the run, without limits, and with data that is gone afterwards
  --url URL          where the service is (http://localhost:8080, or the port that PORT names)
  --allow-remote     let the URL be of another machine
  --key KEY          the API key (API_KEY, else local-development-key)
  --report FILE      write all figures as JSON
  --help             print this

Ctrl-C ends the sending; what was sent is checked all the same.
Exit code 0: all is well; 1: events are lost, doubled or unexpected, requests failed (5xx but 503), or it
could not be found out; 2: the run did not begin. Devices get new IDs in each run.`;
