import { createClient, ProblemError } from "@iot-events/client";

const { BASE_URL = "", API_KEY = "" } = process.env;
const client = createClient({ baseUrl: BASE_URL, apiKey: API_KEY });

try {
  const result = await client.deleteEvents({
    deviceID: "8f188304-e7b3-4a16-a243-b9470468478a",
    eventType: "temp_celsius",
    since: "2026-05-05T00:00:00Z",
    until: "2026-05-06T00:00:00Z",
    dryRun: true,
  });
  console.log(result);
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
