// GraphQL over HTTP, as the audit suite of `graphql-http` reads its draft.
import { serverAudits } from 'graphql-http';

export const name = 'graphql-http audits';

export async function check({ url }) {
  const audits = serverAudits({ url });
  const problems = [];
  // One that throws could not ask at all (no server): that ends the check, by itself.
  // One after another: all at once would look like an attack to a rate limit, and a failure would be harder to read.
  for (const audit of audits) {
    const result = await audit.fn();
    // MUST, SHOULD and MAY alike: all of it has to hold.
    if (result.status === 'ok') continue;
    const { response } = result;
    const body = response && !response.bodyUsed ? `: ${(await response.text()).slice(0, 300)}` : '';
    problems.push(`${audit.id} ${audit.name}\n  ${result.reason}${response ? ` (it was ${response.status}${body})` : ''}`);
  }
  return { summary: `${audits.length} audits`, problems };
}
