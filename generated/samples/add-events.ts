import { createClient, ProblemError } from "@iot-events/client";

const { BASE_URL = "", API_KEY = "" } = process.env;
const client = createClient({ baseUrl: BASE_URL, apiKey: API_KEY });

try {
  const result = await client.addEvents({
    events: [
      {
        date: "2026-05-05T17:19:35Z",
        deviceID: "8f188304-e7b3-4a16-a243-b9470468478a",
        eventType: "temp_celsius",
        value: 3,
      },
      {
        date: "2026-05-05T17:19:35Z",
        deviceID: "8f188304-e7b3-4a16-a243-b9470468478a",
        eventType: "door_opened",
        id: "boot-17/4",
      },
      {
        deviceID: "1f0c8a52-3c1e-4d0b-9a58-5f3f2f1f7a10",
        eventType: "button_pressed",
        id: "boot-3/211",
      },
    ],
  });
  console.log(result);
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
