/** The base URL of the API that the page was deployed with; undefined elsewhere, where the viewer enters one. */
export const deployedUrl = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="api-url"]')?.content || undefined;
