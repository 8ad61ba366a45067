import { createClient, ProblemError } from "@iot-events/client";

const { BASE_URL = "", API_KEY = "" } = process.env;
const client = createClient({ baseUrl: BASE_URL, apiKey: API_KEY });

try {
  const result = await client.getDevice("8f188304-e7b3-4a16-a243-b9470468478a");
  console.log(result);
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
