const ENDPOINT = '/graphql';

/** Sends one operation to the API that served this page, and gives back what to show as its answer. */
export async function fetcher(params, { headers } = {}) {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    // There are no cookies in this API. An API key goes into the header editor.
    credentials: 'omit',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // Something between the page and the API answered (a proxy, a gateway): show what it said.
    throw new Error(`${response.status} ${response.statusText}: the answer is not JSON.\n${text.slice(0, 500)}`);
  }
}
