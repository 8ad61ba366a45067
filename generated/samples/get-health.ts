const { BASE_URL = "" } = process.env;

const response = await fetch(`${BASE_URL}/health`);
if (!response.ok) throw new Error(await response.text());
console.log(await response.json());
