import { createClient, ProblemError } from "@iot-events/client";

const { BASE_URL = "", API_KEY = "" } = process.env;
const client = createClient({ baseUrl: BASE_URL, apiKey: API_KEY });

try {
  const result = await client.listEventTypes();
  console.log(result);
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
